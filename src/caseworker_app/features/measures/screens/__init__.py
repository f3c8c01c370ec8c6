"""Windows of the measures room."""
