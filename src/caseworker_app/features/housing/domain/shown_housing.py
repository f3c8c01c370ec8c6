"""What the tab « Logement » of a household shows, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import Address
from caseworker_app.features.housing.domain.housing_file import HousingFile, LeaseFile
from caseworker_app.features.housing.domain.joint_review import Criterion
from caseworker_app.features.housing.domain.landlord import Landlord
from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import RentEntry
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.kernel.parameters import DatedValue


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One account of the lease: what it comes to, and its lines."""

    statement: RentStatement
    entries: tuple[RentEntry, ...]


@dataclass(frozen=True, slots=True)
class ShownHome:
    """The lease looked at, its accounts, and what the dated tables say of it."""

    file: LeaseFile
    accounts: dict[Account, ShownAccount]
    criteria: tuple[Criterion, ...]
    threshold_terms: DatedValue
    application_due: date | None
    truce_end: date | None


@dataclass(frozen=True, slots=True)
class ShownHousing:
    """All homes of the household, the one looked at (None without any), and every landlord known.

    `address`: where the household says it lives, while no home is known.
    """

    household_id: str
    housing: HousingFile
    home: ShownHome | None
    landlords: tuple[Landlord, ...]
    address: Address | None = None

    @property
    def day(self) -> date:
        """The day it is shown for."""
        return self.housing.day
