"""Bodies and people one sends a household to: who they are, where, when, and what they offer."""
