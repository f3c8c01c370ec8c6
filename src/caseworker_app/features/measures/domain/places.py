"""The places of an agreement (« places d’une convention »): how many are taken, by whom, how many are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.measures.domain.measure import Agreement, NewAgreement
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros

NB = "\u00a0"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure, as counting places needs it."""

    household_id: str
    agreement_id: str | None
    starts_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementPlaces:
    """Households with a measure under an agreement: `new` to the association, `existing` followed before.

    A household is existing when a measure of any kind, under something else, already ran the day before the
    agreement started. One counts once, whatever its measures, and still does after their end: a quota is for
    the whole period.
    """

    new: int
    existing: int


@dataclass(frozen=True, slots=True)
class ShownAgreements:
    """What the settings show: agreements, the places taken in each, and the names of landlords by id."""

    agreements: tuple[Agreement, ...]
    taken: Mapping[str, AgreementPlaces]
    landlords: Mapping[str, str]


def places_taken(agreements: Iterable[Agreement], lines: Sequence[MeasureLine]) -> dict[str, AgreementPlaces]:
    """Return the places taken in each agreement, by its id, from every measure of the households under one."""
    under: dict[str, set[str]] = {}
    of_household: dict[str, list[MeasureLine]] = {}
    for line in lines:
        of_household.setdefault(line.household_id, []).append(line)
        if line.agreement_id is not None:
            under.setdefault(line.agreement_id, set()).add(line.household_id)
    found = {}
    for each in agreements:
        households = under.get(each.id, set())
        existing = sum(_followed_before(each, of_household[household]) for household in households)
        found[each.id] = AgreementPlaces(len(households) - existing, existing)
    return found


def _followed_before(agreement: Agreement, lines: Iterable[MeasureLine]) -> bool:
    start = agreement.starts_on
    return any(
        line.agreement_id != agreement.id
        and line.starts_on < start
        and (line.ended_on is None or line.ended_on.toordinal() >= start.toordinal() - 1)
        for line in lines
    )


def places_words(agreement: Agreement, taken: AgreementPlaces) -> str:
    """Say the places left: « 3 places libres sur 20 (nouveaux), 1 de trop (déjà suivis) »; empty without quota."""
    parts = (
        _left(agreement.quota_new, taken.new, "nouveaux"),
        _left(agreement.quota_existing, taken.existing, "déjà suivis"),
    )
    return ", ".join(part for part in parts if part)


def overbooked(agreement: Agreement, taken: AgreementPlaces) -> bool:
    """Say whether more households are under an agreement than one of its quotas."""
    pairs = ((agreement.quota_new, taken.new), (agreement.quota_existing, taken.existing))
    return any(quota is not None and used > quota for quota, used in pairs)


def agreement_detail(agreement: Agreement, landlord: str) -> str:
    """Say from which month to which, the grant, then with whom: the longest comes last, where a narrow row cuts."""
    start = _month(agreement.starts_on)
    period = f"{start} – {_month(agreement.ends_on)}" if agreement.ends_on else f"depuis {start}"
    grant = format_euros(agreement.grant_cents) if agreement.grant_cents is not None else ""
    return f"{NB}· ".join(part for part in (period, grant, landlord, agreement.funder or "") if part)


def _month(day: date) -> str:
    return f"{day:%m/%Y}"


def check_holds_measures(changed: NewAgreement, starts: Iterable[date]) -> None:
    """Refuse a period that measures already under the agreement start outside of. Raises InvalidEntry."""
    days = list(starts)
    if early := sum(day < changed.starts_on for day in days):
        raise InvalidEntry(_outside(early, "avant cette date"), "starts_on")
    if changed.ends_on is not None and (late := sum(day > changed.ends_on for day in days)):
        raise InvalidEntry(_outside(late, "après cette date"), "ends_on")


def check_outlives_measures(before: date | None, ends_on: date | None, ends: Iterable[date | None]) -> None:
    """Refuse an end brought forward past which measures under the agreement run, as their opening would have been.

    `before`: the end it had; `ends`: the end of each measure, planned where it still runs. Raises InvalidEntry.
    """
    if ends_on is None or (before is not None and ends_on >= before):
        return
    if late := sum(end is not None and end > ends_on for end in ends):
        words = plural(late, "mesure de cette convention finit", "mesures de cette convention finissent")
        raise InvalidEntry(
            f"{words} après cette date{NB}: avancez d’abord leur fin, ou gardez celle de la convention.",
            "ends_on",
        )


def _outside(count: int, when: str) -> str:
    verb = "commencent" if count > 1 else "commence"
    return f"{plural(count, 'mesure')} de cette convention {verb} {when}{NB}: vérifiez-la."


def _left(quota: int | None, used: int, whom: str) -> str:
    if quota is None:
        return ""
    if used > quota:
        return f"{used - quota} de trop sur {quota} ({whom})"
    free = quota - used
    return f"{plural(free, 'place')} {'libres' if free > 1 else 'libre'} sur {quota} ({whom})"
