"""Reads and intentions on a household's whole file, one door for screens and the command line."""

from caseworker_app.features.dossier.service.history import history_of
from caseworker_app.features.dossier.service.reading import (
    ENTRIES_SHOWN,
    neighbours,
    open_dossier,
    open_overview,
)
from caseworker_app.features.dossier.service.undoing import take_back_last, undo_change, undoable_changes

__all__ = [
    "ENTRIES_SHOWN",
    "history_of",
    "neighbours",
    "open_dossier",
    "open_overview",
    "take_back_last",
    "undo_change",
    "undoable_changes",
]
