"""Windows of the retention room: layout and signals only."""
