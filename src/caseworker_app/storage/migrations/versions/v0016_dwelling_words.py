"""The words of every dwelling, kept true by triggers: a dwelling is found whether somebody lives there or not."""

from alembic import op

revision = "0016"
down_revision = "0015"

_STATEMENTS = (
    "CREATE TABLE dwelling_words (dwelling_id TEXT NOT NULL, words TEXT, PRIMARY KEY (dwelling_id)) WITHOUT ROWID",
    "CREATE INDEX ix_dwelling_words_marked ON dwelling_words (dwelling_id) WHERE words IS NULL",
    "INSERT INTO dwelling_words (dwelling_id) SELECT id FROM dwelling",
)
_TRIGGERS = {
    "dwelling_words_added": (
        "AFTER INSERT ON dwelling BEGIN INSERT INTO dwelling_words (dwelling_id) VALUES (NEW.id); END"
    ),
    "dwelling_words_changed": (
        "AFTER UPDATE ON dwelling BEGIN UPDATE dwelling_words SET words = NULL WHERE dwelling_id = NEW.id; END"
    ),
    "dwelling_words_removed": (
        "AFTER DELETE ON dwelling BEGIN DELETE FROM dwelling_words WHERE dwelling_id = OLD.id; END"
    ),
}


def upgrade() -> None:
    """Make the table with every dwelling, marked: `migrate.upgrade` makes their words."""
    for statement in _STATEMENTS:
        op.execute(statement)
    for name, words in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {words}")


def downgrade() -> None:
    """Drop it; the dwellings say everything it does."""
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE dwelling_words")
