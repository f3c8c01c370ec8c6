"""Choices over a proposal, and the draft that keeps them."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.handover.domain.choices import (
    Addition,
    ReviewChoices,
    TextChoice,
    choices_from_dict,
    choices_to_dict,
)
from caseworker_app.features.handover.domain.proposal import (
    ItemText,
    OptionCode,
    Origin,
    ProposedItem,
    Section,
)
from caseworker_app.features.handover.domain.review_content import LandlordReview
from caseworker_app.features.handover.domain.transmission import fingerprint
from caseworker_app.features.handover.domain.written_form import Unreadable, read, written
from tests.features.handover.samples import usual_review

words = st.text(max_size=20)
every_choice = st.builds(
    ReviewChoices,
    removed=st.lists(words).map(tuple),
    added=st.lists(words).map(tuple),
    texts=st.lists(st.builds(TextChoice, words, words)).map(tuple),
    additions=st.lists(st.builds(Addition, st.sampled_from(Section), words)).map(tuple),
    option=st.none() | st.sampled_from(OptionCode),
    option_detail=words,
    reasons=words,
    opinion=words,
    kept_hits=st.lists(words).map(tuple),
)


def item(included: bool) -> ProposedItem:
    return ProposedItem(
        "a", Section.ROOMS, None, "a", Origin("Journal"), (ItemText("a", "Constat", "dit"),), included
    )


@given(every_choice)
def test_a_draft_gives_back_what_it_was_given(choices: ReviewChoices) -> None:
    assert choices_from_dict(orjson.loads(orjson.dumps(choices_to_dict(choices)))) == choices


@given(
    st.dictionaries(
        st.sampled_from(["removed", "texts", "option", "opinion", "x"]),
        st.text() | st.integers() | st.lists(st.text()),
    )
)
def test_a_damaged_draft_is_never_refused(content: dict[str, Any]) -> None:
    assert isinstance(choices_from_dict(content), ReviewChoices)


@pytest.mark.parametrize("included", [True, False])
@pytest.mark.parametrize("kept", [True, False])
def test_an_item_is_kept_as_chosen_whatever_came_before(included: bool, kept: bool) -> None:
    proposed = item(included)
    choices = ReviewChoices().with_item(proposed, not kept).with_item(proposed, kept)
    assert choices.keeps(proposed) is kept
    assert choices.with_item(proposed, kept) == choices
    assert ReviewChoices().keeps(proposed) is included


def test_a_text_is_as_proposed_until_rewritten() -> None:
    text = item(True).texts[0]
    choices = ReviewChoices()
    assert choices.text(text) == "dit"
    assert choices.with_text("a", "écrit").with_text("a", "récrit").text(text) == "récrit"


def test_a_review_is_kept_and_read_again_whole() -> None:
    review = usual_review()
    kept = orjson.loads(orjson.dumps(written(review)))
    assert read(LandlordReview, kept) == review
    kept["meetings"][0]["presence"] = "ailleurs"
    with pytest.raises(Unreadable):
        read(LandlordReview, kept)


def test_a_fingerprint_ignores_the_number_alone() -> None:
    from dataclasses import replace

    review = usual_review()
    assert fingerprint(replace(review, reference="APERÇU")) == fingerprint(review)
    assert fingerprint(replace(review, opinion="autre")) != fingerprint(review)
