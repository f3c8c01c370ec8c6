"""The page « Agenda »."""
