"""Reads and intentions on a household's whole file, one door for screens and the command line."""

from caseworker_app.features.dossier.service.candidates import merge_candidates, probable_duplicates
from caseworker_app.features.dossier.service.history import history_of, readers_of
from caseworker_app.features.dossier.service.merging import merge_households, propose_merge
from caseworker_app.features.dossier.service.merging_people import (
    merge_people,
    people_of,
    propose_people_merge,
)
from caseworker_app.features.dossier.service.reading import (
    ENTRIES_SHOWN,
    neighbours,
    open_dossier,
    open_overview,
)
from caseworker_app.features.dossier.service.splitting import propose_split, split_household
from caseworker_app.features.dossier.service.undoing import take_back_last, undo_change, undoable_changes

__all__ = [
    "ENTRIES_SHOWN",
    "history_of",
    "merge_candidates",
    "merge_households",
    "merge_people",
    "neighbours",
    "open_dossier",
    "open_overview",
    "people_of",
    "probable_duplicates",
    "propose_merge",
    "propose_people_merge",
    "propose_split",
    "readers_of",
    "split_household",
    "take_back_last",
    "undo_change",
    "undoable_changes",
]
