"""What commands answer: one shape for scripts (JSON), one for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.money import format_euros

if TYPE_CHECKING:
    from caseworker_app.features.directory.domain import FoundHousehold
    from caseworker_app.features.dossier.domain.file import Dossier, HistoryLine
    from caseworker_app.features.handover.domain.kinds import Printed
    from caseworker_app.features.intake.service.importing import ImportReport
    from caseworker_app.storage.integrity import Verification

# Beyond this, a terminal shows how many errors are left; the report holds them all.
PROBLEMS_SHOWN = 20


def found_json(found: FoundHousehold) -> dict[str, Any]:
    """Return one answer of a search."""
    matched = [{"field": m.field, "label": m.label, "context": m.context} for m in found.matched]
    return {"reference": found.reference, "name": found.name, "protected": found.protected, "matched": matched}


def found_text(found: Sequence[FoundHousehold]) -> str:
    """Return a line a household, with what matched."""
    if not found:
        return "Aucun ménage trouvé."
    return "\n".join(f"{f.reference}  {f.name}  ({'; '.join(f'{m.label} : {m.context}' for m in f.matched)})" for f in found)


def dossier_json(whole: Dossier, history: Sequence[HistoryLine]) -> dict[str, Any]:
    """Return a household's whole file; a protected household's address and phones are masked."""
    household = whole.people.household
    return {
        "reference": household.reference,
        "name": household.name,
        "protected": household.protected,
        "note": household.note,
        "visit_instructions": None if whole.protected else household.visit_instructions,
        "members": [_member(m) for m in whole.people.members],
        "addresses": [_address(whole, a) for a in whole.people.addresses],
        "phones": whole.phones(),
        "emails": _emails(whole),
        "dwelling": _dwelling(whole),
        "measures": [_measure(m) for m in whole.measures],
        "goals": [_goal(g) for g in whole.goals],
        "budget": _budget(whole),
        "visits": [_visit(e) for e in whole.entries],
        "history": [_history(line) for line in history],
    }


def dossier_text(whole: Dossier) -> str:
    """Return the essentials of a household's file for a terminal."""
    household = whole.people.household
    lines = [f"{household.name} ({household.reference})"]
    lines += [f"  {m.full_name()}{f', né·e le {format_date(m.birth_date)}' if m.birth_date else ''}" for m in whole.people.members]
    lines += [f"Adresse : {_address(whole, a)['one_line']}" for a in whole.people.addresses[:1]]
    lines += [f"Téléphone : {phone}" for phone in whole.phones()]
    lines += [f"Mesure : {m['kind']}, du {m['starts_on']} au {m['planned_end_on'] or '…'}" for m in map(_measure, whole.measures)]
    if (sheet := _budget(whole)) is not None and sheet["residual_income_cents"] is not None:
        lines.append(f"Reste à vivre : {format_euros(sheet['residual_income_cents'])}")
    lines.append(f"Journal : {len(whole.entries)} écrits ; objectifs : {len(whole.goals)}")
    return "\n".join(lines)


def import_text(report: ImportReport) -> str:
    """Return what an import did, with its first problems and duplicates."""
    counts, problems = report.counts, report.plan.problems
    verb = "seraient créés" if report.dry_run else "créés"
    lines = [
        f"{counts.rows} lignes lues : {counts.created} {verb}, {counts.merged} complétés, "
        f"{counts.skipped} écartés, {counts.in_error} en erreur."
    ]
    lines += [f"  ligne {p.row}, {p.column} : {p.message}" for p in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"  … et {len(problems) - PROBLEMS_SHOWN} autres (--report les donne tous).")
    lines += [f"  ligne {d.row} : doublon probable ({', '.join(d.why)})" for d in report.plan.duplicates[:PROBLEMS_SHOWN]]
    return "\n".join(lines)


def printed_json(printed: Printed) -> dict[str, Any]:
    """Return what was printed and where."""
    return {"path": str(printed.path), "number": printed.number, "pages": printed.pages}


def verification_json(found: Verification) -> dict[str, Any]:
    """Return what `verify` found."""
    return {
        "sound": found.sound,
        "pages": list(found.pages),
        "broken_changesets": list(found.broken_changesets),
        "orphans": list(found.orphans),
        "households_not_searchable": found.households_not_searchable,
        "changesets": found.changesets,
    }


def verification_text(found: Verification) -> str:
    """Return what `verify` found, in one sentence."""
    if found.sound:
        return f"Le fichier est sain : {found.changesets} modifications vérifiées."
    return (
        f"Le fichier est abîmé : {len(found.pages)} pages, {len(found.broken_changesets)} modifications, "
        f"{len(found.orphans)} liens, {found.households_not_searchable} ménages hors index. Restaurez la dernière sauvegarde."
    )


def _member(member: Any) -> dict[str, Any]:
    return {
        "first_name": member.first_name,
        "last_name": member.last_name,
        "birth_name": member.birth_name,
        "birth_date": _iso(member.birth_date),
        "relation": member.relation.value,
        "civility": member.civility.value if member.civility else None,
        "language": member.language,
        "interpreter_needed": member.interpreter_needed,
        "reading": member.reading.value if member.reading else None,
        "legal_protection": member.legal_protection.value if member.legal_protection else None,
    }


def _address(whole: Dossier, address: Any) -> dict[str, Any]:
    from caseworker_app.features.dossier.domain.file import MASKED

    names = ("street", "complement", "postal_code", "city")
    values = {name: MASKED if whole.protected else getattr(address, name) for name in names}
    line = MASKED if whole.protected else address.one_line()
    return {**values, "from_date": _iso(address.from_date), "to_date": _iso(address.to_date), "one_line": line}


def _emails(whole: Dossier) -> list[str]:
    from caseworker_app.features.dossier.domain.file import MASKED

    return [MASKED if whole.protected else c.value for c in whole.people.contacts if c.kind.value == "email"]


def _dwelling(whole: Dossier) -> dict[str, Any] | None:
    if not whole.housing.leases:
        return None
    from caseworker_app.features.dossier.domain.file import MASKED

    home = whole.housing.leases[0]
    dwelling, lease = home.dwelling, home.lease
    return {
        "landlord": home.landlord.name if home.landlord else None,
        "reference": dwelling.reference,
        "address": MASKED if whole.protected else dwelling.one_line(),
        "typology": dwelling.typology,
        "floor_area_tenths_m2": dwelling.floor_area,
        "lease": {
            "kind": lease.kind.value,
            "reference": lease.reference,
            "starts_on": _iso(lease.starts_on),
            "ends_on": _iso(lease.ends_on),
            "rent_cents": lease.rent_cents,
            "service_charges_cents": lease.service_charges_cents,
            "housing_benefit_cents": lease.housing_benefit_cents,
        },
    }


def _measure(file: Any) -> dict[str, Any]:
    measure = file.measure
    return {
        "kind": measure.kind_code,
        "label": measure.kind_label,
        "agreement": file.agreement.name if file.agreement else None,
        "starts_on": _iso(measure.starts_on),
        "planned_end_on": _iso(measure.planned_end_on),
        "ended_on": _iso(measure.ended_on),
        "exit_reason": measure.exit_reason_label,
        "intensity": measure.intensity.value,
        "renewals": [{"from": _iso(r.from_date), "to": _iso(r.to_date)} for r in file.renewals],
    }


def _goal(one: Any) -> dict[str, Any]:
    goal = one.goal
    steps = [{"title": s.title, "state": s.state.value, "due_on": _iso(s.due_on), "done_on": _iso(s.done_on)} for s in one.steps]
    return {
        "title": goal.title,
        "domain": goal.domain,
        "state": goal.state.value,
        "opened_on": _iso(goal.opened_on),
        "target_on": _iso(goal.target_on),
        "steps": steps,
    }


def _budget(whole: Dossier) -> dict[str, Any] | None:
    from caseworker_app.features.budget.domain.indicators import indicators

    if whole.budget is None:
        return None
    found = indicators(whole.budget)
    ratio = found.net_ratio.value
    return {
        "month": _iso(whole.budget.month.month),
        "income_cents": found.income.value,
        "expenses_cents": found.expenses.value,
        "residual_income_cents": found.residual.value,
        "residual_income_per_day_and_person_cents": found.residual_per_day.value,
        "housing_cost_ratio": None if ratio is None else float(round(ratio, 4)),
        "debts_cents": sum(debt.remaining_cents for debt in whole.budget.debts),
    }


def _visit(entry: Any) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "started_at": entry.started_at.isoformat(timespec="minutes"),
        "duration_minutes": entry.duration_minutes,
        "observed": entry.observed,
        "said": entry.said,
        "analysis": entry.analysis,
    }


def _history(line: HistoryLine) -> dict[str, Any]:
    return {
        "made_at": line.made_at.isoformat(),
        "worker": line.worker,
        "action": line.action,
        "details": list(line.details),
        "undone": line.undone,
    }


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
