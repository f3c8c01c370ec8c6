"""The directory of partners: the list, one of them beside it, and what is written of it."""
