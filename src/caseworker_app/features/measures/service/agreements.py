"""Agreements (« conventions »): written, changed, listed with the places they have left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.measure import Agreement, NewAgreement, check_agreement
from caseworker_app.features.measures.domain.places import (
    AgreementPlaces,
    ShownAgreements,
    check_holds_measures,
    check_outlives_measures,
    places_taken,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def add_agreement(
    file: EncryptedFile, who: Who, new: NewAgreement, landlord: str = ""
) -> tuple[str, Changes]:
    """Write an agreement (« convention ») and return its id.

    `landlord`: the name of one the file does not know yet, where there is no `landlord_id`. Raises InvalidEntry,
    NotFound, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_agreement") as uow:
        return add_agreements(uow, [_with_landlord(uow, new, landlord)])[0], uow.changes


def add_agreements(uow: UnitOfWork, batch: list[NewAgreement]) -> list[str]:
    """Add many agreements at once and return their ids. Raises InvalidEntry."""
    for new in batch:
        check_agreement(new)
    return uow.insert_many(store.agreement, [asdict(new) for new in batch])


def change_agreement(
    file: EncryptedFile,
    who: Who,
    agreement_id: str,
    changed: NewAgreement,
    expected_version: str | None = None,
    *,
    landlord: str = "",
    following: Callable[[UnitOfWork, str], None] = lambda _uow, _id: None,
) -> Changes:
    """Rewrite an agreement; the measures under it keep starting within it, and ending when its end is brought forward.

    `landlord`: as for `add_agreement`. `following(uow, agreement_id)`: what a room above this one changes with it
    (the delays of its referrals).

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    check_agreement(changed)
    with file.unit_of_work(who.worker_id, "change_agreement") as uow:
        check_holds_measures(changed, store.starts_under(uow.connection, agreement_id))
        before = store.agreements.one(uow.connection, agreement_id)
        check_outlives_measures(
            before.ends_on, changed.ends_on, store.ends_under(uow.connection, agreement_id)
        )
        kept = asdict(_with_landlord(uow, changed, landlord))
        uow.update(store.agreement, agreement_id, kept, expected_version=expected_version)
        following(uow, agreement_id)
        return uow.changes


def list_agreements(connection: Connection, who: Who) -> list[Agreement]:
    """Return every agreement, the latest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.all_agreements(connection)


def agreement_in(uow: UnitOfWork, agreement_id: str) -> Agreement:
    """Return an agreement inside another room's intention. Raises NotFound."""
    return store.agreements.one(uow.connection, agreement_id)


def shown_agreements(connection: Connection, who: Who) -> ShownAgreements:
    """Return what the settings show: agreements, the latest first, their places, the landlords by name.

    For whoever reads files or manages the office. Raises NotAllowed.
    """
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.READ_FILES)
    reads = who.may(Right.READ_FILES)
    known = landlords.list_landlords(connection, who) if reads else landlords.known_landlords(connection, who)
    found = store.all_agreements(connection)
    taken = places_taken(found, store.measure_lines(connection))
    none = AgreementPlaces(0, 0)
    return ShownAgreements(
        tuple(found),
        {each.id: taken.get(each.id, none) for each in found},
        {each.id: each.name for each in known},
    )


def _with_landlord(uow: UnitOfWork, new: NewAgreement, landlord: str) -> NewAgreement:
    """Return an agreement with a landlord that exists: the one it names, added where the file does not know it."""
    if new.landlord_id is not None:
        uow.get(declaration_of("landlord").table, new.landlord_id)
    elif landlord:
        return replace(new, landlord_id=landlords.find_or_add_landlord(uow, landlord))
    return new
