"""Sending a household to a partner by letter: numbered, entered in the register, and written at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from caseworker_app.features.consents.service import consents_of
from caseworker_app.features.handover.domain.composing import PREVIEW_REFERENCE
from caseworker_app.features.handover.domain.kinds import ORIENTATION_LETTER
from caseworker_app.features.handover.domain.orientation_letter import (
    SERIES,
    OrientationFacts,
    OrientationLetter,
    compose_orientation_letter,
)
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service.own_words import own_words
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.register import Leaving, register_leaving
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import Orientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
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

    def prepare(uow: UnitOfWork) -> Leaving:
        of = _orientation(uow.connection, who, household_id, uow.today, orientation_id)
        facts = _facts(uow.connection, who, of, uow.today)
        content = compose_orientation_letter(facts, uow.today, uow.next_number(SERIES))
        pdf = render(content, identity_of(team.the_association(uow.connection, who)))
        return Leaving(
            household_id, content.reference, pdf, facts.partner.name, Period(of.proposed_on, uow.today),
            consent_ids=content.consent_ids,
        )  # fmt: skip

    return register_leaving(file, who, ORIENTATION_LETTER, out, prepare, intention="send_orientation_letter")


def preview_orientation_letter(
    connection: Connection, who: Who, household_id: str, day: date, orientation_id: str | None = None
) -> OrientationLetter:
    """Return the letter as it would leave on a day, marked « APERÇU »; nothing is written, no number is taken.

    `orientation_id`: as for `send_orientation_letter`. Raises ReasonNames, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    of = _orientation(connection, who, household_id, day, orientation_id)
    return compose_orientation_letter(_facts(connection, who, of, day), day, PREVIEW_REFERENCE)


def _orientation(
    connection: Connection, who: Who, household_id: str, day: date, orientation_id: str | None
) -> Orientation:
    page = orientations.orientations_page(connection, who, household_id, day)
    known = [each.orientation for each in page.shown]
    asked = [each for each in known if each.id == orientation_id]
    # Stable: the newest first among those that wait.
    found = asked if orientation_id is not None else sorted(known, key=lambda each: not each.waits)
    if not found:
        raise NotFound(
            "Ce ménage n’a pas cette orientation\u00a0: notez-la d’abord dans l’onglet Orientations."
        )
    return found[0]


def _facts(connection: Connection, who: Who, of: Orientation, day: date) -> OrientationFacts:
    household_id = of.household_id
    workers = {worker.id: worker for worker in team.list_workers(connection, who)}
    home = homes.housing_of(connection, who, household_id, day)
    return OrientationFacts(
        of,
        partners.open_partner(connection, who, of.partner_id).partner,
        households.open_household(connection, who, household_id),
        consents_of(connection, who, household_id),
        [lease.dwelling.street for lease in home.leases],
        workers[who.worker_id],
        tuple(own_words(connection, who)),
    )
