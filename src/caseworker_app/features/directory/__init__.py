"""The list of households and its search: what reads across subjects."""
