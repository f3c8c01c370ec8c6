"""Preparing the copy of the data a person asked for, and handing it over: reviewed, numbered, in the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.features.handover.domain.kinds import DATA_COMMUNICATION, Printed
from caseworker_app.features.handover.domain.transmission import TO_THE_PERSON, Transmission
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.register import Leaving, register_leaving
from caseworker_app.features.households import service as households
from caseworker_app.features.rights import store
from caseworker_app.features.rights.domain.content import DisclosureContent, content_of
from caseworker_app.features.rights.domain.disclosure import Disclosure
from caseworker_app.features.rights.domain.held import Held
from caseworker_app.features.rights.domain.notice import notice_on
from caseworker_app.features.rights.domain.proposing import Strangers, propose
from caseworker_app.features.rights.domain.redaction import Redaction, with_locked
from caseworker_app.features.rights.service.holding import all_held
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import plural
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

SERIES = "COM"
# Shorter names are words of the language more often than names.
_SHORTEST = 3

RenderDisclosure = Callable[[DisclosureContent, Identity], bytes]


class ChangedSinceReview(CaseworkerError):
    """The file is no longer the one that was reviewed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Le dossier a changé depuis la relecture\u00a0: relisez les retraits, puis imprimez de nouveau."
        )


@dataclass(frozen=True, slots=True)
class Preparation:
    """All that is held, and what is proposed to be taken out of the copy."""

    held: Held
    proposals: tuple[Redaction, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """What is handed over: to whom, at which request, without what.

    `redactions` None: everything proposed is taken out, reviewed by nobody, and the copy says so. `fingerprint`: that
    of what was reviewed.
    """

    household_id: str
    member_id: str | None = None
    request_id: str | None = None
    redactions: tuple[Redaction, ...] | None = None
    fingerprint: str | None = None


def prepare_disclosure(
    file: EncryptedFile, who: Who, household_id: str, member_id: str | None = None
) -> Preparation:
    """Return what a copy of the data would tell, and what is proposed to be taken out of it.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    with file.reading() as connection:
        note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
        held = all_held(connection, who, household_id, today(file.clock), member_id)
        return _prepared(connection, who, held)


def hand_over(
    file: EncryptedFile, who: Who, wanted: HandOver, out: Path, render: RenderDisclosure
) -> tuple[Transmission, Changes]:
    """Write the copy at `out` and enter it in the register, both or neither (see `handover.service.delivery`).

    Under restriction too: it goes to the person themselves. Raises ChangedSinceReview, NotDelivered, PlaceNotWritable,
    NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)

    def prepare(uow: UnitOfWork) -> Leaving:
        return _leaving(uow, who, wanted, render)

    return register_leaving(
        file, who, DATA_COMMUNICATION, out, prepare, intention="hand_over_data", to_the_person=True
    )


def print_disclosure(
    file: EncryptedFile, who: Who, household_id: str, out: Path, render: RenderDisclosure
) -> Printed:
    """Write the copy for the whole household with every redaction proposed, as the command line does.

    Raises what `hand_over` raises.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    line, _ = hand_over(file, who, HandOver(household_id), out, render)
    with file.reading() as connection:
        kept = next(
            each for each in disclosures_of(connection, who, household_id) if each.transmission_id == line.id
        )
    remark = (
        f"{plural(kept.passages, 'passage retiré', 'passages retirés')} automatiquement, sans relecture\u00a0: "
        "relisez le document avant de le remettre."
    )
    return Printed(out, line.number, line.pages, household_id, remark)


def disclosures_of(connection: Connection, who: Who, household_id: str) -> list[Disclosure]:
    """Return the copies handed over to a household, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.disclosures_of(connection, household_id)


def _prepared(connection: Connection, who: Who, held: Held) -> Preparation:
    workers = tuple(worker.name for worker in team.list_workers(connection, who))
    return Preparation(held, propose(held, _strangers(connection, who, held), workers))


def _strangers(connection: Connection, who: Who, held: Held) -> Strangers:
    """Return the names of people of other households that stand in what was typed."""
    typed = [told.text for _, told in held.fields() if told.free]
    texts = f" {' '.join(map(fold, typed))} "
    words = set(texts.split())
    own = {fold(word) for person in held.people for word in person.words}
    singles: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for household_id, _, *names, _ in households.known_members(connection, who):
        if household_id == held.household_id:
            continue
        for name in names:
            folded = fold(name) if name else ""
            if len(folded) < _SHORTEST or folded in own or not name:
                continue
            if " " not in folded:
                if folded in words:
                    singles[folded] = name
            elif f" {folded} " in texts:
                phrases[folded] = name
    return Strangers(tuple(singles.values()), tuple(phrases.values()))


def _leaving(uow: UnitOfWork, who: Who, wanted: HandOver, render: RenderDisclosure) -> Leaving:
    """Take a number, and add the line of the copies handed over beside that of the register."""
    held = all_held(uow.connection, who, wanted.household_id, uow.today, wanted.member_id)
    if wanted.fingerprint is not None and held.fingerprint != wanted.fingerprint:
        raise ChangedSinceReview
    proposals = _prepared(uow.connection, who, held).proposals
    reviewed = wanted.redactions is not None
    redactions = proposals if wanted.redactions is None else with_locked(wanted.redactions, proposals)
    number = uow.next_number(SERIES)
    content = content_of(held, redactions, notice_on(uow.today), number, who.name, reviewed=reviewed)

    def note(uow: UnitOfWork, line: Transmission) -> None:
        row = {
            "household_id": wanted.household_id, "transmission_id": line.id, "request_id": wanted.request_id,
            "member_id": wanted.member_id, "made_on": uow.today, "passages": content.passages,
            "reasons": " ".join(content.reasons),
        }  # fmt: skip
        uow.insert(store.disclosure, row)

    pdf = render(content, identity_of(team.the_association(uow.connection, who)))
    period = Period(min(held.opened_on, uow.today), uow.today)
    return Leaving(wanted.household_id, number, pdf, TO_THE_PERSON, period, beside=note)
