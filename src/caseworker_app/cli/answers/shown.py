"""What `show` answers: a household's whole file, what would locate a protected one masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from caseworker_app.cli.answers.support import (
    budget_json,
    dwelling_json,
    entry_json,
    goal_json,
    iso,
    measure_json,
)
from caseworker_app.features.diary.domain.entry import VISIT_KINDS
from caseworker_app.features.dossier.domain.file import MASKED, Dossier, HistoryLine
from caseworker_app.features.handover.domain.masking import Mask, masked_whole
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.households.domain import Address, ContactKind, HouseholdMember
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros


def dossier_json(whole: Dossier, history: Sequence[HistoryLine]) -> dict[str, Any]:
    """Return a household's whole file; the home and phones of a protected one are masked in its texts too."""
    people = whole.people
    streets = [lease.dwelling.street for lease in whole.housing.leases]
    hidden = hidden_places(people.household, people.addresses, people.every_contact, streets)
    return masked_whole(_dossier(whole, history), Mask(hidden))


def _dossier(whole: Dossier, history: Sequence[HistoryLine]) -> dict[str, Any]:
    household, hidden = whole.people.household, whole.protected
    visits = [entry for entry in whole.entries if entry.kind in VISIT_KINDS]
    others = [entry for entry in whole.entries if entry.kind not in VISIT_KINDS]
    return {
        "reference": household.reference,
        "name": household.name,
        "protected": hidden,
        "opened_on": iso(household.opened_on),
        "note": _masked(household.note, hidden),
        "visit_instructions": _masked(household.visit_instructions, hidden),
        "members": [_member(member) for member in whole.people.members],
        "former_members": [_former_member(member) for member in whole.people.former_members],
        "addresses": [_address(address, hidden) for address in whole.people.addresses],
        "phones": whole.phones(),
        "emails": _emails(whole),
        "dwelling": dwelling_json(whole),
        "measures": [measure_json(measure) for measure in whole.measures],
        "goals": [goal_json(goal) for goal in whole.goals],
        "budget": budget_json(whole.budget),
        "visits": [entry_json(entry) for entry in visits],
        "diary": [entry_json(entry) for entry in others],
        "history": [_history(line, hidden) for line in history],
    }


def dossier_text(whole: Dossier) -> str:
    """Return the essentials of a household's file for a terminal."""
    household = whole.people.household
    lines = [f"{household.name} ({household.reference})", *map(_member_line, whole.people.members)]
    lines += [f"Adresse\u00a0: {_line(a, whole.protected)}" for a in whole.people.addresses[:1]]
    lines += [f"Téléphone\u00a0: {phone}" for phone in whole.phones()]
    lines += [f"Mesure\u00a0: {_measure_line(file.measure)}" for file in whole.measures]
    budget = budget_json(whole.budget)
    if budget is not None and budget["residual_income_cents"] is not None:
        lines.append(f"Reste à vivre\u00a0: {format_euros(budget['residual_income_cents'])}")
    lines.append(f"Journal\u00a0: {plural(len(whole.entries), 'écrit')}")
    lines.append(f"Objectifs\u00a0: {len(whole.goals)}")
    return "\n".join(lines)


def _masked(text: str | None, hidden: bool) -> str | None:
    # Free text may tell where a household lives as well as its address does.
    return MASKED if text and hidden else text


def _member(member: HouseholdMember) -> dict[str, Any]:
    return {
        "first_name": member.first_name,
        "last_name": member.last_name,
        "birth_name": member.birth_name,
        "birth_date": iso(member.birth_date),
        "relation": member.relation.value,
        "civility": member.civility.value if member.civility else None,
        "language": member.language,
        "interpreter_needed": member.interpreter_needed,
        "reading": member.reading.value if member.reading else None,
        "legal_protection": member.legal_protection.value if member.legal_protection else None,
    }


def _former_member(member: HouseholdMember) -> dict[str, Any]:
    told = _member(member)
    names = ("first_name", "last_name", "birth_date", "relation")
    return {**{name: told[name] for name in names}, "left_on": iso(member.left_on)}


def _member_line(member: HouseholdMember) -> str:
    born = f", {_born(member.birth_date)}" if member.birth_date else ""
    return f"  {member.full_name()}{born}"


def _born(day: date) -> str:
    return f"né·e le {format_date(day)}"


def _address(address: Address, hidden: bool) -> dict[str, Any]:
    names = ("street", "complement", "postal_code", "city")
    return {
        **{name: _masked(getattr(address, name), hidden) for name in names},
        "from_date": iso(address.from_date),
        "to_date": iso(address.to_date),
        "one_line": _line(address, hidden),
    }


def _line(address: Address, hidden: bool) -> str:
    return MASKED if hidden else address.one_line()


def _emails(whole: Dossier) -> list[str]:
    values = [contact.value for contact in whole.people.contacts if contact.kind is ContactKind.EMAIL]
    return [MASKED if whole.protected else value for value in values]


def _measure_line(measure: Any) -> str:
    until = measure.ended_on or measure.planned_end_on
    end = f" au {format_date(until)}" if until else ""
    return f"{measure.kind_label}, du {format_date(measure.starts_on)}{end}"


def _history(line: HistoryLine, hidden: bool) -> dict[str, Any]:
    # A change of address tells both addresses.
    details = [MASKED] if line.details and hidden else list(line.details)
    return {
        "made_at": line.made_at.isoformat(),
        "worker": line.worker,
        "action": line.action,
        "details": details,
        "undone": line.undone,
    }
