"""Tables of the measures room and the only SQL on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Boolean, Connection, Date, Integer, Text, bindparam, func, or_, select

from caseworker_app.features.measures.domain.grant import GrantAction, GrantSpending
from caseworker_app.features.measures.domain.measure import (
    Agreement,
    Relay,
    Renewal,
    SupportMeasure,
    Suspension,
)
from caseworker_app.features.measures.domain.meeting import FollowMeeting, MeetingTask
from caseworker_app.features.measures.domain.part import Part
from caseworker_app.features.measures.domain.places import MeasureLine
from caseworker_app.features.measures.domain.reserved import ReservedDwelling
from caseworker_app.features.measures.domain.terms import AgreementRule
from caseworker_app.storage.declarations import Counted, Merge, OnAnonymisation, SearchKind, declare, field
from caseworker_app.storage.kept_apart import of_listed_households
from caseworker_app.storage.rows import Mapper

agreement = declare(
    "agreement",
    field("name", Text, required=True),
    field("landlord_id", Text, references="landlord"),
    field("funder", Text),
    field("starts_on", Date, required=True),
    field("ends_on", Date),
    field("quota_new", Integer),
    field("quota_existing", Integer),
    field("grant_cents", Integer),
    # Of the referrals made under it.
    field("contact_days", Integer),
    field("decision_days", Integer),
    field("call_for_projects", Text),
    household=None,
)

agreement_rule = declare(
    "agreement_rule",
    field("agreement_id", Text, required=True, references="agreement"),
    field("starts_on", Date, required=True),
    field("ends_on", Date),
    field("first_months", Integer),
    field("longest_months", Integer),
    field("renewals", Integer),
    field("renewal_months", Integer),
    field("visit_days", Integer),
    field("exit_reasons", Text),
    field("indicators", Text),
    household=None,
    indexes=("agreement_id",),
)

reserved_dwelling = declare(
    "reserved_dwelling",
    field("agreement_id", Text, required=True, references="agreement"),
    field("dwelling_id", Text, required=True, references="dwelling"),
    field("starts_on", Date, required=True),
    field("ends_on", Date),
    household=None,
    indexes=("agreement_id",),
)

measure = declare(
    "support_measure",
    field("kind_code", Text, required=True, counted=Counted.CODE),
    field("kind_label", Text, required=True, counted=Counted.CODE),
    field("agreement_id", Text, references="agreement"),
    field("prescriber", Text, identifying=True),
    field("lead_worker_id", Text, required=True, references="worker"),
    field("intensity", Text, required=True, counted=Counted.CODE),
    field("visits_per_month", Integer, required=True),
    field("starts_on", Date, required=True),
    field("planned_end_on", Date),
    field("ended_on", Date),
    field("exit_reason_code", Text, counted=Counted.CODE),
    field("exit_reason_label", Text, counted=Counted.CODE),
    field("destination", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("lead_worker_id",),
)

renewal = declare(
    "measure_renewal",
    field("measure_id", Text, required=True, merge=Merge.APPEND_ONLY, references="support_measure"),
    field("decided_on", Date, required=True, merge=Merge.APPEND_ONLY),
    field("from_date", Date, required=True, merge=Merge.APPEND_ONLY),
    field("to_date", Date, required=True, merge=Merge.APPEND_ONLY),
    field("reason", Text, merge=Merge.APPEND_ONLY, internal=True, identifying=True),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
)

grant_action = declare(
    "grant_action",
    field("agreement_id", Text, required=True, references="agreement"),
    field("label", Text, required=True),
    field("planned_cents", Integer, required=True),
    household=None,
)

grant_spending = declare(
    "grant_spending",
    field("action_id", Text, required=True, references="grant_action"),
    field("spent_on", Date, required=True),
    field("spent_cents", Integer, required=True),
    field("what", Text, required=True),
    household=None,
)

suspension = declare(
    "measure_suspension",
    field("measure_id", Text, required=True, references="support_measure"),
    field("from_date", Date, required=True),
    field("to_date", Date),
    field("reason", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    household="household_id",
)

relay = declare(
    "measure_relay",
    field("measure_id", Text, required=True, references="support_measure"),
    field("from_date", Date, required=True),
    field("worker_id", Text, required=True, references="worker"),
    field("before_id", Text, required=True, references="worker"),
    household="household_id",
    indexes=("worker_id",),
)

part = declare(
    "follow_part",
    field("body", Text, required=True, identifying=True),
    field("partner_id", Text, references="partner"),
    field("part", Text, required=True, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    field("person", Text, identifying=True),
    field("leads", Boolean, required=True),
    field("starts_on", Date, required=True),
    field("ends_on", Date),
    field("shared", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    household="household_id",
    indexes=("partner_id",),
)

follow_meeting = declare(
    "follow_meeting",
    field("held_on", Date, required=True),
    field("place", Text, identifying=True),
    field("present", Text, required=True, internal=True, identifying=True, third_person=True),
    field("decided", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
)

meeting_task = declare(
    "meeting_task",
    field("meeting_id", Text, required=True, references="follow_meeting"),
    field("part_id", Text, references="follow_part"),
    field("what", Text, required=True, internal=True, identifying=True),
    field("due_on", Date, required=True),
    field("done_on", Date),
    household="household_id",
    indexes=("meeting_id",),
)

agreements = Mapper(agreement, Agreement)
measures = Mapper(measure, SupportMeasure)
renewals = Mapper(renewal, Renewal)
actions = Mapper(grant_action, GrantAction)
spendings = Mapper(grant_spending, GrantSpending)
suspensions = Mapper(suspension, Suspension)
parts = Mapper(part, Part)
rules = Mapper(agreement_rule, AgreementRule)
reserved = Mapper(reserved_dwelling, ReservedDwelling)
relays = Mapper(relay, Relay)
follow_meetings = Mapper(follow_meeting, FollowMeeting)
meeting_tasks = Mapper(meeting_task, MeetingTask)

_own_agreements = select(measure.c.agreement_id).where(measure.c.household_id == bindparam("household_id"))
_MEASURES = measures.lookup("household_id", order_by=(measure.c.starts_on, measure.c.id))
_RENEWALS = renewals.lookup("household_id", order_by=(renewal.c.from_date, renewal.c.id))
_SUSPENSIONS = suspensions.lookup("household_id", order_by=(suspension.c.from_date, suspension.c.id))
_PARTS = parts.lookup("household_id", order_by=(part.c.starts_on, part.c.id))
_MEETINGS = follow_meetings.lookup("household_id", order_by=(follow_meeting.c.held_on, follow_meeting.c.id))
_TASKS = meeting_tasks.lookup("household_id", order_by=(meeting_task.c.due_on, meeting_task.c.id))
_RELAYS = relays.lookup("household_id", order_by=(relay.c.from_date, relay.c.id))
_AGREEMENTS = agreements.lookup("household_id", where=(agreement.c.id.in_(_own_agreements),))

_IDS_AT_ONCE = 500


def measures_of(connection: Connection, household_id: str) -> list[SupportMeasure]:
    """Return the measures of a household, in the order they were opened."""
    return _MEASURES(connection, household_id)


def measures_of_many(connection: Connection, household_ids: Iterable[str]) -> dict[str, list[SupportMeasure]]:
    """Return the measures of several households, by household."""
    found: dict[str, list[SupportMeasure]] = {}
    ids = list(dict.fromkeys(household_ids))
    for start in range(0, len(ids), _IDS_AT_ONCE):
        for value in measures.all(connection, measure.c.household_id.in_(ids[start : start + _IDS_AT_ONCE])):
            found.setdefault(value.household_id, []).append(value)
    return found


def renewals_of(connection: Connection, household_id: str) -> list[Renewal]:
    """Return the renewals of a household's measures, oldest first."""
    return _RENEWALS(connection, household_id)


def suspensions_of(connection: Connection, household_id: str) -> list[Suspension]:
    """Return the suspensions of a household's measures, oldest first."""
    return _SUSPENSIONS(connection, household_id)


def suspensions_of_measure(connection: Connection, household_id: str, measure_id: str) -> list[Suspension]:
    """Return the suspensions of one measure, oldest first."""
    return [each for each in _SUSPENSIONS(connection, household_id) if each.measure_id == measure_id]


def actions_of(connection: Connection, agreement_id: str) -> list[GrantAction]:
    """Return the actions of a grant, in the order they were planned."""
    return actions.all(connection, grant_action.c.agreement_id == agreement_id, order_by=(grant_action.c.id,))


def spendings_of(connection: Connection, action_ids: list[str]) -> list[GrantSpending]:
    """Return what was spent on some actions, the oldest first."""
    c = grant_spending.c
    return spendings.all(connection, c.action_id.in_(action_ids), order_by=(c.spent_on, c.id))


def parts_of(connection: Connection, household_id: str) -> list[Part]:
    """Return what other bodies do with a household, in the order they began."""
    return _PARTS(connection, household_id)


def meetings_of(connection: Connection, household_id: str) -> list[FollowMeeting]:
    """Return the meetings of those who follow a household, oldest first."""
    return _MEETINGS(connection, household_id)


def tasks_of(connection: Connection, household_id: str) -> list[MeetingTask]:
    """Return what was decided at the meetings about a household, by the day it is due."""
    return _TASKS(connection, household_id)


def relays_of(connection: Connection, household_id: str) -> list[Relay]:
    """Return when a household's measures were handed over, or will be, oldest first."""
    return _RELAYS(connection, household_id)


def relays_of_measure(connection: Connection, household_id: str, measure_id: str) -> list[Relay]:
    """Return when one measure was handed over, or will be, oldest first."""
    return [each for each in _RELAYS(connection, household_id) if each.measure_id == measure_id]


def relays_taken(connection: Connection, day: date) -> list[Relay]:
    """Return the relays of a day or before whose measure still bears another worker, oldest first.

    Not those that a measure ended before.
    """
    c, ended_on = relay.c, measure.c.ended_on
    query = select(c.id).join(measure, measure.c.id == c.measure_id)
    late = query.where(c.from_date <= day, c.worker_id != measure.c.lead_worker_id)
    late = late.where(ended_on.is_(None) | (ended_on >= c.from_date))
    return relays.all(connection, c.id.in_(late), order_by=(c.from_date, c.id))


def rules_of(connection: Connection, agreement_id: str) -> list[AgreementRule]:
    """Return the rules of an agreement, oldest first."""
    c = agreement_rule.c
    return rules.all(connection, c.agreement_id == agreement_id, order_by=(c.starts_on, c.id))


def all_rules(connection: Connection) -> dict[str, list[AgreementRule]]:
    """Return the rules of every agreement, oldest first, by agreement."""
    found: dict[str, list[AgreementRule]] = {}
    for each in rules.all(connection, order_by=(agreement_rule.c.starts_on, agreement_rule.c.id)):
        found.setdefault(each.agreement_id, []).append(each)
    return found


def reserved_under(connection: Connection, agreement_id: str) -> list[ReservedDwelling]:
    """Return the dwellings an agreement reserves, in the order they were."""
    c = reserved_dwelling.c
    return reserved.all(connection, c.agreement_id == agreement_id, order_by=(c.starts_on, c.id))


def reserved_by_others(connection: Connection, agreement_id: str, dwelling_id: str) -> list[ReservedDwelling]:
    """Return when other agreements reserve a dwelling."""
    c = reserved_dwelling.c
    return reserved.all(
        connection, c.agreement_id != agreement_id, c.dwelling_id == dwelling_id, order_by=(c.starts_on, c.id)
    )


def measures_under(connection: Connection, agreement_id: str) -> list[SupportMeasure]:
    """Return the measures under an agreement, in the order they started."""
    c = measure.c
    return measures.all(connection, c.agreement_id == agreement_id, order_by=(c.starts_on, c.id))


def renewals_decided(connection: Connection, agreement_id: str) -> list[date]:
    """Return the day each renewal of the measures under an agreement was decided on."""
    query = select(renewal.c.decided_on).join(measure, measure.c.id == renewal.c.measure_id)
    return list(connection.execute(query.where(measure.c.agreement_id == agreement_id)).scalars())


def relays_under(connection: Connection, agreement_id: str) -> list[date]:
    """Return the day each relay of the measures under an agreement takes effect, oldest first."""
    c = relay.c
    query = select(c.from_date).join(measure, measure.c.id == c.measure_id)
    rows = connection.execute(query.where(measure.c.agreement_id == agreement_id).order_by(c.from_date))
    return list(rows.scalars())


def agreements_of(connection: Connection, household_id: str) -> dict[str, Agreement]:
    """Return the agreements a household's measures are under, by id."""
    return {value.id: value for value in _AGREEMENTS(connection, household_id)}


def all_agreements(connection: Connection) -> list[Agreement]:
    """Return every agreement, the latest first."""
    return agreements.all(connection, order_by=(agreement.c.starts_on.desc(), agreement.c.id.desc()))


def measures_ending(connection: Connection, worker_id: str, day: date, last: date) -> list[SupportMeasure]:
    """Return a worker's measures running on `day` whose planned end is by `last`, soonest first."""
    c = measure.c
    running = or_(c.ended_on.is_(None), c.ended_on >= day)
    conditions = (
        of_listed_households(c.household_id),
        c.lead_worker_id == worker_id,
        running,
        c.starts_on <= day,
        c.planned_end_on <= last,
    )
    return measures.all(connection, *conditions, order_by=(c.planned_end_on, c.id))


def measure_lines(connection: Connection) -> list[MeasureLine]:
    """Return every measure of the households that have one under an agreement."""
    c = measure.c
    households = select(c.household_id).where(c.agreement_id.is_not(None))
    query = select(c.household_id, c.agreement_id, c.starts_on, c.ended_on)
    return [MeasureLine(*row) for row in connection.execute(query.where(c.household_id.in_(households)))]


def starts_under(connection: Connection, agreement_id: str) -> list[date]:
    """Return the days on which the measures under an agreement start."""
    query = select(measure.c.starts_on).where(measure.c.agreement_id == agreement_id)
    return list(connection.execute(query).scalars())


def ends_under(connection: Connection, agreement_id: str) -> list[date | None]:
    """Return the last day of each measure under an agreement, planned where it still runs; None without a term."""
    ends = func.coalesce(measure.c.ended_on, measure.c.planned_end_on)
    return list(connection.execute(select(ends).where(measure.c.agreement_id == agreement_id)).scalars())
