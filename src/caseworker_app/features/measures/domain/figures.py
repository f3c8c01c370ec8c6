"""The figures of an agreement, each counted from its measures with how it is counted (« comment c’est calculé »)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from caseworker_app.features.measures.domain.indicators import (
    INDICATOR_LABELS,
    Counted,
    Figure,
    Indicator,
    reported,
)
from caseworker_app.features.measures.domain.indicators_around import (
    decision_days,
    is_rehousing,
    late_in,
    median,
    received_in,
)
from caseworker_app.features.measures.domain.measure import planned_end
from caseworker_app.features.measures.domain.terms import rule_on
from caseworker_app.kernel.dates import Period, age_on, format_date, months_between

NB = "\u00a0"
_ADULT = 18
# The mean length of a month: 365.2425 days over twelve.
_MONTH_DAYS = Decimal("30.436875")
# « 1,5 jour », « 2 jours ».
_PLURAL_FROM = 2


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


def figures_together(counted: Counted) -> list[Figure]:
    """Return the lines that may be told of several agreements counted as one: not what each of their rules sets."""
    of_one = (Indicator.PLACES, Indicator.TOO_LONG)
    return [line for each in Indicator if each not in of_one for line in _COUNTS[each](counted)]
