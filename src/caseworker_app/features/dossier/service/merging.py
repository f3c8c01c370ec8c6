"""Making two households one: both side by side, then the merge itself, which can be undone in one click."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from caseworker_app.features.dossier.domain.merging import (
    MergeChoices,
    MergeProposal,
    MergeReport,
    SamePerson,
    check_choices,
    likely_same,
    mark_of,
    points_to_review,
    refusal_of,
    side_of,
)
from caseworker_app.features.dossier.service.compared import (
    coming_of,
    compared_fields,
    subjects_of,
    told_aside,
)
from caseworker_app.features.dossier.service.names import Names
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile, Relation
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage import household_merge
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.household_merge import JoinedRows
from caseworker_app.storage.household_split import household_rows
from caseworker_app.storage.unit_of_work import UnitOfWork

Row = Mapping[str, Any]
Files = tuple[HouseholdFile, HouseholdFile]


def propose_merge(
    connection: Connection,
    who: Who,
    kept_id: str,
    absorbed_id: str,
    day: date,
    same_members: Mapping[str, str] | None = None,
) -> MergeProposal:
    """Return two households side by side; `same_members` None: whoever is likely the same person is proposed.

    Raises NotFound, InvalidEntry, NotAllowed.
    """
    who.require(Right.READ_FILES)
    kept, absorbed = files = _files(connection, who, kept_id, absorbed_id)
    sides = (side_of(kept.household, kept.everyone), side_of(absorbed.household, absorbed.everyone))
    refusal = refusal_of(kept.household, absorbed.household)
    if kept_id == absorbed_id:
        return MergeProposal(*sides, (), (), (), (), refusal)
    same = _proposed(files, same_members)
    pairs = {each.absorbed_id: each.kept_id for each in same}
    _check(MergeChoices(pairs), files)
    joined = household_merge.rows_to_join(connection, kept_id, absorbed_id, pairs)
    ours, theirs = (
        _by_table(household_rows(connection, i).items(), _gone(joined)) for i in (kept_id, absorbed_id)
    )
    return MergeProposal(
        *sides,
        same,
        compared_fields(connection, kept_id, joined, day),
        coming_of({name: len(rows) for name, rows in theirs.items()}),
        points_to_review(ours, theirs, day),
        refusal,
    )


def merge_households(
    file: EncryptedFile,
    who: Who,
    kept_id: str,
    absorbed_id: str,
    choices: MergeChoices,
    drafts: Drafts | None = None,
) -> tuple[MergeReport, Changes]:
    """Make a household one with another, which is removed; its reference and name still find it.

    Every row, text, date and change of both is kept; a value that was not is told in a note. `drafts`: what
    is being typed for the one follows into the other. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    _refuse_two_drafts(drafts, absorbed_id, kept_id)
    with file.unit_of_work(who.worker_id, "merge_households") as uow:
        files = _files(uow.connection, who, kept_id, absorbed_id)
        if (refusal := refusal_of(*(each.household for each in files))) is not None:
            raise InvalidEntry(refusal, "household")
        _check(choices, files)
        report = _merge(uow, who, files, choices, today(file.clock))
        changes = uow.changes
    if drafts is not None:
        drafts.follow(absorbed_id, kept_id)
    return report, changes


def _merge(uow: UnitOfWork, who: Who, files: Files, choices: MergeChoices, day: date) -> MergeReport:
    kept, absorbed = (each.household for each in files)
    review = propose_merge(uow.connection, who, kept.id, absorbed.id, day, choices.same_members).to_review
    # Told before anything moves: the rows still are what the person saw.
    joined = household_merge.rows_to_join(uow.connection, kept.id, absorbed.id, choices.same_members)
    subjects = subjects_of(uow.connection, kept.id, joined, day)
    done = household_merge.merge_households(
        uow,
        kept.id,
        absorbed.id,
        pairs=choices.same_members,
        taken=choices.taken,
        marks=(mark_of(kept.reference), mark_of(absorbed.reference)),
    )
    names = Names(uow.connection, kept.id)
    aside = [told_aside(pair, subjects, names, choices.taken, day) for pair in done.left_out]
    aside += _former_reference_person(files, choices)
    aside += _departures(files, choices)
    note = "\n".join(["Non retenu à la réunion des dossiers\u00a0:", *aside]) if aside else None
    households.add_former(uow, kept.id, absorbed, note)
    _settle(uow, files, choices)
    name = household_merge.rows_of(uow.connection, declaration_of("household"), kept.id)[0]["name"]
    doubles = sum(rows.table_name not in ("household", "household_member") for rows in done.joined)
    moved = coming_of(done.moved)
    return MergeReport(
        kept.id, kept.reference, absorbed.reference, name, moved, doubles, tuple(aside), review
    )


def _settle(uow: UnitOfWork, files: Files, choices: MergeChoices) -> None:
    kept, absorbed = files
    coming = {member.id for member in absorbed.everyone} - set(choices.same_members)
    relations = {member.id: member.relation for member in absorbed.everyone} | dict(choices.relations)
    former = {i: Relation.UNKNOWN if r is Relation.REFERENCE_PERSON else r for i, r in relations.items()}
    households.settle_members(uow, kept.household.id, former, kept.reference_person.id, coming)


def _former_reference_person(files: Files, choices: MergeChoices) -> list[str]:
    person = files[1].reference_person
    if person.id in choices.same_members:
        return []
    return [f"{person.full_name()} était la personne de référence."]


def _departures(files: Files, choices: MergeChoices) -> list[str]:
    """Tell of whoever had left the household that goes and is one with somebody of the other."""
    return [
        f"{person.full_name()} avait quitté le ménage le {format_date(person.left_on)}."
        for person in files[1].former_members
        if person.id in choices.same_members and person.left_on is not None
    ]


def _files(connection: Connection, who: Who, kept_id: str, absorbed_id: str) -> Files:
    return (
        households.open_household(connection, who, kept_id),
        households.open_household(connection, who, absorbed_id),
    )


def _proposed(files: Files, same_members: Mapping[str, str] | None) -> tuple[SamePerson, ...]:
    proposed = likely_same(files[0].everyone, files[1].everyone)
    if same_members is None:
        return proposed
    why = {(each.absorbed_id, each.kept_id): each.why for each in proposed}
    return tuple(SamePerson(a, k, why.get((a, k), "choisi par vous")) for a, k in same_members.items())


def _check(choices: MergeChoices, files: Files) -> None:
    check_choices(choices, *([member.id for member in each.everyone] for each in files))


def _by_table(rows: Iterable[tuple[tuple[str, str], Row]], gone: Collection[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for (table_name, row_id), row in rows:
        if row_id not in gone:
            found.setdefault(table_name, []).append(row)
    return found


def _gone(joined: list[JoinedRows]) -> frozenset[str]:
    return frozenset(rows.absorbed_row for rows in joined)


def _refuse_two_drafts(drafts: Drafts | None, absorbed_id: str, kept_id: str) -> None:
    if drafts is not None and drafts.colliding(absorbed_id, kept_id):
        raise InvalidEntry(
            "Un même écrit est en cours de saisie dans les deux dossiers\u00a0: "
            "enregistrez ou abandonnez d’abord l’un des deux brouillons.",
            "drafts",
        )
