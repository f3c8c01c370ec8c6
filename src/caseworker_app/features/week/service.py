"""Intentions of the week: reading what is due, putting off, taking up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from caseworker_app.features.diary.domain.entry import MEETING_KINDS
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.households.domain.household import address_line
from caseworker_app.features.housing.domain.sliding_lease import SlidingLeaseFile
from caseworker_app.features.housing.service.homes import housing_of
from caseworker_app.features.housing.service.transfers import application_due
from caseworker_app.features.procedures.domain.checklist import TABLE as PROCEDURES
from caseworker_app.features.procedures.domain.standing import Standing
from caseworker_app.features.procedures.service import open_standings
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.veille import service as veille
from caseworker_app.features.veille.domain.coming import ComingKind, coming
from caseworker_app.features.veille.domain.tables import retry_on
from caseworker_app.features.week import store
from caseworker_app.features.week.domain.due import Due, Source, check_snooze
from caseworker_app.features.week.domain.material import (
    Dated,
    FollowedMeasure,
    Limits,
    Material,
    Meeting,
    SlidingStage,
)
from caseworker_app.features.week.domain.rules import everything_due
from caseworker_app.features.week.domain.week import Load, ShownMeeting, Week, shown_meeting, split_put_off
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import month_of
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

TABLE = "week"


def read_week(connection: Connection, who: Who, day: date, workers: Sequence[str] | None = None) -> Week:
    """Return the week of a day for some workers (by default whoever asks; an empty list: everybody).

    A handful of statements for all households together. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    chosen = [who.worker_id] if workers is None else list(workers) or None
    measures = store.measures(connection, chosen, day)
    monday = day - timedelta(days=day.weekday())
    meetings = store.meetings(connection, chosen, monday, monday + timedelta(days=6))
    last = day + timedelta(_horizon(day))
    # What comes from referrals and veilles, with whose each is: its household may have no measure.
    apart = [*store.referrals(connection, chosen, last), *_watches(connection, who, chosen, day, last)]
    handed = store.relays(connection, chosen, day, last)
    met = [*(m.household_id for m in measures), *(m.household_id for m in meetings)]
    reports = store.reports(connection, chosen)
    met += [each.household_id for each, _worker in apart]
    met += [*(each.household_id for each in handed), *(each.household_id for each in reports)]
    names = store.names(connection, list(dict.fromkeys(met)))
    material = _material(connection, who, day, measures, meetings, names)
    leaders = {each.household_id: worker for each, worker in apart} | dict(material.workers)
    found = tuple(each for each, _worker in apart)
    # Each rule takes what comes under its source.
    material = replace(
        material,
        workers=leaders,
        referrals=found,
        watches=found,
        relays=tuple(handed),
        reports=tuple(reports),
    )
    dues, put_off = split_put_off(everything_due(material), store.put_off(connection, day))
    return Week(
        day,
        _shown(connection, [m for m in meetings if m.starts_at.date() >= monday], names, day),
        dues,
        put_off,
        _load(connection, measures, day),
    )


_OF_WATCHES = {
    ComingKind.DUE: Source.WATCH_DUE,
    ComingKind.SILENT: Source.WATCH_SILENT,
    ComingKind.END: Source.WATCH_END,
}


def _watches(
    connection: Connection, who: Who, workers: Sequence[str] | None, day: date, last: date
) -> list[tuple[Dated, str]]:
    """Return what is to be done of the veilles some workers keep (None: all) up to a day, and whose each is."""
    lines = [
        each
        for each in veille.watches_running(connection, who)
        if workers is None or each.worker_id in workers
    ]
    return [
        (
            Dated(c.line.id, c.line.household_id, _OF_WATCHES[c.kind], c.on, c.since, c.words, c.at_minutes),
            c.line.worker_id,
        )
        for c in coming(lines, last, retry_on(day))
    ]


def households_named(connection: Connection, who: Who, household_ids: Sequence[str]) -> dict[str, str]:
    """Return the names of households, by id; those that are gone are left out. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return {key: name for key, (name, _protected) in store.names(connection, household_ids).items()}


def put_off(file: EncryptedFile, who: Who, due: Due, until: date, reason: str) -> tuple[str, Changes]:
    """Hide something due until a day, with the reason; return the id. Raises InvalidEntry, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "put_off") as uow:
        longest = int(dated(TABLE, "longest_snooze_days", uow.today).value)
        kept = check_snooze(until, reason, uow.today, longest)
        values = {"household_id": due.household_id, "due_key": due.key, "worker_id": who.worker_id}
        return uow.insert(store.snooze, {**values, "until": until, "reason": kept}), uow.changes


def take_up(file: EncryptedFile, who: Who, due_key: str) -> Changes:
    """Show again, at once, what was put off. Raises NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "take_up") as uow:
        for each in store.put_off_as(uow.connection, due_key):
            uow.delete(store.snooze, each.id)
        return uow.changes


def _horizon(day: date) -> int:
    return int(dated(TABLE, "horizon_days", day).value)


def _material(
    connection: Connection,
    who: Who,
    day: date,
    measures: list[FollowedMeasure],
    meetings: list[Meeting],
    names: Mapping[str, tuple[str, bool]],
) -> Material:
    limits = Limits(
        *(
            int(dated(TABLE, key, day).value)
            for key in ("silence_days", "arrears_days", "horizon_days", "report_days")
        )
    )
    ids, last = list(dict.fromkeys(m.household_id for m in measures)), day + timedelta(limits.horizon_days)
    paced = list(dict.fromkeys(m.household_id for m in measures if m.visit_days is not None))
    leaders = {m.household_id: m.worker_id for m in meetings} | {
        m.household_id: m.worker_id for m in measures
    }
    return Material(
        day,
        limits,
        tuple(measures),
        {key: name for key, (name, _protected) in names.items()},
        leaders,
        store.contacts(connection, ids, day),
        tuple(store.promises(connection, ids, last)),
        tuple(store.steps(connection, ids, last)),
        tuple(meetings),
        tuple(_sliding(connection, who, store.sliding_households(connection, ids), day)),
        tuple(store.accounts(connection, ids, month_of(day) - timedelta(days=1), day)),
        tuple(store.duties(connection, ids, day, last)),
        tuple(store.evictions(connection, ids, day, last)),
        tuple(store.consents(connection, ids, day, last)),
        tuple(store.orientations(connection, ids, last)),
        papers=tuple(_papers(connection, who, ids, day)),
        decided=tuple(store.decided(connection, ids, last)),
        met=store.last_meetings(connection, paced, MEETING_KINDS, day),
        planned=store.next_appointments(connection, paced, day),
        pauses=tuple(store.pauses(connection, ids, last)),
    )


def _papers(connection: Connection, who: Who, ids: list[str], day: date) -> list[Dated]:
    return [due for each in open_standings(connection, who, ids, day) for due in _papers_of(each, day)]


def _papers_of(of: Standing, day: date) -> list[Dated]:
    about, lacking = of.procedure, of.to_bring
    found = []
    if lacking:
        usual = about.started_on + timedelta(int(dated(PROCEDURES, "reminder_days", day).value))
        title = f"{plural(len(lacking), 'pièce manque', 'pièces manquent')}\u00a0: {about.label}"
        found.append(
            Dated(
                about.id,
                about.household_id,
                Source.PAPERS_MISSING,
                about.due_on or usual,
                about.started_on,
                title,
            )
        )
    for line in of.ending:
        if line.until is not None:
            title = f"Pièce à renouveler\u00a0: {line.paper.label} ({about.label})"
            row = line.notes[-1].id
            found.append(
                Dated(row, about.household_id, Source.PAPER_ENDING, line.until, about.started_on, title)
            )
    return found


def _sliding(connection: Connection, who: Who, ids: list[str], day: date) -> list[SlidingStage]:
    stages = []
    for household_id in ids:
        home = housing_of(connection, who, household_id, day).current
        if home is not None and home.sliding is not None:
            stages += _stages(household_id, home.sliding)
    return stages


def _stages(household_id: str, sliding: SlidingLeaseFile) -> list[SlidingStage]:
    agreement, planned = sliding.agreement, sliding.planned_review()
    signed = agreement.agreement_signed_on
    fixed = planned.planned_on if planned is not None else None
    last = sliding.last_period()
    since = last.starts_on if last is not None else None
    renewed = agreement.application_renewed_on
    dates = (
        (Source.JOINT_REVIEW, fixed or sliding.next_review_on, signed, fixed is not None),
        (Source.LANDLORD_NOTICE, sliding.landlord_notice_due_on, since, False),
        (Source.PERIOD_END, sliding.ends_on(), since, False),
        (Source.APPLICATION, application_due(renewed) if renewed else None, renewed, False),
    )
    return [
        SlidingStage(source.value, agreement.id, household_id, on, start, is_fixed)
        for source, on, start, is_fixed in dates
        if on is not None
    ]


def _shown(
    connection: Connection, meetings: list[Meeting], names: Mapping[str, tuple[str, bool]], day: date
) -> tuple[ShownMeeting, ...]:
    homes = store.addresses(connection, [m.household_id for m in meetings], day)
    shown = []
    for meeting in meetings:
        name, protected = names.get(meeting.household_id, ("", True))
        home = homes.get(meeting.household_id)
        shown.append(shown_meeting(meeting, name, address_line(*home) if home else "", protected=protected))
    return tuple(shown)


def _load(connection: Connection, measures: list[FollowedMeasure], day: date) -> Load:
    ids = list(dict.fromkeys(m.household_id for m in measures))
    held = store.visits_held(connection, ids, MEETING_KINDS, month_of(day), day)
    minutes = int(dated(TABLE, "visit_minutes", day).value)
    return Load(len(measures), sum(m.visits_per_month for m in measures), held, minutes)


def now_of(file: EncryptedFile) -> datetime:
    """Return the hour on the office's wall."""
    return wall_clock(file.clock)
