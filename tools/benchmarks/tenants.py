"""A landlord's list as its program would export it: invented tenants, some of whom are already followed."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path
from typing import Any

_HEADER = (
    "N° Bail", "Civilité", "Nom locataire", "Prénom", "Né(e) le", "Adresse logement", "CP", "Ville", "Tél. portable",
    "Date d'entrée", "Type", "Loyer HC", "Charges", "Solde compte",
)  # fmt: skip
_STARTS = (
    "Mar",
    "Dubœ",
    "Le Go",
    "Tiber",
    "N’Gue",
    "Çel",
    "Van He",
    "Okon",
    "Kabo",
    "Béra",
    "Cour",
    "Ferri",
    "Gau",
    "Héri",
)
_MIDDLES = ("cha", "no", "ghie", "ssa", "li", "cke", "ski", "ré", "tin", "vou", "mbe", "lla", "ze", "du")
_ENDS = ("dier", "ff", "n", "ret", "k", "rs", "ault", "eau", "ard", "in", "ot", "ez", "ane", "o")
_FIRST = (
    "Solène", "Idriss", "Maëlle", "Joris", "Anaïs", "Gaspard", "Lou", "Édith", "Ruben", "Aya", "Noé", "Zélie", "Malo",
    "Inès", "Côme", "Oumou", "Thaïs", "Elias", "Romane", "Basile", "Linh", "Mirela", "Achille", "Fanta",
)  # fmt: skip
_TREES = (
    "Tilleuls",
    "Acacias",
    "Érables",
    "Frênes",
    "Genêts",
    "Cèdres",
    "Houx",
    "Lilas",
    "Mélèzes",
    "Noyers",
)
# Beginnings of the numbers kept for fiction (ARCEP), but those of the demonstration: it has given each of these ten
# thousand to several people, as no real list would.
_NUMBERS = ("019900", "026191", "035301", "046571", "053649")


def write_list(path: Path, rows: int, raw: Any) -> None:
    """Write a list of so many tenants; one in a hundred is a member of a household of the file."""
    chance = random.Random(5)
    known = _known(raw, rows // 100, chance)
    with path.open("w", encoding="cp1252", newline="", errors="replace") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(_HEADER)
        for number in range(rows):
            person = (
                known[number // 100]
                if number % 100 == 50 and number // 100 < len(known)
                else _invented(chance)
            )
            out.writerow(_row(chance, number, *person))


def _row(chance: random.Random, number: int, last: str, first: str, born: date) -> list[str]:
    begin = date(2026, 9, 1).toordinal() - chance.randrange(9_000)
    return [
        f"B{number:06d}", chance.choice(("M.", "Mme")), last, first, f"{born:%d/%m/%Y}",
        f"{chance.randint(1, 190)} rue des {chance.choice(_TREES)}",
        f"{chance.randint(10, 95)}{chance.randint(0, 999):03d}",
        "Valmère", f"{chance.choice(_NUMBERS)}{chance.randrange(10_000):04d}", f"{date.fromordinal(begin):%d/%m/%Y}",
        f"T{chance.randint(1, 5)}", f"{chance.randint(200, 700)},{chance.randint(0, 99):02d}",
        f"{chance.randint(20, 150)},{chance.randint(0, 99):02d}", chance.choice(("0,00", "0,00", "0,00", "152,40")),
    ]  # fmt: skip


def _invented(chance: random.Random) -> tuple[str, str, date]:
    name = f"{chance.choice(_STARTS)}{chance.choice(_MIDDLES)}{chance.choice(_ENDS)}"
    return (
        name,
        chance.choice(_FIRST),
        date.fromordinal(date(1935, 1, 1).toordinal() + chance.randrange(26_000)),
    )


def _known(raw: Any, count: int, chance: random.Random) -> list[tuple[str, str, date]]:
    largest = raw.execute("SELECT max(rowid) FROM household_member").fetchone()[0]
    query = (
        "SELECT last_name, first_name, birth_date FROM household_member"
        " WHERE rowid >= ? AND first_name IS NOT NULL AND birth_date IS NOT NULL LIMIT 1"
    )
    found = (raw.execute(query, (chance.randint(1, largest),)).fetchone() for _ in range(count))
    return [(last, first, date.fromisoformat(born)) for last, first, born in filter(None, found)]
