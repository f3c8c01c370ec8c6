"""Backups as the window shows them: words made ready elsewhere, so that the entrance loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.ui_kit.row_list import Row


@dataclass(frozen=True, slots=True)
class OfferedBackup:
    """A backup of a list: `key` names it to who asked; one that is not `usable` is shown, not restored."""

    key: str
    title: str
    detail: str
    usable: bool = True

    def row(self) -> Row:
        """Return its line."""
        icon, tone = ("database", "ok") if self.usable else ("alert-triangle", "danger")
        return Row(
            self.key, self.title, self.detail, icon=icon, icon_tone=tone, chevron=False, done=not self.usable
        )


@dataclass(frozen=True, slots=True)
class ShownBackups:
    """How backups stand: the last one and the folder in words, all of them, and the second place.

    `chosen`: the folder is one somebody chose, not the one beside the file.
    """

    last: str
    folder: str
    offered: tuple[OfferedBackup, ...]
    place: str
    place_words: str
    place_failing: bool
    chosen: bool = False
