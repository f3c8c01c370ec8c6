"""The page « Ma semaine »."""
