"""The tab « Objectifs » of a household's dossier: autonomy, goals and their steps."""
