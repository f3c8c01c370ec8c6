"""Rules of the procedures room."""
