"""What was given to read in the week: of whoever is asked, then of whoever wrote it, folded beyond a few."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.report_review import ReviewDecision
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.features.week import service
from caseworker_app.features.week.domain.due import Due, Source

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 20, 14, 0)  # noqa: DTZ001 - the hour on the office's wall


@pytest.fixture
def chief(file: Any, who: Who) -> Who:
    return Who(
        team.add_worker(file, who, "Goulven Essai", Role.SUPERVISOR)[0], "Goulven Essai", Role.SUPERVISOR
    )


def dues(file: Any, who: Who, workers: list[str] | None = None) -> list[Due]:
    with file.reading() as connection:
        read = service.read_week(connection, who, DAY, workers)
    return [due for due in read.dues if due.source in (Source.REPORT_TO_READ, Source.REPORT_SENT_BACK)]


def ask(file: Any, who: Who, chief: Who, household: str, word: str = "") -> tuple[str, str]:
    entry = diary.add_note(file, who, NewEntry(household, EntryKind.HOME_VISIT, AT, 50, observed="Calme."))[0]
    return entry, diary.ask_report_review(file, who, entry, chief.worker_id, word)[0]


def test_whoever_is_asked_finds_it_until_they_answer_then_whoever_wrote_it(
    file, who, chief, household
) -> None:
    entry, asked = ask(file, who, chief, household, "Le ton\u00a0?")
    assert dues(file, who) == []
    (due,) = dues(file, chief)
    assert (due.title, due.household) == (
        "Écrit à relire\u00a0: visite à domicile du 20\u00a0nov.",
        "Mme\u00a0Solène Marchadier",
    )
    assert due.detail == "demandé par Claire Lenoir le 24\u00a0nov.\u00a0: Le ton\u00a0?"
    assert (due.place.page, due.place.tab, due.place.subject) == ("dossier", "diary", f"entry:{entry}")
    assert (due.on, due.worker_id) == (DAY + timedelta(7), chief.worker_id)
    diary.answer_report_review(file, chief, asked, ReviewDecision.TO_CORRECT, "Qui était là\u00a0?")
    assert dues(file, chief) == []
    (back,) = dues(file, who)
    assert back.title == "Écrit à reprendre\u00a0: visite à domicile du 20\u00a0nov."
    assert back.detail == "à reprendre, dit Goulven Essai le 24\u00a0nov.\u00a0: Qui était là\u00a0?"
    again = diary.ask_report_review(file, who, entry, chief.worker_id)[0]
    assert dues(file, who) == []
    diary.answer_report_review(file, chief, again, ReviewDecision.TO_CORRECT, "L’heure\u00a0?")
    diary.put_away_report_review(file, who, again)
    assert dues(file, who) + dues(file, chief) == []


def test_what_is_accepted_is_due_to_nobody(file, who, chief, household) -> None:
    _entry, asked = ask(file, who, chief, household)
    diary.answer_report_review(file, chief, asked, ReviewDecision.ACCEPTED)
    assert dues(file, who, []) == []


def test_beyond_a_few_one_line_holds_the_others_and_empties_as_they_are_read(
    file, who, chief, household
) -> None:
    asked = [ask(file, who, chief, household) for _ in range(6)]
    found = dues(file, chief)
    assert len(found) == 4
    assert sum("autres écrits à relire" in due.title for due in found) == 1
    (rest,) = [due for due in found if "autres" in due.title]
    assert rest.title.startswith("3\u00a0autres écrits à relire, le premier\u00a0: visite à domicile")
    assert rest.place.subject == f"entry:{asked[3][0]}"
    for _entry, each in asked[:2]:
        diary.answer_report_review(file, chief, each, ReviewDecision.ACCEPTED)
    # Four left: each in a line of its own, none called « 1 autre ».
    assert [due.place.subject for due in sorted(dues(file, chief), key=lambda due: due.row_id)] == [
        f"entry:{entry}" for entry, _each in asked[2:]
    ]


def test_the_week_of_everybody_says_whose_each_is(file, who, chief, household) -> None:
    ask(file, who, chief, household)
    assert [due.worker_id for due in dues(file, who, [])] == [chief.worker_id]
    assert dues(file, who, [who.worker_id]) == []
