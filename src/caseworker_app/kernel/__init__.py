"""What every room may lean on: money, dates, ids, clock, errors, French typography, dated tables, paths."""
