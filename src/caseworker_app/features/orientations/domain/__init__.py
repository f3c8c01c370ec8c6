"""Rules of the orientations room."""
