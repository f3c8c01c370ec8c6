"""Rules of the partners room."""
