"""The tab « Budget » of a household's dossier."""
