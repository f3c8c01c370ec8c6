"""A review: what is proposed, put back, taken out again or besides, and nothing printed before all was looked at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.rights.domain.held import Held, HeldField, HeldPart, HeldRow
from caseworker_app.features.rights.domain.redaction import Redaction, RedactionReason, marker, redacted
from caseworker_app.features.rights.domain.review import Review
from caseworker_app.kernel.errors import InvalidEntry

PLACE, OTHER = "diary_entry.said:1", "diary_entry.said:2"
TEXT = "Mme Tavernel garde la petite le mardi."
NAME = Redaction(PLACE, 0, 12, RedactionReason.THIRD_PERSON)
LOCKED = Redaction(OTHER, 0, 4, RedactionReason.AFTER_LEAVING, locked=True)


@pytest.fixture
def review() -> Review:
    rows = (
        HeldRow("Écrit du journal", "diary_entry", (HeldField(PLACE, "Dit", TEXT, free=True),)),
        HeldRow("Écrit du journal", "diary_entry", (HeldField(OTHER, "Dit", "Loyer payé.", free=True),)),
    )
    day = date(2026, 11, 24)
    held = Held("h", "2026-1", "Mme X", False, day, day, (), (HeldPart("Journal", rows),))
    return Review(held, (NAME, LOCKED))


def test_what_is_locked_waits_for_nobody_and_stays(review):
    assert [row.key for row in review.waiting] == ["diary_entry:1"]
    review.put_back(LOCKED)
    assert LOCKED in review.redactions


def test_a_row_looked_at_waits_no_more(review):
    assert review.words == "2\u00a0passages retirés, 1\u00a0rubrique à relire"
    review.see("diary_entry:1")
    assert not review.waiting
    assert review.words.endswith("tout est relu")


def test_a_passage_put_back_stays_offered_and_is_taken_again(review):
    review.put_back(NAME)
    assert review.redactions == (LOCKED,)
    assert review.offered(PLACE) == [(NAME, False)]
    review.take_again(NAME)
    assert review.offered(PLACE) == [(NAME, True)]


def test_words_are_taken_out_besides_once(review):
    review.take_out(PLACE, 22, 28, RedactionReason.RIGHTS)
    assert review.excerpt(review.rows[0]) == "Mme Tavernel, petite"
    for start, end in ((23, 25), (5, 5)):
        with pytest.raises(InvalidEntry):
            review.take_out(PLACE, start, end, RedactionReason.RIGHTS)
    review.give_reason(NAME, RedactionReason.OTHER_HOUSEHOLD)
    assert [each.reason for each in review.of(PLACE)] == [
        RedactionReason.OTHER_HOUSEHOLD,
        RedactionReason.RIGHTS,
    ]


def test_a_draft_goes_on_where_it_was_left_for_the_same_state_of_the_file(review):
    review.put_back(NAME)
    review.see("diary_entry:1")
    again = Review(review.held, review.proposals)
    assert again.resume(review.content())
    assert (again.redactions, again.waiting) == (review.redactions, ())
    assert again.offered(PLACE) == [(NAME, False)]
    assert not again.resume({**review.content(), "fingerprint": "another"})


spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.text("abcdefghij ", min_size=60, max_size=60), st.lists(spans, max_size=8))
def test_nothing_taken_out_is_left_and_nothing_else_is_lost(text, taken):
    passages = [Redaction("p", start, end, RedactionReason.RIGHTS) for start, end in taken]
    told = redacted(text, passages)
    kept = "".join(c for i, c in enumerate(text) if not any(start <= i < end for start, end in taken))
    assert told.replace(marker(RedactionReason.RIGHTS), "") == kept
