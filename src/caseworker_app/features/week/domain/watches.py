"""What the veilles ask for: a few told one by one, the others of the day in one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from caseworker_app.features.week.domain.crowds import a_few
from caseworker_app.features.week.domain.due import Due, Place, Source
from caseworker_app.features.week.domain.material import Dated, Material
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural

NB = "\u00a0"
# Veilles of one day told one by one: a list of 300 tenants put under watch must not be a week of 300 lines.
APART = 8


def watches(source: Source, late: str, coming: str) -> Callable[[Material], Iterator[Due]]:
    """Return what finds the calls and visits of a veille, a few by themselves; `late`, `coming`: their first word."""

    def find(m: Material) -> Iterator[Due]:
        of_day: dict[tuple[str, date | None], list[Due]] = defaultdict(list)
        for each in m.watches:
            if each.kind == source:
                due = _watch(m, source, each, late if each.on < m.day else coming)
                # All that is late stands together.
                of_day[due.worker_id, due.on if due.on >= m.day else None].append(due)
        for (_worker, day), dues in of_day.items():
            dues.sort(key=lambda due: (due.on, due.hour, due.household, due.row_id))
            crowd = partial(_crowd, title=coming if day else late)
            yield from a_few(dues, APART, lambda due: due, crowd)

    return find


def _watch(m: Material, source: Source, each: Dated, title: str) -> Due:
    said = f"dernières nouvelles le {format_date(each.since)}" if each.since else "pas encore de nouvelles"
    place = Place("veille", subject=each.id)
    due = m.due(source, each.id, each.household_id, f"{title}{NB}: {each.words}", said, each.on, place)
    return replace(due, at_minutes=each.at_minutes)


def _crowd(first: Due, count: int, title: str) -> Due:
    words = f"{title}{NB}: {plural(count, 'ménage')}, à commencer par celui-ci"
    # Its number is in its key: put off, it comes back when another one is added.
    return replace(first, row_id=f"{first.row_id}+{count}", title=words)
