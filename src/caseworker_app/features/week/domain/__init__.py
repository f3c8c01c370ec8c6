"""Rules of the week: what is due, why, and where it is solved."""
