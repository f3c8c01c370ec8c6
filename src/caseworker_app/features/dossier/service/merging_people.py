"""Making two members of a household one: both records side by side, then the merge itself, undone in one click."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from caseworker_app.features.dossier.domain.merging import FieldKey, MergeMember, SamePerson
from caseworker_app.features.dossier.domain.merging_people import (
    PeopleMergeProposal,
    PeopleMergeReport,
    people_refusal,
    told_beside,
    twins_among,
)
from caseworker_app.features.dossier.service.compared import (
    coming_of,
    compared_fields,
    subjects_of,
    told_aside,
)
from caseworker_app.features.dossier.service.names import Names
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile, HouseholdMember, Relation
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.row_merge import merge_rows, rows_joined
from caseworker_app.storage.unit_of_work import UnitOfWork

_MEMBER = "household_member"


def people_of(
    connection: Connection, who: Who, household_id: str
) -> tuple[tuple[MergeMember, ...], tuple[SamePerson, ...]]:
    """Return whoever lives or lived in a household, and who of them is likely there twice.

    Raises NotFound, NotAllowed.
    """
    everyone = households.open_household(connection, who, household_id).everyone
    return tuple(map(_shown, everyone)), twins_among(everyone)


def propose_people_merge(
    connection: Connection, who: Who, household_id: str, kept_id: str, absorbed_id: str, day: date
) -> PeopleMergeProposal:
    """Return two members of a household side by side. Raises NotFound, NotAllowed."""
    kept, absorbed = _pair(households.open_household(connection, who, household_id), kept_id, absorbed_id)
    refusal = people_refusal(kept, absorbed)
    if kept_id == absorbed_id:
        return PeopleMergeProposal(_shown(kept), _shown(absorbed), (), (), refusal)
    found = rows_joined(connection, _MEMBER, kept_id, absorbed_id)
    fields = compared_fields(connection, household_id, found.joined, day)
    return PeopleMergeProposal(_shown(kept), _shown(absorbed), fields, coming_of(found.moved), refusal)


def merge_people(
    file: EncryptedFile,
    who: Who,
    household_id: str,
    kept_id: str,
    absorbed_id: str,
    taken: Collection[FieldKey] = (),
) -> tuple[PeopleMergeReport, Changes]:
    """Make a member one with another of the household, whose record is removed.

    Whatever speaks of the one speaks of the other; a value that was not kept is told in the note of the household.
    `taken`: the fields whose value of the record that goes is preferred. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "merge_people") as uow:
        people = households.open_household(uow.connection, who, household_id)
        kept, absorbed = _pair(people, kept_id, absorbed_id)
        if (refusal := people_refusal(kept, absorbed)) is not None:
            raise InvalidEntry(refusal, "member")
        aside = _merge(uow, people, kept, absorbed, frozenset(taken))
        name = next(m for m in households.open_household(uow.connection, who, household_id).everyone
                    if m.id == kept_id).full_name()  # fmt: skip
        return PeopleMergeReport(kept_id, name, tuple(aside)), uow.changes


def _merge(
    uow: UnitOfWork,
    people: HouseholdFile,
    kept: HouseholdMember,
    absorbed: HouseholdMember,
    taken: frozenset[FieldKey],
) -> list[str]:
    """Merge, and return what is told in the note."""
    household_id, day = people.household.id, uow.today
    # Told before anything moves: the rows still are what the person saw.
    joined = rows_joined(uow.connection, _MEMBER, kept.id, absorbed.id).joined
    subjects = subjects_of(uow.connection, household_id, joined, day)
    marks = (f"— {kept.full_name()} —", f"— {absorbed.full_name()} (fiche réunie) —")
    done = merge_rows(uow, _MEMBER, kept.id, absorbed.id, taken=taken, marks=marks)
    names = Names(uow.connection, household_id)
    aside = [told_aside(pair, subjects, names, taken, day) for pair in done.left_out]
    aside += told_beside(kept, absorbed)
    _keep_aside(uow, people, absorbed, aside)
    reference = kept.id if absorbed.relation is Relation.REFERENCE_PERSON else None
    households.settle_members(uow, household_id, {}, reference)
    return aside


def _keep_aside(
    uow: UnitOfWork, people: HouseholdFile, absorbed: HouseholdMember, aside: Collection[str]
) -> None:
    if not aside:
        return
    told = "\n".join([f"Non retenu à la réunion de deux fiches de {absorbed.full_name()}\u00a0:", *aside])
    note = f"{people.household.note}\n\n{told}" if people.household.note else told
    uow.update(declaration_of("household").table, people.household.id, {"note": note})


def _pair(people: HouseholdFile, kept_id: str, absorbed_id: str) -> tuple[HouseholdMember, HouseholdMember]:
    by_id = {member.id: member for member in people.everyone}
    try:
        return by_id[kept_id], by_id[absorbed_id]
    except KeyError:
        raise NotFound("Une de ces personnes n’est plus dans le dossier\u00a0: relisez-le.") from None


def _shown(member: HouseholdMember) -> MergeMember:
    return MergeMember(member.id, member.full_name(), member.birth_date)
