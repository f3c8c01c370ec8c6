"""The `veille` command: who is to be called or visited, and the call sheet of a day."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from caseworker_app.cli.session import answer, open_for
from caseworker_app.cli.usage import Usage
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.features.veille import service
from caseworker_app.features.veille.domain.listed import View, Wanted, WatchLine, line_detail, line_state
from caseworker_app.features.veille.domain.rhythm import Retry
from caseworker_app.features.veille.domain.tables import retry_on
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import plural
from caseworker_app.storage.connection import Connection

LIST, SHEET = "list", "sheet"


def veille(options: argparse.Namespace) -> int:
    """Do what is asked of the veilles."""
    if (options.action == LIST) != (options.path is None):
        raise Usage("Donnez un fichier PDF à « sheet », et à lui seul.")
    return _list(options) if options.action == LIST else _sheet(options)


def _list(options: argparse.Namespace) -> int:
    with open_for(options) as office, office.file.reading() as connection:
        day = options.date or today(office.file.clock)
        workers = {each.id: each.name for each in team.list_workers(connection, office.who)}
        worker = _worker(connection, office.who, options.worker)
        views = (View.RUNNING, View.ENDED) if options.all else (View.TO_DO,)
        found = [
            line
            for view in views
            for line in service.list_watches(
                connection, office.who, Wanted(view=view, worker_id=worker), day
            ).lines
        ]
    retry = retry_on(day)
    text = "\n".join(_text(line, workers, day, retry) for line in found) or "Aucun appel ni visite à faire."
    answer(options, [_json(line, workers, day, retry) for line in found], text)
    return 0


def _sheet(options: argparse.Namespace) -> int:
    from caseworker_app.features.veille.documents import render_call_sheet

    with open_for(options) as office:
        day = options.date or today(office.file.clock)
        with office.file.reading() as connection:
            worker = _worker(connection, office.who, options.worker)
        sheet = service.print_call_sheet(
            office.file, office.who, day, options.path, render_call_sheet, worker
        )
    told = f"{options.path}\u00a0: {plural(len(sheet.rows), 'appel ou visite', 'appels et visites')}"
    answer(options, {"path": str(options.path), "count": len(sheet.rows)}, told)
    return 0


def _worker(connection: Connection, who: Who, name: str | None) -> str | None:
    """Return the id of whoever is named, None when nobody is."""
    if name is None:
        return None
    sought = fold(name)
    found = [each for each in team.list_workers(connection, who) if sought in fold(each.name)]
    if len(found) != 1:
        raise Usage("Donnez le nom d’une seule personne de l’équipe, tel qu’il est dans les réglages.")
    return found[0].id


def _json(of: WatchLine, workers: dict[str, str], day: date, retry: Retry) -> dict[str, Any]:
    due = of.due(retry)
    return {
        "reference": of.reference,
        "name": of.household,
        "protected": of.protected,
        "way": str(of.way),
        "worker": workers.get(of.worker_id, ""),
        "since": of.rhythm.starts_on.isoformat(),
        "until": of.rhythm.until.isoformat() if of.rhythm.until else None,
        "due_on": due.isoformat() if due else None,
        "late": due is not None and due < day,
        "last_on": of.standing.last_on.isoformat() if of.standing.last_on else None,
        "unanswered": of.standing.tries,
        "ended_on": of.ended_on.isoformat() if of.ended_on else None,
    }


def _text(of: WatchLine, workers: dict[str, str], day: date, retry: Retry) -> str:
    return f"{of.household} ({of.reference})  {line_detail(of, workers)}  ({line_state(of, day, retry)[0]})"
