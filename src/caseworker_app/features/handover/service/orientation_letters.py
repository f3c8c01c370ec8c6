"""Sending a household to a partner by letter: numbered, entered in the register, and written at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from caseworker_app.features.consents.service import consents_of
from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.kinds import ORIENTATION_LETTER
from caseworker_app.features.handover.domain.orientation_letter import (
    SERIES,
    OrientationFacts,
    OrientationLetter,
    compose_orientation_letter,
)
from caseworker_app.features.handover.domain.transmission import NotDelivered, Transmission
from caseworker_app.features.handover.service import delivery
from caseworker_app.features.handover.service.own_words import own_words
from caseworker_app.features.handover.service.reviews import count_pages, identity_of
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import Orientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

RenderLetter = Callable[[OrientationLetter, Identity], bytes]


def send_orientation_letter(
    file: EncryptedFile,
    who: Who,
    household_id: str,
    out: Path,
    render: RenderLetter,
    *,
    orientation_id: str | None = None,
) -> tuple[Transmission, Changes]:
    """Number the letter, enter it in the register and write its PDF at `out`, both or neither (see `delivery`).

    `orientation_id`: None takes the newest that waits for its answer, else the newest. Raises ReasonNames,
    PlaceNotWritable, NotDelivered, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    waiting: list[Path] = []
    try:
        with file.unit_of_work(who.worker_id, "send_orientation_letter") as uow:
            of = _orientation(uow, who, household_id, orientation_id)
            line = _enter(uow, who, of, out.absolute(), render, waiting)
            file.accesses.note(who.worker_id, AccessKind.PRINTED, household_id, ORIENTATION_LETTER.code)
            changes = uow.changes
    except BaseException:
        for path in waiting:
            delivery.discard(path)
        raise
    try:
        delivery.deliver(waiting[0], out)
    except OSError as error:
        raise NotDelivered(line.number, out) from error
    return line, changes


def _orientation(uow: UnitOfWork, who: Who, household_id: str, orientation_id: str | None) -> Orientation:
    page = orientations.orientations_page(uow.connection, who, household_id, uow.today)
    known = [each.orientation for each in page.shown]
    asked = [each for each in known if each.id == orientation_id]
    # Stable: the newest first among those that wait.
    found = asked if orientation_id is not None else sorted(known, key=lambda each: not each.waits)
    if not found:
        raise NotFound(
            "Ce ménage n’a pas cette orientation\u00a0: notez-la d’abord dans l’onglet Orientations."
        )
    return found[0]


def _enter(
    uow: UnitOfWork, who: Who, of: Orientation, out: Path, render: RenderLetter, waiting: list[Path]
) -> Transmission:
    delivery.discard_orphans(
        out.parent, uow.state.device_mark, lambda numbers: store.numbers_known(uow.connection, numbers)
    )
    facts = _facts(uow, who, of)
    content = compose_orientation_letter(facts, uow.today, uow.next_number(SERIES))
    pdf = render(content, identity_of(team.the_association(uow.connection, who)))
    waiting.append(delivery.stage(pdf, out, content.reference))
    row = {
        "household_id": of.household_id, "number": content.reference, "kind": ORIENTATION_LETTER.code,
        "recipient_name": facts.partner.name, "landlord_id": None, "made_on": uow.today, "worker_id": who.worker_id,
        "period_start": of.proposed_on, "period_end": uow.today, "sha256": hashlib.sha256(pdf).hexdigest(),
        "pages": count_pages(pdf), "topics": "", "kept_hits": "", "consent_ids": " ".join(content.consent_ids),
        "written_to": str(out),
    }  # fmt: skip
    return store.transmissions.one(uow.connection, uow.insert(store.transmission, row))


def _facts(uow: UnitOfWork, who: Who, of: Orientation) -> OrientationFacts:
    connection, household_id = uow.connection, of.household_id
    workers = {worker.id: worker for worker in team.list_workers(connection, who)}
    home = homes.housing_of(connection, who, household_id, uow.today)
    return OrientationFacts(
        of,
        partners.open_partner(connection, who, of.partner_id).partner,
        households.open_household(connection, who, household_id),
        consents_of(connection, who, household_id),
        [lease.dwelling.street for lease in home.leases],
        workers[who.worker_id],
        tuple(own_words(connection, who)),
    )
