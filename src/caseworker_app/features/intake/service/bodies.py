"""Writes the bodies of a directory: partners, or landlords with the people to write to."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.housing.domain.landlord import NewLandlord, NewLandlordContact
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.intake.domain.body_rows import ProposedBody
from caseworker_app.features.intake.domain.decision import Action, Decision
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner, NewPartnerContact, is_siret
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.unit_of_work import UnitOfWork

BodyStep = tuple[ProposedBody, Decision]


def write_bodies(uow: UnitOfWork, who: Who, kind: ListKind, steps: Sequence[BodyStep]) -> None:
    """Create, complete or leave the bodies of a batch, as decided. Raises NotFound for one removed since."""
    if kind is ListKind.LANDLORDS:
        _write_landlords(uow, who, steps)
    else:
        _write_partners(uow, steps)


def _write_partners(uow: UnitOfWork, steps: Sequence[BodyStep]) -> None:
    fresh = [body for body, decision in steps if decision.action is Action.CREATE]
    ids = partners.add_checked_partners(uow, [body.partner for body in fresh])
    for body, partner_id in zip(fresh, ids, strict=True):
        if body.contacts:
            partners.add_contacts(uow, partner_id, list(body.contacts))
    for body, decision in steps:
        if decision.action is Action.MERGE and decision.partner_id is not None:
            partners.complete_partner(uow, decision.partner_id, body.partner)
            partners.add_contacts(uow, decision.partner_id, list(body.contacts))


def _write_landlords(uow: UnitOfWork, who: Who, steps: Sequence[BodyStep]) -> None:
    fresh = [body for body, decision in steps if decision.action is Action.CREATE]
    ids = landlords.add_landlords(uow, [_landlord(body.partner) for body in fresh])
    added = list(zip(fresh, ids, strict=True))
    added += [
        (body, decision.partner_id)
        for body, decision in steps
        if decision.action is Action.MERGE and decision.partner_id is not None
    ]
    for body, landlord_id in added:
        known = {
            fold(each.name) for each in landlords.open_landlord(uow.connection, who, landlord_id).contacts
        }
        new = [_contact(person) for person in body.contacts if fold(person.name) not in known]
        landlords.add_landlord_contacts(uow, landlord_id, new)


def _landlord(new: NewPartner) -> NewLandlord:
    return NewLandlord(
        new.name,
        # A register's wrong number would be refused; the landlord is not.
        siret=new.siret if new.siret and is_siret(new.siret) else None,
        street=new.street,
        complement=new.complement,
        postal_code=new.postal_code,
        city=new.city,
        phone=new.phones[0] if new.phones else None,
        email=new.email,
    )


def _contact(person: NewPartnerContact) -> NewLandlordContact:
    email = person.email if person.email and "@" in person.email else None
    return NewLandlordContact(person.name, person.job_title, phone=person.phone, email=email)
