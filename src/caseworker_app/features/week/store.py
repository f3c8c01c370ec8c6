"""What is put off, and the reading of what a week is made of: one statement a subject, for all households at once."""

# ruff: noqa: S608  (every part of the statements is written here; what a person chose is bound)

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Text

from caseworker_app.features.diary.domain.entry import CONTACT_KINDS
from caseworker_app.features.diary.domain.visit import OPEN_PROMISES, AppointmentState
from caseworker_app.features.goals.domain.goal import CLOSED_STATES, Actor, GoalState, StepState
from caseworker_app.features.housing.domain.lease import Account as RentAccount
from caseworker_app.features.housing.domain.lease import Creditor
from caseworker_app.features.housing.domain.rent_account import RentEntryKind
from caseworker_app.features.week.domain.due import Snooze, Source
from caseworker_app.features.week.domain.material import (
    Account,
    Agreed,
    Dated,
    FollowedMeasure,
    Meeting,
    Report,
)
from caseworker_app.storage.declarations import Merge, declare, field
from caseworker_app.storage.rows import Mapper

snooze = declare(
    "week_snooze",
    field("due_key", Text, required=True),
    field("worker_id", Text, required=True, references="worker"),
    field("until", Date, required=True),
    field("reason", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, required=True),
    household="household_id",
    indexes=("due_key",),
)
snoozes = Mapper(snooze, Snooze)


def _texts(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_OF = "household_id IN (SELECT value FROM json_each(:ids))"
_PAYMENTS = _texts([RentEntryKind.PAID, RentEntryKind.BENEFIT_PAID, RentEntryKind.PLAN_PAYMENT])
_COUNTED_ON = f"CASE WHEN e.kind IN ({_PAYMENTS}) THEN coalesce(e.received_on, e.month) ELSE e.month END"
_SIGNED = f"CASE WHEN e.kind IN ({_PAYMENTS}) THEN -e.amount_cents ELSE e.amount_cents END"


def put_off(connection: Connection, day: date) -> list[Snooze]:
    """Return what is put off on a day."""
    return snoozes.all(connection, snooze.c.until > day)


def put_off_as(connection: Connection, due_key: str) -> list[Snooze]:
    """Return every time one thing was put off, past ones too."""
    return snoozes.all(connection, snooze.c.due_key == due_key)


# Who leads a measure on a day: by its last relay up to it, else by whom the first one is handed over, else as it says.
_LEAD = (
    "coalesce((SELECT r.worker_id FROM measure_relay r WHERE r.household_id = m.household_id AND r.measure_id = m.id"
    " AND r.from_date <= :day ORDER BY r.from_date DESC, r.id DESC LIMIT 1),"
    " (SELECT r.before_id FROM measure_relay r WHERE r.household_id = m.household_id AND r.measure_id = m.id"
    " ORDER BY r.from_date, r.id LIMIT 1), m.lead_worker_id)"
)
_WORKERS = "(SELECT value FROM json_each(:workers))"
# The rhythm its agreement sets that day, in days between two visits.
_RHYTHM = (
    "(SELECT a.visit_days FROM agreement_rule a WHERE a.agreement_id = m.agreement_id AND a.starts_on <= :day"
    " AND (a.ends_on IS NULL OR a.ends_on >= :day))"
)


def measures(connection: Connection, workers: Sequence[str] | None, day: date) -> list[FollowedMeasure]:
    """Return the measures that run, of some workers (None: of all), each with who leads it on that day."""
    chosen = ""
    if workers is not None:
        handed = (
            f"SELECT measure_id FROM measure_relay WHERE worker_id IN {_WORKERS} OR before_id IN {_WORKERS}"
        )
        chosen = f" AND (m.lead_worker_id IN {_WORKERS} OR m.id IN ({handed})) AND {_LEAD} IN {_WORKERS}"
    text = (
        f"SELECT id, household_id, kind_label, starts_on, planned_end_on, visits_per_month, {_LEAD},"
        " EXISTS (SELECT 1 FROM measure_suspension s WHERE s.household_id = m.household_id"
        " AND s.measure_id = m.id AND s.from_date <= :day AND (s.to_date IS NULL OR s.to_date >= :day)),"
        f" {_RHYTHM}"
        f" FROM support_measure m WHERE starts_on <= :day AND (ended_on IS NULL OR ended_on >= :day){chosen}"
        " ORDER BY starts_on, id"
    )
    rows = _rows(connection, text, day=day.isoformat(), workers=json.dumps(list(workers or ())))
    return [
        FollowedMeasure(key, household, kind, _day(start), _maybe(end), visits, worker, bool(away), rhythm)
        for key, household, kind, start, end, visits, worker, away, rhythm in rows
    ]


def relays(connection: Connection, workers: Sequence[str] | None, day: date, last: date) -> list[Dated]:
    """Return the relays to come up to a day that some workers give or take (None: all), who to whom in words."""
    chosen = ""
    if workers is not None:
        chosen = f" AND (r.worker_id IN {_WORKERS} OR r.before_id IN {_WORKERS})"
    text = f"""
        SELECT r.id, r.household_id, 'relay', r.from_date, NULL, b.name || ' → ' || w.name
        FROM measure_relay r JOIN household h ON h.id = r.household_id AND h.archived_on IS NULL
            JOIN worker w ON w.id = r.worker_id JOIN worker b ON b.id = r.before_id
            JOIN support_measure m ON m.id = r.measure_id AND (m.ended_on IS NULL OR m.ended_on >= r.from_date)
        WHERE r.from_date > :day AND r.from_date <= :last{chosen}"""
    bound = {"day": day.isoformat(), "last": last.isoformat()}
    rows = _rows(connection, text, **bound, workers=json.dumps(list(workers or ())))
    return [_dated(*row) for row in rows]


def last_meetings(
    connection: Connection, ids: Sequence[str], kinds: Iterable[str], day: date
) -> dict[str, date]:
    """Return the day of the last meeting of these kinds with each household that had one."""
    text = (
        "SELECT h.value, (SELECT max(c.started_at) FROM diary_entry c WHERE c.household_id = h.value"
        f" AND c.kind IN ({_texts(kinds)}) AND c.started_at < :end) AS last"
        " FROM json_each(:ids) h WHERE last IS NOT NULL"
    )
    end = (day + timedelta(days=1)).isoformat()
    return {r[0]: _day(r[1]) for r in _rows(connection, text, ids=json.dumps(list(ids)), end=end)}


def next_appointments(connection: Connection, ids: Sequence[str], day: date) -> dict[str, date]:
    """Return the day of the next appointment planned with each household that has one."""
    text = (
        f"SELECT household_id, min(starts_at) FROM appointment WHERE {_OF}"
        f" AND state = '{AppointmentState.PLANNED.value}' AND starts_at >= :day GROUP BY household_id"
    )
    bound = {"ids": json.dumps(list(ids)), "day": day.isoformat()}
    return {r[0]: _day(r[1]) for r in _rows(connection, text, **bound)}


def names(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Return name and protection of households."""
    text = "SELECT id, name, protected FROM household WHERE id IN (SELECT value FROM json_each(:ids))"
    return {r[0]: (r[1], bool(r[2])) for r in _rows(connection, text, ids=json.dumps(list(ids)))}


def addresses(connection: Connection, ids: Sequence[str], day: date) -> dict[str, tuple[Any, ...]]:
    """Return street, complement, postal code and town where households live on a day."""
    text = (
        "SELECT household_id, street, complement, postal_code, city FROM ("
        " SELECT *, row_number() OVER (PARTITION BY household_id ORDER BY from_date DESC, id DESC) AS place"
        f" FROM address WHERE {_OF} AND (from_date IS NULL OR from_date <= :day)"
        " AND (to_date IS NULL OR :day < to_date)) WHERE place = 1"
    )
    return {
        r[0]: tuple(r[1:]) for r in _rows(connection, text, ids=json.dumps(list(ids)), day=day.isoformat())
    }


def contacts(connection: Connection, ids: Sequence[str], day: date) -> dict[str, date]:
    """Return the day of the last contact with each household that had one."""
    return last_meetings(connection, ids, CONTACT_KINDS, day)


def promises(connection: Connection, ids: Sequence[str], last: date) -> list[Agreed]:
    """Return what was promised by a day and still waits."""
    text = (
        "SELECT p.id, p.household_id, p.text, p.actor, p.actor_name, p.due_on, e.started_at FROM promise p"
        f" JOIN diary_entry e ON e.id = p.entry_id WHERE p.{_OF} AND p.state IN ({_texts(OPEN_PROMISES)})"
        " AND p.due_on <= :last"
    )
    rows = _rows(connection, text, ids=json.dumps(list(ids)), last=last.isoformat())
    return [
        Agreed(key, household, words, actor, name, _day(due), _maybe(since))
        for key, household, words, actor, name, due, since in rows
    ]


def decided(connection: Connection, ids: Sequence[str], last: date) -> list[Agreed]:
    """Return what was decided at meetings of those who follow a household and waits, due by a day."""
    text = (
        "SELECT t.id, t.household_id, t.what, p.body, t.due_on, f.held_on FROM meeting_task t"
        " JOIN follow_meeting f ON f.id = t.meeting_id LEFT JOIN follow_part p ON p.id = t.part_id"
        f" WHERE t.{_OF} AND t.done_on IS NULL AND t.due_on <= :last"
    )
    rows = _rows(connection, text, ids=json.dumps(list(ids)), last=last.isoformat())
    return [
        Agreed(key, household, words, Actor.PARTNER if body else Actor.WORKER, body, _day(due), _maybe(held))
        for key, household, words, body, due, held in rows
    ]


def steps(connection: Connection, ids: Sequence[str], last: date) -> list[Agreed]:
    """Return the steps of goals worked on that are to be done by a day; those of a goal on hold wait with it."""
    text = (
        "SELECT s.id, s.household_id, s.title, s.actor, s.actor_name, s.due_on, g.title FROM goal_step s"
        f" JOIN goal g ON g.id = s.goal_id WHERE s.{_OF} AND s.state = '{StepState.TO_DO.value}'"
        f" AND g.state NOT IN ({_texts([*CLOSED_STATES, GoalState.ON_HOLD])}) AND s.due_on <= :last"
    )
    rows = _rows(connection, text, ids=json.dumps(list(ids)), last=last.isoformat())
    return [
        Agreed(key, household, words, actor, name, _day(due), None, goal)
        for key, household, words, actor, name, due, goal in rows
    ]


def pauses(connection: Connection, ids: Sequence[str], last: date) -> list[Dated]:
    """Return the goals on hold whose pause ends by a day, with their title; `kind`: why they wait, *interne*."""
    text = f"""
        SELECT id, household_id, coalesce(hold_reason, ''), on_hold_until, NULL, title FROM goal
        WHERE {_OF} AND state = '{GoalState.ON_HOLD.value}' AND on_hold_until <= :last"""
    rows = _rows(connection, text, ids=json.dumps(list(ids)), last=last.isoformat())
    return [_dated(*row) for row in rows]


def meetings(connection: Connection, workers: Sequence[str] | None, first: date, last: date) -> list[Meeting]:
    """Return the appointments from `first` to `last`, and every earlier one nobody completed, by hour."""
    chosen = "" if workers is None else " AND worker_id IN (SELECT value FROM json_each(:workers))"
    shown = _texts([AppointmentState.PLANNED, AppointmentState.DONE, AppointmentState.MISSED])
    text = (
        "SELECT id, household_id, starts_at, purpose, place, worker_id, state, entry_id FROM appointment"
        f" WHERE starts_at < :end AND state IN ({shown}) AND household_id IS NOT NULL"
        " AND household_id NOT IN (SELECT id FROM household WHERE archived_on IS NOT NULL)"
        f" AND (starts_at >= :first OR state = '{AppointmentState.PLANNED.value}'){chosen} ORDER BY starts_at, id"
    )
    bound = {"first": first.isoformat(), "end": (last + timedelta(days=1)).isoformat()}
    rows = _rows(connection, text, **bound, workers=json.dumps(list(workers or ())))
    return [
        Meeting(key, household, datetime.fromisoformat(start), purpose, place, worker, state, entry)
        for key, household, start, purpose, place, worker, state, entry in rows
    ]


def sliding_households(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Return which households have a sliding lease that was not handed over to them yet."""
    text = f"SELECT DISTINCT household_id FROM sliding_lease WHERE {_OF} AND new_lease_id IS NULL"
    return [r[0] for r in _rows(connection, text, ids=json.dumps(list(ids)))]


def accounts(connection: Connection, ids: Sequence[str], before: date, day: date) -> list[Account]:
    """Return the rent accounts that are owed on, of the leases that run: what on `before`, and on `day`."""
    text = f"""
        SELECT l.id, l.household_id, sum(CASE WHEN {_COUNTED_ON} <= :before THEN {_SIGNED} ELSE 0 END) AS earlier,
               sum({_SIGNED}) AS now, max({_COUNTED_ON})
        FROM lease l JOIN rent_entry e ON e.household_id = l.household_id AND e.lease_id = l.id
        WHERE l.{_OF} AND (l.ends_on IS NULL OR l.ends_on >= :day) AND {_COUNTED_ON} <= :day
        AND e.account = CASE l.creditor WHEN '{Creditor.ASSOCIATION.value}'
            THEN '{RentAccount.HOUSEHOLD_TO_ASSOCIATION.value}' ELSE '{RentAccount.HOUSEHOLD_TO_LANDLORD.value}' END
        GROUP BY l.id HAVING now > 0"""
    bound = {"before": before.isoformat(), "day": day.isoformat()}
    rows = _rows(connection, text, ids=json.dumps(list(ids)), **bound)
    return [Account(key, household, before, now, _day(last)) for key, household, before, now, last in rows]


def duties(connection: Connection, ids: Sequence[str], day: date, last: date) -> list[Dated]:
    """Return the latest proof of each duty, where it ends by a day, of the leases that run."""
    text = f"""
        SELECT id, household_id, kind, valid_until, proof_received_on FROM (
            SELECT d.*, row_number() OVER (
                PARTITION BY d.lease_id, d.kind ORDER BY d.proof_received_on DESC, d.id DESC) AS place
            FROM occupant_duty d JOIN lease l ON l.id = d.lease_id
            WHERE d.{_OF} AND (l.ends_on IS NULL OR l.ends_on >= :day))
        WHERE place = 1 AND valid_until <= :last"""
    rows = _rows(connection, text, ids=json.dumps(list(ids)), day=day.isoformat(), last=last.isoformat())
    return [_dated(*row) for row in rows]


def evictions(connection: Connection, ids: Sequence[str], day: date, last: date) -> list[Dated]:
    """Return the delays of procedures that end between two days, where no later step was written."""
    text = f"""
        SELECT id, household_id, kind, until, happened_on FROM (
            SELECT *, row_number() OVER (
                PARTITION BY lease_id ORDER BY happened_on DESC, id DESC) AS place FROM eviction_step WHERE {_OF})
        WHERE place = 1 AND until BETWEEN :day AND :last"""
    rows = _rows(connection, text, ids=json.dumps(list(ids)), day=day.isoformat(), last=last.isoformat())
    return [_dated(*row) for row in rows]


def consents(connection: Connection, ids: Sequence[str], day: date, last: date) -> list[Dated]:
    """Return the agreements to share that end between two days and were not given again to the same recipient."""
    text = f"""
        SELECT id, household_id, recipient_kind, until, given_on, recipient_name FROM consent c
        WHERE {_OF} AND withdrawn_on IS NULL AND until BETWEEN :day AND :last AND NOT EXISTS (
            SELECT 1 FROM consent o WHERE o.household_id = c.household_id AND o.recipient_name = c.recipient_name
            AND o.withdrawn_on IS NULL AND (o.until IS NULL OR o.until > c.until))"""
    rows = _rows(connection, text, ids=json.dumps(list(ids)), day=day.isoformat(), last=last.isoformat())
    return [_dated(*row) for row in rows]


def orientations(connection: Connection, ids: Sequence[str], last: date) -> list[Dated]:
    """Return the orientations that wait for their answer, awaited up to a day, with the partner's name."""
    text = f"""
        SELECT o.id, household_id, 'orientation', answer_due_on, proposed_on, p.name
        FROM orientation o JOIN partner p ON p.id = o.partner_id
        WHERE {_OF} AND answer IS NULL AND ended_on IS NULL AND answer_due_on <= :last"""
    rows = _rows(connection, text, ids=json.dumps(list(ids)), last=last.isoformat())
    return [_dated(*row) for row in rows]


def referrals(connection: Connection, workers: Sequence[str] | None, last: date) -> list[tuple[Dated, str]]:
    """Return what is to be done of the referrals of some workers (None: of all) up to a day, and whose each is.

    Its kind is the source it comes under: somebody to reach, a decision to make or to look at again, a measure to open.
    """
    chosen = "" if workers is None else "AND r.worker_id IN (SELECT value FROM json_each(:workers))"
    text = f"""
        SELECT id, household_id, kind, due, received_on, body, worker_id FROM (
            SELECT r.id, r.household_id, r.received_on, r.body, r.worker_id,
                CASE WHEN r.decision = 'accepted' THEN '{Source.REFERRAL_OPENING}'
                    WHEN r.decision IS NULL AND d.id IS NULL AND NOT EXISTS (
                        SELECT 1 FROM referral_attempt a WHERE a.referral_id = r.id AND a.reached)
                    THEN '{Source.REFERRAL_CONTACT}' ELSE '{Source.REFERRAL_DECISION}' END AS kind,
                CASE WHEN r.decision = 'accepted' THEN r.decided_on WHEN r.decision = 'waiting_list' THEN r.review_on
                    WHEN d.id IS NULL AND NOT EXISTS (
                        SELECT 1 FROM referral_attempt a WHERE a.referral_id = r.id AND a.reached)
                    THEN r.contact_due_on ELSE r.decision_due_on END AS due
            FROM referral r JOIN household h ON h.id = r.household_id AND h.archived_on IS NULL
                LEFT JOIN referral_diagnosis d ON d.referral_id = r.id
            WHERE r.measure_id IS NULL AND r.watch_id IS NULL
                AND (r.decision IS NULL OR r.decision IN ('accepted', 'waiting_list'))
                AND (r.decision IS NOT NULL OR d.conclusion IS NULL OR d.conclusion = 'measure') {chosen})
        WHERE due <= :last"""
    rows = _rows(connection, text, workers=json.dumps(list(workers or ())), last=last.isoformat())
    return [(_dated(*row[:6]), row[6]) for row in rows]


def reports(connection: Connection, workers: Sequence[str] | None) -> list[Report]:
    """Return the entries some workers (None: all) are to read, and those they wrote that were sent back."""
    found: list[Report] = []
    for whose, other, waits, on, words in (
        ("reader_id", "asked_by", "r.decision IS NULL", "asked_on", "word"),
        (
            "asked_by",
            "reader_id",
            "r.decision = 'to_correct' AND r.closed_on IS NULL",
            "decided_on",
            "comment",
        ),
    ):
        chosen = "" if workers is None else f" AND r.{whose} IN {_WORKERS}"
        text = f"""
            SELECT r.id, r.household_id, r.entry_id, r.{whose}, r.{on}, e.kind, e.started_at, w.name, r.{words}
            FROM report_review r JOIN diary_entry e ON e.id = r.entry_id JOIN worker w ON w.id = r.{other}
                JOIN household h ON h.id = r.household_id AND h.archived_on IS NULL
            WHERE {waits}{chosen}"""
        rows = _rows(connection, text, workers=json.dumps(list(workers or ())))
        for key, household, entry, worker, day, kind, held, name, said in rows:
            found.append(
                Report(
                    key, household, entry, worker, whose == "asked_by", _day(day), kind, _day(held), name, said or ""
                )
            )  # fmt: skip
    return found


def visits_held(
    connection: Connection, ids: Sequence[str], kinds: Iterable[str], first: date, day: date
) -> int:
    """Return how many meetings of these kinds took place with some households, from `first` to `day`."""
    text = (
        f"SELECT count(*) FROM diary_entry WHERE {_OF} AND kind IN ({_texts(kinds)})"
        " AND started_at >= :first AND started_at < :end"
    )
    bound = {"first": first.isoformat(), "end": (day + timedelta(days=1)).isoformat()}
    return int(_rows(connection, text, ids=json.dumps(list(ids)), **bound)[0][0])


def _rows(connection: Connection, text: str, **bound: str) -> list[tuple[Any, ...]]:
    # The driver's own connection: the statement is text already, and its rows are plain.
    raw: Any = connection.connection.driver_connection
    return list(raw.execute(text, bound).fetchall())


def _dated(key: str, household: str, kind: str, on: str, since: str | None, words: str = "") -> Dated:
    return Dated(key, household, kind, _day(on), _maybe(since), words)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _maybe(text: str | None) -> date | None:
    return None if text is None else _day(text)
