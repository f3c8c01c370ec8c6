"""Debts (« dettes ») by the nomenclature of the Banque de France, and how long they take to repay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from caseworker_app.kernel import parameters
from caseworker_app.kernel.dates import add_months, month_of
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import MAX_CENTS

TABLE = "debt_kinds"


class DebtStage(StrEnum):
    """How far the recovery of a debt went (« stade »)."""

    LATE = "late"
    REMINDER = "reminder"
    FORMAL_NOTICE = "formal_notice"
    COLLECTION = "collection"
    REPAYMENT_PLAN = "repayment_plan"
    PROCEEDINGS = "proceedings"
    JUDGMENT = "judgment"
    SEIZURE = "seizure"
    OVER_INDEBTEDNESS = "over_indebtedness"
    SETTLED = "settled"


DEBT_STAGE_LABELS = {
    DebtStage.LATE: "retard de paiement",
    DebtStage.REMINDER: "relance amiable",
    DebtStage.FORMAL_NOTICE: "mise en demeure",
    DebtStage.COLLECTION: "recouvrement amiable",
    DebtStage.REPAYMENT_PLAN: "plan d’apurement",
    DebtStage.PROCEEDINGS: "procédure engagée",
    DebtStage.JUDGMENT: "décision de justice",
    DebtStage.SEIZURE: "saisie",
    DebtStage.OVER_INDEBTEDNESS: "dossier de surendettement",
    DebtStage.SETTLED: "soldée",
}


@dataclass(frozen=True, slots=True)
class DebtKind:
    """One nature of debt; `housing`: owed for the dwelling; `family`: its heading in the nomenclature."""

    code: str
    label: str
    family: str
    heading: str
    housing: bool


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt, in cents.

    `remaining_cents` was read on `remaining_on`; `enforceable`: a « titre exécutoire » exists.
    """

    id: str
    version: str
    household_id: str
    nature: str
    creditor: str | None
    initial_cents: int | None
    remaining_cents: int
    remaining_on: date
    monthly_cents: int | None
    first_unpaid_on: date | None
    stage: DebtStage
    enforceable: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class NewDebt:
    """A debt about to be added, or its new state. `remaining_on` None: today."""

    household_id: str
    nature: str
    remaining_cents: int
    creditor: str | None = None
    initial_cents: int | None = None
    remaining_on: date | None = None
    monthly_cents: int | None = None
    first_unpaid_on: date | None = None
    stage: DebtStage = DebtStage.LATE
    enforceable: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Payoff:
    """How many payments settle a debt, and the month of the last one."""

    payments: int
    last_month: date


def debt_kinds(day: date) -> tuple[DebtKind, ...]:
    """Return the natures of debt in force on a day, in the order of the nomenclature. Raises NotFound."""
    return _read(parameters.dated(TABLE, "kinds", day).start)


def debt_kind(code: str, day: date) -> DebtKind:
    """Return a nature of debt by its code. Raises InvalidEntry for an unknown one."""
    for kind in debt_kinds(day):
        if kind.code == code:
            return kind
    raise InvalidEntry(
        "Cette nature de dette n’est pas dans la liste\u00a0: choisissez-en une proche.", "nature"
    )


def payoff(remaining_cents: int, monthly_cents: int | None, first_month: date) -> Payoff | None:
    """Return when a debt is settled if paid monthly from `first_month` on; the last payment is what is left.

    None when nothing is owed or nothing is paid.
    """
    if remaining_cents <= 0 or not monthly_cents or monthly_cents < 0:
        return None
    payments = -(-remaining_cents // monthly_cents)
    # A century of payments is beyond any calendar, and beyond what `date` holds for a one-cent payment.
    if payments > 1200:
        return None
    return Payoff(payments, add_months(month_of(first_month), payments - 1))


def check_debt(new: NewDebt, today: date) -> None:
    """Refuse amounts that cannot be, dates to come, a settled debt with something left.

    Raises InvalidEntry.
    """
    debt_kind(new.nature, today)
    amounts = (new.remaining_cents, new.initial_cents or 0, new.monthly_cents or 0)
    if any(not 0 <= amount <= MAX_CENTS for amount in amounts):
        raise InvalidEntry("Un montant de dette est positif.", "remaining_cents")
    for field, day in (("remaining_on", new.remaining_on), ("first_unpaid_on", new.first_unpaid_on)):
        if day is not None and day > today:
            raise InvalidEntry("Cette date est à venir\u00a0: vérifiez-la.", field)
    if new.stage is DebtStage.SETTLED and new.remaining_cents:
        raise InvalidEntry(
            "Une dette soldée n’a plus rien à payer\u00a0: mettez 0 au restant dû.", "remaining_cents"
        )


@cache
def _read(start: date) -> tuple[DebtKind, ...]:
    value = parameters.dated(TABLE, "kinds", start).value
    return tuple(
        DebtKind(each["code"], each["label"], each["family"], each["heading"], each.get("housing", False))
        for each in value["list"]
    )
