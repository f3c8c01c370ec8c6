"""Invented lists for the tests of the command line, and what a file holds once they are in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.office import open_office
from tests.cli.ground import PASSPHRASE

HEADER = (
    "N° Bail", "Civilité", "Nom locataire", "Prénom", "Né(e) le", "Adresse logement", "Complément", "CP",
    "Ville", "Tél. portable", "Courriel", "Date d'entrée", "Type", "Loyer HC", "Charges", "APL versée",
    "Solde compte",
)  # fmt: skip
FAMILY_NAMES = (
    "Marchadier",
    "Le Goff",
    "Dubœuf",
    "N’Guessan",
    "Tiberghien",
    "Kaboré",
    "Okonski",
    "Van Hecke",
)
FIRST_NAMES = ("Solène", "Idriss", "Maëlle", "Joris", "Anaïs", "Gaspard", "Édith")


def tenant(number: int, **changed: str) -> dict[str, str]:
    """Return the row of an invented tenant, unlike any other number; `changed` names columns of `HEADER`."""
    born = f"{number % 28 + 1:02d}/{number // 28 % 12 + 1:02d}/{1940 + number // 336}"
    usual = (
        f"B{number:05d}", "Mme" if number % 2 else "M.", f"{FAMILY_NAMES[number % 8]}{number // 56}",
        FIRST_NAMES[number % 7], born, f"{number % 90 + 1} rue du Gué {number // 90}",
        f"Appt {number % 9 + 1}", "35990", "Valmère", f"06 39 98 {number // 100:02d} {number % 100:02d}",
        f"l{number}@gue.example", "01/09/2019", "T3", "412,50", "61,20", "210,00",
        "130,40" if number % 5 == 0 else "0,00",
    )  # fmt: skip
    return dict(zip(HEADER, usual, strict=True)) | changed


def write_list(path: Path, rows: Iterable[dict[str, str]], encoding: str = "utf-8") -> Path:
    """Write a list as a landlord would send it."""
    with path.open("w", encoding=encoding, newline="") as stream:
        out = csv.DictWriter(stream, HEADER, delimiter=";")
        out.writeheader()
        out.writerows(rows)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a list just as given."""
    path.write_bytes(text.encode())
    return path


def content_of(data: Path) -> list[Any]:
    """Return everything lists can bring into a file, without the ids and numbers a device mints."""
    with open_office(data, PASSPHRASE) as office, office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        homes = _rows_by(raw, _HOMES)
        parts = [_rows_by(raw, query) for query in (_MEMBERS, _ADDRESSES, _CONTACTS)]
        households = raw.execute("SELECT id, name, note FROM household").fetchall()
        dwellings = sorted(map(repr, raw.execute(_DWELLINGS).fetchall()))
        landlords = sorted(raw.execute("SELECT name FROM landlord").fetchall())
    whole = [(name, note, *(part.get(i) for part in (*parts, homes))) for i, name, note in households]
    return [sorted(whole, key=repr), dwellings, landlords]


def count_rows(data: Path, *tables: str) -> list[int]:
    """Return how many rows each table holds."""
    with open_office(data, PASSPHRASE) as office, office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        return [raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables]


def changesets(data: Path) -> int:
    """Return how many transactions the file has seen."""
    return count_rows(data, "changeset")[0]


def _rows_by(raw: Any, query: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for household, *values in raw.execute(query):
        found.setdefault(household, []).append(values)
    return {household: sorted(rows, key=repr) for household, rows in found.items()}


_MEMBERS = """
    SELECT household_id, position, civility, last_name, birth_name, first_name, birth_date, relation
    FROM household_member
"""
_ADDRESSES = "SELECT household_id, street, complement, postal_code, city, from_date, to_date FROM address"
_CONTACTS = "SELECT household_id, kind, value, label FROM contact"
_DWELLINGS = """
    SELECT d.reference, d.street, d.complement, d.city, d.typology, d.floor_area, l.name
    FROM dwelling d LEFT JOIN landlord l ON l.id = d.landlord_id
"""
_HOMES = """
    SELECT lease.household_id, lease.reference, starts_on, rent_cents, service_charges_cents,
           housing_benefit_cents, d.reference, d.street, d.complement, entry.kind, entry.amount_cents
    FROM lease JOIN dwelling d ON d.id = lease.dwelling_id
    LEFT JOIN rent_entry entry ON entry.lease_id = lease.id
"""
