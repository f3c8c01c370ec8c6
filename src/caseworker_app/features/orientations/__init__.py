"""A household sent to a partner: why, on which agreement, whether it was met, what was answered and came of it."""
