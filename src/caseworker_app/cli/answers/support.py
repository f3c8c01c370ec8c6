"""What `show` answers of a household's home and support: dwelling, measures, goals, budget, diary."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.features.budget.domain.indicators import indicators
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.dossier.domain.file import MASKED, Dossier
from caseworker_app.features.goals.domain.goal import GoalStep, GoalWithSteps
from caseworker_app.features.housing.domain.lease import Lease
from caseworker_app.features.measures.domain.measure import MeasureFile


def iso(day: date | None) -> str | None:
    """Return a date as `2026-11-24`."""
    return None if day is None else day.isoformat()


def dwelling_json(whole: Dossier) -> dict[str, Any] | None:
    """Return the home of a household with its lease, None when it holds none."""
    if not whole.housing.leases:
        return None
    home = whole.housing.leases[0]
    dwelling, hidden = home.dwelling, whole.protected
    return {
        "landlord": home.landlord.name if home.landlord else None,
        # The landlord's own number says where a household lives to whoever has the landlord's list.
        "reference": MASKED if hidden and dwelling.reference else dwelling.reference,
        "address": MASKED if hidden else dwelling.one_line(),
        "typology": dwelling.typology,
        "floor_area_tenths_m2": dwelling.floor_area,
        "lease": _lease(home.lease, hidden=hidden),
    }


def measure_json(file: MeasureFile) -> dict[str, Any]:
    """Return a support measure."""
    measure = file.measure
    return {
        "kind": measure.kind_code,
        "label": measure.kind_label,
        "agreement": file.agreement.name if file.agreement else None,
        "starts_on": iso(measure.starts_on),
        "planned_end_on": iso(measure.planned_end_on),
        "ended_on": iso(measure.ended_on),
        "exit_reason": measure.exit_reason_label,
        "intensity": measure.intensity.value,
        "renewals": [{"from": iso(r.from_date), "to": iso(r.to_date)} for r in file.renewals],
    }


def goal_json(one: GoalWithSteps) -> dict[str, Any]:
    """Return a goal with its steps."""
    goal = one.goal
    return {
        "title": goal.title,
        "domain": goal.domain,
        "state": goal.state.value,
        "opened_on": iso(goal.opened_on),
        "target_on": iso(goal.target_on),
        "steps": [_step(step) for step in one.steps],
    }


def budget_json(sheet: BudgetSheet | None) -> dict[str, Any] | None:
    """Return the figures of a month, None before the first."""
    if sheet is None:
        return None
    found = indicators(sheet)
    ratio = found.net_ratio.value
    return {
        "month": iso(sheet.month.month),
        "income_cents": found.income.value,
        "expenses_cents": found.expenses.value,
        "residual_income_cents": found.residual.value,
        "residual_income_per_day_and_person_cents": found.residual_per_day.value,
        "housing_cost_ratio": None if ratio is None else float(round(ratio, 4)),
        "debts_cents": sum(debt.remaining_cents for debt in sheet.debts),
    }


def entry_json(entry: DiaryEntry) -> dict[str, Any]:
    """Return one entry of the diary."""
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "started_at": entry.started_at.isoformat(timespec="minutes"),
        "duration_minutes": entry.duration_minutes,
        "observed": entry.observed,
        "said": entry.said,
        "analysis": entry.analysis,
    }


def _lease(lease: Lease, *, hidden: bool) -> dict[str, Any]:
    return {
        "kind": lease.kind.value,
        # So does the number of the lease.
        "reference": MASKED if hidden and lease.reference else lease.reference,
        "starts_on": iso(lease.starts_on),
        "ends_on": iso(lease.ends_on),
        "rent_cents": lease.rent_cents,
        "service_charges_cents": lease.service_charges_cents,
        "housing_benefit_cents": lease.housing_benefit_cents,
    }


def _step(step: GoalStep) -> dict[str, Any]:
    return {
        "title": step.title,
        "state": step.state.value,
        "due_on": iso(step.due_on),
        "done_on": iso(step.done_on),
    }
