"""What the pieces of a procedure put together hold: their order, what could not be joined, the cover's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural

PIECES_FILE = "dossier-de-pieces"


@dataclass(frozen=True, slots=True)
class JoinedPiece:
    """A piece in the file: the paper it is of, the person, its own name, the page it begins at, how many it has."""

    paper: str
    whom: str
    name: str
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece, or a paper, that is not in the file, and why in a sentence."""

    paper: str
    why: str


def left_out_words(left_out: Sequence[LeftOut]) -> str:
    """Say what is not joined and why, in sentences; empty where everything is."""
    if not left_out:
        return ""
    verb = "n’est pas jointe" if len(left_out) == 1 else "ne sont pas jointes"
    told = " ".join(f"{each.paper}\u00a0: {each.why.rstrip('.')}." for each in left_out)
    return f"{plural(len(left_out), 'pièce')} {verb}. {told}"


@dataclass(frozen=True, slots=True)
class PiecesCover:
    """The cover page (« bordereau des pièces ») of one procedure; `recipient`: for whom, empty where nobody is told."""

    procedure: str
    household: str
    reference: str
    day: date
    worker: str
    joined: tuple[JoinedPiece, ...]
    left_out: tuple[LeftOut, ...]
    recipient: str = ""

    @property
    def about(self) -> str:
        """Return whose file it is, and of which day."""
        return f"{self.household} – {format_long_date(self.day)}"
