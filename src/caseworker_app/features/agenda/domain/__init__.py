"""What an agenda is made of: days off, repetitions, places side by side, what one may see of it."""
