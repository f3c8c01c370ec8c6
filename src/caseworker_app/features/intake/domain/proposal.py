"""What one row (or several of one household) proposes to create; nothing here is in the file yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.kernel.records import quick_dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """A cell not taken as it is; `column` is their name, `value` its first 60 visible characters.

    Severity `error`: the row is not imported (no readable name, an impossible date or amount, a formula, a cell
    beyond bounds, shifted columns).
    Severity `warning`: the row is imported, this field is left empty and the text kept in the household's
    note; or the value was kept but deserves a look (letters lost by an encoding).
    """

    row: int
    column: str
    value: str
    message: str
    severity: str


@quick_dataclass(frozen=True, slots=True)
class ProposedDwelling:
    """A dwelling of a list. Area in tenths of a square metre; `dwelling_count`: how many the row means."""

    row: int
    reference: str | None = None
    street: str | None = None
    complement: str | None = None
    building: str | None = None
    staircase: str | None = None
    floor: str | None = None
    door: str | None = None
    residence: str | None = None
    postal_code: str | None = None
    city: str | None = None
    typology: str | None = None
    rooms: int | None = None
    living_area_tenths: int | None = None
    construction_year: int | None = None
    energy_class: str | None = None
    dwelling_count: int | None = None
    landlord: str | None = None


@quick_dataclass(frozen=True, slots=True)
class ProposedTenancy:
    """The lease as the landlord's list gives it; money in cents, a positive balance is owed by the tenant."""

    reference: str | None = None
    entry_date: date | None = None
    exit_date: date | None = None
    rent_cents: int | None = None
    service_charges_cents: int | None = None
    rent_with_charges_cents: int | None = None
    housing_benefit_cents: int | None = None
    balance_cents: int | None = None


@quick_dataclass(frozen=True, slots=True)
class ProposedHousehold:
    """A household of a list, ready to be created: people, addresses, contacts and note in `household`.

    `row` is the first row it comes from, `joined_rows` the others (members of the same household on their own
    rows). `external_reference` is the number the sender gives it; `occupants` the number of people the list
    tells.
    """

    row: int
    household: NewHousehold
    external_reference: str | None = None
    occupants: int | None = None
    dwelling: ProposedDwelling | None = None
    tenancy: ProposedTenancy | None = None
    joined_rows: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """Return every row the household comes from."""
        return (self.row, *self.joined_rows)
