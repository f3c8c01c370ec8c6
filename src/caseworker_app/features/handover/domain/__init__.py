"""The rules and values of what is handed over; no I/O."""
