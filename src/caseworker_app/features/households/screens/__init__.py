"""The tab « Composition » of a dossier: who lives there, how to reach them, where they live and lived."""
