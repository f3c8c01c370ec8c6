"""Home visits, calls, notes, drafts, promises, appointments, and entries given to a colleague to read."""
