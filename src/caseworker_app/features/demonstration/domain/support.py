"""Invented support: a measure with its goals, two evaluations, budgets, a consent and a visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from caseworker_app.features.budget.domain.sheet import PERSON, NewLine, NewMonth
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.demonstration.domain.vocabulary import Sentences, words
from caseworker_app.features.demonstration.domain.writing import paragraph, working_moment
from caseworker_app.features.diary.domain.entry import EntryZone, FactTopic, NewEntry, NewFact
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    NewAppointment,
    NewPromise,
    NewRoom,
    NewVisit,
    PromiseState,
    RoomState,
)
from caseworker_app.features.goals.domain.autonomy import LADDER, NewEvaluation, NewLevel, View
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep, StepState
from caseworker_app.features.goals.domain.grid import grid_on
from caseworker_app.features.housing.domain.lease import NewLease
from caseworker_app.features.measures.domain.measure import Intensity, NewMeasure
from caseworker_app.kernel.dates import add_months, month_of

# Kinds of measures with the share each takes, and their usual length in months.
KINDS = (
    ("avdl_in_place", 5, 6),
    ("avdl_toward", 4, 6),
    ("avdl_moving_in", 3, 6),
    ("avdl_diagnostic", 2, 3),
    ("asll", 6, 6),
    ("masp_1", 3, 12),
    ("supported_housing", 4, 12),
    ("hlm_supported", 3, 12),
    ("iml_mandate", 3, 18),
    # A second share of it, here: what is drawn for everybody else stays as it was.
    ("asll", 2, 6),
    ("dedicated_residence", 2, 24),
    ("maesf", 1, 12),
)
INTENSITIES = (Intensity.LIGHT, Intensity.MEDIUM, Intensity.MEDIUM, Intensity.STRONG)
_LANDLORD_TOPICS = frozenset(
    {Topic.VISITS, Topic.PAYMENT, Topic.INSURANCE, Topic.DWELLING_CONDITION, Topic.HOUSING_GOALS}
)


def invent_measure(rng: Random, household_id: str, workers: tuple[str, ...], today: date) -> NewMeasure:
    """Return an open measure begun some time ago; one in twenty is past its planned end."""
    kind, _, months = rng.choices(KINDS, weights=[share for _, share, _ in KINDS])[0]
    length = months * 30
    begun = rng.randint(length + 1, length + 20) if rng.random() < 0.05 else rng.randint(5, length - 5)
    prescribers = ("SIAO", "Commission FSL", "Bailleur", "Maison des solidarités")
    return NewMeasure(
        household_id,
        kind,
        today - timedelta(days=begun),
        prescriber=rng.choice(prescribers),
        lead_worker_id=rng.choice(workers),
        intensity=rng.choice(INTENSITIES),
    )


def invent_goals(rng: Random, household_id: str, started_on: date, today: date) -> list[NewGoal]:
    """Return one to three goals set when the measure began, their first steps done."""
    chosen = rng.sample(words("support")["goals"], rng.randint(1, 3))
    return [_goal(rng, household_id, goal, started_on, today) for goal in chosen]


def invent_evaluations(
    rng: Random, household_id: str, kind: str, started_on: date, today: date
) -> list[NewEvaluation]:
    """Return one evaluation at the start and, when two months have passed, one since."""
    domains = [domain.code for domain in grid_on(today).domains_for(kind)]
    first = [rng.randint(0, 3) for _ in domains]
    days = [started_on] + (
        [today - timedelta(days=rng.randint(2, 20))] if (today - started_on).days > 60 else []
    )
    rungs = [first, [min(4, max(0, rung + rng.choice((-1, 0, 0, 1, 1, 2)))) for rung in first]]
    return [
        NewEvaluation(
            household_id,
            day,
            View.WORKER,
            tuple(NewLevel(code, LADDER[rung]) for code, rung in zip(domains, rung_of, strict=True)),
        )
        for day, rung_of in zip(days, rungs, strict=False)
    ]


def invent_budget(
    rng: Random, lease: NewLease | None, household_id: str, persons: int, month: date
) -> NewMonth:
    """Return the budget of a month that agrees with the lease, and leaves something or little to live on."""
    rent = (lease.rent_cents if lease else None) or rng.randint(25_000, 60_000)
    charges = (lease.service_charges_cents if lease else None) or rng.randint(4_000, 12_000)
    benefit = (lease.housing_benefit_cents if lease else None) or 0
    lines = [
        NewLine("net_wage", rng.randint(60_000, 165_000))
        if rng.random() < 0.5
        else NewLine("rsa", rng.randint(45_000, 110_000)),
        *([NewLine("apl", benefit)] if benefit else []),
        *([NewLine("family_allowance", 7_600 * persons)] if persons > 2 else []),
        NewLine("rent", rent),
        NewLine("service_charges", charges),
        NewLine("home_insurance", rng.randint(1_200, 2_400)),
        NewLine("electricity", rng.randint(3_500, 12_000)),
        NewLine("water", rng.randint(1_500, 5_000)),
        NewLine("phone_internet", rng.randint(1_000, 5_500)),
        NewLine("public_transport", rng.randint(0, 8_000)),
        NewLine("food", 16_000 + 9_000 * persons),
    ]
    return NewMonth(household_id, month_of(month), tuple(lines), persons * PERSON)


def invent_consent(
    rng: Random, household_id: str, landlord: tuple[str, str], given_on: date
) -> NewConsent | None:
    """Return what two households in three agreed to share with their landlord (id, name), for a year."""
    if rng.random() < 0.35:
        return None
    landlord_id, name = landlord
    return NewConsent(
        household_id,
        Recipient(RecipientKind.LANDLORD, name, landlord_id),
        _LANDLORD_TOPICS,
        "Garder le logement, avec un point régulier entre le ménage, le bailleur et l’association.",
        given_on,
        until=add_months(given_on, 12),
    )


def invent_visit(rng: Random, pool: Sentences, household_id: str, name: str, today: date) -> NewVisit:
    """Return the last home visit: rooms seen, promises, a fact for the landlord, the next appointment."""
    moment = working_moment(rng, today - timedelta(days=rng.randint(1, 40)))
    entry = NewEntry(
        household_id,
        EntryKind.HOME_VISIT,
        moment,
        rng.choice((45, 60)),
        "Logement",
        name,
        paragraph(rng, pool.purpose, 1, name),
        paragraph(rng, pool.observed, 4, name),
        paragraph(rng, pool.said, 3, name),
        paragraph(rng, pool.analysis, 2, name),
    )
    facts = (NewFact(EntryZone.OBSERVED, FactTopic.VISITS, "Présence à la visite prévue."),)
    return NewVisit(
        entry,
        facts,
        rooms=tuple(_rooms(rng)),
        promises=tuple(_promises(rng, moment.date())),
        next_appointment=_next_appointment(rng, today, moment),
    )


def _goal(rng: Random, household_id: str, goal: dict[str, Any], started_on: date, today: date) -> NewGoal:
    span = max(1, (today - started_on).days)
    done = rng.randint(0, len(goal["steps"]) - 1)
    steps = tuple(
        _step(rng, title, actor, started_on, span, position < done, position)
        for position, (title, actor) in enumerate(goal["steps"])
    )
    return NewGoal(
        household_id,
        goal["title"],
        goal["domain"],
        steps,
        opened_on=started_on,
        target_on=add_months(started_on, 12),
    )


def _step(
    rng: Random, title: str, actor: str, started_on: date, span: int, done: bool, position: int
) -> NewStep:
    if done:
        on = started_on + timedelta(days=min(span, 10 + 20 * position))
        return NewStep(title, Actor(actor), due_on=on, done_on=on, state=StepState.DONE)
    return NewStep(title, Actor(actor), due_on=started_on + timedelta(days=span + rng.randint(-12, 90)))


def _rooms(rng: Random) -> Iterator[NewRoom]:
    rooms = words("support")["rooms"]
    for name in rooms["names"]:
        watched = rng.random() < 0.2
        state = RoomState.WATCH if watched else RoomState.GOOD
        seen = rng.choice(rooms["watch" if watched else "good"])
        yield NewRoom(
            name, state, seen, shareable=watched, follow_up="Signalé au bailleur" if watched else None
        )


def _promises(rng: Random, made_on: date) -> Iterator[NewPromise]:
    promises = words("support")["promises"]
    for actor in (Actor.HOUSEHOLD, rng.choice((Actor.WORKER, Actor.LANDLORD))):
        state = rng.choice((PromiseState.WAITING, PromiseState.WAITING, PromiseState.KEPT))
        due_on = made_on + timedelta(days=rng.randint(7, 35))
        yield NewPromise(rng.choice(promises[actor.value]), actor, due_on=due_on, state=state)


def _next_appointment(rng: Random, today: date, after: datetime) -> NewAppointment | None:
    if rng.random() < 0.15:
        return None
    day = today + timedelta(days=rng.randint(1, 28))
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    moment = datetime.combine(day, time(rng.choice((9, 10, 11, 14, 15, 16)), rng.choice((0, 30))))
    return NewAppointment(max(moment, after + timedelta(days=1)), "Domicile", "Visite")
