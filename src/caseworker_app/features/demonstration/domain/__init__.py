"""What is invented: people, homes, rents, support, diaries; the same seed and day always give the same content."""
