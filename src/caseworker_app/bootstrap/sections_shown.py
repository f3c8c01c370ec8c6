"""Which sections of the settings a worker is shown, by their rights: one rule for the page and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.features.team.domain import Right

if TYPE_CHECKING:
    from caseworker_app.features.team.domain import Who

_OF_FILES = frozenset({"agreements", "grid", "library", "papers"})


def shows(who: Who, section: str) -> bool:
    """Say whether a worker is shown a section, by its key."""
    if section in _OF_FILES:
        return who.may(Right.MANAGE_OFFICE) or who.may(Right.READ_FILES)
    if section == "agenda":
        return who.may(Right.PRINT) and who.may(Right.READ_FILES)
    if section == "accesses":
        return who.may(Right.READ_ACCESSES)
    return section != "retention" or who.may(Right.MANAGE_RETENTION)
