"""The agenda: weeks and days of everybody, moved by hand, repeated, taken from and given to other calendars."""
