"""The visit page: written during or right after a visit, kept as a draft at every moment."""
