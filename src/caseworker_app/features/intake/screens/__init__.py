"""Importing a list in the window: what was understood and what is wrong, the import, what it did."""
