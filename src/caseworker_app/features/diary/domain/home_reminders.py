"""What to keep in mind of the home and the budget while a visit is written: debt, plan, deadlines, proofs, month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.housing.domain.lease_line import Stage, StageState, lease_line
from caseworker_app.features.housing.domain.occupant_duty import DutyKind, DutyState
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.kernel.dates import format_long_date, format_month, month_of
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.money import format_euros

# A deadline further away than this waits for a later visit: three months, the usual rhythm of a report.
AHEAD = timedelta(days=92)
# Lines shown: more would push the next appointment out of sight.
MOST = 5
# Unpaid months named one by one; more are counted.
_MONTHS_NAMED = 3
NB = "\u00a0"


class Urgency(IntEnum):
    """How much a reminder presses, the most pressing first."""

    LATE = 0
    SOON = 1
    CALM = 2


@dataclass(frozen=True, slots=True)
class HomeReminder:
    """A line beside the text: what, its detail, how much it presses, and the tab of the dossier that settles it."""

    title: str
    detail: str
    urgency: Urgency
    tab: str = "housing"

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return f"{self.title}, {self.detail}" if self.detail else self.title


def home_reminders(home: ShownHome | None, day: date) -> tuple[HomeReminder, ...]:
    """Return what to keep in mind of the home on `day`, the most pressing first, five lines at most.

    Each account is told by its own debt: in a sublease the household owes the association (`domain.md` 0).
    """
    if home is None:
        return ()
    found = [*_account(home), *_plan(home, day), *_proofs(home, day), *_deadlines(home, day)]
    return tuple(sorted(found, key=lambda each: each.urgency)[:MOST])


def budget_missing(sheet: BudgetSheet | None, day: date) -> str:
    """Return that the budget of the month is not there yet, empty where it is or where there never was one."""
    if sheet is None or sheet.month.month >= month_of(day):
        return ""
    return f"Celui de {format_month(month_of(day))} n’est pas encore saisi."


def _account(home: ShownHome) -> Iterator[HomeReminder]:
    shown = home.accounts.get(home.file.lease.household_account())
    if shown is None or not shown.entries:
        return
    told = shown.statement
    if told.balance_cents <= 0:
        ahead = f"{format_euros(-told.balance_cents)} d’avance" if told.balance_cents else ""
        yield HomeReminder("Loyer à jour", ahead, Urgency.CALM)
        return
    urgency = Urgency.LATE if told.in_arrears else Urgency.SOON
    title = f"Dette de loyer{NB}: {format_euros(told.balance_cents)}"
    yield HomeReminder(title, _unpaid(told), urgency)


def _unpaid(told: RentStatement) -> str:
    months = [format_month(each.month) for each in told.unpaid if each.month is not None]
    named = join_words(months) if len(months) <= _MONTHS_NAMED else plural(len(months), "mois", "mois")
    parts = [f"dû{NB}: {named}" if months else "", "seuil d’impayé atteint" if told.in_arrears else ""]
    return " · ".join(part for part in parts if part)


def _plan(home: ShownHome, day: date) -> Iterator[HomeReminder]:
    shown = home.accounts.get(home.file.lease.household_account())
    plan = shown.statement.plan if shown else None
    progress = shown.statement.progress if shown else None
    if plan is None or progress is None or progress.remaining_cents <= 0:
        return
    if progress.missed:
        title = (
            f"Plan d’apurement{NB}: {plural(progress.missed, 'échéance non payée', 'échéances non payées')}"
        )
        yield HomeReminder(title, _left(progress.remaining_cents), Urgency.LATE)
        return
    number = progress.kept + 1
    over = progress.kept > progress.expected or month_of(day) < plan.first_month
    title = f"Plan d’apurement{NB}: {format_euros(plan.instalment_cents(number))}"
    when = (
        "échéance du mois payée" if over and progress.kept else f"échéance{NB}{number} sur {plan.instalments}"
    )
    yield HomeReminder(
        title, f"{when} · {_left(progress.remaining_cents)}", Urgency.CALM if over else Urgency.SOON
    )


def _left(cents: int) -> str:
    return f"reste {format_euros(cents)}"


def _proofs(home: ShownHome, day: date) -> Iterator[HomeReminder]:
    if home.file.duty_state(DutyKind.HOME_INSURANCE, day) is DutyState.NO_PROOF:
        yield HomeReminder("Assurance habitation", "attestation à demander", Urgency.SOON)


def _deadlines(home: ShownHome, day: date) -> Iterator[HomeReminder]:
    for stage in lease_line(home.file, day, home.application_due).stages:
        urgency = _pressing(stage, day)
        if urgency is not None:
            yield HomeReminder(stage.notice or stage.title, _when(stage, day), urgency)


def _pressing(stage: Stage, day: date) -> Urgency | None:
    last_day = stage.key == "end" and stage.day == day
    if stage.key == "plan" or (stage.state in (StageState.DONE, StageState.RECEIVED) and not last_day):
        return None
    if stage.state is StageState.LATE:
        return Urgency.LATE
    return Urgency.SOON if day <= stage.day <= day + AHEAD else None


def _when(stage: Stage, day: date) -> str:
    left, said = (stage.day - day).days, format_long_date(stage.day)
    if stage.notice:
        return f"dans {plural(left, 'jour')}" if left else "aujourd’hui"
    if left < 0:
        return f"prévu le {said}, {plural(-left, 'jour')} de retard"
    return f"le {said}" + (f", dans {plural(left, 'jour')}" if left else ", aujourd’hui")
