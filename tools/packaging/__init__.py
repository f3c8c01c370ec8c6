"""Builds the programs people install, and tries them: `python3 run.py package`."""
