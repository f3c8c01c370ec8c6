"""The line of each household: what the list is filtered and sorted by, kept in one narrow table.

Read from the rows of six subjects, an order of 55 000 households takes seconds; read from their lines, a tenth of
one. A line says from which day until which it holds: a lease that begins, a rent that falls due change it without
anything being written. One that does not hold on the day asked is read from the rows, by the very words that make it.
"""

# ruff: noqa: S608  (every part of the statement is written here; what a person chose is bound)

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from caseworker_app.features.diary.domain.entry import CONTACT_KINDS
from caseworker_app.features.households.domain import ContactKind
from caseworker_app.features.housing.domain.lease import Account, Creditor
from caseworker_app.features.housing.domain.rent_account import RentEntryKind
from caseworker_app.storage.summaries import declare_summary

TABLE = "household_line"
# Lines a day made old, taken up again by one intention: on the first of a month rents fall due everywhere.
OLD_AT_ONCE = 200
_NEVER = "9999-12-31"


def _texts(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_PAYMENTS = _texts([RentEntryKind.PAID, RentEntryKind.BENEFIT_PAID, RentEntryKind.PLAN_PAYMENT])
# The day a line of a rent account begins to count.
_COUNTED_ON = f"CASE WHEN e.kind IN ({_PAYMENTS}) THEN coalesce(e.received_on, e.month) ELSE e.month END"

# The town a row shows: of the stays that hold the day, the last arrival; unknown arrivals come last.
_TOWN = """(
    SELECT a.city FROM address a WHERE a.household_id = h.id
    AND (a.from_date IS NULL OR a.from_date <= :day) AND (a.to_date IS NULL OR :day < a.to_date)
    ORDER BY a.from_date DESC, a.id DESC LIMIT 1)"""

# The lease a row shows: of those that run on the day, the last begun; an unknown start is taken as the oldest.
LEASE_ID = """(
    SELECT l.id FROM lease l WHERE l.household_id = {household}
    AND (l.starts_on IS NULL OR l.starts_on <= :day) AND (l.ends_on IS NULL OR :day <= l.ends_on)
    ORDER BY coalesce(l.starts_on, '') DESC, l.id DESC LIMIT 1)"""

# The measure a row shows: of those that run on the day, the one begun last.
_MEASURE_ID = """(
    SELECT m.id FROM support_measure m WHERE m.household_id = h.id
    AND m.starts_on <= :day AND (m.ended_on IS NULL OR m.ended_on >= :day)
    ORDER BY m.starts_on DESC, m.id DESC LIMIT 1)"""

# What a lease's own account owes on the day, in cents; null where nothing was ever written.
OWED = f"""(
    SELECT sum(CASE WHEN e.kind IN ({_PAYMENTS}) THEN -e.amount_cents ELSE e.amount_cents END)
    FROM rent_entry e WHERE e.household_id = w.household_id AND e.lease_id = w.id
    AND e.account = CASE w.creditor WHEN '{Creditor.ASSOCIATION.value}' THEN '{Account.HOUSEHOLD_TO_ASSOCIATION.value}'
        ELSE '{Account.HOUSEHOLD_TO_LANDLORD.value}' END
    AND {_COUNTED_ON} <= :day)"""

_CONTACT_AT = (
    "(SELECT max(c.started_at) FROM diary_entry c"
    f" WHERE c.household_id = h.id AND c.kind IN ({_texts(CONTACT_KINDS)}))"
)
_PHONE = f"""(
    SELECT p.value FROM contact p WHERE p.household_id = h.id AND p.kind = '{ContactKind.PHONE.value}' AND p.safe
    ORDER BY p.id LIMIT 1)"""

# The days on which something a line says begins or ceases to be true.
_TURNS = f"""(
    SELECT a.from_date AS turn FROM address a WHERE a.household_id = h.id
    UNION ALL SELECT a.to_date FROM address a WHERE a.household_id = h.id
    UNION ALL SELECT l.starts_on FROM lease l WHERE l.household_id = h.id
    UNION ALL SELECT date(l.ends_on, '+1 day') FROM lease l WHERE l.household_id = h.id
    UNION ALL SELECT m.starts_on FROM support_measure m WHERE m.household_id = h.id
    UNION ALL SELECT date(m.ended_on, '+1 day') FROM support_measure m WHERE m.household_id = h.id
    UNION ALL SELECT {_COUNTED_ON} FROM rent_entry e WHERE e.household_id = h.id)"""

# Where a protected household lives and how it is reached is in no line: nothing finds nor sorts it by that.
COLUMNS = {
    "sort_name": "h.sort_name",
    "household_id": "h.id",
    "reference": "h.reference",
    "protected": "h.protected",
    "space_id": "h.space_id",
    "city": f"CASE WHEN h.protected THEN NULL ELSE {_TOWN} END",
    "landlord_id": "CASE WHEN h.protected THEN NULL ELSE d.landlord_id END",
    "street": "CASE WHEN h.protected THEN NULL ELSE lower(d.street) END",
    "owed_cents": OWED,
    "phone": f"CASE WHEN h.protected THEN NULL ELSE {_PHONE} END",
    "contact_at": _CONTACT_AT,
    "measure_kind": "r.kind_code",
    "measure_from": "r.starts_on",
    "measure_until": "r.planned_end_on",
    "lead_worker_id": "r.lead_worker_id",
    "from_day": f"coalesce((SELECT max(turn) FROM {_TURNS} WHERE turn <= :day), '')",
    "until_day": f"coalesce((SELECT min(turn) FROM {_TURNS} WHERE turn > :day), '{_NEVER}')",
}
_FROM = (
    f"FROM household h LEFT JOIN lease w ON w.id = {LEASE_ID.format(household='h.id')}"
    f" LEFT JOIN dwelling d ON d.id = w.dwelling_id LEFT JOIN support_measure r ON r.id = {_MEASURE_ID}"
)
READ = f"SELECT {', '.join(f'{words} AS {name}' for name, words in COLUMNS.items())} {_FROM}"
_NAMES = ", ".join(COLUMNS)
_REFRESH = (
    f"UPDATE {TABLE} SET ({_NAMES}) = ({READ} WHERE h.id = {TABLE}.household_id) WHERE household_id IN "
)

_HOLDING = "from_day <= :day AND :day < until_day"
_MARKED = f"SELECT household_id FROM {TABLE} WHERE until_day = ''"
# Each by its own index: asked for together, they would be looked for in every line.
_ENDED = f"SELECT household_id FROM {TABLE} WHERE until_day <= :day"
_NOT_BEGUN = f"SELECT household_id FROM {TABLE} WHERE from_day > :day"
_NOT_HOLDING = f"{_ENDED} UNION ALL {_NOT_BEGUN}"
_SOME_ENDED = f"SELECT EXISTS ({_ENDED})"
_SOME_DO_NOT_HOLD = f"SELECT EXISTS ({_ENDED}) OR EXISTS ({_NOT_BEGUN})"
_ALL_LINES = (
    f"(SELECT {_NAMES} FROM {TABLE} WHERE {_HOLDING} UNION ALL {READ} WHERE h.id IN ({_NOT_HOLDING}))"
)


def lines_on(raw: Any, day: date) -> str:
    """Return the source of every line on `day`, which binds `:day`: the table itself where all of it holds."""
    some = raw.execute(_SOME_DO_NOT_HOLD, {"day": day.isoformat()}).fetchone()[0]
    return _ALL_LINES if some else TABLE


def refresh_lines(raw: Any, day: date) -> None:
    """Make again the lines that are marked, and some of those that no longer hold on `day`."""
    bound = {"day": day.isoformat(), "most": OLD_AT_ONCE}
    for some in (_MARKED, f"{_ENDED} LIMIT :most"):
        # Looked for first, each time: SQLite plans anew, whenever it runs, a statement that ranges over what is bound,
        # and planning this one takes as long as making a line. One that is marked holds on no day.
        if not raw.execute(_SOME_ENDED, {"day": bound["day"]}).fetchone()[0]:
            return
        raw.execute(f"{_REFRESH} ({some})", bound)


declare_summary(TABLE, refresh_lines)
