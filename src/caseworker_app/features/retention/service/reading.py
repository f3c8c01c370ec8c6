"""Which households are due, and what an erasure would take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.domain.saved import SavedFilter
from caseworker_app.features.households import service as households
from caseworker_app.features.retention import store
from caseworker_app.features.retention.domain.delays import Delays, delays_in_force, delays_of
from caseworker_app.features.retention.domain.going import Going, counted_kinds, naming
from caseworker_app.features.retention.domain.record import ErasureRecord
from caseworker_app.features.retention.domain.standing import Standing, State, standing_of
from caseworker_app.features.retention.service.citing import citing_texts
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.anonymisation import rows_that_count
from caseworker_app.storage.backups.rotation import gone_by
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.erasure import rows_of_households

# Rows shown at once: whoever has more narrows them.
SHOWN = 500


@dataclass(frozen=True, slots=True)
class RetentionQuery:
    """What is asked: a state (None: all but active), words of a name or a reference."""

    state: State | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class RetentionPage:
    """The households that fit, gravest state first then the oldest deadline; counts by state, before the query.

    `more`: how many fit besides; `planned_for`: the day from which an ending decided now may be carried out.
    """

    standings: tuple[Standing, ...]
    counts: Mapping[State, int] = field(default_factory=dict)
    more: int = 0
    planned_for: date = date.max


def households_due(connection: Connection, who: Who, query: RetentionQuery, day: date) -> RetentionPage:
    """Return the households whose time has come or comes soon, and those something is decided of, on `day`.

    Raises NotAllowed.
    """
    who.require(Right.MANAGE_RETENTION)
    delays = delays_of(delays_in_force(day, store.own_delays(connection)))
    found = [each for each in _standings(connection, delays, day) if each.state is not State.ACTIVE]
    words = fold(query.words)
    fitting = [
        each
        for each in found
        if (query.state is None or each.state is query.state)
        and words in f"{fold(each.clock.name)} {fold(each.clock.reference)}"
    ]
    order = list(State)
    fitting.sort(key=lambda each: (order.index(each.state), each.deadline))
    counts = Counter(each.state for each in found)
    return RetentionPage(
        tuple(fitting[:SHOWN]), counts, max(0, len(fitting) - SHOWN), delays.planned_for(day)
    )


def what_goes(
    connection: Connection, who: Who, household_ids: Sequence[str], day: date, drafts: Drafts | None = None
) -> Going:
    """Return what erasing some households takes, and what anonymising them would leave.

    Raises NotAllowed.
    """
    who.require(Right.MANAGE_RETENTION)
    everyone = [*household_ids, *store.former_ids(connection, household_ids)]
    rows = Counter(table for table, _ in rows_of_households(connection, everyone))
    staying: Counter[str] = Counter()
    for household_id in household_ids:
        for declared, of_table in rows_that_count(connection, household_id, day):
            staying[str(declared.table.name)] += len(of_table)
    names = store.names_of(connection, household_ids)
    saved = [each.name for each in directory.every_saved_filter(connection, who) if _names(each, names)]
    summaries = households.summaries(connection, who, household_ids)
    return Going(
        tuple(each.name for each in summaries.values()),
        counted_kinds(rows),
        counted_kinds(staying),
        0 if drafts is None else drafts.count_of(everyone),
        tuple(saved),
        gone_by(day),
        _citing(connection, who, household_ids),
    )


def erasures_made(connection: Connection, who: Who) -> list[ErasureRecord]:
    """Return the register of erasures, newest first. Raises NotAllowed."""
    who.require(Right.MANAGE_RETENTION)
    return store.register(connection)


def standings_of(
    connection: Connection, who: Who, household_ids: Sequence[str], day: date
) -> dict[str, Standing]:
    """Return where some households stand on `day`, by id. Raises NotAllowed."""
    who.require(Right.MANAGE_RETENTION)
    delays = delays_of(delays_in_force(day, store.own_delays(connection)))
    found = store.clocks(connection, day, day, household_ids)
    return {
        clock.household_id: standing_of(clock, store.choices_of(connection, clock.household_id), delays, day)
        for clock in found
    }


def _standings(connection: Connection, delays: Delays, day: date) -> list[Standing]:
    last = add_months(day, delays.notice_months - delays.active_months)
    decided = store.every_choice(connection)
    return [
        standing_of(clock, decided.get(clock.household_id, ()), delays, day)
        for clock in store.clocks(connection, day, last)
    ]


def _citing(connection: Connection, who: Who, household_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = citing_texts(connection, household_ids)
    names = households.summaries(connection, who, [each.household_id for each in found])
    return tuple(
        (names[each.household_id].name, each.excerpt) for each in found if each.household_id in names
    )


def _names(saved: SavedFilter, names: Sequence[str]) -> bool:
    return naming(f"{saved.name} {saved.content}", names)
