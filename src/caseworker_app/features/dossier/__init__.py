"""A household's whole file: its overview, everything that happened to it, what each change said."""
