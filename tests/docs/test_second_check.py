"""The rates told in docs/second-check are those measured now, and none is under its floor."""

from __future__ import annotations

import pytest

from tools.second_check_rates import PAGE, Rates, measure, page

# Recall matters more, but a check that cries at harmless sentences is soon clicked away.
LEAST_STOPPED, LEAST_RECALL, LEAST_PRECISION, MOST_DISTURBED = 0.95, 0.92, 0.85, 0.10


@pytest.fixture(scope="module", params=["building", "held-out"])
def rates(request: pytest.FixtureRequest) -> Rates:
    return measure(request.param)


def test_the_page_tells_what_is_measured() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run tools/second_check_rates.py"


def test_what_should_not_leave_is_stopped(rates: Rates) -> None:
    assert rates.stops >= LEAST_STOPPED
    assert rates.recall() >= LEAST_RECALL


def test_harmless_sentences_are_let_through(rates: Rates) -> None:
    assert rates.disturbs <= MOST_DISTURBED
    assert rates.precision() >= LEAST_PRECISION


def test_there_are_enough_sentences_of_both_sorts(rates: Rates) -> None:
    assert rates.sensitive >= 150
    assert rates.harmless >= 100


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("first-try", 0.95), ("last-try", 0.78), ("new-try", 0.95), ("new-held-out", 0.95), ("plain-try", 0.95),
        ("blind-try", 0.95), ("other-voices", 0.95), ("third-voices", 0.82),
    ],
)  # fmt: skip
def test_sentences_that_go_around_the_words_are_caught_no_less_than_before(name: str, floor: float) -> None:
    rates = measure(name)
    assert rates.stops >= floor
    assert rates.disturbs <= MOST_DISTURBED
