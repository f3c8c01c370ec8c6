"""What the page of veilles works with: households found by name among it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.features.households.domain.found import FoundName
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.veille import service
from caseworker_app.features.veille.domain.watch import NewWatch
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


def nobody(_words: str) -> list[FoundName]:
    """Find nobody: where the search of households is not joined."""
    return []


@dataclass(frozen=True, slots=True)
class VeilleDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the page works with; `find` looks for households by name."""

    find: Callable[[str], Sequence[FoundName]] = nobody

    @property
    def may_write(self) -> bool:
        """Say whether veilles may be opened, changed and ended."""
        return self.who.may(Right.WRITE_FILES)

    @property
    def may_call(self) -> bool:
        """Say whether calls and visits may be written."""
        return self.who.may(Right.WRITE_DIARY)

    def labels(self, words: str) -> list[str]:
        """Return the households that words may mean, as the form names them."""
        return [_label(each) for each in self.find(words)]

    def open_named(self, label: str, new: NewWatch) -> Any:
        """Open a veille for the household a label names, or the only one its words find. Raises InvalidEntry."""
        found = list(self.find(label)) if label.strip() else []
        exact = [each for each in found if fold(_label(each)) == fold(label)] or found
        if len(exact) != 1:
            several = "Plusieurs ménages correspondent\u00a0: choisissez-le dans la liste."
            raise InvalidEntry(
                several if exact else "Aucun ménage de ce nom\u00a0: choisissez-le dans la liste.",
                "household",
            )
        return service.open_watch(self.file, self.who, exact[0].id, new)


def _label(found: FoundName) -> str:
    return f"{found.name}, {found.detail}" if found.detail else found.name
