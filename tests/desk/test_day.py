"""A caseworker's day by keys alone: what each stage did, read back through the services, in few enough actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.office import Office, open_demonstration
from caseworker_app.features.budget.screens.reading import read_workbook
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import GoalWithSteps, StepState
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.households import service as households
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.ui_kit.dress import dress
from tests.desk.day import (
    MOST_ACTIONS,
    NEW_GOAL,
    NOTED,
    OBSERVED,
    PROBABLE,
    SAID,
    TENANTS,
    Papers,
    day,
)
from tests.desk.hands import Stage
from tests.ground import NOW

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file holds between two stages, of everybody and of the household followed."""

    households: int
    entries: tuple[DiaryEntry, ...] = ()
    goals: tuple[GoalWithSteps, ...] = ()
    amounts: tuple[int, ...] = ()
    registered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """The day once it is over."""

    before: Seen
    seen: dict[str, Seen]
    stages: dict[str, Stage]
    papers: Papers
    ticked: str
    faults: list[str]
    strays: list[str]


@pytest.fixture(scope="module")
def played(qapp_cls: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Play the day once, looking into the file after each stage."""
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", 100)
    folder: Path = tmp_path_factory.mktemp("day")
    with open_demonstration(clock=FixedClock(NOW)) as office, day(app, office, folder) as made:
        before, seen = _look(office, ""), {}
        for name in made.play():
            here = made.window.navigator.here
            followed = "" if name in ("import", "merge") or here is None else here.household
            seen[name] = _look(office, followed)
        stages = {stage.name: stage for stage in made.hands.stages}
        yield Played(before, seen, stages, Papers.of(folder), made.ticked, made.faults, made.strays.seen)


def _look(office: Office, household: str) -> Seen:
    file, who = office.file, office.who
    with file.reading() as connection:
        count = households.count_households(connection, who)
        if not household:
            return Seen(count)
        entries = tuple(diary.entries_of(connection, who, household))
        followed = tuple(goals.goals_of(connection, who, household))
        numbers = tuple(each.number for each in register_of(connection, who, household))
    book = read_workbook(file, who, household)
    lines = book.lines[book.latest] if book.latest is not None else ()
    return Seen(count, entries, followed, tuple(line.amount_cents for line in lines), numbers)


@pytest.mark.parametrize("name", MOST_ACTIONS)
def test_no_stage_takes_more_actions_than_its_design_allows(played: Played, name: str) -> None:
    assert 0 < played.stages[name].actions <= MOST_ACTIONS[name]


def test_a_landlords_list_is_imported_one_duplicate_completed_the_other_made_anew(played: Played) -> None:
    assert played.seen["import"].households == played.before.households + TENANTS - PROBABLE + 1


def test_the_file_made_twice_is_one_again(played: Played) -> None:
    assert played.seen["merge"].households == played.seen["import"].households - 1


def test_the_note_is_in_the_diary_with_its_accents(played: Played) -> None:
    assert [each.observed for each in played.seen["open"].entries].count(NOTED) == 0
    assert played.seen["note"].entries[0].observed == NOTED


def test_the_visit_is_confirmed_with_both_its_texts(played: Played) -> None:
    visit = played.seen["visit"].entries[0]
    assert (visit.observed, visit.said) == (OBSERVED, SAID)
    assert len(played.seen["visit"].entries) == len(played.seen["note"].entries) + 1


def test_a_step_is_done_and_a_goal_added(played: Played) -> None:
    steps = {step.id: step.state for goal in played.seen["visit"].goals for step in goal.steps}
    done = {step.id: step.state for goal in played.seen["goals"].goals for step in goal.steps}
    assert steps[played.ticked] is StepState.TO_DO
    assert done[played.ticked] is StepState.DONE
    assert NEW_GOAL in [each.goal.title for each in played.seen["goals"].goals]


def test_two_cells_of_the_budget_are_typed(played: Played) -> None:
    before, after = played.seen["goals"].amounts, played.seen["budget"].amounts
    assert not {64130, 7200} & set(before)
    assert {64130, 7200} <= set(after)


def test_the_review_is_registered_and_its_pdf_bears_its_number(played: Played) -> None:
    new = set(played.seen["review"].registered) - set(played.seen["budget"].registered)
    assert len(new) == 1
    text = "".join(page.extract_text() for page in pypdf.PdfReader(played.papers.review).pages)
    assert new.pop() in text


def test_the_file_is_on_paper(played: Played) -> None:
    pages = pypdf.PdfReader(played.papers.printed).pages
    assert len(pages) > 1
    assert all(page.images for page in pages)


def test_one_change_is_taken_back_and_nothing_else(played: Played) -> None:
    amounts = set(played.seen["undo"].amounts)
    assert 64130 in amounts
    assert 7200 not in amounts
    assert played.seen["undo"].entries == played.seen["print"].entries


def test_nothing_was_refused_nothing_failed(played: Played) -> None:
    assert played.faults == []


def test_no_part_of_a_page_shows_as_a_window_of_its_own(played: Played) -> None:
    assert played.strays == []
