"""The dwellings an agreement reserves (« logements réservés »), for a time: who may be housed in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.measures.domain.measure import Agreement, check_year_of_end
from caseworker_app.kernel.dates import Period, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural

NB = "\u00a0"


@dataclass(frozen=True, slots=True)
class ReservedDwelling:
    """A dwelling reserved under an agreement from a day, until one when it is given back."""

    id: str
    version: str
    agreement_id: str
    dwelling_id: str
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Say whether it is reserved on a day."""
        return Period(self.starts_on, self.ends_on).holds(day)


@dataclass(frozen=True, slots=True)
class ShownDwelling:
    """A reserved dwelling with where it is and whether somebody lives there."""

    reserved: ReservedDwelling
    found: FoundDwelling


def check_reserved(
    agreement: Agreement,
    dwelling_id: str,
    starts_on: date,
    ends_on: date | None,
    others: Iterable[ReservedDwelling],
) -> None:
    """Refuse reversed dates, days outside the agreement, a dwelling reserved twice. Raises InvalidEntry.

    `others`: what is reserved already, under this agreement and under others.
    """
    if starts_on < agreement.starts_on:
        words = f"La convention commence le {format_date(agreement.starts_on)}{NB}: vérifiez la date."
        raise InvalidEntry(words, "starts_on")
    if agreement.ends_on is not None and starts_on > agreement.ends_on:
        words = f"La convention finit le {format_date(agreement.ends_on)}{NB}: vérifiez la date."
        raise InvalidEntry(words, "starts_on")
    check_given_back(starts_on, ends_on)
    period = Period(starts_on, ends_on)
    for each in others:
        if each.dwelling_id == dwelling_id and period.overlaps(Period(each.starts_on, each.ends_on)):
            own = each.agreement_id == agreement.id
            by = "la convention" if own else "une autre convention"
            raise InvalidEntry(f"Ce logement est déjà réservé par {by} sur ces dates.", "dwelling_id")


def check_given_back(starts_on: date, ends_on: date | None) -> None:
    """Refuse a last day before the first one, or in a year mistyped. Raises InvalidEntry."""
    if ends_on is not None and ends_on < starts_on:
        raise InvalidEntry("La réservation ne peut pas finir avant de commencer.", "ends_on")
    check_year_of_end(starts_on, ends_on, "ends_on")


def reserved_words(shown: Iterable[ShownDwelling], day: date) -> str:
    """Say how many dwellings are reserved on a day, and how many are free: « 4 logements réservés, 1 libre »."""
    held = [each for each in shown if each.reserved.holds(day)]
    free = sum(each.found.household_id is None for each in held)
    words = plural(len(held), "logement réservé", "logements réservés")
    return f"{words}, {plural(free, 'libre')}" if held else words


def dwelling_words(shown: ShownDwelling) -> tuple[str, str]:
    """Return what a row says of a reserved dwelling: where, then its days and what it is."""
    reserved = shown.reserved
    days = f"depuis le {format_date(reserved.starts_on)}"
    if reserved.ends_on is not None:
        days = f"du {format_date(reserved.starts_on)} au {format_date(reserved.ends_on)}"
    kind = shown.found.dwelling.description()
    return shown.found.title, f"{NB}· ".join(part for part in (kind, days) if part)
