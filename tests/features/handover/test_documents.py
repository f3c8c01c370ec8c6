"""The landlord review read back: what it says, what it never says, at every size."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.features.handover.documents.review import render_review, write_review
from caseworker_app.features.handover.domain import review_content
from caseworker_app.features.handover.domain.review_content import (
    LEVEL_WORDS,
    Deadline,
    Duty,
    FrameLine,
    GoalProgress,
    KeyFact,
    LandlordReview,
    Meeting,
    Option,
    Presence,
    RentMonth,
    RentRecord,
    RoomCondition,
    Signatory,
)
from caseworker_app.kernel.dates import Period, add_months
from caseworker_app.kernel.errors import CaseworkerError
from tests.features.handover.samples import IDENTITY, usual_review
from tests.pdf.reading import assert_sound, page_count, poppler, text


def shortest_review() -> LandlordReview:
    """Return a review that has nothing to say but who and when; the household is protected."""
    return LandlordReview(
        title="Bilan intermédiaire",
        reference="BIL-2026-A7-0001",
        day=date(2026, 11, 20),
        period=Period(date(2026, 5, 1)),
        household="Ménage accompagné",
        household_short="le ménage",
        recipient=(),
        worker="Mme Claire Lenoir",
    )


def headings(data: bytes) -> list[str]:
    """Return the numbered headings of a review."""
    return re.findall(r"\d\. [A-ZÉ][\w’ ]+?(?= [A-Z]|$)", text(data))


def test_the_usual_review_holds_on_three_pages() -> None:
    data = render_review(usual_review(), IDENTITY)
    tree = assert_sound(data)
    assert page_count(data) == 3
    assert len(tree.all("H2")) == 9
    assert len(tree.all("Table")) == 6
    assert "Page 3/3" in text(data)


def test_it_says_what_was_decided_and_counted() -> None:
    said = text(render_review(usual_review(), IDENTITY))
    assert "9 rencontres ont été prévues et 8 ont eu lieu" in said
    assert "Total dû : 6 026,40 €. Payé pour le loyer : 5 827,60 € ; pour le plan : 149,10 €." in said
    assert "Reste dû au 31 octobre 2026 : 49,70 €." in said
    assert "dus à l’association" in said, "in a sublease the household owes the association"
    assert "Mercredi 1er juillet" in said
    assert "période du 1er mai au 31 octobre 2026" in said


def test_the_chart_and_the_scales_are_said_in_words() -> None:
    figures = [node.alt for node in assert_sound(render_review(usual_review(), IDENTITY)).all("Figure")]
    (chart,) = [alt for alt in figures if alt.startswith("Diagramme")]
    assert "10\u00a0mois sur 12" in chart
    assert "99,40\u00a0€ en janvier\u00a02026 et 99,40\u00a0€ en février\u00a02026" in chart
    assert "Mai\u00a02026\u00a0: stabilisé\u202f; octobre\u00a02026\u00a0: en progrès" in figures


def test_no_score_ever_reaches_the_landlord() -> None:
    data = render_review(usual_review(), IDENTITY)
    words = text(data) + " ".join(node.alt for node in assert_sound(data).all("Figure"))
    assert "crise" not in words
    assert not re.search(r"\d\s*/\s*5\b|\bsur 5\b|niveau \d|\bscore|moyenne", words)
    assert all(word in words for word in LEVEL_WORDS)


def test_nothing_but_what_is_for_a_landlord_has_a_field() -> None:
    names = {
        name.name
        for thing in vars(review_content).values()
        if hasattr(thing, "__dataclass_fields__")
        for name in fields(thing)
    }
    assert not {
        name for name in names if re.search("health|income|expense|debt|internal|analysis|score", name)
    }


def test_a_level_outside_the_five_is_refused() -> None:
    with pytest.raises(ValueError):
        GoalProgress("Payer le loyer", 0, 5)


def test_the_shortest_review_is_one_page_without_empty_parts() -> None:
    data = render_review(shortest_review(), IDENTITY)
    tree = assert_sound(data)
    assert page_count(data) == 1
    assert not tree.all("H2")
    assert "depuis le 1er mai 2026" in text(data)


@pytest.mark.parametrize(
    "part",
    ["key_facts", "frame", "meetings", "duties", "rooms", "goals", "options", "calendar", "signatories"],
)
def test_each_part_is_optional_and_the_numbers_follow(part: str) -> None:
    data = render_review(replace(usual_review(), **{part: ()}), IDENTITY)
    assert_sound(data)
    numbers = [int(found) for found in re.findall(r"(?<=\s)(\d)\. (?=[A-ZÉ])", text(data))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_household_that_paid_nothing() -> None:
    months = tuple(RentMonth(add_months(date(2026, 1, 1), i), 50_000, 0) for i in range(6))
    review = replace(usual_review(), rent=RentRecord("Valmère Habitat", months))
    data = render_review(review, IDENTITY)
    said = text(data)
    assert "Total dû : 3 000,00 €. Payé pour le loyer : 0,00 €." in said
    assert "Reçu le" not in said
    assert "dont plan" not in said
    assert_sound(data)


def test_amounts_too_wide_for_their_bars_go_in_rows() -> None:
    months = tuple(RentMonth(add_months(date(2025, 1, 1), i), 123_456, 100) for i in range(12))
    data = render_review(replace(usual_review(), rent=RentRecord("l'association", months)), IDENTITY)
    assert_sound(data)
    assert text(data).count("1 234,56") == 12


def test_a_single_month_with_no_due_known() -> None:
    record = RentRecord("l'association", (RentMonth(date(2026, 1, 1), None, 12_345),))
    assert_sound(render_review(replace(usual_review(), rent=record), IDENTITY))
    assert_sound(render_review(replace(usual_review(), rent=RentRecord("l'association", ())), IDENTITY))


def test_many_goals_and_visits_run_over_pages() -> None:
    visits = tuple(
        Meeting(date(2026, 1 + i % 12, 1 + i % 28), "Visite " * 3, "Logement", list(Presence)[i % 5], "oui")
        for i in range(30)
    )
    goals = tuple(
        GoalProgress(f"Objectif n° {i}", i % 5 if i % 3 else None, i % 4, "mot " * 9) for i in range(12)
    )
    data = render_review(replace(usual_review(), meetings=visits, goals=goals), IDENTITY)
    tree = assert_sound(data)
    assert len(tree.all("Table")) == 6
    assert len(tree.all("Table")[1].children) == 31


def endless(words: str) -> LandlordReview:
    """Return a review every text of which is `words`."""
    day = date(2026, 1, 31)
    months = (RentMonth(day.replace(day=1), 1, 0, 0, day, late=True),)
    return replace(
        usual_review(),
        title=words,
        household=words,
        household_short=words,
        recipient=(words,) * 6,
        worker=words,
        template=words,
        key_facts=(KeyFact(words, words, words),) * 7,
        frame=(FrameLine(words, words, words),),
        meetings=(Meeting(day, words, words, Presence.ABSENT, words),),
        meetings_comment=words,
        rent=RentRecord(words, months, words, -5, day, words),
        duties=(Duty(words, words, words, words),),
        rooms=(RoomCondition(words, words, words),),
        goals=(GoalProgress(words, None, None, words),),
        options=(Option(words, words),) * 2,
        reasons=words,
        calendar=(Deadline(day, words),) * 7,
        opinion=words,
        consent=words,
        signatories=(Signatory(words, words, words),) * 5,
    )


@pytest.mark.parametrize("words", ["", " ", "x" * 5000, "mot " * 2000, "<b>\x00漢</b>\n" * 300])
def test_any_text_holds_on_its_pages(words: str) -> None:
    data = render_review(endless(words), IDENTITY)
    if words.strip():
        assert_sound(data)


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_anything_typed_anywhere_is_printed(words: str) -> None:
    assert page_count(render_review(endless(words), IDENTITY)) >= 1


def test_it_is_written_whole_and_refused_in_french(tmp_path: Path) -> None:
    out = tmp_path / "bilan.pdf"
    write_review(usual_review(), IDENTITY, out)
    assert out.read_bytes() == render_review(usual_review(), IDENTITY)
    assert "H2" in poppler("pdfinfo", "-struct-text", out)
    with pytest.raises(CaseworkerError, match="n’existe pas"):
        write_review(usual_review(), IDENTITY, tmp_path / "absent" / "bilan.pdf")
