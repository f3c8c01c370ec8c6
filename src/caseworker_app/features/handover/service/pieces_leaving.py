"""Handing the pieces of a procedure to a body: under its agreement, checked, numbered, entered in the register."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.consents.service import consents_of
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.kinds import PIECES
from caseworker_app.features.handover.domain.pieces_leaving import (
    SERIES,
    NoAgreementForPieces,
    PiecesToSettle,
    agreed_bodies,
    pieces_finds,
)
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service.own_words import own_words
from caseworker_app.features.handover.service.register import Leaving, register_leaving
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes
from caseworker_app.features.procedures.service.taking_out import PiecesFile
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def bodies_for_pieces(file: EncryptedFile, who: Who, household_id: str) -> list[Consent]:
    """Return the agreements of a household under which its pieces may be handed to a body today. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    with file.reading() as connection:
        return agreed_bodies(consents_of(connection, who, household_id), today(file.clock))


def finds_in_pieces(file: EncryptedFile, who: Who, made: PiecesFile) -> tuple[WordHit, ...]:
    """Return what the second check shows of pieces put together, before they leave. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    with file.reading() as connection:
        return _finds(connection, who, made)


def register_pieces(
    file: EncryptedFile,
    who: Who,
    made: PiecesFile,
    consent_id: str,
    out: Path,
    kept: frozenset[str] = frozenset(),
) -> tuple[Transmission, Changes]:
    """Enter pieces put together in the register and write them at `out`, both or neither (see `delivery`).

    `consent_id`: the agreement with the body they are for; `kept`: the finds of the second check kept knowingly, by
    their key. Each piece is noted as taken out. Raises NoAgreementForPieces, PiecesToSettle, PlaceNotWritable,
    NotDelivered, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)

    def noted(uow: UnitOfWork, _line: Transmission) -> None:
        attachments.note_copies(uow, made.piece_ids, file.clock)

    def prepare(uow: UnitOfWork) -> Leaving:
        known = agreed_bodies(consents_of(uow.connection, who, made.household_id), uow.today)
        consent = next((each for each in known if each.id == consent_id), None)
        # The cover names whom they are for: under another agreement it would lie.
        if consent is None or consent.recipient.name != made.cover.recipient:
            raise NoAgreementForPieces
        hits = _finds(uow.connection, who, made)
        if left := tuple(hit for hit in hits if hit.key not in kept):
            raise PiecesToSettle(left)
        return Leaving(
            made.household_id, uow.next_number(SERIES), made.pdf, consent.recipient.name, Period(uow.today, uow.today),
            kept_hits="\n".join(f"{hit.kind}: {' '.join(hit.excerpt.split())}" for hit in hits),
            consent_ids=(consent.id,), beside=noted,
        )  # fmt: skip

    return register_leaving(file, who, PIECES, out, prepare, intention="send_pieces")


def _finds(connection: Connection, who: Who, made: PiecesFile) -> tuple[WordHit, ...]:
    people = households.open_household(connection, who, made.household_id)
    home = homes.housing_of(connection, who, made.household_id, made.cover.day)
    streets = [lease.dwelling.street for lease in home.leases]
    own = tuple(own_words(connection, who))
    return pieces_finds(made.cover, people, streets, made.cover.worker, made.cover.day, own)
