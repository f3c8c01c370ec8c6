"""Reading « Ma semaine »: of a worker with some sixty measures, of a team with six hundred."""

from __future__ import annotations

from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.week import service
from caseworker_app.kernel.clock import today
from tools.benchmarks.table import Line, limit_line, milliseconds, p95

ONE, TEAM = 60, 600
TIMES = 20


def reading_weeks(office: Office) -> list[Line]:
    """Return the rows: the whole reading of the page, for workers whose measures come nearest to each number."""
    day = today(office.file.clock)
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        loads = raw.execute(_LOADS, {"day": day.isoformat()}).fetchall()
        lines = []
        for most, limit in ((ONE, 100), (TEAM, 500)):
            workers, held = _workers(loads, most)
            spent = [
                milliseconds(lambda w=workers: service.read_week(connection, office.who, day, w))
                for _ in range(TIMES)
            ]
            what = f"« Ma semaine » read, {held} measures of {len(workers)} workers, p95"
            lines.append(limit_line(what, p95(spent[2:]), limit))
    return lines


_LOADS = """
SELECT lead_worker_id, count(*) FROM support_measure
WHERE starts_on <= :day AND (ended_on IS NULL OR ended_on >= :day) GROUP BY 1 ORDER BY 2 DESC"""


def _workers(loads: list[tuple[str, int]], wanted: int) -> tuple[list[str], int]:
    """Return the workers who lead at least so many measures together, as few of them as it takes."""
    chosen, held = [], 0
    for worker, count in sorted(loads, key=lambda load: abs(load[1] - wanted)):
        if held >= wanted:
            break
        chosen.append(worker)
        held += count
    return chosen, held
