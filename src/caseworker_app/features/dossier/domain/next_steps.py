"""What comes next in a dossier, by date: steps, promises, appointments, deadlines; the late ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.diary.domain.visit import Appointment, AppointmentState, Promise
from caseworker_app.features.dossier.domain.header import landlord_notice, sliding_lease
from caseworker_app.features.dossier.domain.overview import Overview, Sign, Tone
from caseworker_app.features.dossier.domain.when import due_words, moment_words, short_day
from caseworker_app.features.goals.domain.goal import GoalStep, GoalWithSteps, StepState, actor_text

# Further away is not « next »: the end of a measure of two years would stand in every list.
HORIZON_DAYS = 120
# A date nearer than this is shown as due.
NEAR_DAYS = 7


class StepKind(StrEnum):
    """What a next step is: what can be done with it follows."""

    GOAL_STEP = "goal_step"
    PROMISE = "promise"
    APPOINTMENT = "appointment"
    MEASURE_END = "measure_end"
    JOINT_REVIEW = "joint_review"
    LANDLORD_NOTICE = "landlord_notice"
    PERIOD_END = "period_end"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to come (or done); `row_id` is the id of what it stands for."""

    kind: StepKind
    row_id: str
    title: str
    who: str
    due: date | None
    sign: Sign | None
    done: bool = False

    @property
    def key(self) -> str:
        """Return what names this step in a list."""
        return f"{self.kind}:{self.row_id}"


def next_steps(overview: Overview) -> tuple[NextStep, ...]:
    """Return everything still to do, by date, what has no date last."""
    steps = [*_goal_steps(overview), *_promises(overview), *_appointments(overview), *_deadlines(overview)]
    return tuple(sorted(steps, key=lambda step: (step.due is None, step.due or date.max, step.kind)))


def done_steps(overview: Overview) -> tuple[NextStep, ...]:
    """Return the goal steps that are done, the latest first."""
    done = [
        NextStep(
            StepKind.GOAL_STEP,
            step.id,
            step.title,
            actor_text(step.actor, step.actor_name),
            step.done_on,
            Sign(f"Faite le {short_day(step.done_on, overview.day)}" if step.done_on else "Faite", Tone.DONE),
            done=True,
        )
        for goal in overview.dossier.goals
        for step in goal.steps
        if step.state is StepState.DONE
    ]
    return tuple(sorted(done, key=lambda step: step.due or date.min, reverse=True))


def due_sign(due: date | None, day: date) -> Sign | None:
    """Return the sign of a due date: late in words, near, or plain; None without a date."""
    if due is None:
        return None
    left = (due - day).days
    tone = Tone.LATE if left < 0 else Tone.DUE if left <= NEAR_DAYS else Tone.PLAIN
    return Sign(due_words(due, day), tone)


def _goal_steps(overview: Overview) -> Iterator[NextStep]:
    for goal in overview.dossier.goals:
        if goal.goal.open:
            yield from (_goal_step(overview, goal, s) for s in goal.steps if s.state is StepState.TO_DO)


def _goal_step(overview: Overview, goal: GoalWithSteps, step: GoalStep) -> NextStep:
    who = actor_text(step.actor, step.actor_name)
    sign = due_sign(step.due_on, overview.day)
    return NextStep(StepKind.GOAL_STEP, step.id, step.title, f"{who}, {goal.goal.title}", step.due_on, sign)


def _promises(overview: Overview) -> Iterator[NextStep]:
    for promise in overview.dossier.promises:
        yield _promise(overview, promise)


def _promise(overview: Overview, promise: Promise) -> NextStep:
    who = f"{actor_text(promise.actor, promise.actor_name)}, convenu en visite"
    return NextStep(
        StepKind.PROMISE,
        promise.id,
        promise.text,
        who,
        promise.due_on,
        due_sign(promise.due_on, overview.day),
    )


def _appointments(overview: Overview) -> Iterator[NextStep]:
    for appointment in overview.dossier.appointments:
        if appointment.state is AppointmentState.PLANNED:
            yield _appointment(overview, appointment)


def _appointment(overview: Overview, appointment: Appointment) -> NextStep:
    day = appointment.starts_at.date()
    left = (day - overview.day).days
    tone = Tone.LATE if left < 0 else Tone.DUE if left <= NEAR_DAYS else Tone.PLAIN
    words = moment_words(appointment.starts_at, overview.day)
    if left < 0:
        words = f"{words}, à compléter"
    where = appointment.place or overview.workers.get(appointment.worker_id, "")
    return NextStep(
        StepKind.APPOINTMENT,
        appointment.id,
        appointment.purpose or "Rendez-vous",
        where,
        day,
        Sign(words, tone),
    )


def _deadlines(overview: Overview) -> Iterator[NextStep]:
    current = overview.dossier.current_measure
    if current is not None:
        name = overview.measure_name(current.measure.kind_code, current.measure.kind_label)
        yield from _deadline(
            overview,
            StepKind.MEASURE_END,
            current.measure.id,
            f"Fin de mesure {name}",
            "renouveler ou terminer",
            current.measure.planned_end_on,
        )
    agreement = sliding_lease(overview)
    if agreement is not None:
        row_id = agreement.agreement.id
        lease = overview.dossier.housing.current
        landlord = lease.landlord.name if lease is not None and lease.landlord is not None else "bailleur"
        yield from _deadline(
            overview,
            StepKind.JOINT_REVIEW,
            row_id,
            "Examen périodique contradictoire",
            "à préparer",
            agreement.next_review_on,
        )
        yield from _deadline(
            overview,
            StepKind.LANDLORD_NOTICE,
            row_id,
            "Avis du bailleur au préfet",
            landlord,
            landlord_notice(overview),
        )
        yield from _deadline(
            overview,
            StepKind.PERIOD_END,
            row_id,
            "Terme de la période d’examen",
            "bail glissant",
            agreement.ends_on(),
        )


def _deadline(
    overview: Overview, kind: StepKind, row_id: str, title: str, who: str, due: date | None
) -> Iterator[NextStep]:
    if due is not None and (due - overview.day).days <= HORIZON_DAYS:
        yield NextStep(kind, row_id, title, who, due, due_sign(due, overview.day))
