"""Reading measures: those of a household, of a list, those that end; and what the tab shows."""

from __future__ import annotations

from datetime import date, timedelta

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.measure import MeasureFile, SupportMeasure, running_first
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures
from caseworker_app.features.measures.service.tables import list_kinds
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.team.service import list_workers
from caseworker_app.storage.connection import Connection


def measures_of(connection: Connection, who: Who, household_id: str, day: date) -> list[MeasureFile]:
    """Return the measures of a household with all that became of each, those running on `day` first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    measures = running_first(store.measures_of(connection, household_id), day)
    if not measures:
        return []
    renewals = store.renewals_of(connection, household_id)
    agreements = store.agreements_of(connection, household_id)
    suspensions = store.suspensions_of(connection, household_id)
    relays = store.relays_of(connection, household_id)
    return [
        MeasureFile(
            m,
            tuple(r for r in renewals if r.measure_id == m.id),
            agreements.get(m.agreement_id or ""),
            tuple(s for s in suspensions if s.measure_id == m.id),
            tuple(r for r in relays if r.measure_id == m.id),
        )
        for m in measures
    ]


def measures_of_households(
    connection: Connection, who: Who, household_ids: list[str], day: date
) -> dict[str, list[SupportMeasure]]:
    """Return the measures of the households of a page of a list, those running on `day` first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = store.measures_of_many(connection, household_ids)
    return {household_id: running_first(measures, day) for household_id, measures in found.items()}


def measures_ending(connection: Connection, who: Who, day: date, within: int = 60) -> list[SupportMeasure]:
    """Return the measures `who` leads that reach their planned end within so many days, or have passed it.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    return store.measures_ending(connection, who.worker_id, day, day + timedelta(days=within))


def open_tab(connection: Connection, who: Who, household_id: str, day: date) -> ShownMeasures:
    """Return what the tab of a household shows: its measures, those running on `day` first. Raises NotAllowed."""
    files = measures_of(connection, who, household_id, day)
    kinds = {}
    for each in files:
        of_day = {kind.code: kind for kind in list_kinds(each.measure.starts_on)}
        if (kind := of_day.get(each.measure.kind_code)) is not None:
            kinds[each.measure.id] = kind
    return ShownMeasures(
        household_id,
        day,
        tuple(files),
        kinds,
        tuple(list_workers(connection, who)),
        tuple(store.all_agreements(connection)),
        tuple(store.parts_of(connection, household_id)),
        tuple(store.meetings_of(connection, household_id)),
        tuple(store.tasks_of(connection, household_id)),
        {key: tuple(rules) for key, rules in store.all_rules(connection).items()},
    )
