"""The rules of housing, one idea a file."""
