"""Meetings of those who follow a household: written, corrected, and what was decided comes up in « Ma semaine »."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.measures.domain.meeting import NewMeeting, NewTask, meeting_words, task_words
from caseworker_app.features.measures.domain.part import NewPart
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures
from caseworker_app.features.week.domain.due import Due, Source
from caseworker_app.features.week.service import read_week
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.measures.test_agreements import plain

TODAY = date(2026, 11, 24)
HELD = date(2026, 11, 10)
NEW = NewMeeting(HELD, " PMI, CCAS, Mme Essai ", "mairie", "Un relais à l’école")


@pytest.fixture
def meeting(file: Any, who: Any, household: str) -> str:
    service.open_measure(file, who, NewMeasure(household, "asll", date(2026, 6, 1)))
    return service.add_meeting(file, who, household, NEW)[0]


def shown(file: Any, who: Any, household: str) -> ShownMeasures:
    with file.reading() as connection:
        return service.open_tab(connection, who, household, TODAY)


def dues(file: Any, who: Any) -> list[Due]:
    with file.reading() as connection:
        found = read_week(connection, who, TODAY).dues
    return [each for each in found if each.source is Source.MEETING_TASK]


def test_a_meeting_is_kept_without_needless_spaces_and_corrected(
    file: Any, who: Any, household: str, meeting: str
) -> None:
    held = shown(file, who, household).meetings[0]
    assert (held.present, held.place) == ("PMI, CCAS, Mme Essai", "mairie")
    service.change_meeting(file, who, meeting, replace(NEW, present="PMI"), held.version)
    assert shown(file, who, household).meetings[0].present == "PMI"


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"present": " "}, "present"), ({"held_on": date(2026, 12, 1)}, "held_on"),
     ({"held_on": date(1926, 1, 1)}, "held_on"), ({"decided": "x" * 5000}, "decided")],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(
    file: Any, who: Any, household: str, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidEntry) as caught:
        service.add_meeting(file, who, household, replace(NEW, **changed))
    assert caught.value.field == field


def test_ours_comes_up_before_its_day_and_a_partners_once_it_is_late(
    file: Any, who: Any, household: str, meeting: str
) -> None:
    part, _ = service.add_part(file, who, household, NewPart("PMI de Lys", "parentalité", HELD))
    service.add_task(file, who, meeting, NewTask("Écrire à l’école", date(2026, 12, 1)))
    service.add_task(file, who, meeting, NewTask("Proposer une place", date(2026, 12, 2), part))
    assert [each.title for each in dues(file, who)] == ["Écrire à l’école"]
    service.add_task(file, who, meeting, NewTask("Appeler la crèche", date(2026, 11, 20), part))
    late, coming = dues(file, who)
    assert (late.title, coming.title) == ("Appeler la crèche", "Écrire à l’école")
    assert "PMI de Lys" in late.detail
    held = shown(file, who, household)
    done = next(each for each in held.tasks if each.what == "Écrire à l’école")
    service.change_task(file, who, done.id, NewTask(done.what, done.due_on, None, TODAY), done.version)
    assert [each.title for each in dues(file, who)] == ["Appeler la crèche"]
    after = shown(file, who, household)
    assert plain(meeting_words(after.meetings[0], after.tasks)[1]).startswith("2 décisions à suivre")
    told = next(each for each in after.tasks if each.done_on is not None)
    assert plain(task_words(told, after.parts)[1]) == "notre association · fait le 24/11/2026"


def test_a_task_is_of_its_meeting_and_of_somebody_who_follows_the_household(
    file: Any, who: Any, household: str, meeting: str
) -> None:
    elsewhere, _ = households.create_household(file, who, NewHousehold((NewMember("Essai", "Zoé"),)))
    other, _ = service.add_part(file, who, elsewhere, NewPart("PMI", "parentalité", HELD))
    for new, field in (
        (NewTask("", date(2026, 12, 1)), "what"),
        (NewTask("Appeler", date(2026, 11, 1)), "due_on"),
        (NewTask("Appeler", date(2036, 11, 1)), "due_on"),
        (NewTask("Appeler", date(2026, 12, 1), None, date(2026, 11, 30)), "done_on"),
        (NewTask("Appeler", date(2026, 12, 1), other), "part_id"),
    ):
        with pytest.raises(InvalidEntry) as caught:
            service.add_task(file, who, meeting, new)
        assert caught.value.field == field
    assert shown(file, who, household).tasks == ()
