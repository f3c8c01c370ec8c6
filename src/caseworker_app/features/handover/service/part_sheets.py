"""Handing its sheet to a body that follows a household for a part: read before, numbered, entered in the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from caseworker_app.features.consents.service import consents_of
from caseworker_app.features.diary import service as diary
from caseworker_app.features.handover.domain.composing import PREVIEW_REFERENCE
from caseworker_app.features.handover.domain.kinds import PART_SHEET
from caseworker_app.features.handover.domain.part_sheet import (
    SERIES,
    PartFacts,
    PartSheet,
    compose_part_sheet,
)
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service.own_words import own_words
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.register import Leaving, register_leaving
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.part import Part
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

RenderSheet = Callable[[PartSheet, Identity], bytes]


def hand_part_sheet(
    file: EncryptedFile,
    who: Who,
    household_id: str,
    out: Path,
    render: RenderSheet,
    *,
    part_id: str | None = None,
    with_shared: bool = False,
    message: str = "",
) -> tuple[Transmission, Changes]:
    """Number the sheet, enter it in the register and write its PDF at `out`, both or neither (see `delivery`).

    `part_id`: None takes the only part that runs. `with_shared`: what is noted as shared with that body is added.
    `message`: what the writer adds, nowhere kept but on the page. Raises PartOver, NoAgreementForPart, SharedStays,
    MessageStays, InvalidEntry, PlaceNotWritable, NotDelivered, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)

    def prepare(uow: UnitOfWork) -> Leaving:
        facts = _facts(uow.connection, who, household_id, uow.today, part_id)
        facts = replace(facts, with_shared=with_shared, message=message)
        # Composed before its number is taken: a refusal costs none.
        compose_part_sheet(facts, uow.today)
        content = compose_part_sheet(facts, uow.today, uow.next_number(SERIES))
        pdf = render(content, identity_of(team.the_association(uow.connection, who)))
        return Leaving(
            household_id, content.reference, pdf, facts.part.body,
            Period(min(facts.part.starts_on, uow.today), uow.today), consent_ids=content.consent_ids,
        )  # fmt: skip

    return register_leaving(file, who, PART_SHEET, out, prepare, intention="hand_part_sheet")


def preview_part_sheet(
    connection: Connection,
    who: Who,
    household_id: str,
    day: date,
    part_id: str | None = None,
    *,
    with_shared: bool = False,
    message: str = "",
) -> PartSheet:
    """Return the sheet as it would leave on a day, marked « APERÇU »; nothing is written, no number is taken.

    `part_id`, `with_shared`, `message`: as for `hand_part_sheet`. Raises PartOver, NoAgreementForPart, SharedStays,
    MessageStays, InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    facts = _facts(connection, who, household_id, day, part_id)
    facts = replace(facts, with_shared=with_shared, message=message)
    return compose_part_sheet(facts, day, PREVIEW_REFERENCE)


def _part(parts: tuple[Part, ...], day: date, part_id: str | None) -> Part:
    if part_id is not None:
        found = [each for each in parts if each.id == part_id]
    else:
        found = [each for each in parts if each.runs_on(day)]
    if len(found) > 1:
        raise NotFound(
            "Plusieurs intervenants suivent ce ménage\u00a0: ouvrez le sien dans l’onglet Mesure, carte "
            "«\u00a0Qui fait quoi\u00a0», puis «\u00a0Fiche de liaison…\u00a0»."
        )
    if not found:
        raise NotFound(
            "Aucun intervenant ne suit ce ménage\u00a0: notez-le d’abord dans l’onglet Mesure, carte "
            "«\u00a0Qui fait quoi\u00a0»."
        )
    return found[0]


def _facts(
    connection: Connection,
    who: Who,
    household_id: str,
    day: date,
    part_id: str | None,
) -> PartFacts:
    people = households.open_household(connection, who, household_id)
    shown = measures.open_tab(connection, who, household_id, day)
    part = _part(shown.parts, day, part_id)
    workers = {worker.id: worker for worker in shown.workers}
    home = homes.housing_of(connection, who, household_id, day)
    known = part.partner_id is not None
    return PartFacts(
        part,
        [each for each in shown.parts if each.id != part.id],
        shown.tasks,
        {each.id: each.held_on for each in shown.meetings},
        diary.appointments_of(connection, who, household_id),
        partners.open_partner(connection, who, part.partner_id).partner
        if known and part.partner_id
        else None,
        people,
        consents_of(connection, who, household_id),
        [lease.dwelling.street for lease in home.leases],
        workers[who.worker_id],
        tuple(own_words(connection, who)),
    )
