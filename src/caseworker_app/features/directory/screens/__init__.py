"""The list of households, what stands beside it, and the short form of a new one."""
