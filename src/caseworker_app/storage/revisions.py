"""The revision this version of the program writes, known without importing Alembic."""

HEAD = "0025"
