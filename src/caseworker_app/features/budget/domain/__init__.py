"""What a budget holds and what follows from it, in whole cents."""
