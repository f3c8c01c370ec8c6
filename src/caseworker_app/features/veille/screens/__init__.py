"""Windows of the isolation scheme."""
