"""The pieces received for a procedure, in the order of its list, taken out as one PDF with its cover page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.attachments.domain.file_types import MEDIA_TYPE_LABELS, MediaType
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import Household
from caseworker_app.features.procedures import store
from caseworker_app.features.procedures.domain.pieces_file import (
    PIECES_FILE,
    JoinedPiece,
    LeftOut,
    PiecesCover,
    left_out_words,
)
from caseworker_app.features.procedures.domain.procedure import Noted, Procedure
from caseworker_app.features.procedures.domain.standing import HELD, PaperLine, Standing
from caseworker_app.features.procedures.service.reading import standing_of, standings_of
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError, NotFound
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

if TYPE_CHECKING:
    from caseworker_app.pdf.assembling import Piece, Placed

RenderCover = Callable[[PiecesCover, Identity], bytes]
_NOTHING = "Aucune pièce reçue n’a de copie\u00a0: joignez-en dans l’onglet Démarches, puis recommencez."
_SEEN = "vue, sans copie gardée"


@dataclass(frozen=True, slots=True)
class PiecesFile:
    """The file ready to be written: what its cover says, its bytes, how many pages, the pieces it holds by id."""

    procedure_id: str
    household_id: str
    cover: PiecesCover
    pdf: bytes
    pages: int
    piece_ids: tuple[str, ...]

    @property
    def remark(self) -> str:
        """What whoever takes it out must know: what is not in it, empty where all is."""
        return left_out_words(self.cover.left_out)


@dataclass(frozen=True, slots=True)
class _Wanted:
    line: PaperLine
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class _Asked:
    """A procedure whose pieces are asked for: what is to be joined, and what cannot be, with why."""

    of: Procedure
    household: Household
    day: date
    worker: str
    wanted: tuple[_Wanted, ...]
    left_out: tuple[LeftOut, ...]
    recipient: str = ""


def put_pieces_together(
    file: EncryptedFile,
    who: Who,
    procedure_id: str,
    render: RenderCover,
    identity: Identity,
    recipient: str = "",
) -> PiecesFile:
    """Return the pieces received for a procedure as one PDF, in memory only.

    `recipient`: who the cover says they are for. What cannot be joined is told on it:
    a piece that is no picture nor PDF, a locked or broken one.
    Raises NotFound where there is none, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    # A tenth of a second to import: only when something is joined.
    from caseworker_app.pdf.assembling import assemble

    with file.reading() as connection:
        asked = _asked(connection, who, procedure_id, today(file.clock), recipient)
    pieces, asked = _opened(file, who, asked)
    if not pieces:
        raise NotFound(_NOTHING)
    made = assemble(pieces, lambda placed, refused: render(_cover(asked, placed, refused), identity))
    if not made.placed:
        raise NotFound(made.left_out[0][1])
    cover = _cover(asked, made.placed, made.left_out)
    ids = tuple(asked.wanted[each.place].attachment.id for each in made.placed)
    return PiecesFile(asked.of.id, asked.of.household_id, cover, made.pdf, made.pages, ids)


def take_out_pieces(file: EncryptedFile, who: Who, made: PiecesFile, out: Path) -> Changes:
    """Write the file where the person chose; each piece is noted as taken out, in the file and in the log.

    The note comes first: nothing leaves without it. Raises PlaceNotWritable, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    with file.unit_of_work(who.worker_id, "take_out_pieces") as uow:
        attachments.note_copies(uow, made.piece_ids, file.clock)
        file.accesses.note(who.worker_id, AccessKind.EXPORTED, made.household_id, PIECES_FILE)
        write_atomically(made.pdf, out)
        return uow.changes


def newest_with_pieces(file: EncryptedFile, who: Who, household_id: str) -> str:
    """Return the procedure whose pieces are meant where none is named: the newest open one that has some received.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    with file.reading() as connection:
        for each in standings_of(connection, who, household_id, today(file.clock)):
            if any(note.attachment_id for line in each.lines for note in line.notes):
                return each.procedure.id
    raise NotFound(_NOTHING)


def _asked(connection: Connection, who: Who, procedure_id: str, day: date, recipient: str) -> _Asked:
    of = store.procedures.one(connection, procedure_id)
    people = households.open_household(connection, who, of.household_id)
    stands = standing_of(connection, people, of, store.notes_of(connection, of.household_id), day)
    kept = {each.id: each for each in attachments.attachments_of(connection, who, of.household_id)}
    worker = next((w.name for w in team.list_workers(connection, who) if w.id == who.worker_id), who.name)
    wanted, left_out = _wanted(stands, kept)
    return _Asked(of, people.household, day, worker, tuple(wanted), tuple(left_out), recipient)


def _wanted(of: Standing, kept: dict[str, Attachment]) -> tuple[list[_Wanted], list[LeftOut]]:
    wanted, left_out = list[_Wanted](), list[LeftOut]()
    for line in of.lines:
        for note in line.notes if line.listed else ():
            piece = kept.get(note.attachment_id or "")
            if note.state is not Noted.RECEIVED:
                continue
            if piece is None:
                left_out.append(LeftOut(_title(line), _SEEN))
            elif piece.is_image or piece.media_type is MediaType.PDF:
                wanted.append(_Wanted(line, piece))
            else:
                why = f"fichier {MEDIA_TYPE_LABELS[piece.media_type]}\u00a0: enregistrez-le en PDF pour le joindre."
                left_out.append(LeftOut(_told(_Wanted(line, piece)), why))
    return wanted, left_out


def _opened(file: EncryptedFile, who: Who, asked: _Asked) -> tuple[list[Piece], _Asked]:
    """Return the contents to be joined, and what was asked without those that cannot be opened."""
    from caseworker_app.pdf.assembling import Piece

    pieces, read, unread = list[Piece](), list[_Wanted](), list[LeftOut]()
    for each in asked.wanted:
        try:
            content = attachments.content_of(file, who, each.attachment.id)[1]
        except CaseworkerError as error:
            unread.append(LeftOut(_told(each), error.sentence))
            continue
        pieces.append(Piece(each.line.paper.label, content, each.attachment.is_image))
        read.append(each)
    return pieces, replace(asked, wanted=tuple(read), left_out=(*asked.left_out, *unread))


def _cover(asked: _Asked, placed: Sequence[Placed], refused: Sequence[tuple[int, str]]) -> PiecesCover:
    return PiecesCover(
        asked.of.label,
        asked.household.name,
        asked.household.reference,
        asked.day,
        asked.worker,
        tuple(_joined(asked.wanted[each.place], each) for each in placed),
        (*asked.left_out, *(LeftOut(_told(asked.wanted[place]), why) for place, why in refused)),
        asked.recipient,
    )


def _title(line: PaperLine) -> str:
    return f"{line.paper.label}, {line.member}" if line.member else line.paper.label


def _told(of: _Wanted) -> str:
    return f"{_title(of.line)} («\u00a0{of.attachment.name}\u00a0»)"


def _joined(of: _Wanted, at: Placed) -> JoinedPiece:
    expired = "" if of.line.state in HELD else " (expirée)"
    paper = f"{of.line.paper.label}{expired}"
    return JoinedPiece(paper, of.line.member, of.attachment.name, at.first_page, at.pages)


def usual_name(label: str, day: date) -> str:
    """Return the name the file is proposed under: the procedure, never the household."""
    plain = "".join(c if c.isalnum() else "-" for c in label.lower())
    return f"{'-'.join(part for part in plain.split('-') if part)}-{day.isoformat()}.pdf"
