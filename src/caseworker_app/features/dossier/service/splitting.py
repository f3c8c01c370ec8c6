"""Parting a household: who and what leaves, then the split itself, which can be undone in one click."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from caseworker_app.features.dossier.domain.splitting import (
    Row,
    RowKey,
    SplitChoices,
    SplitProposal,
    SplitReport,
    check_reference_persons,
    cut_words,
    parts_of,
    refusal_of,
    rows_leaving,
)
from caseworker_app.features.dossier.service.compared import coming_of
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage import household_split
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.household_split import Cut
from caseworker_app.storage.unit_of_work import UnitOfWork


def propose_split(
    connection: Connection, who: Who, household_id: str, member_ids: Collection[str], day: date
) -> SplitProposal:
    """Return what stays and what leaves with some members. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    people = households.open_household(connection, who, household_id)
    refusal = refusal_of(people.everyone, member_ids)
    if refusal is not None:
        return SplitProposal((), refusal)
    rows = household_split.household_rows(connection, household_id)
    return SplitProposal(parts_of(household_split.bound_groups(rows), rows, member_ids, day), None)


def split_household(
    file: EncryptedFile, who: Who, household_id: str, choices: SplitChoices
) -> tuple[SplitReport, Changes]:
    """Let some members leave into a household of their own, with what is chosen; nothing is copied, nothing
    is lost.

    Both files are linked (« dossier séparé le … »), unless either is protected. Raises InvalidEntry,
    NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "split_household") as uow:
        people = households.open_household(uow.connection, who, household_id)
        proposal = propose_split(uow.connection, who, household_id, choices.member_ids, today(file.clock))
        if proposal.refusal is not None:
            raise InvalidEntry(proposal.refusal, "members")
        staying = check_reference_persons(choices, people.members)
        report = _split(uow, who, people, choices, rows_leaving(proposal, choices), staying)
        return report, uow.changes


def _split(
    uow: UnitOfWork,
    who: Who,
    people: HouseholdFile,
    choices: SplitChoices,
    leaving: Collection[RowKey],
    staying: str,
) -> SplitReport:
    first = people.household
    rows = household_split.household_rows(uow.connection, first.id)
    name = next(member.full_name() for member in people.everyone if member.id == choices.reference_person)
    other_id = households.open_separated(uow, first, name, protected=first.protected or choices.protect_new)
    done = household_split.split_household(uow, first.id, other_id, leaving)
    households.settle_members(uow, other_id, {}, choices.reference_person, everyone=True)
    households.settle_members(uow, first.id, {}, staying)
    if choices.new_address is not None:
        households.add_first_address(uow, other_id, choices.new_address)
    cut = tuple(sorted({_cut(each, rows, uow.today) for each in done.cuts}))
    other = households.open_household(uow.connection, who, other_id).household
    if not other.protected:
        households.add_separation(uow, first.id, other_id, _note(cut))
    return SplitReport(other_id, other.reference, other.name, coming_of(done.moved), cut)


def _cut(each: Cut, rows: Mapping[RowKey, Row], day: date) -> str:
    return cut_words(each.row[0], rows[each.row], day)


def _note(cut: tuple[str, ...]) -> str | None:
    """Return what the first file keeps of the links that were cut."""
    if not cut:
        return None
    return "\n".join(["Ne renvoie plus à une personne ou à une ligne de l’autre dossier\u00a0:", *cut])
