"""What a goal is, and what the autonomy grid says: words and steps, never a score."""
