"""An invented landlord's list of tenants, with what real ones bring: titles, totals, odd spellings, a wrong cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from random import Random

from caseworker_app.features.demonstration.domain.case_people import born
from caseworker_app.features.demonstration.domain.chance import chance
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.demonstration.domain.people import fiction_phone, invent_household
from caseworker_app.features.households.domain import Civility, NewHousehold
from caseworker_app.kernel.dates import format_date

LANDLORD = "Valmère Habitat"
# The household followed afterwards is the first of the list.
FOLLOWED = "TAVERLIN"
_HEADER = (
    "N° bail", "Civilité", "Nom locataire", "Prénom", "Né(e) le", "Adresse logement", "Complément", "CP", "Ville",
    "Tél. portable", "Date d'entrée", "Type", "Surface hab.", "Loyer HC", "Charges", "APL versée", "Solde compte",
)  # fmt: skip
_ROWS = 36
# Phones of the list begin where no demonstration of usual size reaches.
_FIRST_PHONE = 9_000

Row = tuple[str, ...]


def landlord_list(today: date, seed: int) -> bytes:
    """Return the list as a spreadsheet program of a landlord writes it: cp1252, `;`, titles above, a total below."""
    rows = [_followed(today), *_drawn(today, seed), *_known(today), _impossible(today)]
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    empty = ("",) * (len(_HEADER) - 1)
    writer.writerow((f"{LANDLORD} – locataires en place (DÉMONSTRATION)", *empty))
    writer.writerow((f"édité le {format_date(today)} – {len(rows)} lignes", *empty))
    writer.writerow(("", *empty))
    writer.writerow(_HEADER)
    writer.writerows(rows)
    writer.writerow(("TOTAL", *empty[:-2], "", _amount(123_456), _amount(65_432))[: len(_HEADER)])
    # A letter that this old encoding lacks becomes a question mark, as it does at a landlord's.
    return text.getvalue().encode("cp1252", errors="replace")


def _followed(today: date) -> Row:
    return (
        "L-500001", "Mme", FOLLOWED, "Solange", format_date(born(Calendar(today), 44, "03-08")), "6 RUE DES TISSERANDS",
        "BAT A APPT 2", "35990", "VALMERE", "06.39.98.90.01", format_date(today - timedelta(days=900)), "T3", "61,4",
        "412,30", "98,50 €", "203,00", "186,40",
    )  # fmt: skip


def _drawn(today: date, seed: int) -> Iterator[Row]:
    for number in range(_ROWS):
        rng = chance(seed, "list", number)
        new = invent_household(rng, number, rng.randint(1, 5), today)
        yield _row(rng, number, new, today)


def _known(today: date) -> Iterator[Row]:
    """Yield people of the demonstration under other spellings, and one row of the list a second time."""
    calendar = Calendar(today)
    told = format_date(born(calendar, 52, "10-17"))
    yield (
        "L-118023", "M", "LEFOEUVRE", "Jean Noel", told, "8 ALL DES GLYCINES", "PORTE 23", "35990", "VALMERE",
        "+33 6 39 98 00 20", "", "T3", "62", "402,10", "99,20", "0,00", "0,00",
    )  # fmt: skip
    yield (
        "SL-032", "MME", "Ferhaoui", "NADIA", format_date(born(calendar, 33, "05-18")), "18 R DU VIEUX RIVAGE",
        "BAT B APPT 32", "35990", "Valmère", "639980027", "", "T3", "58", "468,20", "124,60", "437,00", "0,00",
    )  # fmt: skip
    first = _followed(today)
    yield ("L-500001", "Mme", "Taverlin", "SOLANGE", *first[4:9], "06 39 98 90 01", *first[10:])


def _impossible(today: date) -> Row:
    return (
        "L-500099", "M.", "Quéstogne", "Anselme", "31/02/1980", "12 place des Potiers", "", "35990", "Valmère", "", "",
        "T2", "45", "abc", "80,00", "", "",
    )  # fmt: skip


def _row(rng: Random, number: int, new: NewHousehold, today: date) -> Row:
    member, address = new.members[0], new.addresses[0]
    civility = rng.choice(("M.", "M", "MR")) if member.civility is Civility.MR else rng.choice(("Mme", "MME", "MLLE"))
    name = member.last_name.upper() if rng.random() < 0.8 else member.last_name
    rent, charges = rng.randint(24_000, 68_000), rng.randint(3_000, 14_000)
    return (
        f"L-{500_002 + number}", civility, name, member.first_name or "",
        format_date(member.birth_date) if member.birth_date else "", (address.street or "").upper(),
        address.complement or "", address.postal_code or "", (address.city or "").upper(),
        _phone(rng, fiction_phone(_FIRST_PHONE + number)), format_date(today - timedelta(days=rng.randint(40, 6000))),
        f"T{rng.randint(1, 5)}", f"{rng.randint(220, 980) / 10:.1f}".replace(".", ","), _amount(rent), _amount(charges),
        _amount(rng.choice((0, rent // 2))), _amount(rng.choice((0, 0, 0, rent + charges))),
    )  # fmt: skip


def _phone(rng: Random, digits: str) -> str:
    spaced = " ".join(digits[i : i + 2] for i in range(0, 10, 2))
    return rng.choice((spaced, spaced.replace(" ", "."), f"+33{digits[1:]}", digits[1:]))


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"
