"""The tab « Pièces » of a dossier, and the viewer of a piece."""
