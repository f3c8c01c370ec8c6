"""The diary for the follow-up file: visits with their zones and what was noted there, calls, notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from caseworker_app.features.diary.domain.entry import (
    ATTENDANCE_LABELS,
    ENTRY_KIND_LABELS,
    FACT_TOPIC_LABELS,
    Attendance,
    DiaryEntry,
    EntryZone,
)
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.typed_moments import travel_words
from caseworker_app.features.diary.domain.visit import (
    PROMISE_STATE_LABELS,
    ROOM_STATE_LABELS,
    Promise,
    RoomCondition,
    RoomState,
    Visit,
)
from caseworker_app.features.dossier.domain.follow_up_content import EntryPart, EntryRow, RowTone
from caseworker_app.features.dossier.domain.when import duration_words, hour_words
from caseworker_app.features.goals.domain.goal import actor_text
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.kernel.dates import format_date, format_long_date

_ZONES = {
    EntryZone.OBSERVED: "Constaté",
    EntryZone.SAID: "Dit par le ménage",
    EntryZone.ANALYSIS: "Analyse",
}


def diary_part(material: FollowUpMaterial, mask: Mask) -> tuple[EntryPart, ...]:
    """Return every entry, newest first; an addition stands with the entry it completes."""
    visits = {visit.entry.id: visit for visit in material.visits}
    added: dict[str, list[DiaryEntry]] = defaultdict(list)
    known = {entry.id for entry in material.entries}
    for entry in reversed(material.entries):
        if entry.kind is EntryKind.ADDITION and entry.refers_to in known:
            added[entry.refers_to or ""].append(entry)
    shown = (e for e in material.entries if e.kind is not EntryKind.ADDITION or e.refers_to not in known)
    return tuple(
        _entry(visits.get(entry.id) or Visit(entry), added[entry.id], material, mask) for entry in shown
    )


def _entry(visit: Visit, added: Iterable[DiaryEntry], material: FollowUpMaterial, mask: Mask) -> EntryPart:
    entry = visit.entry
    kind = ENTRY_KIND_LABELS[entry.kind]
    rows = _written(visit, added, material, mask) if material.preset.writings else _outside(visit, mask)
    return EntryPart(
        entry.started_at.date(),
        f"{format_long_date(entry.started_at.date(), weekday=True)} – {kind}",
        entry.number or "",
        ", ".join(part for part in _details(entry, material, mask) if part),
        tuple(row for row in rows if row.text.strip()),
    )


def _details(entry: DiaryEntry, material: FollowUpMaterial, mask: Mask) -> Iterator[str]:
    midnight = entry.started_at.hour == 0 and entry.started_at.minute == 0
    if not midnight:
        yield f"À {hour_words(entry.started_at)}"
    if entry.duration_minutes:
        yield duration_words(entry.duration_minutes)
    yield travel_words(entry.travel_minutes, entry.travel_metres)
    if entry.attendance is not Attendance.PRESENT:
        yield ATTENDANCE_LABELS[entry.attendance]
    if material.preset.writings:
        yield mask(entry.place)
        yield f"présents : {mask(entry.present)}" if entry.present else ""
        yield f"objet : {mask(entry.purpose)}" if entry.purpose else ""
    yield f"par {material.worker_name(entry.worker_id)}"
    if entry.signed_on:
        yield f"signée le {format_date(entry.signed_on)}"


def _written(
    visit: Visit, added: Iterable[DiaryEntry], material: FollowUpMaterial, mask: Mask
) -> Iterator[EntryRow]:
    """Yield all that an entry holds, zone by zone."""
    for zone, label in _ZONES.items():
        yield EntryRow(label, mask(visit.entry.zone(zone)))
        for fact in visit.facts:
            if fact.zone is zone:
                yield _fact(FACT_TOPIC_LABELS[fact.topic], mask(fact.text))
    yield EntryRow("Logement vu", "\n".join(_room(room, mask) for room in visit.rooms if _seen(room)))
    titles = {goal.goal.id: goal.goal.title for goal in material.goals}
    touched = dict.fromkeys(g.goal_id for g in visit.goals)
    worked = [f"– {mask(titles[goal_id])}" for goal_id in touched if goal_id in titles]
    worked += [f"– {mask(g.note)}" for g in visit.goals if g.note]
    yield EntryRow("Objectifs", "\n".join(worked))
    yield EntryRow("Depuis la dernière fois", "\n".join(_reviewed(visit, mask)))
    yield EntryRow("Convenu", "\n".join(_promise(promise, material, mask) for promise in visit.promises))
    for addition in added:
        day = format_date(addition.started_at.date())
        text = "\n".join(mask(addition.zone(zone)) for zone in _ZONES if addition.zone(zone))
        yield EntryRow(f"Complément du {day}, par {material.worker_name(addition.worker_id)}", text)
    yield EntryRow("Prochain rendez-vous", _next(visit, mask))


def _outside(visit: Visit, mask: Mask) -> Iterator[EntryRow]:
    """Yield only what was written to be proposed outside: marked facts, shareable rooms and promises."""
    for fact in visit.facts:
        yield _fact(FACT_TOPIC_LABELS[fact.topic], mask(fact.text))
    rooms = [_room(room, mask) for room in visit.rooms if room.shareable and _seen(room)]
    yield EntryRow("Logement vu", "\n".join(rooms), RowTone.SHAREABLE)
    agreed = [
        f"– {mask(p.text)} ({mask(actor_text(p.actor, p.actor_name))})" for p in visit.promises if p.shareable
    ]
    yield EntryRow("Convenu", "\n".join(agreed), RowTone.SHAREABLE)


def _fact(topic: str, text: str) -> EntryRow:
    return EntryRow("Proposable", f"{text} ({topic})", RowTone.SHAREABLE)


def _seen(room: RoomCondition) -> bool:
    return room.state is not RoomState.NOT_SEEN or bool(room.observation)


def _room(room: RoomCondition, mask: Mask) -> str:
    parts = [ROOM_STATE_LABELS[room.state], mask(room.observation)]
    if room.follow_up:
        parts.append(
            f"{room.follow_up_by} : {mask(room.follow_up)}" if room.follow_up_by else mask(room.follow_up)
        )
    return f"– {room.room} : {', '.join(part for part in parts if part)}"


def _reviewed(visit: Visit, mask: Mask) -> Iterator[str]:
    for each in visit.reviewed:
        note = f", {mask(each.review.note)}" if each.review.note else ""
        yield f"– {mask(each.promise.text)} : {PROMISE_STATE_LABELS[each.review.state]}{note}"


def _promise(promise: Promise, material: FollowUpMaterial, mask: Mask) -> str:
    due = f" pour le {format_date(promise.due_on)}" if promise.due_on else ""
    state = PROMISE_STATE_LABELS[promise.state_on(material.day)]
    who = mask(actor_text(promise.actor, promise.actor_name))
    return f"– {mask(promise.text)} ({who}{due}) : {state}"


def _next(visit: Visit, mask: Mask) -> str:
    coming = visit.next_appointment
    if coming is None:
        return ""
    when = f"{format_long_date(coming.starts_at.date(), weekday=True)} à {hour_words(coming.starts_at)}"
    return ", ".join(part for part in (when, mask(coming.place), mask(coming.purpose)) if part)
