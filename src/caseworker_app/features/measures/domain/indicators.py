"""What an agreement reports over a period (« indicateurs »): counted from the measures under it, each with how.

Nobody is named: these are counts. A level of autonomy is in none of them, and no average is made of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from caseworker_app.features.measures.domain.indicators_around import (
    CountedReferral,
)
from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.domain.places import AgreementPlaces
from caseworker_app.features.measures.domain.terms import AgreementRule, rule_on
from caseworker_app.features.team.domain import Association
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.sheets.writing import Cell

NB = "\u00a0"
# What the log of accesses calls a page or a list of figures.
FIGURES_CODE, FIGURES_TITLE = "indicateurs-convention", "indicateurs d’une convention"
_LONGEST_YEARS = 20


class Indicator(StrEnum):
    """An indicator an agreement may report; the order is that of the page."""

    RUNNING_BEFORE = "running_before"
    OPENED = "opened"
    ENDED = "ended"
    RUNNING_AFTER = "running_after"
    MEASURE_MONTHS = "measure_months"
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    RENEWALS = "renewals"
    MEAN_LENGTH = "mean_length"
    TOO_LONG = "too_long"
    MEETINGS = "meetings"
    MISSED = "missed"
    RELAYS = "relays"
    REFERRALS = "referrals"
    DECISION_DAYS = "decision_days"
    LATE_DECISIONS = "late_decisions"
    EXITS = "exits"
    REHOUSINGS = "rehousings"
    PLACES = "places"
    GRANT = "grant"


INDICATOR_LABELS = {
    Indicator.RUNNING_BEFORE: "Mesures en cours au premier jour",
    Indicator.OPENED: "Mesures ouvertes",
    Indicator.ENDED: "Mesures terminées",
    Indicator.RUNNING_AFTER: "Mesures en cours au dernier jour",
    Indicator.MEASURE_MONTHS: "Mois-mesures",
    Indicator.HOUSEHOLDS: "Ménages accompagnés",
    Indicator.PEOPLE: "Personnes accompagnées",
    Indicator.RENEWALS: "Renouvellements décidés",
    Indicator.MEAN_LENGTH: "Durée moyenne des mesures terminées",
    Indicator.TOO_LONG: "Mesures plus longues que la convention",
    Indicator.MEETINGS: "Rencontres tenues",
    Indicator.MISSED: "Rencontres manquées",
    Indicator.RELAYS: "Relais entre intervenants",
    Indicator.REFERRALS: "Demandes reçues",
    Indicator.DECISION_DAYS: "Délai médian de la demande à la décision",
    Indicator.LATE_DECISIONS: "Demandes décidées en retard",
    Indicator.EXITS: "Sorties par motif",
    Indicator.REHOUSINGS: "Relogements en fin de mesure",
    Indicator.PLACES: "Places occupées",
    Indicator.GRANT: "Subvention dépensée",
}


@dataclass(frozen=True, slots=True)
class CountedMeasure:
    """A measure under the agreement, as counting needs it."""

    id: str
    household_id: str
    starts_on: date
    planned_end_on: date | None
    ended_on: date | None
    exit_reason: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything the indicators of an agreement are counted from.

    `births`: the birth day (None: unknown) of each person of the households followed in the period; `renewed`: the day
    each renewal was decided on; `meetings`: the day of each meeting held during a measure; `spent`: day and cents;
    `missed`: the day of each missed one; `relays`: the day each takes effect; `referrals`: those under the agreement.
    """

    agreement: Agreement
    period: Period
    rules: tuple[AgreementRule, ...] = ()
    measures: tuple[CountedMeasure, ...] = ()
    births: tuple[date | None, ...] = ()
    renewed: tuple[date, ...] = ()
    meetings: tuple[date, ...] = ()
    spent: tuple[tuple[date, int], ...] = ()
    places: AgreementPlaces | None = None
    missed: tuple[date, ...] = ()
    relays: tuple[date, ...] = ()
    referrals: tuple[CountedReferral, ...] = ()

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.period.end or self.period.start

    def in_period(self) -> list[CountedMeasure]:
        """Return the measures that ran in the period."""
        return [each for each in self.measures if Period(each.starts_on, each.ended_on).overlaps(self.period)]


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the page: its words, its number, its unit, how it is counted.

    `value` None: nothing to count it from. Amounts are in euros.
    """

    indicator: Indicator
    label: str
    value: Decimal | None
    unit: str
    how: str

    def words(self) -> str:
        """Return the number with its unit: « 12 mesures », « 7,5 mois », « sans objet »."""
        if self.value is None:
            return "sans objet"
        number = f"{self.value:,}".replace(",", "\u202f").replace(".", ",")
        return f"{number}{NB}{self.unit}" if self.unit else number


@dataclass(frozen=True, slots=True)
class AgreementFigures:
    """What an agreement reports over a period, and under whose name."""

    agreement: Agreement
    period: Period
    figures: tuple[Figure, ...]
    association: Association


@dataclass(frozen=True, slots=True)
class LandlordFigures:
    """What the agreements with a landlord report together over a period: `agreements` by name, the latest first."""

    landlord: str
    agreements: tuple[str, ...]
    period: Period
    figures: tuple[Figure, ...]


def usual_period(agreement: Agreement, day: date) -> Period:
    """Return the period proposed: the year of `day` up to it, within the agreement; its last year once it is over."""
    last = day if agreement.ends_on is None else min(day, agreement.ends_on)
    last = max(last, agreement.starts_on)
    return Period(max(date(last.year, 1, 1), agreement.starts_on), last)


def checked_period(start: date, end: date) -> Period:
    """Return the period asked for. Raises InvalidEntry when it is reversed, or longer than twenty years."""
    if end < start:
        raise InvalidEntry(f"La période ne peut pas finir avant de commencer{NB}: vérifiez.", "end")
    if (end - start).days > _LONGEST_YEARS * 366:
        raise InvalidEntry(
            f"La période fait {_LONGEST_YEARS}{NB}ans au plus{NB}: choisissez-en une.", "start"
        )
    return Period(start, end)


def reported(rules: Iterable[AgreementRule], day: date) -> tuple[Indicator, ...]:
    """Return the indicators an agreement reports by its rules of a day; every one where they say nothing."""
    rule = rule_on(rules, day)
    chosen = frozenset((rule.indicators or "").split()) if rule else frozenset()
    return tuple(each for each in Indicator if each in chosen) if chosen else tuple(Indicator)


HEADINGS = ("Indicateur", "Valeur", "Unité", "Comment il est compté")


def sheet_rows(lines: Iterable[Figure]) -> list[list[Cell]]:
    """Return the lines as a spreadsheet holds them: words, number, unit, how; an amount has its two decimals."""
    return [[each.label, _cell(each), each.unit, each.how] for each in lines]


def _cell(line: Figure) -> Cell:
    if line.value is None or line.unit == "€":
        return line.value
    return int(line.value) if line.value == line.value.to_integral_value() else float(line.value)
