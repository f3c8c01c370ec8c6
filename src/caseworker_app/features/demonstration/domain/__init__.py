"""What is invented: people, homes, support, diaries; the same seed and day give the same content."""
