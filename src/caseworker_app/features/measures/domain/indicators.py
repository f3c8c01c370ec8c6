"""What an agreement reports over a period (« indicateurs »): counted from the measures under it, each with how.

Nobody is named: these are counts. A level of autonomy is in none of them, and no average is made of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from caseworker_app.features.measures.domain.indicators_around import (
    CountedReferral,
    decision_days,
    is_rehousing,
    late_in,
    median,
    received_in,
)
from caseworker_app.features.measures.domain.measure import Agreement, planned_end
from caseworker_app.features.measures.domain.places import AgreementPlaces
from caseworker_app.features.measures.domain.terms import AgreementRule, rule_on
from caseworker_app.features.team.domain import Association
from caseworker_app.kernel.dates import Period, age_on, format_date, months_between
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.sheets.writing import Cell

NB = "\u00a0"
# What the log of accesses calls a page or a list of figures.
FIGURES_CODE, FIGURES_TITLE = "indicateurs-convention", "indicateurs d’une convention"
_ADULT = 18
# The mean length of a month: 365.2425 days over twelve.
_MONTH_DAYS = Decimal("30.436875")
_LONGEST_YEARS = 20
# « 1,5 jour », « 2 jours ».
_PLURAL_FROM = 2


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


def figures_together(counted: Counted) -> list[Figure]:
    """Return the lines that may be told of several agreements counted as one: not what each of their rules sets."""
    of_one = (Indicator.PLACES, Indicator.TOO_LONG)
    return [line for each in Indicator if each not in of_one for line in _COUNTS[each](counted)]


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


def figures(counted: Counted) -> list[Figure]:
    """Return the lines an agreement reports, in order."""
    lines: list[Figure] = []
    for each in reported(counted.rules, counted.last):
        lines += _COUNTS[each](counted)
    return lines


def _one(indicator: Indicator, value: int | Decimal | None, unit: str, how: str) -> list[Figure]:
    number = None if value is None else Decimal(value)
    return [Figure(indicator, INDICATOR_LABELS[indicator], number, unit, how)]


def _running_before(c: Counted) -> list[Figure]:
    day = c.period.start
    found = sum(Period(m.starts_on, m.ended_on).holds(day) and m.starts_on < day for m in c.measures)
    return _one(
        Indicator.RUNNING_BEFORE, found, "", f"commencées avant le {format_date(day)}, pas encore finies"
    )


def _opened(c: Counted) -> list[Figure]:
    found = sum(c.period.holds(m.starts_on) for m in c.measures)
    return _one(Indicator.OPENED, found, "", "leur premier jour est dans la période")


def _ended(c: Counted) -> list[Figure]:
    return _one(Indicator.ENDED, len(_over(c)), "", "leur dernier jour est dans la période")


def _running_after(c: Counted) -> list[Figure]:
    found = sum(Period(m.starts_on, m.ended_on).holds(c.last) and m.ended_on != c.last for m in c.measures)
    return _one(Indicator.RUNNING_AFTER, found, "", f"pas finies le {format_date(c.last)} au soir")


def _measure_months(c: Counted) -> list[Figure]:
    months = 0
    for each in c.in_period():
        first, last = max(each.starts_on, c.period.start), min(each.ended_on or c.last, c.last)
        months += len(months_between(first, last))
    return _one(Indicator.MEASURE_MONTHS, months, "", "un par mois où la mesure court, même un jour")


def _households(c: Counted) -> list[Figure]:
    found = {each.household_id for each in c.in_period()}
    return _one(Indicator.HOUSEHOLDS, len(found), "", "chacun une fois, quel que soit le nombre de mesures")


def _people(c: Counted) -> list[Figure]:
    ages = [None if birth is None else age_on(birth, c.last) for birth in c.births]
    children = sum(age is not None and age < _ADULT for age in ages)
    unknown = sum(age is None for age in ages)
    how = f"hors dossiers archivés, âge au {format_date(c.last)}"
    label = INDICATOR_LABELS[Indicator.PEOPLE]
    lines = [
        Figure(Indicator.PEOPLE, label, Decimal(len(ages)), "", how),
        Figure(Indicator.PEOPLE, f"{label}, adultes", Decimal(len(ages) - children - unknown), "", how),
        Figure(Indicator.PEOPLE, f"{label}, moins de {_ADULT}{NB}ans", Decimal(children), "", how),
    ]
    if unknown:
        lines.append(Figure(Indicator.PEOPLE, f"{label}, âge inconnu", Decimal(unknown), "", how))
    return lines


def _renewals(c: Counted) -> list[Figure]:
    found = sum(c.period.holds(day) for day in c.renewed)
    return _one(Indicator.RENEWALS, found, "", "décidés dans la période")


def _mean_length(c: Counted) -> list[Figure]:
    days = [(end - start).days + 1 for start, end in _over(c)]
    mean = None
    if days:
        mean = (Decimal(sum(days)) / len(days) / _MONTH_DAYS).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _one(
        Indicator.MEAN_LENGTH,
        mean,
        "mois",
        f"un mois fait 30,44{NB}jours",
    )


def _too_long(c: Counted) -> list[Figure]:
    found, ruled = 0, False
    for each in c.in_period():
        rule = rule_on(c.rules, each.starts_on)
        limit = planned_end(each.starts_on, rule.longest_months) if rule else None
        ruled = ruled or limit is not None
        found += limit is not None and min(each.ended_on or c.last, c.last) > limit
    how = "au-delà de la durée totale de leurs règles"
    return _one(Indicator.TOO_LONG, found if ruled else None, "", how)


def _meetings(c: Counted) -> list[Figure]:
    found = sum(c.period.holds(day) for day in c.meetings)
    return _one(Indicator.MEETINGS, found, "", "visites et entretiens du journal, mesure en cours")


def _missed(c: Counted) -> list[Figure]:
    found = sum(c.period.holds(day) for day in c.missed)
    return _one(Indicator.MISSED, found, "", "visites non tenues du journal, mesure en cours")


def _relays(c: Counted) -> list[Figure]:
    found = sum(c.period.holds(day) for day in c.relays)
    return _one(Indicator.RELAYS, found, "", "leur jour est dans la période, d’un référent à un autre")


def _referrals(c: Counted) -> list[Figure]:
    how = "reçues dans la période sous la convention, hors dossiers archivés"
    return _one(Indicator.REFERRALS, received_in(c.referrals, c.period), "", how)


def _decision_days(c: Counted) -> list[Figure]:
    days = decision_days(c.referrals, c.period)
    how = "de la réception à la décision (liste d’attente comprise), décisions de la période"
    middle = median(days)
    unit = "jours" if middle is not None and middle >= _PLURAL_FROM else "jour"
    return _one(Indicator.DECISION_DAYS, middle, unit, how)


def _late_decisions(c: Counted) -> list[Figure]:
    how = f"décidées après leur délai, ou pas encore et délai passé le {format_date(c.last)}"
    found = late_in(c.referrals, c.period) if c.referrals else None
    return _one(Indicator.LATE_DECISIONS, found, "", how)


def _rehousings(c: Counted) -> list[Figure]:
    ended = [m for m in c.measures if m.ended_on is not None and c.period.holds(m.ended_on)]
    how = f"mesures terminées dans la période, motif «{NB}Relogement…{NB}»"
    return _one(Indicator.REHOUSINGS, sum(is_rehousing(m.exit_reason) for m in ended), "", how)


def _exits(c: Counted) -> list[Figure]:
    reasons = Counter(
        m.exit_reason or "sans motif"
        for m in c.measures
        if m.ended_on is not None and c.period.holds(m.ended_on)
    )
    how = "mesures terminées dans la période"
    if not reasons:
        return _one(Indicator.EXITS, None, "", how)
    ordered = sorted(reasons.items(), key=lambda each: (-each[1], each[0]))
    return [
        Figure(Indicator.EXITS, f"Sorties{NB}: {reason}", Decimal(count), "", how)
        for reason, count in ordered
    ]


def _places(c: Counted) -> list[Figure]:
    how = "ménages comptés depuis le début de la convention"
    if c.places is None:
        return []
    told = (
        ("nouveaux ménages", c.places.new, c.agreement.quota_new),
        ("ménages déjà suivis", c.places.existing, c.agreement.quota_existing),
    )
    label = INDICATOR_LABELS[Indicator.PLACES]
    return [
        Figure(
            Indicator.PLACES, f"{label}, {whom}", Decimal(taken), "" if quota is None else f"sur {quota}", how
        )
        for whom, taken, quota in told
        if quota is not None or taken
    ]


def _grant(c: Counted) -> list[Figure]:
    euros = Decimal(sum(cents for day, cents in c.spent if c.period.holds(day))) / 100
    return _one(
        Indicator.GRANT,
        euros.quantize(Decimal("0.01")),
        "€",
        "dépenses de la période, toutes actions",
    )


def _over(c: Counted) -> list[tuple[date, date]]:
    """Return the first and last day of the measures that ended in the period."""
    return [
        (m.starts_on, m.ended_on) for m in c.measures if m.ended_on is not None and c.period.holds(m.ended_on)
    ]


_COUNTS: dict[Indicator, Callable[[Counted], Sequence[Figure]]] = {
    Indicator.RUNNING_BEFORE: _running_before,
    Indicator.OPENED: _opened,
    Indicator.ENDED: _ended,
    Indicator.RUNNING_AFTER: _running_after,
    Indicator.MEASURE_MONTHS: _measure_months,
    Indicator.HOUSEHOLDS: _households,
    Indicator.PEOPLE: _people,
    Indicator.RENEWALS: _renewals,
    Indicator.MEAN_LENGTH: _mean_length,
    Indicator.TOO_LONG: _too_long,
    Indicator.MEETINGS: _meetings,
    Indicator.MISSED: _missed,
    Indicator.RELAYS: _relays,
    Indicator.REFERRALS: _referrals,
    Indicator.DECISION_DAYS: _decision_days,
    Indicator.LATE_DECISIONS: _late_decisions,
    Indicator.EXITS: _exits,
    Indicator.REHOUSINGS: _rehousings,
    Indicator.PLACES: _places,
    Indicator.GRANT: _grant,
}
HEADINGS = ("Indicateur", "Valeur", "Unité", "Comment il est compté")


def sheet_rows(lines: Iterable[Figure]) -> list[list[Cell]]:
    """Return the lines as a spreadsheet holds them: words, number, unit, how; an amount has its two decimals."""
    return [[each.label, _cell(each), each.unit, each.how] for each in lines]


def _cell(line: Figure) -> Cell:
    if line.value is None or line.unit == "€":
        return line.value
    return int(line.value) if line.value == line.value.to_integral_value() else float(line.value)
