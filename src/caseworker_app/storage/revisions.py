"""The revision this version of the program writes, known without importing Alembic, and the one a file is at."""

from __future__ import annotations

from typing import Any

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.declarations import declared_tables

HEAD = "0036"


class FileIncomplete(CaseworkerError):
    """The file opens with its key, yet holds not all its tables: emptied, or left half-way by another program."""

    def __init__(self) -> None:
        """Say what to do, and that nothing was written."""
        super().__init__(
            "Il manque des parties au fichier chiffré, rien n’y a été changé\u00a0: restaurez la dernière sauvegarde."
        )


def revision_of(raw: Any) -> str:
    """Return the revision a file is at. Raises FileIncomplete for one that tells none."""
    if not _tables_of(raw) >= {"alembic_version"}:
        raise FileIncomplete
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise FileIncomplete
    return str(row[0])


def refuse_incomplete(raw: Any) -> None:
    """Refuse a file at `HEAD` that lacks a declared table, before anything is written. Raises FileIncomplete."""
    if not declared_tables().keys() <= _tables_of(raw):
        raise FileIncomplete


def _tables_of(raw: Any) -> set[str]:
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
