"""The tab « Démarches » of a household, its forms, and the lists of papers in the settings."""
