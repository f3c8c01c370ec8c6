"""« Ma semaine »: what a worker has to do, computed from the other rooms, and what they put off."""
