"""From a visit of the diary to its printed report (« compte rendu de visite »), zone by zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.features.diary.domain import report_content as report
from caseworker_app.features.diary.domain.entry import (
    ATTENDANCE_LABELS,
    ENTRY_KIND_LABELS,
    FACT_TOPIC_LABELS,
    DiaryEntry,
    EntryZone,
)
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.typed_moments import travel_words
from caseworker_app.features.diary.domain.visit import (
    PROMISE_STATE_LABELS,
    ROOM_STATE_LABELS,
    GoalTouched,
    Promise,
    RoomCondition,
    Visit,
)
from caseworker_app.features.goals.domain.goal import GoalWithSteps, actor_text
from caseworker_app.features.handover.domain.masking import Mask, masked_whole
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import capital

_TITLES = {
    EntryKind.HOME_VISIT: "Compte rendu de visite à domicile",
    EntryKind.OFFICE: "Compte rendu de rendez-vous",
    EntryKind.ACCOMPANIMENT: "Compte rendu d’accompagnement",
    EntryKind.THREE_PARTY_MEETING: "Compte rendu de rencontre tripartite",
    EntryKind.MISSED_VISIT: "Visite non tenue",
}


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """What surrounds a visit on its report.

    `reference`: the household's, where the entry has no number; `hidden`: streets and phones of a protected
    household, masked wherever they were typed (empty for the others); `writers`: workers by their id.
    """

    reference: str
    household: str
    household_short: str
    measure: str
    worker: str
    worker_title: str
    printed_on: date
    printed_by: str
    hidden: tuple[str, ...] = ()
    writers: tuple[tuple[str, str], ...] = ()

    def writer(self, worker_id: str) -> str:
        """Return the name of a worker, empty for nobody known."""
        return dict(self.writers).get(worker_id, "")


def report_of_visit(visit: Visit, goals: Sequence[GoalWithSteps], frame: ReportFrame) -> report.VisitReport:
    """Return the report of a visit as it will print; what was typed is *interne*, marked facts shareable."""
    mask = Mask(frame.hidden)
    # Whatever a part forgets, a goal's title say, is masked here.
    return masked_whole(_report(visit, goals, frame, mask), mask)


def _report(
    visit: Visit, goals: Sequence[GoalWithSteps], frame: ReportFrame, mask: Mask
) -> report.VisitReport:
    entry = visit.entry
    start = entry.started_at
    minutes = entry.duration_minutes
    return report.VisitReport(
        reference=entry.number or frame.reference,
        day=start.date(),
        household=frame.household,
        household_short=frame.household_short,
        printed_on=frame.printed_on,
        printed_by=frame.printed_by,
        title=_TITLES.get(entry.kind, f"Compte rendu, {ENTRY_KIND_LABELS[entry.kind]}"),
        start=start.time(),
        end=(start + timedelta(minutes=minutes)).time() if minutes else None,
        purpose=mask(entry.purpose),
        place=mask(entry.place),
        measure=frame.measure,
        present=tuple(name.strip() for name in mask(entry.present).split(",") if name.strip()),
        appointment=_appointment(visit),
        travel=travel_words(entry.travel_minutes, entry.travel_metres).removeprefix("trajet "),
        promises=tuple(_reviewed(visit, mask)),
        observed=tuple(_zone(visit, EntryZone.OBSERVED, frame, mask)),
        said=tuple(_zone(visit, EntryZone.SAID, frame, mask)),
        analysis=tuple(_zone(visit, EntryZone.ANALYSIS, frame, mask)),
        rooms=tuple(_room(room, mask) for room in visit.rooms),
        goals=tuple(_goals(visit.goals, goals)),
        actions=tuple(_action(promise, mask) for promise in visit.promises),
        next_meeting=_next(visit, mask),
        sharing=_sharing(visit),
        signatories=(report.Signatory("Rédigé par", frame.worker, frame.worker_title),),
    )


def _appointment(visit: Visit) -> str:
    kept = visit.kept_appointment
    planned = f"prévu le {format_long_date(kept.starts_at.date())}" if kept else ""
    attendance = ATTENDANCE_LABELS[visit.entry.attendance]
    return ", ".join(part for part in (attendance, planned) if part)


def _reviewed(visit: Visit, mask: Mask) -> Iterable[report.Promise]:
    for each in visit.reviewed:
        state = PROMISE_STATE_LABELS[each.review.state]
        who = actor_text(each.promise.actor, each.promise.actor_name)
        yield report.Promise(mask(each.promise.text), who, capital(state), mask(each.review.note))


def _zone(visit: Visit, zone: EntryZone, frame: ReportFrame, mask: Mask) -> Iterable[report.ZoneText]:
    """Yield the text of a zone, its marked facts, then what was added to it since."""
    if text := visit.entry.zone(zone):
        yield report.ZoneText(mask(text))
    for fact in visit.facts:
        if fact.zone is zone:
            yield report.ZoneText(mask(fact.text), report.Zone.SHAREABLE, FACT_TOPIC_LABELS[fact.topic])
    for addition in visit.additions:
        if text := addition.zone(zone):
            yield report.ZoneText(f"{_added(addition, frame)} {mask(text)}")


def _added(addition: DiaryEntry, frame: ReportFrame) -> str:
    author = frame.writer(addition.worker_id)
    by = f", par {author}" if author else ""
    return f"Complément du {format_long_date(addition.started_at.date())}{by}\u00a0:"


def _room(room: RoomCondition, mask: Mask) -> report.RoomState:
    follow_up = "\u00a0: ".join(part for part in (room.follow_up_by, room.follow_up) if part)
    observation = ". ".join(part for part in (mask(room.observation), mask(follow_up)) if part)
    return report.RoomState(room.room, ROOM_STATE_LABELS[room.state], observation, _shared(room.shareable))


def _goals(touched: Iterable[GoalTouched], goals: Sequence[GoalWithSteps]) -> Iterable[report.GoalTouched]:
    known = {goal.goal.id: goal for goal in goals}
    for goal_id in dict.fromkeys(each.goal_id for each in touched):
        if goal_id in known:
            goal = known[goal_id]
            step = goal.next_step
            yield report.GoalTouched(goal.goal.title, goal.done, goal.counted, step.title if step else "")


def _action(promise: Promise, mask: Mask) -> report.PlannedAction:
    who = actor_text(promise.actor, promise.actor_name)
    return report.PlannedAction(mask(promise.text), who, promise.due_on, _shared(promise.shareable))


def _next(visit: Visit, mask: Mask) -> report.NextMeeting | None:
    coming = visit.next_appointment
    if coming is None:
        return None
    return report.NextMeeting(coming.starts_at.date(), coming.starts_at.time(), mask(coming.place))


def _sharing(visit: Visit) -> str:
    if not visit.facts:
        return "Aucun fait n’est marqué proposable\u00a0: rien de ce compte rendu ne part vers l’extérieur."
    return (
        "Seuls les faits marqués partageables peuvent être proposés pour un document extérieur, "
        "avec l’accord du ménage."
    )


def _shared(shareable: bool) -> report.Zone:
    return report.Zone.SHAREABLE if shareable else report.Zone.INTERNAL
