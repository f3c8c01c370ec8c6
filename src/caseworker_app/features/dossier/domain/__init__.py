"""A household's whole file in one value, and the words its history is told in."""
