"""Pages of the procedures room."""
