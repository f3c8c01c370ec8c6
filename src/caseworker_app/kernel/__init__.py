"""What every room may lean on: money, dates, ids, the clock, errors, French typography, dated tables, paths."""
