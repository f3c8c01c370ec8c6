"""The rules and values of the diary; no I/O."""
