"""What the chart of a rent account shows: what was owed, what the plan would leave, the alert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.features.housing.domain.rent_account import RentEntry
from caseworker_app.features.housing.domain.rent_ledger import OwedMonth, owed_by_plan, owed_over_time
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.kernel.dates import format_month
from caseworker_app.kernel.french import plural

# More bars than this would be too thin to read in a card.
MONTHS_BACK, MONTHS_AHEAD = 12, 12


@dataclass(frozen=True, slots=True)
class AccountChart:
    """Months past and planned, the threshold of arrears in cents with its words, words over the plan."""

    months: tuple[OwedMonth, ...]
    alert_cents: int | None
    alert_words: str
    plan_words: str


def account_chart(statement: RentStatement, entries: Sequence[RentEntry]) -> AccountChart:
    """Return the chart of an account; the alert is shown once the debt comes near it."""
    past = owed_over_time(entries, statement.day, MONTHS_BACK)
    coming = owed_by_plan(statement)
    shown = coming[:MONTHS_AHEAD]
    words = f"Plan prévu\u00a0: {plural(len(coming), 'échéance')}" if coming else ""
    if len(coming) > len(shown):
        words += f", jusqu’à {format_month(coming[-1].month)}"
    months = (*past, *shown)
    threshold = statement.threshold_cents
    # A line far above every bar would flatten them all.
    near = threshold is not None and any(month.owed_cents * 4 >= threshold for month in months)
    return AccountChart(months, threshold if near else None, "seuil d’impayé" if near else "", words)
