"""Reading veilles: the list, one whole, those of a household, those that run, what the forms offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.team.domain import Right, Who, Worker
from caseworker_app.features.team.service import list_workers
from caseworker_app.features.veille import store
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.listed import Wanted, WatchLine, WatchListing, listing
from caseworker_app.features.veille.domain.tables import end_reasons, requests, retry_on
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the forms offer: whoever works here, landlords by id, what may be asked, why a veille ends."""

    workers: tuple[Worker, ...]
    landlords: Mapping[str, str]
    requests: Mapping[str, str]
    end_reasons: Mapping[str, str]


def list_watches(connection: Connection, who: Who, wanted: Wanted, day: date) -> WatchListing:
    """Return the veilles wanted, what is late first, and how many come under each view. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return listing(store.lines(connection, ended=True), wanted, day, retry_on(day))


def watches_running(connection: Connection, who: Who) -> list[WatchLine]:
    """Return a line for every veille that runs, by the name of its household. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.lines(connection, ended=False)


def open_watch_file(connection: Connection, who: Who, watch_id: str, day: date) -> WatchFile:
    """Return a veille whole, its household noted as opened. Raises NotFound, NotAllowed, Archived."""
    who.require(Right.READ_FILES)
    of = store.watches.one(connection, watch_id)
    note_access(connection, who.worker_id, AccessKind.OPENED, of.household_id)
    return _file(connection, who, watch_id, day)


def watches_of(connection: Connection, who: Who, household_id: str, day: date) -> list[WatchFile]:
    """Return the veilles of a household, the latest first. Raises NotFound, NotAllowed, Archived."""
    who.require(Right.READ_FILES)
    return [_file(connection, who, each.id, day) for each in store.watches_of(connection, household_id)]


def form_choices(connection: Connection, who: Who, day: date) -> FormChoices:
    """Return what the forms offer on a day. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return FormChoices(
        tuple(list_workers(connection, who)),
        {each.id: each.name for each in landlords.list_landlords(connection, who)},
        requests(day),
        end_reasons(day),
    )


def _file(connection: Connection, who: Who, watch_id: str, day: date) -> WatchFile:
    of = store.watches.one(connection, watch_id)
    contacts = tuple(store.contacts_of(connection, watch_id))
    known = (
        {each.id: each.name for each in landlords.list_landlords(connection, who)} if of.landlord_id else {}
    )
    return WatchFile(
        of,
        households.open_household(connection, who, of.household_id),
        contacts,
        store.said_at(connection, [each.entry_id for each in contacts]),
        {each.id: each.name for each in list_workers(connection, who)},
        retry_on(day),
        known.get(of.landlord_id or "", ""),
    )
