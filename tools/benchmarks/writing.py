"""Confirming an entry, against one durable insert by the driver; importing a list, against its rows alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewPromise, NewVisit
from caseworker_app.features.intake.service import importing
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.reading import read_sheet
from caseworker_app.storage.declarations import SearchKind
from caseworker_app.storage.engine import connect
from caseworker_app.storage.search_index import folded, identity_fields, identity_rows, text_fields, text_rows
from tools.benchmarks.asked import households_opened
from tools.benchmarks.children import answer_of
from tools.benchmarks.subject import PASSPHRASE
from tools.benchmarks.table import Line, milliseconds, p50, p95, plain_line, ratio_line, side_by_side
from tools.benchmarks.tenants import write_list

TIMES = 200
# Two zones of some 400 characters.
TEXT = "Logement aéré et chauffé\u202f; le détecteur de fumée a été essayé devant nous, il fonctionne. " * 4

Rows = dict[str, list[Any]]


def confirming(place: Path, scratch: Path) -> list[Line]:
    """Return the rows of confirming an entry of about 800 characters: a note, then a visit with a promise."""
    with open_office(place, PASSPHRASE) as office:
        with office.file.reading() as connection:
            chosen = households_opened(connection.connection.driver_connection)
        plain = connect(scratch / "plain.db", "ab" * 32, writable=True, create=True)
        plain.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, household_id TEXT, text TEXT)")

        def floor(number: int) -> None:
            plain.execute("BEGIN IMMEDIATE")
            row = (f"{len(done):032x}", chosen[number % 100], TEXT + TEXT)
            plain.execute("INSERT INTO entry VALUES (?, ?, ?)", row)
            plain.execute("COMMIT")
            done.append(number)

        done: list[int] = []
        note = side_by_side(_noting(office, chosen), floor, TIMES)
        visit = side_by_side(_visiting(office, chosen), floor, TIMES)
        plain.close()
    return [
        ratio_line("confirm a note of 800 characters p50", p50(note[0]), p50(note[1]), 5),
        ratio_line("confirm a note of 800 characters p95", p95(note[0]), p95(note[1]), 5),
        ratio_line("confirm a visit, its entry and a promise p50", p50(visit[0]), p50(visit[1]), 5),
        ratio_line("confirm a visit, its entry and a promise p95", p95(visit[0]), p95(visit[1]), 5),
    ]


def _noting(office: Office, chosen: list[str]) -> Callable[[int], object]:
    return lambda number: diary.add_note(office.file, office.who, _entry(EntryKind.CALL, number, chosen))


def _visiting(office: Office, chosen: list[str]) -> Callable[[int], object]:
    promise = NewPromise("Envoyer l’attestation d’assurance au bailleur.", due_on=date(2026, 12, 1))

    def confirm(number: int) -> object:
        new = NewVisit(_entry(EntryKind.HOME_VISIT, number, chosen), promises=(promise,))
        return diary.confirm_visit(office.file, office.who, new)

    return confirm


def _entry(kind: EntryKind, number: int, chosen: list[str]) -> NewEntry:
    moment = datetime.fromisoformat("2026-11-01T09:00") + timedelta(minutes=number)
    return NewEntry(chosen[number % 100], kind, moment, 30, observed=TEXT, said=TEXT)


def importing_a_list(place: Path, floor_place: Path, scratch: Path, rows: int) -> list[Line]:
    """Return the rows of importing a list; both folders hold a copy of the same demonstration."""
    path = scratch / "liste.csv"
    with open_office(place, PASSPHRASE) as office:
        with office.file.reading() as connection:
            raw: Any = connection.connection.driver_connection
            write_list(path, rows, raw)
            before = {
                t: raw.execute(f"SELECT coalesce(max(rowid), 0) FROM {t}").fetchone()[0] for t in _TABLES
            }
        ours = milliseconds(lambda: importing.import_list(office.file, office.who, path))
        left = _rows_left(office, before)
    reading = milliseconds(lambda: read_sheet(path))
    opened = answer_of("tools.benchmarks.assistant", str(floor_place), str(path))
    with open_office(floor_place, PASSPHRASE) as office:
        inserting = milliseconds(lambda: _insert(office, left))
    floor = reading + inserting
    return [
        ratio_line(f"import a list of {rows:,} rows".replace(",", " "), ours / 1000, floor / 1000, 2, "s"),
        plain_line("  that is", rows / (ours / 1000), "rows a second"),
        plain_line("  opened in the assistant: its columns", opened["columns"] / 1000, "s"),
        plain_line("  verified: first step told", opened["first_step"] / 1000, "s"),
        plain_line("  verified: rows to correct shown", opened["rows"] / 1000, "s"),
    ]


def _rows_left(office: Office, before: dict[str, int]) -> Rows:
    """Return what the import left: its rows, changesets, changes and search entries with their words."""
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        left = {
            t: raw.execute(f"SELECT * FROM {t} WHERE rowid > ?", (before[t],)).fetchall() for t in _TABLES
        }
        entries = left["search_entry"]
        households = [household for _, household, _, row_id in entries if row_id is None]
        words = _identity_words(raw, households)
        texts = text_rows(raw, [(table, row_id) for _, _, table, row_id in entries if row_id is not None])
    left["search_identity"] = [(n, *words[h]) for n, h, _, row_id in entries if row_id is None]
    left["search_body"] = [
        (n, " ".join(fold(texts[t, i][f] or "") for f, _ in text_fields()[t]))
        for n, _, t, i in entries
        if i is not None
    ]
    return left


def _identity_words(raw: Any, households: list[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for household, rows in identity_rows(raw, households).items():
        names: list[str] = []
        others: list[str] = []
        for table, row in rows:
            for name, kind in identity_fields()[table]:
                if row[name]:
                    (names if kind is SearchKind.NAME else others).append(folded(row[name], kind))
        found[household] = " ".join(names), " ".join(others)
    return found


def _insert(office: Office, rows: Rows) -> None:
    """Insert the same rows by the driver, in as many transactions as the import made."""
    batches = len(rows["changeset"])
    for number in range(batches):
        with office.file.unit_of_work(office.who.worker_id, "bench") as uow:
            raw: Any = uow.connection.connection.driver_connection
            for table, every in rows.items():
                part = every[number * len(every) // batches : (number + 1) * len(every) // batches]
                if part:
                    raw.executemany(f"INSERT INTO {_into(table, len(part[0]))}", part)


def _into(table: str, width: int) -> str:
    columns = {"search_identity": " (rowid, names, contacts)", "search_body": " (rowid, words)"}.get(
        table, ""
    )
    return f"{table}{columns} VALUES ({', '.join('?' * width)})"


_TABLES = (
    "household", "household_member", "address", "contact", "dwelling", "lease", "rent_entry", "changeset", "change",
    "search_entry",
)  # fmt: skip
