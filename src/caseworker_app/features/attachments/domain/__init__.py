"""What an attachment is, which files are taken, and what is removed from photos."""
