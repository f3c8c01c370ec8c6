"""The tab « Droits » of a household."""
