"""Rules of the rights of people: deadlines, restriction, what a copy of the data tells and what it takes out."""
