"""Every room that has tables, so that each has declared what follows from it before a file is opened."""

from __future__ import annotations

from importlib import import_module

# Every room with a store, its own tables or not (the agenda stands on the diary's): their declarations must be known
# before a file is made, merged, verified or searched.
ROOMS_WITH_TABLES = (
    "team", "households", "attachments", "consents", "partners", "orientations", "housing", "measures", "goals",
    "procedures", "budget", "diary", "agenda", "referrals", "handover", "veille", "rights", "directory",
    "week", "intake", "retention",
)  # fmt: skip


def load_stores() -> None:
    """Import every store, so that each table has declared what follows from it."""
    for room in ROOMS_WITH_TABLES:
        import_module(f"caseworker_app.features.{room}.store")
