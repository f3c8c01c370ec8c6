"""The search index: two FTS5 tables of folded text, filled from the rows by `migrate.upgrade` when they are new."""

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = (
    (
        "CREATE VIRTUAL TABLE search_identity USING fts5("
        "names, contacts, content='', contentless_delete=1, tokenize='unicode61', prefix='2 3 4')"
    ),
    (
        "CREATE VIRTUAL TABLE search_body USING fts5("
        "words, content='', contentless_delete=1, tokenize='unicode61', prefix='3')"
    ),
    "INSERT INTO search_identity(search_identity, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_body(search_body, rank) VALUES ('secure-delete', 1)",
)


def upgrade() -> None:
    """Create the index, empty."""
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Drop the index with its entries; the words are still in the rows."""
    op.execute("DROP TABLE search_body")
    op.execute("DROP TABLE search_identity")
    op.execute("DELETE FROM search_entry")
