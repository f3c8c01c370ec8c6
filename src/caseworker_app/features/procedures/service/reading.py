"""Reading the procedures of households, how their papers stand, and the lists they are asked by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile, is_adult
from caseworker_app.features.procedures import store
from caseworker_app.features.procedures.domain.checklist import Checklists
from caseworker_app.features.procedures.domain.missing import MissingPapers, missing_papers
from caseworker_app.features.procedures.domain.procedure import PaperNote, Procedure
from caseworker_app.features.procedures.domain.shown import ProceduresPage
from caseworker_app.features.procedures.domain.standing import Adults, Standing, standing, with_proposals
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection


def procedures_page(connection: Connection, who: Who, household_id: str, day: date) -> ProceduresPage:
    """Return what the tab of a household shows on a day. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    people = households.open_household(connection, who, household_id)
    adults, notes = adults_of(people, day), store.notes_of(connection, household_id)
    kept = attachments.attachments_of(connection, who, household_id)
    found = [
        with_proposals(each, kept, notes, adults, day) for each in _standings(connection, people, notes, day)
    ]
    lists = store.checklists(connection).on(day)
    return ProceduresPage(household_id, tuple(found), {each.id: each for each in kept}, tuple(lists))


def standings_of(connection: Connection, who: Who, household_id: str, day: date) -> list[Standing]:
    """Return the procedures of a household with their lines: those open first. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    people = households.open_household(connection, who, household_id)
    return _standings(connection, people, store.notes_of(connection, household_id), day)


def procedures_of(connection: Connection, who: Who, household_id: str) -> list[Procedure]:
    """Return the procedures of a household, without their papers: those open first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.procedures_of(connection, household_id)


def open_standings(connection: Connection, who: Who, ids: Sequence[str], day: date) -> list[Standing]:
    """Return the open procedures of some households, for « Ma semaine ». Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return [
        each
        for household_id in store.households_with_open(connection, ids)
        for each in standings_of(connection, who, household_id, day)
        if each.procedure.open
    ]


def papers_to_bring(
    connection: Connection, who: Who, household_id: str, head: PaperHead, procedure_id: str = ""
) -> MissingPapers:
    """Return what the open procedures of a household lack, or one of them.

    Raises InvalidEntry where nothing is missing, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = standings_of(connection, who, household_id, head.day)
    return missing_papers(head, [each for each in found if procedure_id in ("", each.procedure.id)])


def checklists(connection: Connection, who: Who) -> Checklists:
    """Return every version of the lists. For whoever reads files or manages the office. Raises NotAllowed."""
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.READ_FILES)
    return store.checklists(connection)


def adults_of(people: HouseholdFile, day: date) -> Adults:
    """Return the adults who live in a household on a day, in its order; somebody without a birth date is one."""
    return [
        (each.id, each.full_name())
        for each in people.members
        if is_adult(each.relation, each.birth_date, day)
    ]


def standing_of(
    connection: Connection, people: HouseholdFile, procedure: Procedure, notes: Sequence[PaperNote], day: date
) -> Standing:
    """Return one procedure of a household already read, with its lines."""
    mine = [each for each in notes if each.procedure_id == procedure.id]
    names = {each.id: each.full_name() for each in people.everyone}
    lists = store.checklists(connection)
    return standing(procedure, lists, mine, adults_of(people, procedure.judged_on(day)), names, day)


def _standings(
    connection: Connection, people: HouseholdFile, notes: Sequence[PaperNote], day: date
) -> list[Standing]:
    known = store.procedures_of(connection, people.household.id)
    return [standing_of(connection, people, each, notes, day) for each in known]
