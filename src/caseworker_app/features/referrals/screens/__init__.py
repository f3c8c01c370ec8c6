"""The page « Demandes » and its forms."""
