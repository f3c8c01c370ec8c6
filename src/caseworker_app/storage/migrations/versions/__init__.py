"""Alembic's scripts: how the file changed from version to version."""
