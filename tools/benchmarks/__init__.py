"""The measures of `python3 run.py bench`: each beside its floor, taken in the same run."""
