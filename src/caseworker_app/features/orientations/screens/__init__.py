"""The tab « Orientations » of a household and its forms."""
