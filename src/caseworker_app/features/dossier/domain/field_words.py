"""What every field of the file is called in a history, and which ones a person never needs to see.

The words are in `resources/words/fields.toml`; a test fails for a declared field that has none there.
"""

from __future__ import annotations

import tomllib
from functools import cache

from caseworker_app.kernel.paths import resources

# Words of a field in whatever table it stands.
_EVERY_TABLE = "every_table"

# What another field tells better, or what only the program needs.
HIDDEN = frozenset(
    {
        ("", "id"),
        ("", "version"),
        ("", "position"),
        ("", "sort_name"),
        ("", "sha256"),
        ("", "file_hash"),
        ("", "content_hash"),
        ("", "size_bytes"),
        ("attachment_copy", "attachment_id"),
        ("appointment", "series_id"),
        ("appointment", "outside_uid"),
        ("former_household", "former_id"),
        ("retention_choice", "decided_for"),
        ("autonomy_evaluation", "grid_version"),
        ("autonomy_evaluation", "grid_edition_id"),
        ("checklist_edition", "content"),
        ("procedure", "checklist"),
        ("procedure", "edition_id"),
        ("grid_edition", "code"),
        ("grid_edition", "content"),
        ("goal_model", "steps"),
        ("goal_model", "origin"),
        ("support_measure", "kind_code"),
        ("support_measure", "exit_reason_code"),
        ("transmission", "consent_ids"),
        ("transmission", "written_to"),
        ("transmitted_review", "content"),
        ("import_run", "decisions"),
        ("import_run", "choices"),
        ("import_profile", "columns"),
        ("import_profile", "fingerprint"),
        ("partner", "words"),
        ("saved_filter", "content"),
        ("week_snooze", "due_key"),
        ("list_preference", "opening"),
        ("list_preference", "columns"),
        ("list_export", "columns"),
        ("rights_correction", "changeset_id"),
        # Told in its own words: « repris d’un autre dossier ».
        ("", "household_id"),
    }
)


def is_hidden(table_name: str, name: str) -> bool:
    """Say whether a field is never shown."""
    return ("", name) in HIDDEN or (table_name, name) in HIDDEN


@cache
def every_words() -> dict[tuple[str, str], str]:
    """Return the words of every field by table and name; the table is empty for those said in every table."""
    with (resources() / "words" / "fields.toml").open("rb") as file:
        told = tomllib.load(file)
    return {
        ("" if table == _EVERY_TABLE else table, name): words
        for table, fields in told.items()
        for name, words in fields.items()
    }


def field_words(table_name: str, name: str) -> str:
    """Return what a field is called. Raises KeyError for one without words, which a test finds first."""
    words = every_words()
    return words.get((table_name, name)) or words["", name]
