"""What of the diary was given to read: to be read by whoever was asked, to be corrected by whoever wrote it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.week.domain.crowds import a_few
from caseworker_app.features.week.domain.due import Due, Place, Source
from caseworker_app.features.week.domain.material import Material, Report
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.kernel.french import plural

NB = "\u00a0"
# Told one by one; the others in a line that comes after them, so that nobody's week is made of these alone.
APART = 3
_LONGEST = 120
_BREAKS = re.compile(r"[ \t\r\n]+")


def reports(source: Source) -> Callable[[Material], Iterator[Due]]:
    """Return what finds the entries to read, or those sent back, of each worker."""

    def find(m: Material) -> Iterator[Due]:
        of_worker: dict[str, list[Report]] = defaultdict(list)
        for each in m.reports:
            if each.sent_back == (source is Source.REPORT_SENT_BACK):
                of_worker[each.worker_id].append(each)
        for found in of_worker.values():
            found.sort(key=lambda each: (each.on, each.id))
            yield from a_few(
                found, APART, lambda each: _one(m, source, each), lambda each, n: _several(m, source, each, n)
            )

    return find


def _one(m: Material, source: Source, each: Report) -> Due:
    return _due(m, source, each, f"{_title(source)}{NB}: {_called(each)}", each.id)


def _several(m: Material, source: Source, first: Report, count: int) -> Due:
    # Its number is in its key: put off, it comes back when another one is added.
    words = f"{_count(source, count)}, le premier{NB}: {_called(first)}"
    return _due(m, source, first, words, f"{first.id}+{count}")


def _due(m: Material, source: Source, each: Report, title: str, key: str) -> Due:
    place = Place("dossier", "diary", f"entry:{each.entry_id}")
    said = "à reprendre, dit" if each.sent_back else "demandé par"
    word = f"{NB}: {_short(each.words)}" if each.words else ""
    detail = f"{said} {each.other} le {format_short_date(each.on)}{word}"
    on = each.on + timedelta(m.limits.report_days)
    return Due(
        source,
        key,
        each.household_id,
        m.names.get(each.household_id, ""),
        title,
        detail,
        on,
        place,
        each.worker_id,
    )


def _title(source: Source) -> str:
    return "Écrit à reprendre" if source is Source.REPORT_SENT_BACK else "Écrit à relire"


def _count(source: Source, count: int) -> str:
    if source is Source.REPORT_SENT_BACK:
        return plural(count, "autre écrit à reprendre", "autres écrits à reprendre")
    return plural(count, "autre écrit à relire", "autres écrits à relire")


def _called(each: Report) -> str:
    return f"{ENTRY_KIND_LABELS[EntryKind(each.kind)]} du {format_short_date(each.held_on)}"


def _short(words: str) -> str:
    # No-break spaces stay.
    line = _BREAKS.sub(" ", words).strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
