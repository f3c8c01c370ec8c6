"""What a list holds and what is to be done with each row, compared with what the file holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caseworker_app.features.housing.service import landlords
from caseworker_app.features.intake.domain.duplicates import KnownPerson
from caseworker_app.features.intake.domain.kept_decisions import read_decisions
from caseworker_app.features.intake.domain.known_dwellings import (
    DwellingFinder,
    Home,
    Neighbours,
    Spot,
    description_of,
    known_among,
    spot_of,
)
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import (
    Action,
    Decision,
    ImportPlan,
    OnDuplicate,
    analyse,
    decide,
)
from caseworker_app.features.intake.domain.run import ImportRun
from caseworker_app.features.intake.service.known_people import known_people
from caseworker_app.features.intake.service.writing import Written, new_dwelling
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.history import rows_made_by

ReadList = Callable[[Path, Iterator[KnownPerson], date], ImportPlan]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A list understood on `day`: its plan, what is decided of each row, and what is written already."""

    day: date
    plan: ImportPlan
    decisions: tuple[Decision, ...]
    written: Written


def analyse_list(
    file: EncryptedFile,
    who: Who,
    path: Path,
    run: ImportRun | None,
    duplicates: OnDuplicate,
    landlord: str | None,
    read: ReadList = analyse,
) -> Analysis:
    """Read a list and decide of each row, as `run` began it when there is one.

    `read` is `analyse`, or what runs it in another process so that a window goes on answering.
    Raises UnreadableFile, NotThisKind, NotAllowed.
    """
    day = run.day if run else today(file.clock)
    name = run.landlord if run else landlord
    made = _made_by(file, run) if run else []
    plan = read(path, _known_people(file, who, frozenset(made)), day)
    spots = dict(_spots(plan, name))
    finder, neighbours = _known_dwellings(file, who, spots, frozenset(made))
    if plan.kind is ListKind.DWELLINGS:
        plan = _with_known(plan, spots, finder, neighbours)
    decisions = _decisions(plan, run, duplicates)
    written = Written(finder, spots, name)
    if run:
        rows = [d.row for d in decisions if d.action is Action.CREATE and d.row <= run.done_row]
        # Rows and what they made both stand in the order of the list.
        written.made.update(zip(rows, made, strict=True))
    return Analysis(day, plan, decisions, written)


def _made_by(file: EncryptedFile, run: ImportRun) -> list[str]:
    with file.reading() as connection:
        return rows_made_by(connection, run.id, "dwelling" if run.kind == ListKind.DWELLINGS else "household")


def _known_people(file: EncryptedFile, who: Who, made: frozenset[str]) -> Iterator[KnownPerson]:
    # Opened when the first person is asked for: while a long list is parsed, screens go on reading.
    with file.reading() as connection:
        yield from known_people(connection, who, made)


def _decisions(plan: ImportPlan, run: ImportRun | None, duplicates: OnDuplicate) -> tuple[Decision, ...]:
    if run is None:
        return decide(plan, duplicates)
    fresh = {decision.row: decision for decision in decide(plan, run.duplicates)}
    kept = read_decisions(run.decisions, fresh)
    # A skipped row writes nothing: whom it is like is only told, and is told as it is now.
    return tuple(_told_of(d, fresh[d.row]) if d.action is Action.SKIP else d for d in kept)


def _told_of(kept: Decision, fresh: Decision) -> Decision:
    return fresh if fresh.action is kept.action else kept


def _known_dwellings(
    file: EncryptedFile, who: Who, spots: dict[int, Spot], made: frozenset[str]
) -> tuple[DwellingFinder, Neighbours]:
    """Return the dwellings of the file among which those of the list are looked for."""
    finder, neighbours = DwellingFinder(spots.values()), Neighbours()
    unsure = {spot for spot in spots.values() if not spot.sure_keys()}
    if not spots:
        return finder, neighbours
    with file.reading() as connection:
        for dwelling_id, name, dwelling in landlords.known_dwellings(connection, who):
            if dwelling_id not in made:
                spot, home = spot_of(dwelling, name or ""), Home(dwelling_id)
                finder.add(spot, home)
                if spot in unsure:
                    neighbours.add(description_of(dwelling, spot), home)
    return finder, neighbours


def _spots(plan: ImportPlan, landlord: str | None) -> Iterator[tuple[int, Spot]]:
    """Yield what tells each dwelling of the list from another, by its row."""
    of_households = (p.dwelling for p in plan.households if p.dwelling is not None)
    for proposed in plan.dwellings or of_households:
        yield proposed.row, spot_of(new_dwelling(proposed), proposed.landlord or landlord or "")


def _with_known(
    plan: ImportPlan, spots: dict[int, Spot], finder: DwellingFinder, neighbours: Neighbours
) -> ImportPlan:
    """Return the plan of a register with the dwellings that the file already holds told as duplicates."""
    described = [(proposed.row, new_dwelling(proposed), spots[proposed.row]) for proposed in plan.dwellings]
    known = known_among(described, finder, neighbours)
    rows = {duplicate.row for duplicate in known}
    left = [duplicate for duplicate in plan.duplicates if duplicate.row not in rows]
    return replace(plan, duplicates=tuple(sorted([*known, *left], key=lambda duplicate: duplicate.row)))
