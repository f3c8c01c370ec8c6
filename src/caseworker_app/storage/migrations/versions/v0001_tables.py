"""The first tables, in plain SQL beside this file."""

import re
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

_SCRIPT = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Create every table and index."""
    for statement in _statements():
        op.execute(statement)


def downgrade() -> None:
    """Drop every table, the last made first."""
    names = re.findall(r'^CREATE TABLE "?(\w+)"?', _SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    for name in reversed(names):
        op.execute(f'DROP TABLE "{name}"')


def _statements() -> list[str]:
    text = re.sub(r"^--.*$", "", _SCRIPT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [statement.strip() for statement in text.split(";") if statement.strip()]
