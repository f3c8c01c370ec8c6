"""Tables of the budget room and the only SQL on them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Connection, Date, Integer, Text

from caseworker_app.features.budget.domain.debts import Debt
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetMonth
from caseworker_app.storage.declarations import Counted, Merge, OnAnonymisation, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

month = declare(
    "budget_month",
    field("month", Date, required=True),
    field("persons_hundredths", Integer, required=True),
    field("residual_definition", Text, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    same_when=("month",),
)

# A line belongs to its month by the date, not by the id of a row: the same month written on two devices is
# one month.
line = declare(
    "budget_line",
    field("month", Date, required=True),
    field("position", Integer, required=True, own=True),
    field("section", Text, merge=Merge.APPEND_ONLY, required=True),
    field("category", Text, merge=Merge.APPEND_ONLY, required=True),
    field("label", Text, merge=Merge.APPEND_ONLY, internal=True, identifying=True),
    field("member_id", Text, merge=Merge.APPEND_ONLY, references="household_member"),
    field("amount_cents", Integer, merge=Merge.APPEND_ONLY, required=True),
    field("paid_by_third_party", Boolean, merge=Merge.APPEND_ONLY, required=True),
    field("debt_id", Text, merge=Merge.APPEND_ONLY, references="debt"),
    household="household_id",
    indexes=("member_id", "debt_id"),
    same_when=(
        "month",
        "section",
        "category",
        "label",
        "member_id",
        "amount_cents",
        "paid_by_third_party",
        "debt_id",
    ),
)

debt = declare(
    "debt",
    field("nature", Text, required=True, counted=Counted.CODE),
    field("creditor", Text, internal=True, identifying=True),
    field("initial_cents", Integer),
    field("remaining_cents", Integer, required=True),
    field("remaining_on", Date, required=True),
    field("monthly_cents", Integer),
    field("first_unpaid_on", Date),
    field("stage", Text, required=True, counted=Counted.CODE),
    field("enforceable", Boolean, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
)

months = Mapper(month, BudgetMonth)
lines = Mapper(line, BudgetLine)
debts = Mapper(debt, Debt)


_MONTHS = months.lookup("household_id", order_by=(month.c.month.desc(), month.c.id.desc()))
_LINES = lines.lookup("household_id", order_by=(line.c.month, line.c.position, line.c.id))
_LINES_IN = lines.lookup("household_id", "month", order_by=(line.c.position, line.c.id))
_DEBTS = debts.lookup("household_id", order_by=(debt.c.remaining_cents.desc(), debt.c.id))


def months_of(connection: Connection, household_id: str) -> list[BudgetMonth]:
    """Return the months of a household, newest first; of one written twice, the last written first."""
    return _MONTHS(connection, household_id)


def lines_of(connection: Connection, household_id: str) -> list[BudgetLine]:
    """Return the lines of every month of a household, oldest month first, in order."""
    return _LINES(connection, household_id)


def lines_in(connection: Connection, household_id: str, in_month: date) -> list[BudgetLine]:
    """Return the lines of one month of a household, in order."""
    return _LINES_IN(connection, household_id, in_month.isoformat())


def debts_of(connection: Connection, household_id: str) -> list[Debt]:
    """Return the debts of a household, the largest remaining first."""
    return _DEBTS(connection, household_id)
