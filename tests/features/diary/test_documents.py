"""The visit report read back: zones told by word and tint, the internal mark, every size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.features.diary.documents import render_visit_report, write_visit_report
from caseworker_app.features.diary.domain.report_content import (
    GoalTouched,
    NextMeeting,
    PlannedAction,
    Promise,
    RoomState,
    Signatory,
    VisitReport,
    Zone,
    ZoneText,
)
from tests.features.diary.samples import shortest_report, usual_report
from tests.features.handover.samples import IDENTITY
from tests.pdf.reading import assert_sound, page_count, text


def test_the_usual_report_holds_on_two_pages() -> None:
    data = render_visit_report(usual_report(), IDENTITY)
    assert page_count(data) == 2
    assert len(assert_sound(data).all("H2")) == 8


def test_it_is_marked_internal_on_every_page() -> None:
    said = text(render_visit_report(usual_report(), IDENTITY))
    assert "Document interne" in said
    assert "À ne pas transmettre tel quel" in said
    assert "Interne – ne pas transmettre" in said


def test_each_zone_carries_its_word() -> None:
    said = text(render_visit_report(usual_report(), IDENTITY))
    assert said.count("Partageable avec l’accord du ménage") == 2
    assert "Interne – demande expresse de Mme Marchal" in said
    assert "de 14 h 05 à 15 h, soit 55 min" in said
    assert "mardi 27 octobre 2026 à 10 h, à l’accueil de l’association" in said


def test_a_text_is_internal_unless_chosen_otherwise() -> None:
    assert ZoneText("mot").zone is Zone.INTERNAL
    assert RoomState("Séjour", "Bon").zone is Zone.INTERNAL
    assert PlannedAction("Relancer", "Mme Lenoir").zone is Zone.INTERNAL


def test_gauges_say_their_steps() -> None:
    figures = [node.alt for node in assert_sound(render_visit_report(usual_report(), IDENTITY)).all("Figure")]
    assert figures == [
        f"{steps} sur 3" for steps in ("3\u00a0étapes faites", "2\u00a0étapes faites", "1\u00a0étape faite")
    ]


def test_the_shortest_report_is_one_page_without_empty_parts() -> None:
    data = render_visit_report(shortest_report(), IDENTITY)
    tree = assert_sound(data)
    assert page_count(data) == 1
    assert not tree.all("H2")
    assert not tree.all("Table")
    assert "Partageable" not in text(data)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (time(14, 0), None, "à 14 h"),
        (time(14, 0), time(16, 0), "soit 2 h"),
        (time(14, 0), time(15, 5), "soit 1 h 05"),
        (time(23, 30), time(0, 15), "soit 45 min"),
    ],
)
def test_a_duration_is_said_as_people_say_it(start: time, end: time | None, words: str) -> None:
    report = replace(shortest_report(), start=start, end=end)
    assert words in text(render_visit_report(report, IDENTITY))


def test_more_steps_done_than_agreed_are_refused() -> None:
    with pytest.raises(ValueError):
        GoalTouched("Payer le loyer", 3, 2)


def endless(words: str) -> VisitReport:
    """Return a report every text of which is `words`."""
    day = date(2026, 1, 31)
    return replace(
        usual_report(),
        title=words,
        household=words,
        household_short=words,
        printed_by=words,
        template=words,
        purpose=words,
        place=words,
        measure=words,
        present=(words,) * 3,
        appointment=words,
        promises=(Promise(words, words, words, words),),
        observed=(ZoneText(words, Zone.SHAREABLE, words),),
        said=(ZoneText(words, reason=words),) * 2,
        analysis=(ZoneText(words),),
        rooms=(RoomState(words, words, words),),
        goals=(GoalTouched(words, 0, 0, words), GoalTouched(words, 20, 60, words)),
        actions=(PlannedAction(words, words, day),),
        next_meeting=NextMeeting(day, None, words),
        sharing=words,
        signatories=(Signatory(words, words, words),) * 4,
    )


@pytest.mark.parametrize("words", ["x" * 5000, "mot " * 2000, "<b>\x00漢</b>\n" * 300])
def test_any_text_holds_on_its_pages(words: str) -> None:
    assert_sound(render_visit_report(endless(words), IDENTITY))


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_anything_typed_anywhere_is_printed(words: str) -> None:
    assert page_count(render_visit_report(endless(words), IDENTITY)) >= 1


def test_it_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "visite.pdf"
    write_visit_report(usual_report(), IDENTITY, out)
    assert out.read_bytes() == render_visit_report(usual_report(), IDENTITY)


def test_the_way_there_is_told_where_it_was_counted() -> None:
    told = text(render_visit_report(replace(shortest_report(), travel="25\u00a0min, 12,5\u00a0km"), IDENTITY))
    assert "Trajet" in told
    assert "12,5" in told
    assert "Trajet" not in text(render_visit_report(shortest_report(), IDENTITY))
