"""Duplicates beside what they are like, as the file holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import landlords, leases
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.deciding import decide
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.referral_rows import asking_fields
from caseworker_app.features.intake.domain.sides import SideBySide, paired
from caseworker_app.features.intake.domain.summary import (
    Fields,
    body_fields,
    dwelling_fields,
    household_fields,
    known_dwelling_fields,
    people_fields,
    proposed_body_fields,
    reach_fields,
    tracking_fields,
)
from caseworker_app.features.intake.domain.tracking import by_row
from caseworker_app.features.partners import service as partners
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection

MASKED = "masqué"
MOST = 2_000
_MASKED_LABELS = ("Adresse", "Téléphones", "Courriels", "Bail")


def sides_of(
    connection: Connection,
    who: Who,
    plan: ImportPlan,
    choices: Choices = NO_CHOICES,
    duplicates: OnDuplicate = OnDuplicate.SKIP,
    most: int = MOST,
) -> tuple[SideBySide, ...]:
    """Return the rows that are like somebody (or something) known, then those only worth a look; `most` in all.

    Where a household lives and how it is reached is masked for one under protection. Raises NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    shown = [*_first_each(plan.duplicates), *_first_each(plan.related)][:most]
    likely = {id(duplicate) for duplicate in plan.duplicates}
    theirs = _theirs(plan)
    ours = _ours(connection, who, plan.kind, shown)
    decisions = {decision.row: decision for decision in decide(plan, duplicates, choices)}
    sides = []
    for duplicate in shown:
        mine = theirs.get(duplicate.row, {})
        other = theirs.get(duplicate.other_row or 0) or ours.get(_target(duplicate), {})
        sides.append(
            SideBySide(
                duplicate.row,
                duplicate.why,
                duplicate.likelihood,
                _title(mine),
                _title(other),
                duplicate.reference,
                duplicate.other_row,
                paired(mine, other),
                id(duplicate) in likely,
                decisions[duplicate.row],
            )
        )
    return tuple(sides)


def _first_each(found: Iterable[Duplicate]) -> list[Duplicate]:
    """Return the likeliest of each row."""
    first: dict[int, Duplicate] = {}
    for duplicate in found:
        first.setdefault(duplicate.row, duplicate)
    return list(first.values())


def _target(duplicate: Duplicate) -> str:
    return duplicate.household_id or duplicate.dwelling_id or duplicate.partner_id or ""


def _title(fields: Fields) -> str:
    return next((text for text in fields.values() if text), "")


def _theirs(plan: ImportPlan) -> dict[int, Fields]:
    fields = {p.row: household_fields(p) for p in plan.households}
    for each in plan.asked:
        fields[each.row] = fields.get(each.row, {}) | asking_fields([each])
    told = by_row(plan.tracked)
    for proposal in plan.households if told else ():
        fields[proposal.row] |= tracking_fields([each for row in proposal.rows for each in told.get(row, ())])
    fields |= {d.row: dwelling_fields(d) for d in plan.dwellings}
    return fields | {b.row: proposed_body_fields(b) for b in plan.bodies}


def _ours(connection: Connection, who: Who, kind: ListKind, shown: Sequence[Duplicate]) -> dict[str, Fields]:
    ids = [target for duplicate in shown if (target := _target(duplicate))]
    if not ids:
        return {}
    if kind is ListKind.DWELLINGS:
        return _dwellings(connection, who, frozenset(ids))
    if kind is ListKind.PARTNERS:
        return {
            p.id: body_fields(p) for p in partners.known_partners(connection, who) if p.id in frozenset(ids)
        }
    if kind is ListKind.LANDLORDS:
        known = landlords.known_landlords(connection, who)
        return {
            each.id: {"Nom": each.name, "SIRET": each.siret or ""}
            for each in known
            if each.id in frozenset(ids)
        }
    return _households(connection, who, ids)


def _dwellings(connection: Connection, who: Who, ids: frozenset[str]) -> dict[str, Fields]:
    return {
        dwelling_id: known_dwelling_fields(dwelling, name or "")
        for dwelling_id, name, dwelling in landlords.known_dwellings(connection, who)
        if dwelling_id in ids
    }


def _households(connection: Connection, who: Who, ids: Sequence[str]) -> dict[str, Fields]:
    if not who.may(Right.READ_FILES):
        # Administration imports lists without opening files: likeness is told, what the file holds is not.
        return {}
    references = dict(leases.lease_references(connection, who))
    found: dict[str, Fields] = {}
    for household_id in dict.fromkeys(ids):
        # Prepared queries: two thousand households take a fraction of a second.
        known = households.open_household(connection, who, household_id)
        fields = people_fields(known.members) if known.members else {}
        fields |= reach_fields(known.addresses[:1], known.contacts)
        fields |= {"Bail": references.get(household_id, ""), "Note": known.household.note or ""}
        if known.household.protected:
            fields |= {label: MASKED for label in _MASKED_LABELS if fields.get(label)}
            fields["Note"] = MASKED if fields["Note"] else ""
        found[household_id] = fields
    return found
