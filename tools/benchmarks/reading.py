"""Searching and opening a file, against the same statements run by the driver alone."""

from __future__ import annotations

import random
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.directory import service as directory
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.households import service as households
from caseworker_app.kernel.clock import today
from caseworker_app.storage.search import query_words

from tools.benchmarks.table import Line, p50, p95, ratio_line, timed

TIMES = 300


def measure(office: Office) -> list[Line]:
    """Return the rows of searching and of opening a household's file."""
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        return [*_search(office, connection, raw), *_open(office, connection, raw)]


def _search(office: Office, connection: Any, raw: Any) -> list[Line]:
    asked = _words(raw)

    def ours(number: int) -> object:
        return directory.search(connection, office.who, asked[number % len(asked)], 50)

    def floor(number: int) -> object:
        expression = " ".join(f"{word}*" for word in query_words(asked[number % len(asked)]))
        return [raw.execute(query, (expression,)).fetchall() for query in _SAME_FTS]

    mine, theirs = timed(ours, TIMES), timed(floor, TIMES)
    return [
        ratio_line("search, names phones addresses diary words: query p50", p50(mine), p50(theirs), 5),
        ratio_line("search: query p95", p95(mine), p95(theirs), 5),
    ]


def _words(raw: Any) -> list[str]:
    """Return what people would type: beginnings of names, phones, streets and words of the diary, from the file."""
    chance = random.Random(7)
    names = [row[0] for row in raw.execute("SELECT last_name FROM household_member ORDER BY id LIMIT 4000")]
    phones = [row[0] for row in raw.execute("SELECT value FROM contact WHERE kind = 'phone' ORDER BY id LIMIT 2000")]
    streets = [row[0] for row in raw.execute("SELECT street FROM address ORDER BY id LIMIT 2000")]
    texts = [row[0] for row in raw.execute("SELECT observed FROM diary_entry WHERE observed <> '' LIMIT 2000")]
    asked = [chance.choice(names)[: chance.randint(3, 6)] for _ in range(120)]
    asked += [chance.choice(phones).replace("+33", "0")[: chance.randint(6, 10)] for _ in range(60)]
    asked += [" ".join(chance.choice(streets).split()[-2:]) for _ in range(60)]
    asked += [max(chance.choice(texts).split(), key=len) for _ in range(60)]
    chance.shuffle(asked)
    return asked


def _open(office: Office, connection: Any, raw: Any) -> list[Line]:
    chance = random.Random(11)
    count = households.count_households(connection, office.who)
    chosen = [households.page_of_households(connection, office.who, offset=chance.randrange(count), limit=1)[0] for _ in range(100)]
    day = today(office.file.clock)

    def ours(number: int) -> object:
        return dossier.open_dossier(connection, office.who, chosen[number % 100], day)

    def floor(number: int) -> object:
        return [raw.execute(query, (chosen[number % 100],)).fetchall() for query in _SAME_ROWS]

    mine, theirs = timed(ours, TIMES), timed(floor, TIMES)
    return [
        ratio_line("open a household's file: queries p50", p50(mine), p50(theirs), 5),
        ratio_line("open a household's file: queries p95", p95(mine), p95(theirs), 5),
    ]


_SAME_FTS = tuple(
    f"SELECT e.household_id FROM {index} s JOIN search_entry e ON e.number = s.rowid WHERE {index} MATCH ? LIMIT 200"
    for index in ("search_identity", "search_body")
)
_BY_HOUSEHOLD = (
    "household_member", "address", "contact", "lease", "repayment_plan", "occupant_duty", "support_measure",
    "measure_renewal", "goal", "goal_step", "autonomy_evaluation", "autonomy_level", "budget_month", "budget_line",
    "debt", "promise", "appointment", "consent",
)  # fmt: skip
_SAME_ROWS = (
    "SELECT * FROM household WHERE id = ?",
    *(f'SELECT * FROM "{table}" WHERE household_id = ?' for table in _BY_HOUSEHOLD),
    "SELECT * FROM diary_entry WHERE household_id = ? ORDER BY started_at DESC LIMIT 50",
    "SELECT * FROM dwelling WHERE id IN (SELECT dwelling_id FROM lease WHERE household_id = ?)",
)
