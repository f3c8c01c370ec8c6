"""What a list holds and what is to be done with each row, compared with what the file holds."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices, read_choices
from caseworker_app.features.intake.domain.deciding import decide
from caseworker_app.features.intake.domain.decision import Action, Decision, OnDuplicate
from caseworker_app.features.intake.domain.duplicates import KnownPerson
from caseworker_app.features.intake.domain.kept_decisions import read_decisions
from caseworker_app.features.intake.domain.known_bodies import KnownBody, bodies_among, known_body
from caseworker_app.features.intake.domain.known_dwellings import (
    DwellingFinder,
    Home,
    Neighbours,
    Spot,
    description_of,
    known_among,
    spot_of,
)
from caseworker_app.features.intake.domain.list_kind import OF_BODIES, OF_HOUSEHOLDS, ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan, analyse
from caseworker_app.features.intake.domain.run import ImportRun
from caseworker_app.features.intake.domain.tracker_workers import WorkerMatch
from caseworker_app.features.intake.service.known_people import known_people
from caseworker_app.features.intake.service.tracking import match_the_workers
from caseworker_app.features.intake.service.writing import Written, new_dwelling
from caseworker_app.features.partners import service as partners
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.progress import Tell, counted, part_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.history import rows_made_by
from caseworker_app.storage.restriction import restricted_now

_TABLES = {
    **dict.fromkeys(OF_HOUSEHOLDS, "household"),
    ListKind.DWELLINGS: "dwelling",
    ListKind.PARTNERS: "partner",
    ListKind.LANDLORDS: "landlord",
}


@dataclass(frozen=True, slots=True)
class Analysis:
    """A list understood on `day`: its plan, what is decided of each row, and what is written already.

    `workers`: whom the names of a follow-up table mean.
    """

    day: date
    plan: ImportPlan
    decisions: tuple[Decision, ...]
    written: Written
    choices: Choices = NO_CHOICES
    workers: tuple[WorkerMatch, ...] = ()


def analyse_list(
    file: EncryptedFile,
    who: Who,
    path: Path,
    run: ImportRun | None,
    duplicates: OnDuplicate,
    landlord: str | None,
    choices: Choices = NO_CHOICES,
    tell: Tell | None = None,
) -> Analysis:
    """Read a list and decide of each row, as `run` began it when there is one.

    `tell` is told how far it is, and may stop it by raising. Raises UnreadableFile, NotThisKind, NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    day = run.day if run else today(file.clock)
    name = run.landlord if run else landlord
    choices = read_choices(run.choices) if run else choices
    made = _made_by(file, run) if run else []
    with closing(_known_people(file, who, frozenset(made), part_of(tell, 60, 95))) as known:
        plan = analyse(path, known, day, choices, part_of(tell, 0, 60))
    spots = dict(_spots(plan, name))
    finder, neighbours = _known_dwellings(file, who, spots, frozenset(made))
    if plan.kind is ListKind.DWELLINGS:
        plan = _with_known(plan, spots, finder, neighbours)
    if plan.kind in OF_BODIES:
        plan = replace(plan, duplicates=bodies_among(plan.bodies, _known_bodies(file, who, plan.kind, made)))
    decisions = _spared(file, _decisions(plan, run, duplicates, choices))
    written = Written(finder, spots, name)
    if run:
        rows = [d.row for d in decisions if d.action is Action.CREATE and d.row <= run.done_row]
        # Rows and what they made both stand in the order of the list.
        written.made.update(zip(rows, made, strict=True))
    return Analysis(day, plan, decisions, written, choices, match_the_workers(file, who, plan, choices))


def _made_by(file: EncryptedFile, run: ImportRun) -> list[str]:
    with file.reading() as connection:
        return rows_made_by(connection, run.id, _TABLES[ListKind(run.kind)])


def _known_bodies(file: EncryptedFile, who: Who, kind: ListKind, made: list[str]) -> list[KnownBody]:
    with file.reading() as connection:
        if kind is ListKind.PARTNERS:
            known = [known_body(partner) for partner in partners.known_partners(connection, who)]
        else:
            known = [
                KnownBody(each.id, each.name, each.siret, each.postal_code, each.city)
                for each in landlords.known_landlords(connection, who)
            ]
    return [body for body in known if body.id not in frozenset(made)]


def _known_people(
    file: EncryptedFile, who: Who, made: frozenset[str], tell: Tell | None
) -> Generator[KnownPerson, None, None]:
    # Opened when the first person is asked for: while a long list is parsed, screens go on reading.
    with file.reading() as connection:
        total = households.count_members(connection, who)
        yield from counted(known_people(connection, who, made), total, tell)


def _decisions(
    plan: ImportPlan, run: ImportRun | None, duplicates: OnDuplicate, choices: Choices
) -> tuple[Decision, ...]:
    if run is None:
        return decide(plan, duplicates, choices)
    fresh = {decision.row: decision for decision in decide(plan, run.duplicates, choices)}
    kept = read_decisions(run.decisions, fresh)
    # A skipped row writes nothing: whom it is like is only told, and is told as it is now.
    return tuple(_told_of(d, fresh[d.row]) if d.action is Action.SKIP else d for d in kept)


def _spared(file: EncryptedFile, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Leave aside the rows that would complete a household whose data may only be kept."""
    with file.reading() as connection:
        restricted = restricted_now(connection)
    return tuple(
        replace(each, action=Action.SKIP)
        if each.action is Action.MERGE and each.household_id in restricted
        else each
        for each in decisions
    )


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
