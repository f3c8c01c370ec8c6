"""Reading a household's whole file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.budget import service as budget
from caseworker_app.features.consents import service as consents
from caseworker_app.features.diary import service as diary
from caseworker_app.features.dossier.domain.file import Dossier
from caseworker_app.features.dossier.domain.neighbours import Neighbours, Place, around
from caseworker_app.features.dossier.domain.overview import Overview, SentDocument
from caseworker_app.features.dossier.service.names import worker_names
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover.domain.kinds import kind_of
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service import reviews
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.veille import service as veille
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.restriction import restricted_now

# What answers without a window show of the diary.
ENTRIES_SHOWN = 50


def open_dossier(
    connection: Connection, who: Who, household_id: str, day: date, entries: int | None = ENTRIES_SHOWN
) -> Dossier:
    """Return a household’s file as it stands on `day`, with its last `entries` of the diary (None: all).

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    people = households.open_household(connection, who, household_id)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    return Dossier(
        day,
        people,
        homes.housing_of(connection, who, household_id, day),
        tuple(measures.measures_of(connection, who, household_id, day)),
        tuple(goals.goals_of(connection, who, household_id)),
        tuple(goals.evaluations_of(connection, who, household_id)),
        tuple(budget.sheets_of(connection, who, household_id, last=6)),
        tuple(diary.entries_of(connection, who, household_id, limit=entries)),
        tuple(diary.open_promises(connection, who, household_id)),
        tuple(diary.appointments_of(connection, who, household_id)),
        tuple(consents.consents_of(connection, who, household_id)),
        tuple(diary.report_reviews_of(connection, who, household_id)),
    )


def open_overview(
    connection: Connection, who: Who, household_id: str, day: date, entries: int | None = None
) -> Overview:
    """Return everything the page of a household shows on `day`, the whole diary unless told.

    Raises NotFound, NotAllowed.
    """
    dossier = open_dossier(connection, who, household_id, day, entries)
    lease = dossier.housing.current
    return Overview(
        dossier,
        None if lease is None else rent.rent_account(connection, who, lease.lease.id, day),
        worker_names(connection, who),
        {kind.code: kind.short_label for kind in measures.list_kinds(day)},
        tuple(_sent(line) for line in reviews.register_of(connection, who, household_id)),
        household_id in restricted_now(connection),
        tuple(referrals.referrals_of(connection, who, household_id)),
        tuple(procedures.procedures_of(connection, who, household_id)),
        tuple(veille.watches_of(connection, who, household_id, day)),
    )


def neighbours(
    connection: Connection, who: Who, household_id: str, place: Place, found: Sequence[str] = ()
) -> Neighbours | None:
    """Return who stands before and after a household in the list it was opened from.

    `found`: the ids of a search; empty: the whole list by name. None when the list has moved since.
    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    if found:
        return around(household_id, place, found)
    first = max(0, place.position - 1)
    ids = households.page_of_households(connection, who, offset=first, limit=3)
    return around(household_id, place, ids, first)


def _sent(line: Transmission) -> SentDocument:
    title = kind_of(line.kind).title
    return SentDocument(line.id, line.number, title, line.recipient_name, line.made_on, line.pages)
