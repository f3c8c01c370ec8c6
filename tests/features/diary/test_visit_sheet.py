"""What the visit page shows beside the text, in words."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.diary.domain.entry import Attendance
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewRoom, RoomState
from caseworker_app.features.diary.domain.visit_sheet import (
    appointment_of_day,
    blank_visit,
    budget_reminders,
    kind_of_meeting,
    present_words,
    promises_title,
    protection_sentence,
    rooms_as_last,
    rooms_seen,
    seen_words,
    sentence_at,
    split_present,
    step_words,
)
from caseworker_app.features.diary.screens.reading import read_material
from caseworker_app.storage.drafts import Drafts
from tests.features.diary import visit_scene
from tests.ground import KEY


@pytest.fixture
def material(file, who, household, tmp_path, clock):
    visit_scene.fill(file, who, household)
    with Drafts(tmp_path, KEY, clock) as drafts:
        found, draft = read_material(file, who, drafts, household)
    assert draft is None
    return found


def test_a_new_visit_begins_now_at_home_with_the_rooms_of_the_last_one(material) -> None:
    visit = blank_visit(material)
    assert visit.entry.started_at == material.now.replace(minute=material.now.minute // 5 * 5)
    assert (visit.entry.place, visit.entry.present) == ("Domicile", "Mme\u00a0Solène Marchadier")
    assert [room.room for room in visit.rooms] == ["Séjour", "Cuisine", "Salle de bains", "Chambre 1"]
    assert {room.state for room in visit.rooms} == {RoomState.NOT_SEEN}
    assert rooms_seen(visit.rooms) == ()


def test_all_is_as_last_time_leaves_alone_what_was_looked_at_today(material) -> None:
    today = (NewRoom("Séjour", RoomState.DEGRADED, "Vitre fêlée"), NewRoom("Salle de bains"))
    rooms = rooms_as_last(today, material.last)
    assert rooms[0] == today[0]
    assert rooms[1] == NewRoom(
        "Salle de bains", RoomState.WATCH, "Humidité, 30 cm", True, "Passage du plombier", "bailleur"
    )
    assert [room.room for room in rooms[2:]] == ["Cuisine", "Chambre 1"]
    assert seen_words(rooms) == "4\u00a0pièces vues sur 4"


def test_promises_goals_and_budget_are_told_in_words(material) -> None:
    assert promises_title(material) == "Promis le 27\u00a0octobre"
    assert [step_words(goal) for goal in material.open_goals] == [
        "étape\u00a02 sur 3", "étape\u00a02 sur 3", "étape\u00a01 sur 1",
    ]  # fmt: skip
    per_day, _, ratio = budget_reminders(material.budget)
    assert per_day.value.endswith("€")
    assert per_day.explanation.count("\n") >= 2
    assert ratio.value.endswith("%")


def test_a_missed_meeting_is_a_missed_visit_whatever_was_planned() -> None:
    assert kind_of_meeting(EntryKind.OFFICE, Attendance.PRESENT) is EntryKind.OFFICE
    assert kind_of_meeting(EntryKind.OFFICE, Attendance.POSTPONED) is EntryKind.MISSED_VISIT


@pytest.mark.parametrize("others", ["", "une voisine", "l’éducatrice, M. Abel"])
def test_who_was_there_is_read_back_from_its_words(others: str) -> None:
    names = ("Mme\u00a0Solène Marchadier", "Lila Marchadier")
    for there in ((), names[:1], names):
        assert split_present(present_words(there, others), names) == (there, others)


def test_the_sentence_of_the_cursor_is_the_one_it_stands_in() -> None:
    text = "Logement aéré. Attestation vue\u202f!\nLoyer payé le 5."
    assert sentence_at(text, 3) == "Logement aéré."
    assert sentence_at(text, 20) == "Attestation vue\u202f!"
    assert sentence_at(text, len(text)) == "Loyer payé le 5."
    assert sentence_at("Une seule. ", 11) == "Une seule."
    assert sentence_at("", 0) == ""


def test_the_band_of_a_protected_household_tells_the_safe_contact_only(material) -> None:
    sentence = protection_sentence(material.people)
    assert "06\u00a039" in sentence
    assert "SMS après 17 h" in sentence
    assert "Tisserands" not in sentence


def test_today_s_appointment_is_the_one_nearest_to_now(material) -> None:
    assert appointment_of_day((), material.now) is None
    assert material.day == date(2026, 11, 24)
