"""The palette on a real file: whoever, wherever, whatever one may do; mistyped, from anywhere."""

from __future__ import annotations

import pytest

from caseworker_app.bootstrap.palette import (
    DOCUMENTS,
    DWELLING_COMMAND,
    Around,
    answer,
    households_named,
)
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.handover.domain.kinds import DOCUMENT_KINDS
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.lease import NewLease
from caseworker_app.features.housing.service import landlords, leases
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.shell.palette_found import Found, Group, Query
from caseworker_app.ui_kit.page import Route
from tests.ground import NOW

TABS = (("overview", "Vue d’ensemble"), ("composition", "Composition"), ("housing", "Logement"))


def found(file, who, words: str, here: Route | None = None, **more: object) -> list[Found]:
    """Return what is shown in the end: after a second look where the first found little."""
    query, around = Query(words, **more), Around(here, TABS)  # type: ignore[arg-type]
    first = answer(file, who, query, around)
    return answer(file, who, query, around, tolerant=True).found if first.little else first.found


@pytest.mark.parametrize(
    "words",
    ["marchadier", "MARCHADIER", "solene", "sol\u00e8ne march", "06 39 98 12 47", "+33 6 39 98 12 47", "0033639981247",
     "06.39.98"],
)  # fmt: skip
def test_a_household_is_found_however_it_is_typed(file, who, household, words) -> None:
    first = found(file, who, words)[0]
    assert first.group is Group.HOUSEHOLDS
    assert first.route == Route("dossier", household)
    assert "Marchadier" in first.title


@pytest.mark.parametrize(
    "words", ["marchadeir", "marchdier", "mrchadier", "marchadierr", "amrchadier", "mar chadier"]
)
def test_a_slip_of_the_finger_is_forgiven_and_said(file, who, household, words) -> None:
    first = found(file, who, words)[0]
    assert first.group is Group.CLOSE
    assert first.route == Route("dossier", household)
    assert "marchadier" in first.sought


@pytest.mark.parametrize("words", ["zzzzzz", "0639980000", "marx", "ma"])
def test_what_is_too_far_is_not_guessed(file, who, household, words) -> None:
    assert not [each for each in found(file, who, words) if each.group is Group.CLOSE]


def test_a_child_is_found_by_name_with_its_household(file, who, household) -> None:
    first = found(file, who, "lila")[0]
    assert (first.group, first.title) == (Group.PEOPLE, "Lila Marchadier")
    assert first.detail == "9\u00a0ans · Mme\u00a0Solène Marchadier"
    assert first.route is not None
    assert (first.route.household, first.route.tab) == (household, "composition")


@pytest.mark.parametrize("words", ["tisserands", "rue des tisser", "roubaix", "59100"])
def test_a_dwelling_is_found_by_its_address(file, who, household, words) -> None:
    first = found(file, who, words)[0]
    assert first.group is Group.DWELLINGS
    assert first.title.startswith("14 rue des Tisserands")
    assert first.route == Route("dossier", household, tab="housing")


def test_where_a_protected_household_lives_is_not_shown(file, who, household) -> None:
    households.set_protected(file, who, household, protected=True)
    for words in ("tisserands", "06 39 98 12 47", "tiserands"):
        for each in found(file, who, words):
            assert "Tisserands" not in each.title + each.detail
            assert "12" not in each.title + each.detail.replace("2026", "")


def test_a_dwelling_where_nobody_lives_is_found_before_those_of_households(file, who, household) -> None:
    new = NewDwelling(street="2 rue des Tisserands", city="Roubaix", typology="T2")
    home, _ = landlords.add_dwelling(file, who, new)
    first, second = found(file, who, "tisserands")[:2]
    assert (first.group, first.title, first.detail) == (
        Group.DWELLINGS, "2 rue des Tisserands, Roubaix", "Libre · T2",
    )  # fmt: skip
    assert (first.command, first.route) == (f"{DWELLING_COMMAND}{home}", None)
    assert second.route == Route("dossier", household, tab="housing")


def test_a_dwelling_lived_in_leads_to_who_lives_there(file, who, household) -> None:
    home, _ = landlords.add_dwelling(file, who, NewDwelling(street="2 quai Neuf", city="Hem"))
    leases.add_lease(file, who, NewLease(household, home))
    first = found(file, who, "quai neuf")[0]
    assert (first.group, first.detail) == (Group.DWELLINGS, "Occupé")
    assert first.route == Route("dossier", household, tab="housing")


def test_words_of_the_diary_come_after_names(file, who, household) -> None:
    entry = NewEntry(household, EntryKind.CALL, NOW.replace(tzinfo=None), observed="Chaudière en panne.")
    diary.add_note(file, who, entry)
    (first,) = found(file, who, "chaudiere")
    assert first.group is Group.TEXTS
    assert "Chaudière" in first.detail


def test_every_kind_of_document_is_prepared_for_the_household_stood_on(file, who, household) -> None:
    assert len(DOCUMENTS) == len(DOCUMENT_KINDS)
    for each in DOCUMENTS:
        (line,) = [
            one for one in found(file, who, each.title, Route("dossier", household)) if one.key == each.key
        ]
        assert line.detail == "pour Mme\u00a0Solène Marchadier"
        assert line.household
    assert "choisissez" in found(file, who, "bilan")[0].detail


def test_pages_of_the_dossier_are_found_by_their_words(file, who, household) -> None:
    lines = found(file, who, "composition", Route("dossier", household))
    assert lines[0].of(household) == Route("dossier", household, tab="composition")


def test_choosing_a_household_shows_nothing_else(file, who, household) -> None:
    assert {each.group for each in found(file, who, "mar", choosing=True)} == {Group.HOUSEHOLDS}
    assert found(file, who, "", choosing=True, recent=(household,))[0].route == Route("dossier", household)


def test_before_anything_is_typed_recent_households_and_usual_actions_come(file, who, household) -> None:
    lines = found(file, who, "", recent=("gone", household))
    assert lines[0].group is Group.RECENT
    assert lines[0].title == "Mme\u00a0Solène Marchadier"
    assert {each.command for each in lines[1:]} >= {"note", "new-household"}


def test_the_quick_note_finds_households_the_same_way(file, who, household) -> None:
    assert [each.id for each in households_named(file, who, "marchadier")] == [household]
    assert [each.id for each in households_named(file, who, "marchadeir")] == [household]


def test_the_first_look_is_exact_and_says_when_a_second_is_worth_it(file, who, household) -> None:
    around = Around(None, TABS)
    exact = answer(file, who, Query("marchadeir"), around)
    assert exact.little
    assert not [each for each in exact.found if each.group is Group.CLOSE]
    assert not answer(file, who, Query("mar"), around).little
    assert not answer(file, who, Query(""), around).little
    assert not answer(file, who, Query("marchadeir"), around, tolerant=True).little


def test_somebody_who_only_reads_figures_is_offered_the_actions(file, household) -> None:
    somebody = Who("x", "Camille Roux", Role.COORDINATOR)
    assert [each.title for each in found(file, somebody, "verrouiller")] == ["Verrouiller"]
    assert found(file, somebody, "marchadier") == []
    assert found(file, somebody, "", recent=(household,))[0].group is Group.ACTIONS
