"""The encrypted file: opening it, table declarations, units of work, changesets, search index, migrations."""
