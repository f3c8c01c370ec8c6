"""What a list proposes, told in a few labelled lines: for a preview, and beside what the file already holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseworker_app.features.budget.domain.debts import debt_kind
from caseworker_app.features.households.domain import (
    RELATION_LABELS,
    Address,
    Contact,
    ContactKind,
    HouseholdMember,
    NewAddress,
    NewContact,
    NewMember,
    Relation,
)
from caseworker_app.features.housing.domain.dwelling import Dwelling, NewDwelling, format_floor_area
from caseworker_app.features.intake.domain.body_rows import ProposedBody
from caseworker_app.features.intake.domain.follow_up_words import kinds_on
from caseworker_app.features.intake.domain.proposal import (
    ProposedDwelling,
    ProposedHousehold,
    ProposedTenancy,
)
from caseworker_app.features.intake.domain.tracking import ProposedDebt, ProposedMeasure, ProposedTracking
from caseworker_app.features.partners.domain.partner import PARTNER_KIND_LABELS, NewPartner, Partner
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.kernel.phones import format_phone

Fields = dict[str, str]
Member = NewMember | HouseholdMember


def person_words(member: Member) -> str:
    """Return « Solène Marchadier »."""
    return " ".join(filter(None, (member.first_name, member.last_name)))


def people_fields(members: Sequence[Member]) -> Fields:
    """Return who makes a household up: the reference person, then the others with their relation."""
    ordered = sorted(members, key=lambda member: member.relation is not Relation.REFERENCE_PERSON)
    first = ordered[0]
    others = [
        f"{person_words(m)} ({RELATION_LABELS[m.relation]}{_born(m)})" if m.relation is not Relation.UNKNOWN
        else f"{person_words(m)}{_born(m)}"
        for m in ordered[1:]
    ]  # fmt: skip
    return {
        "Personne": person_words(first),
        "Naissance": format_date(first.birth_date) if first.birth_date else "",
        "Autres membres": "\n".join(others),
    }


def _born(member: Member) -> str:
    return f", {format_date(member.birth_date)}" if member.birth_date else ""


def reach_fields(
    addresses: Iterable[NewAddress | Address], contacts: Iterable[NewContact | Contact]
) -> Fields:
    """Return where a household lives and how it is reached."""
    contacts = list(contacts)
    return {
        "Adresse": "\n".join(filter(None, (address.one_line() for address in addresses))),
        "Téléphones": "\n".join(format_phone(c.value) for c in contacts if c.kind is ContactKind.PHONE),
        "Courriels": "\n".join(c.value for c in contacts if c.kind is ContactKind.EMAIL),
    }


def household_fields(proposal: ProposedHousehold) -> Fields:
    """Return what a row proposes of a household."""
    fields = people_fields(proposal.household.members)
    fields |= reach_fields(proposal.household.addresses, proposal.household.contacts)
    return {**fields, "Bail": tenancy_words(proposal.tenancy), "Note": proposal.household.note or ""}


def tenancy_words(tenancy: ProposedTenancy | None) -> str:
    """Return a lease in a line: « 71.000002, depuis le 01/12/2023, loyer 400,33 € »."""
    if tenancy is None:
        return ""
    rent = tenancy.rent_cents if tenancy.rent_cents is not None else tenancy.rent_with_charges_cents
    parts = (
        tenancy.reference or "",
        f"depuis le {format_date(tenancy.entry_date)}" if tenancy.entry_date else "",
        f"loyer {format_euros(rent)}" if rent is not None else "",
        f"solde {format_euros(tenancy.balance_cents)}" if tenancy.balance_cents else "",
    )
    return ", ".join(filter(None, parts))


def tracking_fields(tracked: Iterable[ProposedTracking]) -> Fields:
    """Return what rows of a follow-up table propose beside a household."""
    rows = list(tracked)
    notes = sum(len(row.notes) for row in rows)
    dated = sorted(note.day for row in rows for note in row.notes)
    span = f", du {format_date(dated[0])} au {format_date(dated[-1])}" if dated else ""
    return {
        "Mesure": "\n".join(measure_words(row.measure) for row in rows if row.measure is not None),
        "Référent": "\n".join(dict.fromkeys(row.worker for row in rows if row.worker)),
        "Dettes": "\n".join(debt_words(debt) for row in rows for debt in row.debts),
        "Journal": f"{plural(notes, 'note datée', 'notes datées')}{span}" if notes else "",
    }


def measure_words(measure: ProposedMeasure) -> str:
    """Return a measure in a line."""
    kind = kinds_on(measure.starts_on).get(measure.kind_code)
    end = measure.ended_on or measure.planned_end_on
    until = "" if end is None else f", {'terminée le' if measure.ended_on else 'jusqu’au'} {format_date(end)}"
    return f"{kind.label if kind else measure.kind_code}, depuis le {format_date(measure.starts_on)}{until}"


def debt_words(debt: ProposedDebt) -> str:
    """Return a debt in a line."""
    from datetime import date

    label = debt_kind(debt.nature, date.max.replace(year=2999)).label
    return f"{label}\u00a0: {format_euros(debt.remaining_cents)}"


def dwelling_fields(dwelling: ProposedDwelling) -> Fields:
    """Return what a row proposes of a dwelling."""
    area, count = dwelling.living_area_tenths, dwelling.dwelling_count or 1
    return {
        "Référence": dwelling.reference or "",
        "Adresse": _place(dwelling.street, dwelling.complement or dwelling.residence, dwelling),
        "Nombre": plural(count, "logement") if count > 1 else "",
        "Type": dwelling.typology or "",
        "Surface": format_floor_area(area) if area else "",
        "Bailleur": dwelling.landlord or "",
    }


def known_dwelling_fields(dwelling: Dwelling | NewDwelling, landlord: str) -> Fields:
    """Return what the file holds of a dwelling, under the labels of `dwelling_fields`."""
    return {
        "Référence": dwelling.reference or "",
        "Adresse": _place(dwelling.street, dwelling.complement, dwelling),
        "Type": dwelling.typology or "",
        "Surface": format_floor_area(dwelling.floor_area) if dwelling.floor_area else "",
        "Bailleur": landlord,
    }


def _place(street: str | None, complement: str | None, of: ProposedDwelling | Dwelling | NewDwelling) -> str:
    town = " ".join(filter(None, (of.postal_code, of.city)))
    return ", ".join(filter(None, (street, complement, town)))


def body_fields(partner: NewPartner | Partner) -> Fields:
    """Return what is told of a body of a directory."""
    town = " ".join(filter(None, (partner.postal_code, partner.city)))
    return {
        "Nom": partner.name,
        "Genre": PARTNER_KIND_LABELS[partner.kind],
        "SIRET": partner.siret or "",
        "Adresse": ", ".join(filter(None, (partner.street, partner.complement, town))),
        "Téléphones": "\n".join(map(format_phone, partner.phones)),
        "Courriel": partner.email or "",
        "Site": partner.website or "",
        "Horaires": partner.opening_hours or "",
        "Services": "\n".join(partner.services),
    }


def proposed_body_fields(body: ProposedBody) -> Fields:
    """Return what rows propose of a body, with the people to ask for."""
    people = [", ".join(filter(None, (c.name, c.job_title))) for c in body.contacts]
    return {**body_fields(body.partner), "Contacts": "\n".join(people)}
