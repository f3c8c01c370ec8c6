"""The `agenda` command: a day or a week listed, a calendar taken in or given out, the sheet of a day."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from caseworker_app.cli.session import answer, open_for
from caseworker_app.cli.usage import Usage
from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.shown import AgendaSpan, ShownTime, span_words
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural

LIST, IMPORT, EXPORT, SHEET = "list", "import", "export", "sheet"
# What is given out without a period: the month before, and the three ahead.
_BACK, _AHEAD = timedelta(days=31), timedelta(days=92)


def agenda(options: argparse.Namespace) -> int:
    """Do what is asked of the agenda."""
    if (options.action == LIST) != (options.path is None):
        raise Usage("Donnez un fichier à « import », « export » et « sheet », et à eux seuls.")
    return {LIST: _list, IMPORT: _import, EXPORT: _export, SHEET: _sheet}[options.action](options)


def _list(options: argparse.Namespace) -> int:
    with open_for(options) as office, office.file.reading() as connection:
        day = options.date or today(office.file.clock)
        first, last = _days(day, week=options.week)
        span = service.read_span(connection, office.who, first, last, [] if options.team else None)
    answer(options, [_as_json(each) for each in span.times], _text(span, first, last))
    return 0


def _import(options: argparse.Namespace) -> int:
    with open_for(options) as office:
        preview = service.preview_import(office.file, office.who, options.path)
        added = 0
        if not options.dry_run:
            added = service.import_times(office.file, office.who, preview.new)[0]
    value = {
        "new": len(preview.new), "known": preview.known, "outside": preview.outside,
        "cancelled": preview.cancelled, "unreadable": preview.unreadable,
        "in_unknown_zone": preview.in_unknown_zone, "unknown_zones": list(preview.unknown_zones), "added": added,
    }  # fmt: skip
    done = "Rien n’est écrit (--dry-run)." if options.dry_run else f"{added} ajoutés."
    answer(options, value, "\n".join((*preview.sentences(), done)))
    return 0


def _export(options: argparse.Namespace) -> int:
    from caseworker_app.pdf.writing import write_atomically

    with open_for(options) as office:
        day = today(office.file.clock)
        first, last = options.date_from or day - _BACK, options.to or day + _AHEAD
        count, content = service.export_times(
            office.file, office.who, first, last, addresses=options.addresses
        )
    write_atomically(content, options.path)
    _wrote(options, options.path, count)
    return 0


def _sheet(options: argparse.Namespace) -> int:
    from caseworker_app.features.agenda.documents import render_day_sheet

    with open_for(options) as office:
        day = options.date or today(office.file.clock)
        sheet = service.print_day_sheet(office.file, office.who, day, options.path, render_day_sheet)
    _wrote(options, options.path, len(sheet.rows))
    return 0


def _wrote(options: argparse.Namespace, path: Path, count: int) -> None:
    told = f"{path}\u00a0: {plural(count, 'rendez-vous', 'rendez-vous')}"
    answer(options, {"path": str(path), "times": count}, told)


def _days(day: date, *, week: bool) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return (monday, monday + timedelta(days=6)) if week else (day, day)


def _as_json(each: ShownTime) -> dict[str, Any]:
    return {
        "starts_at": each.starts_at.isoformat(timespec="minutes"),
        "ends_at": each.ends_at.isoformat(timespec="minutes"),
        "all_day": each.all_day,
        "kind": each.kind.value,
        "state": each.state.value,
        "title": each.title,
        "purpose": each.purpose,
        "where": each.where,
        "worker": each.worker,
        "protected": each.protected,
        "hidden": each.hidden,
    }


def _text(span: AgendaSpan, first: date, last: date) -> str:
    lines = [span_words(first, last)]
    day = first
    while day <= last:
        times = (*span.all_day_on(day), *span.on(day))
        off = f" ({span.holiday(day)})" if span.holiday(day) else ""
        if first == last:
            lines[0] += off
        elif times or off:
            lines.append(f"\n{format_long_date(day, weekday=True).capitalize()}{off}")
        lines += [f"  {_line(each)}" for each in times]
        day += timedelta(days=1)
    return "\n".join(lines) if span.times else f"{lines[0]}\u00a0: aucun rendez-vous."


def _line(each: ShownTime) -> str:
    return ", ".join(part for part in (each.hours(), each.title, each.about, each.where) if part)
