"""The demonstration (« démonstration »): invented households, visibly so, to try the program."""
