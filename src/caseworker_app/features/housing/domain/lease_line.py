"""The lease as a line of stages on a true time axis: contracts as spans, what happened and what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.features.housing.domain.eviction import EVICTION_KIND_LABELS, UNTIL_LABELS, procedure
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import Creditor, LeaseKind
from caseworker_app.features.housing.domain.occupant_duty import DutyKind
from caseworker_app.features.housing.domain.sliding_lease import (
    CALEOL_OUTCOME_LABELS,
    LandlordAnswer,
    SlidingLeaseFile,
)
from caseworker_app.kernel.dates import (
    add_months,
    end_of_month,
    format_long_date,
    format_short_date,
    month_of,
)
from caseworker_app.kernel.french import capital, plural

# How far the axis goes back and forward where nothing asks for more, and at most.
MONTHS_BACK, MOST_MONTHS_BACK = 6, 14
MONTHS_AHEAD, MOST_MONTHS_AHEAD = 3, 12
# A deadline nearer than this is shown as due.
NEAR_DAYS = 75

NB = "\u00a0"


class StageState(StrEnum):
    """How a stage stands: done, received (a paper of a procedure), to be prepared, due soon, late, far."""

    DONE = "done"
    RECEIVED = "received"
    PREPARED = "prepared"
    DUE = "due"
    LATE = "late"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract on the line; without an end it goes on."""

    key: str
    name: str
    words: str
    start: date
    end: date | None
    signed: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage on the line: its day, its title, and below it when (« 2 juil., fait »).

    `notice`: how the next deadline is told, where title and days left would not do.
    """

    key: str
    day: date
    title: str
    words: str
    state: StageState
    notice: str = ""


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """All of it, between two days; `shaded`: the span in which the landlord must have answered."""

    title: str
    first: date
    last: date
    day: date
    contracts: tuple[Contract, ...]
    stages: tuple[Stage, ...]
    shaded: tuple[date, date] | None
    notice: Stage | None


def lease_line(home: LeaseFile, day: date, application_due: date | None = None) -> LeaseLine:
    """Return the line of a lease as of a day, `application_due` being that of its housing application."""
    contracts = tuple(_contracts(home))
    sliding = home.sliding
    stages = sorted(_stages(home, day, application_due), key=lambda s: (s.day, s.key))
    first, last = _axis(contracts, stages, day)
    shown = tuple(stage for stage in stages if first <= stage.day <= last)
    title = "Du bail de l’association au bail à son nom" if sliding else "Le bail dans le temps"
    notice = next((s for s in stages if s.state in (StageState.LATE, StageState.DUE)), None)
    seen = tuple(c for c in contracts if c.start <= last and (c.end is None or c.end >= first))
    return LeaseLine(title, first, last, day, seen, shown, _shaded(sliding), notice)


def notice_words(stage: Stage, day: date) -> str:
    """Return how near the next deadline is: « Avis au préfet dans 68 jours »."""
    if stage.notice:
        return stage.notice
    left = (stage.day - day).days
    if left < 0:
        return f"{stage.title}{NB}: {plural(-left, 'jour')} de retard"
    return f"{stage.title} aujourd’hui" if left == 0 else f"{stage.title} dans {plural(left, 'jour')}"


def _contracts(home: LeaseFile) -> Iterator[Contract]:
    lease, landlord = home.lease, home.landlord.name if home.landlord else "le bailleur"
    head = home.head_lease
    if head is not None and (start := head.signed_on or head.starts_on):
        words = _signed(head.signed_on, f"{landlord} → l’association", masculine=True)
        yield Contract("head_lease", "Bail", words, start, head.ends_on, head.signed_on is not None)
    start = lease.starts_on or lease.signed_on
    sublet = lease.kind in (LeaseKind.SUBLEASE, LeaseKind.SLIDING_LEASE)
    if start:
        owner = "l’association" if lease.creditor is Creditor.ASSOCIATION else landlord
        words = _signed(lease.signed_on, f"{owner} → le ménage", masculine=not sublet)
        end = lease.ends_on or (home.sliding.ends_on() if home.sliding else None)
        name = "Sous-location" if sublet else "Titre" if lease.kind is LeaseKind.RESIDENCE_TITLE else "Bail"
        yield Contract("lease", name, words, start, end, lease.signed_on is not None)
    if home.sliding and home.sliding.periods:
        periods, agreement = home.sliding.periods, home.sliding.agreement
        months = plural(sum(period.months for period in periods), "mois", "mois")
        words = _signed(agreement.agreement_signed_on, f"tripartite, {months}", masculine=False)
        yield Contract(
            "agreement", "Convention", words, periods[0].starts_on, home.sliding.ends_on(), signed=True
        )


def _stages(home: LeaseFile, day: date, application_due: date | None) -> Iterator[Stage]:
    lease = home.lease
    if lease.starts_on:
        yield _plain("entry", lease.starts_on, "Entrée", day, "fait")
    if home.sliding:
        yield from _sliding_stages(home.sliding, day, application_due)
    if lease.ends_on and not (home.sliding and home.sliding.agreement.new_lease_id):
        yield _plain("end", lease.ends_on, "Fin du bail", day, "terminé")
    plan = home.plan(day)
    if plan is not None and plan.last_month() >= month_of(day):
        end = end_of_month(plan.last_month())
        yield Stage("plan", end, "Plan soldé", _short(end, day), StageState.TO_COME)
    insurance = home.latest_proofs().get(DutyKind.HOME_INSURANCE)
    if insurance is not None and insurance.valid_until is not None:
        yield _deadline("insurance", insurance.valid_until, "Assurance", day, "à renouveler")
    for step in procedure(home.eviction):
        when = _short(step.happened_on, day)
        title = _capital(EVICTION_KIND_LABELS[step.kind])
        yield Stage(f"eviction:{step.id}", step.happened_on, title, when, StageState.RECEIVED)
        if step.until is not None and step.until >= day:
            label, when = _capital(UNTIL_LABELS[step.kind]), _short(step.until, day)
            short = label.removesuffix(" le").removesuffix(" du")
            notice = f"{label} {when}"
            yield Stage(f"until:{step.id}", step.until, short, when, StageState.DUE, notice)


def _sliding_stages(sliding: SlidingLeaseFile, day: date, application_due: date | None) -> Iterator[Stage]:
    held = sliding.held_reviews()
    for number, review in enumerate(held, 1):
        if review.held_on is not None:
            words = f"{_short(review.held_on, day)}, fait"
            yield Stage(f"review:{review.id}", review.held_on, f"Examen{NB}{number}", words, StageState.DONE)
    agreement = sliding.agreement
    if agreement.new_lease_id is None:
        yield _next_review(sliding, len(held) + 1, day)
    for period in sliding.periods[1:]:
        yield _plain("renewal:" + period.id, period.starts_on, "Renouvellement", day, "fait")
    if agreement.landlord_notified_on:
        last = sliding.last_period()
        refused = last is not None and last.landlord_answer is LandlordAnswer.REFUSES
        words = f"{_short(agreement.landlord_notified_on, day)}, {'refus' if refused else 'donné'}"
        state = StageState.DUE if refused else StageState.DONE
        yield Stage("notice", agreement.landlord_notified_on, "Avis au préfet", words, state)
    elif sliding.landlord_notice_due_on and agreement.new_lease_id is None:
        yield _deadline(
            "notice", sliding.landlord_notice_due_on, "Avis au préfet", day, "avant le", before=True
        )
    if application_due is not None and agreement.new_lease_id is None:
        yield _deadline("application", application_due, "Demande de logement", day, "à renouveler")
    if agreement.caleol_on is not None:
        yield _caleol(sliding, agreement.caleol_on, day)
    end = sliding.ends_on()
    if end is not None and agreement.new_lease_id is None:
        start = end + timedelta(days=1)
        yield Stage("transfer", start, "Glissement", _short(start, day), StageState.TO_COME)


def _next_review(sliding: SlidingLeaseFile, number: int, day: date) -> Stage:
    title, planned = f"Examen{NB}{number}", sliding.planned_review()
    if planned is None or planned.planned_on is None:
        due = sliding.next_review_on
        state = StageState.LATE if due < day else StageState.TO_COME
        return Stage("next_review", due, title, f"à fixer avant le {_short(due, day)}", state)
    when = planned.planned_on
    if when < day:
        return Stage(f"review:{planned.id}", when, title, f"{_short(when, day)}, à noter", StageState.LATE)
    return Stage(f"review:{planned.id}", when, title, f"{_short(when, day)}, à préparer", StageState.PREPARED)


def _caleol(sliding: SlidingLeaseFile, on: date, day: date) -> Stage:
    outcome = sliding.agreement.caleol_outcome
    if outcome is not None:
        words = f"{_short(on, day)}, {CALEOL_OUTCOME_LABELS[outcome]}"
        return Stage("caleol", on, "CALEOL", words, StageState.DONE)
    return _plain("caleol", on, "CALEOL", day, "décision à noter")


def _plain(key: str, on: date, title: str, day: date, past: str) -> Stage:
    state = StageState.DONE if on <= day else StageState.TO_COME
    words = f"{_short(on, day)}, {past}" if on <= day else _short(on, day)
    return Stage(key, on, title, words, state)


def _deadline(key: str, on: date, title: str, day: date, words: str, *, before: bool = False) -> Stage:
    left = (on - day).days
    state = StageState.LATE if left < 0 else StageState.DUE if left <= NEAR_DAYS else StageState.TO_COME
    when = f"{words} {_short(on, day)}" if before else _short(on, day)
    if state is StageState.LATE:
        when = f"{_short(on, day)}, {'dépassé' if before or not words else words}"
    return Stage(key, on, title, when, state)


def _shaded(sliding: SlidingLeaseFile | None) -> tuple[date, date] | None:
    end = sliding.ends_on() if sliding else None
    if sliding is None or end is None or sliding.landlord_notice_due_on is None:
        return None
    return None if sliding.agreement.new_lease_id else (sliding.landlord_notice_due_on, end)


def _axis(contracts: tuple[Contract, ...], stages: list[Stage], day: date) -> tuple[date, date]:
    begun = [contract.start for contract in contracts] + [stage.day for stage in stages]
    first = max(min([*begun, add_months(day, -MONTHS_BACK)]), add_months(day, -MOST_MONTHS_BACK))
    # What is far ahead (the last instalment of a plan) is told elsewhere: it would press all the rest together.
    ends = [contract.end for contract in contracts if contract.end]
    ends += [stage.day for stage in stages if not ends]
    last = max((end for end in ends if end <= add_months(day, MOST_MONTHS_AHEAD)), default=day)
    last = max(last, add_months(day, MONTHS_AHEAD))
    return month_of(first), end_of_month(add_months(last, 1))


def _signed(on: date | None, words: str, *, masculine: bool) -> str:
    if on is None:
        return words
    return f"Signé{'' if masculine else 'e'} le {format_long_date(on)} · {words}"


def _short(on: date, day: date) -> str:
    # The year is told where it is not the one people think of.
    near = abs((on - day).days) < 300
    return format_short_date(on) if near else f"{format_short_date(on)}{NB}{on.year}"


def _capital(words: str) -> str:
    return capital(words)
