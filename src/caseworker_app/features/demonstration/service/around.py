"""Writing what stands around a case: partners it was sent to, bodies and their meetings, its papers, its veille."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.demonstration.domain import case_visits
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.demonstration.domain.setting import Setting
from caseworker_app.features.demonstration.service.pieces import InventedPiece, keep_piece
from caseworker_app.features.demonstration.service.watches import write_watch
from caseworker_app.features.diary import service as diary
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.meeting import NewMeeting, NewTask
from caseworker_app.features.measures.domain.part import NewPart
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import Answer, NewOrientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure, PaperKey
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.encrypted_file import EncryptedFile

Case = dict[str, Any]


def write_around(
    file: EncryptedFile, setting: Setting, told: tuple[Case, Calendar], household_id: str, measure: str | None
) -> Changes:
    """Write what a case says of others around it; `measure`: its first one, which suspensions are of."""
    changes = Changes()
    for made in _written(file, setting, *told, household_id, measure):
        changes |= made
    return changes


def _written(
    file: EncryptedFile,
    setting: Setting,
    case: Case,
    calendar: Calendar,
    household_id: str,
    measure: str | None,
) -> Iterator[Changes]:
    who = setting.who
    for each in case.get("parts", []):
        new = NewPart(
            each["body"], each["part"], calendar.day(each["starts_on"]), person=each.get("person"),
            leads=each.get("leads", False), shared=each.get("shared"),
        )  # fmt: skip
        yield measures.add_part(file, who, household_id, new)[1]
    for each in case.get("meetings", []):
        yield from _meeting(file, setting, calendar, household_id, each)
    for each in case.get("suspensions", []) if measure else []:
        first, last = calendar.day(each["from_date"]), calendar.day(each["to_date"])
        yield measures.suspend_measure(file, who, measure or "", first, last, each["reason"])[1]
    for each in case.get("orientations", []):
        yield from _orientation(file, setting, calendar, household_id, each)
    for each in case.get("procedures", []):
        yield from _procedure(file, setting, calendar, household_id, each)
    for each in case.get("to_read", []):
        yield from _to_read(file, setting, calendar, household_id, each)
    for each in case.get("pieces", []):
        piece = InventedPiece(
            each["title"], each.get("whom", ""), calendar.day(each["dated_on"]), each.get("pages", 1)
        )
        yield keep_piece(file, setting, household_id, piece)[1]
    if "watch" in case:
        yield write_watch(file, setting, calendar, household_id, case["watch"])


def _to_read(
    file: EncryptedFile, setting: Setting, calendar: Calendar, household_id: str, each: Case
) -> Iterator[Changes]:
    """Write an entry of a colleague, who asks whoever's file it is to read it."""
    by = Who(setting.workers[each["by"]], each["by"], Role.CASEWORKER)
    entry, changes = diary.add_note(file, by, case_visits.read_entry(each, calendar, household_id))
    yield changes
    yield diary.ask_report_review(file, by, entry, setting.who.worker_id, calendar.told(each["word"]))[1]


def _meeting(
    file: EncryptedFile, setting: Setting, calendar: Calendar, household_id: str, each: Case
) -> Iterator[Changes]:
    """Write a meeting of those who follow the household, with its tasks; `body`: whose part a task is, else ours."""
    who = setting.who
    new = NewMeeting(calendar.day(each["held_on"]), each["present"], each.get("place"), each.get("decided"))
    meeting, changes = measures.add_meeting(file, who, household_id, new)
    yield changes
    with file.reading() as connection:
        parts = {part.body: part.id for part in measures.parts_of(connection, who, household_id)}
    for task in each.get("tasks", []):
        done_on = calendar.day(task["done_on"]) if "done_on" in task else None
        part_id = parts[task["body"]] if "body" in task else None
        asked = NewTask(task["what"], calendar.day(task["due_on"]), part_id, done_on)
        yield measures.add_task(file, who, meeting, asked)[1]


def _procedure(
    file: EncryptedFile, setting: Setting, calendar: Calendar, household_id: str, each: Case
) -> Iterator[Changes]:
    """Begin a procedure with what was received of its papers.

    `from`: the place among the adults it is of; `pages`: a copy of so many is kept, else it was only seen.
    """
    who = setting.who
    days: dict[str, Any] = {
        name: calendar.day(each[name]) for name in ("started_on", "due_on", "filed_on") if name in each
    }
    new = NewProcedure(each["checklist"], note=each.get("note"), **days)
    begun, changes = procedures.begin_procedure(file, who, household_id, new)
    yield changes
    with file.reading() as connection:
        found = procedures.standings_of(connection, who, household_id, calendar.today)
    (of,) = (one for one in found if one.procedure.id == begun)
    for paper in each.get("received", []):
        line = [each for each in of.lines if each.key.paper == paper["paper"]][paper.get("from", 0)]
        dated_on, kept = calendar.day(paper["dated_on"]) if "dated_on" in paper else None, None
        if "pages" in paper:
            day = dated_on or calendar.day("m-30")
            piece = InventedPiece(line.paper.label, line.member, day, paper["pages"], line.paper.kind)
            kept, changes = keep_piece(file, setting, household_id, piece)
            yield changes
        yield procedures.receive_paper(file, who, begun, line.key, kept, dated_on=dated_on)[1]
    for code in each.get("not_concerned", []):
        yield procedures.set_not_concerned(file, who, begun, PaperKey(code))


def _orientation(
    file: EncryptedFile, setting: Setting, calendar: Calendar, household_id: str, each: Case
) -> Iterator[Changes]:
    who, agreed = setting.who, None
    proposed_on = calendar.day(each["proposed_on"])
    if "agreed" in each:
        body = Recipient(RecipientKind.BODY, each["partner"])
        new = NewConsent(
            household_id, body, frozenset({Topic.REQUESTED_MEASURES}), each["agreed"], proposed_on
        )
        agreed, changes = consents.give_consent(file, who, new)
        yield changes
    with file.reading() as connection:
        # A file filled twice has its partners twice: either will do.
        partner = partners.search_partners(connection, who, each["partner"], most=1)[0].id
    days: dict[str, Any] = {
        name: calendar.day(each[name])
        for name in ("meeting_on", "answer_due_on", "answered_on", "ended_on")
        if name in each
    }
    answer = Answer(each["answer"]) if "answer" in each else None
    yield orientations.propose_orientation(
        file, who, household_id,
        NewOrientation(
            partner, each["reason"], proposed_on, consent_id=agreed, answer=answer, result=each.get("result"), **days
        ),
    )[1]  # fmt: skip
