"""Reading a household written by hand: its goals, evaluations, budgets, debts, as values to be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseworker_app.features.budget.domain.debts import DebtStage, NewDebt
from caseworker_app.features.budget.domain.sheet import PERSON, NewLine, NewMonth
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
from caseworker_app.features.goals.domain.goal import Actor, GoalState, NewGoal, NewStep, StepState
from caseworker_app.features.measures.domain.measure import Intensity, NewMeasure

Case = dict[str, Any]


def read_measures(
    case: Case, calendar: Calendar, household_id: str, agreements: dict[str, str]
) -> list[NewMeasure]:
    """Return the support measures, ended ones too."""
    return [
        NewMeasure(
            household_id,
            each["kind"],
            calendar.day(each["starts_on"]),
            calendar.day(each["planned_end_on"]) if "planned_end_on" in each else None,
            agreement_id=agreements[each["kind"]] if each.get("agreement") else None,
            prescriber=each.get("prescriber"),
            intensity=Intensity(each["intensity"]),
            ended_on=calendar.day(each["ended_on"]) if "ended_on" in each else None,
            exit_reason_code=each.get("exit_reason"),
            destination=each.get("destination"),
        )
        for each in case.get("measures", [])
    ]


def read_consents(
    case: Case, calendar: Calendar, household_id: str, landlord: tuple[str, str] | None
) -> list[NewConsent]:
    """Return what the household agreed to share with its landlord (id, name)."""
    if landlord is None:
        return []
    recipient = Recipient(RecipientKind.LANDLORD, landlord[1], landlord[0])
    return [
        NewConsent(
            household_id,
            recipient,
            frozenset(Topic(topic) for topic in each["topics"]),
            each["purpose"],
            calendar.day(each["given_on"]),
            until=calendar.day(each["until"]),
        )
        for each in case.get("consents", [])
    ]


def read_goals(case: Case, calendar: Calendar, household_id: str) -> list[NewGoal]:
    """Return the goals with their steps."""
    return [
        NewGoal(
            household_id,
            each["title"],
            each["domain"],
            tuple(_step(step, calendar) for step in each["steps"]),
            state=GoalState(each.get("state", "in_progress")),
            opened_on=calendar.day(each["opened_on"]),
            target_on=calendar.day(each["target_on"]) if "target_on" in each else None,
            closed_on=calendar.day(each["closed_on"]) if "closed_on" in each else None,
        )
        for each in case.get("goals", [])
    ]


def read_evaluations(case: Case, calendar: Calendar, household_id: str) -> list[NewEvaluation]:
    """Return the evaluations on the autonomy grid."""
    return [
        NewEvaluation(
            household_id,
            calendar.day(each["on"]),
            View(each.get("view", "worker")),
            tuple(NewLevel(domain, Level(level)) for domain, level in each["levels"].items()),
        )
        for each in case.get("evaluations", [])
    ]


def read_debts(case: Case, calendar: Calendar, household_id: str) -> list[NewDebt]:
    """Return the debts as they stand today."""
    return [
        NewDebt(
            household_id,
            each["nature"],
            each["remaining_cents"],
            each["creditor"],
            each.get("initial_cents"),
            monthly_cents=each.get("monthly_cents"),
            first_unpaid_on=calendar.day(each["first_unpaid_on"]) if "first_unpaid_on" in each else None,
            stage=DebtStage(each.get("stage", "late")),
        )
        for each in case.get("debts", [])
    ]


def read_budgets(
    case: Case, calendar: Calendar, household_id: str, members: Sequence[str], debts: Sequence[str]
) -> list[NewMonth]:
    """Return the budgets of months; those that only say what differs take their lines from the first."""
    months: list[NewMonth] = []
    for each in case.get("budgets", []):
        lines = (
            _lines(each["lines"], members, debts) if "lines" in each else _but(months[0].lines, each["but"])
        )
        months.append(NewMonth(household_id, calendar.day(each["month"]), lines, each["persons"] * PERSON))
    return months


def _step(each: Case, calendar: Calendar) -> NewStep:
    actor, name = Actor(each.get("actor", "household")), each.get("actor_name")
    if "done_on" in each:
        day = calendar.day(each["done_on"])
        return NewStep(each["title"], actor, name, day, day, StepState.DONE)
    return NewStep(each["title"], actor, name, calendar.day(each["due_on"]))


def _lines(lines: list[Case], members: Sequence[str], debts: Sequence[str]) -> tuple[NewLine, ...]:
    return tuple(
        NewLine(
            each["category"],
            each["cents"],
            each.get("label"),
            members[each["member"]] if "member" in each else None,
            each.get("third_party", False),
            debts[each["debt"]] if "debt" in each else None,
        )
        for each in lines
    )


def _but(lines: tuple[NewLine, ...], amounts: dict[str, int]) -> tuple[NewLine, ...]:
    return tuple(
        NewLine(line.category, amount, line.label, line.member_id, line.paid_by_third_party, line.debt_id)
        for line in lines
        if (amount := amounts.get(line.category, line.amount_cents))
    )
