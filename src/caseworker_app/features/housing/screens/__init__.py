"""The tab « Logement » of a household: a file per card, and the forms that open at its side."""
