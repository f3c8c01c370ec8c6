"""What may be written after each command, and its help; a module for what commands are about."""
