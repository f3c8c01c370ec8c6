"""Workers with their roles, the association they belong to, and the spaces they share."""
