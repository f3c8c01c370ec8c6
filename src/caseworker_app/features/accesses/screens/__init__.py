"""The log of accesses, read in the settings and in the history of a household."""
