"""How a household of a row is reached, where it lives, and on what terms."""

from __future__ import annotations

import re

from caseworker_app.features.households.domain import ContactKind, NewAddress, NewContact
from caseworker_app.features.intake.domain import names, places, values
from caseworker_app.features.intake.domain.keys import KEY_REMOVED, without_keys
from caseworker_app.features.intake.domain.proposal import WARNING, ProposedDwelling, ProposedTenancy
from caseworker_app.features.intake.domain.row_cells import Place, RowCells
from caseworker_app.features.intake.domain.row_people import LOST
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry

NIR_REMOVED = "Un numéro de sécurité sociale a été retiré de cette cellule."
EXIT_FIRST = "La sortie précède l’entrée\u00a0: la date de sortie n’est pas reprise."

_NIR = re.compile(
    r"(?<!\d)[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2])[ .]?(?:\d{2}"
    r"|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?(?!\d)"
)
_PHONES = (("phone", None), ("mobile_phone", None), ("home_phone", "domicile"), ("work_phone", "travail"))
_INSIDE = frozenset({"building", "staircase", "floor", "door"})
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_NO_TENANCY = ProposedTenancy()


class PlaceReader:
    """Reads the contacts, address, lease and dwelling of the row that `cells` stands on."""

    def __init__(self, cells: RowCells) -> None:
        """Look once at which columns there are."""
        self._cells = cells
        self._has_inside = not cells.columns.keys().isdisjoint(_INSIDE)

    def contacts(self) -> tuple[NewContact, ...]:
        """Return phones and e-mails, each once; whether they are safe is never told by a list."""
        contacts: dict[str, NewContact] = {}
        for key, label in _PHONES:
            for place in self._cells.columns.get(key, ()):
                for number, beside in self._numbers(place):
                    contacts.setdefault(
                        number, NewContact(ContactKind.PHONE, number, beside or label, member=0)
                    )
        for place in self._cells.columns.get("email", ()):
            for address in self._emails(place):
                contacts.setdefault(address, NewContact(ContactKind.EMAIL, address, member=0))
        return tuple(contacts.values())

    def _numbers(self, place: Place) -> list[tuple[str, str | None]]:
        text = self._cells.text(place)
        if not text:
            return []
        numbers, wrong = values.parse_phones(text)
        for piece in wrong:
            self._cells.keep_aside(place[1], piece, values.phone_problem(piece))
        return numbers

    def _emails(self, place: Place) -> list[str]:
        text = self._cells.text(place)
        try:
            return values.parse_emails(text) if text else []
        except InvalidEntry as error:
            self._cells.keep_aside(place[1], text, error.sentence)
            return []

    def address(self) -> NewAddress | None:
        """Return the address put together from its columns, None when the row has none."""
        street = self._street()
        complement = [self._cells.text(place) for place in self._cells.columns.get("address_complement", ())]
        complement.append(self._inside())
        residence = self._cells.plain("residence")
        if residence and places.looks_like_street(residence) and not re.match(r"\d", street):
            street, residence = residence, ""
        complement.append(residence)
        postal_code, city = self._town()
        line = ", ".join(dict.fromkeys(filter(None, complement))).replace("\n", ", ")[:200]
        if not (street or line or postal_code or city):
            return None
        return NewAddress(street[:200] or None, line or None, postal_code, city or None)

    def _street(self) -> str:
        street = " ".join(self._cells.plain("street").split())
        if "street_name" in self._cells.columns:
            built = places.street_line(
                self._cells.plain("house_number"),
                self._cells.plain("repetition"),
                self._cells.plain("street_kind"),
                self._cells.plain("street_name"),
            )
            street = street or built
        elif street and "house_number" in self._cells.columns and not street[0].isdigit():
            street = places.street_line(
                self._cells.plain("house_number"),
                self._cells.plain("repetition"),
                self._cells.plain("street_kind"),
                street,
            )
        if street and names.has_lost_letters(street):
            column = (self._cells.columns.get("street") or self._cells.columns["street_name"])[0][1]
            self._cells.tell(WARNING, column, street, LOST)
        return street

    def _inside(self) -> str:
        if not self._has_inside:
            return ""
        building = ", ".join(
            filter(None, (self._cells.text(place) for place in self._cells.columns.get("building", ())))
        )
        return places.inside_line(
            building, self._cells.plain("staircase"), self._cells.plain("floor"), self._cells.plain("door")
        )

    def _town(self) -> tuple[str | None, str]:
        postal_code = self._cells.read("postal_code", values.parse_postal_code)
        key = "city" if "city" in self._cells.columns else "postal_city"
        town = self._cells.read(key, values.split_postal_city)
        if town is None:
            return postal_code, ""
        return postal_code or town[0], town[1]

    def tenancy(self) -> ProposedTenancy | None:
        """Return what the row says of the lease, None when it says nothing."""
        entry, leaving = self._cells.day("entry_date"), self._cells.day("exit_date")
        if entry and leaving and leaving < entry:
            column = self._cells.first["exit_date"][1]
            self._cells.keep_aside(column, format_date(leaving), EXIT_FIRST)
            leaving = None
        tenancy = ProposedTenancy(
            reference=self._cells.plain("lease_reference")[:60] or None,
            entry_date=entry,
            exit_date=leaving,
            rent_cents=self._cells.read("rent", values.parse_monthly),
            service_charges_cents=self._cells.read("service_charges", values.parse_monthly),
            rent_with_charges_cents=self._cells.read("rent_with_charges", values.parse_monthly),
            housing_benefit_cents=self._cells.read("housing_benefit", values.parse_benefit),
            balance_cents=self._cells.read("balance", values.parse_balance),
        )
        return None if tenancy == _NO_TENANCY else tenancy

    def has_dwelling(self, address: NewAddress | None, tenancy: ProposedTenancy | None) -> bool:
        """Say whether the row describes a dwelling, and not only where somebody gets their mail."""
        has_place = (address is not None and address.street is not None) or bool(
            self._cells.plain("dwelling_reference")
        )
        return has_place and (
            tenancy is not None or bool(self._cells.fields & {"typology", "rooms", "dwelling_reference"})
        )

    def dwelling(self, address: NewAddress | None) -> ProposedDwelling:
        """Return the dwelling of the row."""
        rooms = self._cells.read("rooms", values.parse_count)
        typology = self._cells.read("typology", values.parse_typology)
        building = ", ".join(
            filter(None, (self._cells.text(place) for place in self._cells.columns.get("building", ())))
        )
        return ProposedDwelling(
            row=self._cells.row,
            reference=self._cells.plain("dwelling_reference")[:60] or None,
            street=address.street if address else None,
            complement=address.complement if address else None,
            building=building[:60] or None,
            staircase=self._cells.plain("staircase")[:20] or None,
            floor=self._cells.plain("floor")[:20] or None,
            door=self._cells.plain("door")[:20] or None,
            residence=self._cells.plain("residence")[:100] or None,
            postal_code=address.postal_code if address else None,
            city=address.city if address else None,
            typology=typology or (f"T{rooms}" if rooms else None),
            rooms=rooms,
            living_area_tenths=self._area(rooms or _rooms_of(typology)),
            construction_year=self._cells.read(
                "construction_year", lambda text: values.parse_year(text, self._cells.today)
            ),
            energy_class=self._cells.plain("energy_class")[:2].upper() or None,
            dwelling_count=self._cells.read("dwelling_count", values.parse_count),
            landlord=self._cells.plain("landlord")[:100] or None,
        )

    def _area(self, rooms: int | None) -> int | None:
        return self._cells.read("living_area", lambda text: values.parse_area(text, rooms))

    def remarks(self) -> None:
        """Note the remarks of the list, social security numbers taken out."""
        for index, column in self._cells.columns.get("remarks", ()):
            text = self._cells.text((index, column))
            if not text:
                continue
            without_nir = _NIR.sub("[numéro retiré]", text)
            if without_nir != text:
                self._cells.tell(WARNING, column, "", NIR_REMOVED)
            without_key = without_keys(without_nir)
            if without_key != without_nir:
                self._cells.tell(WARNING, column, "", KEY_REMOVED)
            self._cells.notes.append(f"{_BRACKETS.sub('', column)}\u00a0: {without_key}")


def _rooms_of(typology: str | None) -> int | None:
    match = re.match(r"T(\d+)", typology or "")
    return int(match[1]) if match else None
