"""The end-of-measure record (« fiche de fin de mesure »): what was done, where things stand, what remains to do.

*Interne*. Autonomy stands at its first and last day of the measure side by side, domain by domain, never added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.diary.domain.entry import ATTENDANCE_LABELS, DiaryEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import Appointment, AppointmentState, Promise
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels, View
from caseworker_app.features.goals.domain.comparing import Pair, of_view
from caseworker_app.features.goals.domain.goal import GOAL_STATE_LABELS, GoalWithSteps, actor_text
from caseworker_app.features.goals.domain.grid import Grids
from caseworker_app.features.goals.domain.papers import LevelLine, PaperHead, ViewPart
from caseworker_app.features.goals.domain.writing_papers import view_part
from caseworker_app.features.handover.domain.record import (
    InternalRecord,
    RecordBlock,
    RecordPart,
    Remark,
    Strong,
    facts,
    table,
)
from caseworker_app.features.handover.domain.record_homes import balance_words
from caseworker_app.features.housing.domain.lease import ACCOUNT_LABELS
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.measures.domain.measure import INTENSITY_LABELS, MeasureFile
from caseworker_app.features.measures.domain.suspension import days_suspended, days_words
from caseworker_app.features.orientations.domain.shown import OrientationShown
from caseworker_app.kernel.dates import Period, format_date, format_long_date
from caseworker_app.kernel.french import capital, join_words, plural
from caseworker_app.kernel.money import format_euros

TITLE = "Fiche de fin de mesure"
TEMPLATE = "modèle «\u00a0Fiche de fin de mesure\u00a0», n°\u00a01"
_RUNS = (
    "Préparation\u00a0: cette mesure n’est pas terminée. «\u00a0Terminer\u00a0», dans l’onglet Mesure, note son "
    "dernier jour, le motif et où va le ménage\u202f; la fiche s’arrête pour l’instant à aujourd’hui."
)
_TO_TELL = "à indiquer"
_HOW_TO_READ_RENT = (
    "Une évolution avec le signe plus est une dette qui a augmenté. Deux comptes ne s’additionnent pas."
)
_NOTHING_LEFT = (
    "Rien n’est en attente\u00a0: ni étape, ni engagement, ni rendez-vous, ni réponse d’un partenaire."
)
_NO_TOTAL = "Chaque domaine se lit pour lui-même, avec les mots de sa date\u202f; aucun total n’est calculé."


@dataclass(frozen=True, slots=True)
class AccountChange:
    """A rent account the day before a measure and at its end; `last` has the months between in its table."""

    first: RentStatement
    last: RentStatement


@dataclass(frozen=True, slots=True)
class EndMaterial:
    """All that was read for the record; `day`: the day it is printed. Lists hold all of the household.

    `accounts`: one for each account of each home lived in during the measure, never merged.
    """

    head: PaperHead
    day: date
    file: MeasureFile
    entries: tuple[DiaryEntry, ...]
    goals: tuple[GoalWithSteps, ...]
    grids: Grids
    evaluations: tuple[EvaluationWithLevels, ...]
    accounts: tuple[AccountChange, ...]
    orientations: tuple[OrientationShown, ...]
    promises: tuple[Promise, ...]
    appointments: tuple[Appointment, ...]

    @property
    def period(self) -> Period:
        """The days it tells of: from the start of the measure to its last day, today while it runs."""
        return told_period(self.file, self.day)

    @property
    def over(self) -> bool:
        """Say whether the measure has its end."""
        return self.file.measure.ended_on is not None


def told_period(file: MeasureFile, day: date) -> Period:
    """Return the days a record tells of, up to `day`; one day for a measure still to begin."""
    start = file.measure.starts_on
    return Period(start, max(start, min(file.measure.ended_on or day, day)))


def end_record(material: EndMaterial) -> InternalRecord:
    """Return the record as it prints; of a measure that still runs, with a notice that it is prepared."""
    head = material.head
    parts = (
        RecordPart("La mesure", (*facts(_measure(material)), *_renewals(material), *_suspensions(material))),
        RecordPart("La fin", facts(_end(material))),
        RecordPart("Les rencontres", facts(_meetings(material))),
        RecordPart("Les objectifs", tuple(_goals(material))),
        RecordPart("L’autonomie, au début et à la fin", tuple(_autonomy(material))),
        RecordPart("Le compte de loyer", tuple(_rent(material))),
        RecordPart("Les orientations", tuple(_orientations(material))),
        RecordPart("Ce qui reste à faire", tuple(_left(material))),
    )
    signers = ((head.worker_title or "Référent·e", head.worker), ("Responsable", ""))
    about = f"{material.file.measure.kind_label}, {_days(material)}"
    return InternalRecord(head, TITLE, about, TEMPLATE, parts, signers, "" if material.over else _RUNS)


def _measure(material: EndMaterial) -> Iterator[tuple[str, str]]:
    measure, agreement = material.file.measure, material.file.agreement
    term = format_long_date(measure.planned_end_on) if measure.planned_end_on else "sans terme fixé"
    visits = f"{plural(measure.visits_per_month, 'visite')} par mois"
    yield "Mesure", measure.kind_label
    yield "Période", _days(material)
    yield "Terme prévu", term
    yield "Convention", agreement.name if agreement else "aucune"
    yield "Demandée par", measure.prescriber or ""
    yield "Référent·e", material.head.worker
    yield "Intensité", f"{INTENSITY_LABELS[measure.intensity]}, {visits}"


def _days(material: EndMaterial) -> str:
    start, ended = format_long_date(material.file.measure.starts_on), material.file.measure.ended_on
    return f"du {start} au {format_long_date(ended)}" if ended else f"depuis le {start}, en cours"


def _renewals(material: EndMaterial) -> tuple[RecordBlock, ...]:
    rows = [
        (format_date(each.decided_on), f"du {format_date(each.from_date)} au {format_date(each.to_date)}",
         each.reason or "–")
        for each in material.file.renewals
    ]  # fmt: skip
    return table(((0.2, "Renouvelée le"), (0.36, "Période"), (0.44, "Motif")), rows)


def _suspensions(material: EndMaterial) -> tuple[RecordBlock, ...]:
    held = material.file.suspensions
    if not held:
        return ()
    days = days_suspended(held, material.period.end or material.day)
    rows = [(_capital(days_words(each)), each.reason or "–") for each in held]
    told = Remark(f"En tout, {plural(days, 'jour')} de suspension jusqu’à la fin de la mesure.")
    return (*table(((0.56, "Suspendue"), (0.44, "Motif")), rows), told)


def _end(material: EndMaterial) -> Iterator[tuple[str, str]]:
    measure = material.file.measure
    yield "Dernier jour", format_long_date(measure.ended_on) if measure.ended_on else _TO_TELL
    yield "Motif", measure.exit_reason_label or _TO_TELL
    yield "Où va le ménage", measure.destination or _TO_TELL


def _meetings(material: EndMaterial) -> Iterator[tuple[str, str]]:
    told = [each for each in material.entries if material.period.holds(each.started_at.date())]
    held = [each for each in told if each.held]
    missed = [each for each in told if each.kind is EntryKind.MISSED_VISIT]
    why = {each.attendance: sum(one.attendance is each.attendance for one in missed) for each in missed}
    words = join_words([f"{count} {ATTENDANCE_LABELS[attendance]}" for attendance, count in why.items()])
    yield "Tenues", plural(len(held), "rencontre")
    yield "Manquées", f"{plural(len(missed), 'rencontre')} ({words})" if missed else "aucune"
    last = max((each.started_at.date() for each in held), default=None)
    yield "La dernière", format_long_date(last) if last else ""


def _goals(material: EndMaterial) -> Iterator[RecordBlock]:
    """Yield the goals worked on during the measure, each with the state it is in now."""
    rows = []
    for each in material.goals:
        goal = each.goal
        if _worked_on(each, material.period):
            domain = material.grids.domain(goal.domain, material.day)
            steps = f"{each.done} sur {each.counted}" if each.counted else "–"
            rows.append((goal.title, domain.label if domain else "–", _state(each), steps))
    yield from table(
        ((0.38, "Objectif"), (0.22, "Domaine"), (0.25, "État final"), (0.15, "Étapes faites")), rows
    )


def _worked_on(each: GoalWithSteps, period: Period) -> bool:
    closed = each.goal.closed_on
    return each.goal.opened_on <= (period.end or date.max) and (closed is None or closed >= period.start)


def _state(each: GoalWithSteps) -> Strong:
    goal = each.goal
    closed = f"le {format_date(goal.closed_on)}" if goal.closed_on else ""
    why = goal.closing_reason or goal.hold_reason or ""
    rest = ", ".join(part for part in (closed, why) if part)
    return Strong(_capital(GOAL_STATE_LABELS[goal.state]), rest)


def _autonomy(material: EndMaterial) -> Iterator[RecordBlock]:
    """Yield for each view its first and last evaluation of the measure; a single one stands alone."""
    held = [each for each in material.evaluations if material.period.holds(each.evaluation.evaluated_on)]
    found = False
    for view in (View.WORKER, View.HOUSEHOLD):
        seen = of_view(held, view)
        if seen:
            found = True
            part = view_part(view, Pair(seen[-1], seen[0] if len(seen) > 1 else None))
            yield from _view(part)
    if found:
        yield Remark(_NO_TOTAL)


def _view(part: ViewPart) -> Iterator[RecordBlock]:
    if part.mixed:
        yield Remark(part.mixed)
    if not part.before:
        columns: tuple[tuple[float, str], ...] = ((0.3, part.view), (0.7, part.now))
        yield from table(columns, [(each.label, _level(each.now, each.now_anchor)) for each in part.lines])
        return
    columns = ((0.26, part.view), (0.3, part.before), (0.3, part.now), (0.14, "Évolution"))
    yield from table(columns, [_compared(each) for each in part.lines])


def _compared(line: LevelLine) -> tuple[str | Strong, ...]:
    before = _level(line.before, line.before_anchor)
    return line.label, before, _level(line.now, line.now_anchor), line.trend or "–"


def _level(level: str, anchor: str) -> str | Strong:
    return Strong(level, anchor) if anchor else level or "–"


def _rent(material: EndMaterial) -> Iterator[RecordBlock]:
    rows = []
    for each in material.accounts:
        change = each.last.balance_cents - each.first.balance_cents
        moved = "inchangé" if not change else f"{format_euros(change, sign=True)}"
        paid = f"{each.last.months_paid} sur {each.last.months_due}" if each.last.months_due else "–"
        rows.append(
            (
                _capital(ACCOUNT_LABELS[each.last.account]),
                _balance(each.first),
                _balance(each.last),
                moved,
                paid,
            )
        )
    columns = (
        (0.28, "Compte"), (0.22, "Au début"), (0.22, "À la fin"), (0.13, "Évolution"), (0.15, "Mois payés"),
    )  # fmt: skip
    made = table(columns, rows)
    if made:
        yield from made
        yield Remark(
            "Une évolution avec le signe plus est une dette qui a augmenté. Deux comptes ne s’additionnent pas."
        )


def _balance(of: RentStatement) -> str:
    return f"{balance_words(of.balance_cents)} au {format_date(of.day)}"


def _orientations(material: EndMaterial) -> Iterator[RecordBlock]:
    rows = [
        (each.partner, each.days, each.state, each.orientation.result or "–")
        for each in material.orientations
        if material.period.holds(each.orientation.proposed_on)
    ]
    yield from table(
        ((0.26, "Partenaire"), (0.26, "Dates"), (0.2, "Où elle en est"), (0.28, "Résultat")), rows
    )


def _left(material: EndMaterial) -> Iterator[RecordBlock]:
    rows = sorted(_todo(material), key=lambda row: row[0] or date.max)
    told = [(what, who, format_date(day) if day else "–") for day, what, who in rows]
    yield from table(((0.56, "Quoi"), (0.24, "Qui"), (0.2, "Pour quand")), told)
    if not told:
        yield Remark(
            "Rien n’est en attente\u00a0: ni étape, ni engagement, ni rendez-vous, ni réponse d’un partenaire."
        )


def _todo(material: EndMaterial) -> Iterator[tuple[date | None, str, str]]:
    """Yield what is still open: the next step of each goal, promises, meetings to come, answers awaited."""
    for each in material.goals:
        step = each.next_step
        if each.goal.open and step is not None:
            who = actor_text(step.actor, step.actor_name)
            yield step.due_on, f"{step.title} (objectif «\u00a0{each.goal.title}\u00a0»)", _capital(who)
        elif each.goal.open:
            yield each.goal.target_on, f"Objectif «\u00a0{each.goal.title}\u00a0», sans étape à faire", "–"
    for promise in material.promises:
        yield promise.due_on, _capital(promise.text), _capital(actor_text(promise.actor, promise.actor_name))
    for meeting in material.appointments:
        if meeting.state is AppointmentState.PLANNED and meeting.starts_at.date() >= material.day:
            about = f"\u00a0: {meeting.purpose}" if meeting.purpose else ""
            yield meeting.starts_at.date(), f"Rendez-vous prévu{about}", "Ensemble"
    for orientation in material.orientations:
        if orientation.orientation.waits:
            yield (
                orientation.orientation.answer_due_on,
                f"Réponse attendue de {orientation.partner}",
                "Partenaire",
            )


def _capital(words: str) -> str:
    return capital(words)
