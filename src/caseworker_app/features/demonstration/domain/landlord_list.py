"""An invented landlord's list, with what real ones bring: titles, totals, odd spellings, a wrong cell."""

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
from caseworker_app.features.demonstration.domain.vocabulary import words
from caseworker_app.features.households.domain import Civility, NewHousehold
from caseworker_app.kernel.dates import format_date

_DRAWN_ROWS = 36
# Phones of the list begin where no demonstration of usual size reaches.
_FIRST_PHONE = 9_000

Row = list[str]


def list_landlord() -> str:
    """Return the name of the landlord whose list it is."""
    name: str = words("landlord_list")["landlord"]
    return name


def landlord_list(today: date, seed: int) -> bytes:
    """Return the list as a landlord's program writes it: cp1252, `;`, titles above, a total below."""
    told = words("landlord_list")
    first, last = (_written(told[part], Calendar(today)) for part in ("first", "last"))
    rows = [*first, *_drawn(today, seed), *last]
    total = sum(int(row[-1].replace(",", "")) for row in rows if row[-1])
    empty = [""] * (len(told["header"]) - 1)
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"{told['landlord']} : locataires en place (DÉMONSTRATION)", *empty])
    writer.writerow([f"édité le {format_date(today)}, {len(rows)} lignes", *empty])
    writer.writerow(["", *empty])
    writer.writerow(told["header"])
    writer.writerows(rows)
    writer.writerow(["TOTAL", *empty[1:], _amount(total)])
    # A landlord's program knows no fine typography; a letter its old encoding lacks becomes a question mark.
    plain = text.getvalue().replace("’", "'").replace("\u00a0", " ")
    return plain.encode("cp1252", errors="replace")


def _written(rows: list[Row], calendar: Calendar) -> list[Row]:
    return [[_cell(cell, calendar) for cell in row] for row in rows]


def _cell(cell: str, calendar: Calendar) -> str:
    match cell.split(" "):
        case ["born", age, birthday]:
            return format_date(born(calendar, int(age), birthday))
        case ["day", text]:
            return format_date(calendar.day(text))
    return cell


def _drawn(today: date, seed: int) -> Iterator[Row]:
    for number in range(_DRAWN_ROWS):
        rng = chance(seed, "list", number)
        yield _row(rng, number, invent_household(rng, number, rng.randint(1, 5), today), today)


def _row(rng: Random, number: int, new: NewHousehold, today: date) -> Row:
    return [*_person(rng, number, new), *_home(rng, number, new, today)]


def _person(rng: Random, number: int, new: NewHousehold) -> Row:
    member = new.members[0]
    civility = rng.choice(("M.", "M", "MR") if member.civility is Civility.MR else ("Mme", "MME", "MLLE"))
    return [
        f"L-{500_002 + number}",
        civility,
        member.last_name.upper() if rng.random() < 0.8 else member.last_name,
        member.first_name or "",
        format_date(member.birth_date) if member.birth_date else "",
    ]


def _home(rng: Random, number: int, new: NewHousehold, today: date) -> Row:
    address = new.addresses[0]
    rent, charges = rng.randint(24_000, 68_000), rng.randint(3_000, 14_000)
    return [
        (address.street or "").upper(),
        address.complement or "",
        address.postal_code or "",
        (address.city or "").upper(),
        _phone(rng, fiction_phone(_FIRST_PHONE + number)),
        format_date(today - timedelta(days=rng.randint(40, 6000))),
        f"T{rng.randint(1, 5)}",
        f"{rng.randint(22, 98)},{rng.randint(0, 9)}",
        _amount(rent),
        _amount(charges),
        _amount(rng.choice((0, rent // 2))),
        _amount(rng.choice((0, 0, 0, rent + charges))),
    ]


def _phone(rng: Random, digits: str) -> str:
    spaced = " ".join(digits[i : i + 2] for i in range(0, 10, 2))
    return rng.choice((spaced, spaced.replace(" ", "."), f"+33{digits[1:]}", digits[1:]))


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"
