"""Confirming an entry, against one durable insert by the driver; importing a list, against its rows alone."""

from __future__ import annotations

import csv
import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import EntryKind, NewEntry
from caseworker_app.features.households import service as households
from caseworker_app.features.intake.service import importing
from caseworker_app.sheets.reading import read_sheet
from caseworker_app.storage.engine import connect

from tools.benchmarks.table import Line, milliseconds, p50, p95, plain_line, ratio_line, timed

TEXT = "Logement aéré et chauffé. Le détecteur de fumée a été essayé devant nous, il fonctionne. " * 9


def confirming(office: Office, scratch: Path) -> list[Line]:
    """Return the row of confirming a diary entry of about 800 characters."""
    with office.file.reading() as connection:
        chosen = households.page_of_households(connection, office.who, offset=0, limit=100)
    begin = datetime(2026, 11, 1, 9, 0)

    def ours(number: int) -> object:
        moment = begin + timedelta(minutes=number)
        return diary.add_note(office.file, office.who, NewEntry(chosen[number % 100], EntryKind.CALL, moment, 10, observed=TEXT))

    plain = _plain_table(scratch)

    def floor(number: int) -> object:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO entry VALUES (?, ?, ?)", (f"{number:032x}", chosen[number % 100], TEXT))
        return plain.execute("COMMIT")

    mine, theirs = timed(ours, 200), timed(floor, 200)
    plain.close()
    return [
        ratio_line("confirm a diary entry p50", p50(mine), p50(theirs), 5),
        ratio_line("confirm a diary entry p95", p95(mine), p95(theirs), 5),
    ]


def _plain_table(scratch: Path) -> Any:
    raw = connect(scratch / "plain.db", "ab" * 32, writable=True, create=True)
    raw.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, household_id TEXT, text TEXT)")
    return raw


def importing_a_list(office: Office, scratch: Path, rows: int = 40_000) -> list[Line]:
    """Return the row of importing a landlord's list, duplicates looked for among all the households of the file."""
    path = scratch / "liste.csv"
    _write_list(path, rows)
    before = _largest_numbers(office)
    ours = milliseconds(lambda: importing.import_list(office.file, office.who, path))
    floor = milliseconds(lambda: read_sheet(path)) + _same_rows(office, before, scratch)
    return [
        ratio_line(f"import a list of {rows} rows", ours / 1000, floor / 1000, 2, "s"),
        plain_line("  that is, each second", rows / (ours / 1000), "rows"),
    ]


def _largest_numbers(office: Office) -> dict[str, int]:
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        return {t: raw.execute(f"SELECT coalesce(max(rowid), 0) FROM {t}").fetchone()[0] for t in _TABLES}


def _same_rows(office: Office, before: dict[str, int], scratch: Path) -> float:
    """Return how long the driver alone takes to insert the rows the import left, in as many transactions."""
    with office.file.reading() as connection:
        source: Any = connection.connection.driver_connection
        rows = {t: source.execute(f"SELECT * FROM {t} WHERE rowid > ?", (before[t],)).fetchall() for t in _TABLES}
        schema = [row[0] for row in source.execute(_SCHEMA).fetchall()]
    words = [(number, f"nom{number} prenom{number}", f"06{number:08d} {number} rue des tilleuls 34400 lunel") for number in range(len(rows["search_entry"]))]
    target = connect(scratch / "floor.db", "cd" * 32, writable=True, create=True)
    for statement in schema:
        target.execute(statement)
    took = milliseconds(lambda: _insert_in_batches(target, rows, words))
    target.close()
    return took


def _insert_in_batches(target: Any, rows: dict[str, list[Any]], words: list[Any]) -> None:
    batches = max(1, len(rows["changeset"]))
    for number in range(batches):
        target.execute("BEGIN IMMEDIATE")
        for table, all_rows in rows.items():
            part = all_rows[number * len(all_rows) // batches : (number + 1) * len(all_rows) // batches]
            if part:
                marks = ", ".join("?" for _ in part[0])
                target.executemany(f"INSERT INTO {table} VALUES ({marks})", part)
        part = words[number * len(words) // batches : (number + 1) * len(words) // batches]
        target.executemany("INSERT INTO search_identity (rowid, names, contacts) VALUES (?, ?, ?)", part)
        target.execute("COMMIT")


def _write_list(path: Path, rows: int) -> None:
    chance = random.Random(5)
    names = ["Marchadier", "Le Goff", "Dubœuf", "N’Guessan", "Çelik", "Van Hecke", "Okonski", "Tiberghien", "Kaboré"]
    first = ["Solène", "Idriss", "Maëlle", "Joris", "Anaïs", "Gaspard", "Lou", "Édith", "Ruben", "Aya", "Noé"]
    with path.open("w", encoding="cp1252", newline="", errors="replace") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(["N° Bail", "Civilité", "Nom locataire", "Prénom", "Né(e) le", "Adresse logement", "CP", "Ville", "Tél. portable", "Date d'entrée", "Type", "Loyer HC", "Charges", "Solde compte"])
        for number in range(rows):
            born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1935, 2006)}"
            name = f"{chance.choice(names)}{chance.choice(['', 'eau', 'in', 'ot', 'ard', 'ier'])}"
            out.writerow([
                f"B{number:06d}", chance.choice(["M.", "Mme"]), name, chance.choice(first), born,
                f"{chance.randint(1, 190)} rue {chance.choice(names)}", f"{chance.randint(10, 95)}{chance.randint(0, 999):03d}", "Valmère",
                f"06 39 98 {chance.randint(0, 99):02d} {chance.randint(0, 99):02d}", "01/09/2019", "T3",
                f"{chance.randint(200, 700)},{chance.randint(0, 99):02d}", "84,20", "0,00",
            ])  # fmt: skip


_TABLES = ("household", "household_member", "address", "contact", "dwelling", "lease", "rent_entry", "changeset", "change", "search_entry")
_SCHEMA = f"""
    SELECT sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND (tbl_name IN ({", ".join(repr(t) for t in _TABLES)}) OR name = 'search_identity')
"""


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is removed at the end."""
    return tempfile.TemporaryDirectory(prefix="passerelle-bench-", ignore_cleanup_errors=True)
