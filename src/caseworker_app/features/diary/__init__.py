"""Home visits, calls, notes, drafts, agenda."""
