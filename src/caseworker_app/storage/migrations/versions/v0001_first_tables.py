"""First tables (being written: made from the declarations until the first release fixes them)."""

from alembic import op

from caseworker_app.storage import search_index
from caseworker_app.storage.declarations import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    for statement in (search_index.CREATE_IDENTITY, search_index.CREATE_BODY, *search_index.SECURE_DELETE):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE search_identity")
    op.execute("DROP TABLE search_body")
    metadata.drop_all(op.get_bind())
