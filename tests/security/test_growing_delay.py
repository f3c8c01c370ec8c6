"""Wrong secrets wait longer each time; a right one, or another trouble, waits for nothing."""

from __future__ import annotations

import pytest

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.errors import WrongPassphrase
from caseworker_app.security.growing_delay import GrowingDelay


def wrong() -> str:
    raise WrongPassphrase


def test_each_wrong_secret_waits_at_least_as_long_as_the_one_before_and_a_right_one_forgets() -> None:
    waited: list[float] = []
    delay = GrowingDelay(waited.append)
    for _ in range(12):
        with pytest.raises(WrongPassphrase):
            delay(wrong)
    assert waited == sorted(waited)
    assert waited[-1] > waited[0]
    assert delay(lambda: "ouvert") == "ouvert"
    before = len(waited)
    with pytest.raises(WrongPassphrase):
        delay(wrong)
    assert waited[before:] == [], "the first one after a right one waits for nothing"


def test_another_trouble_than_a_wrong_secret_does_not_wait() -> None:
    waited: list[float] = []

    def troubled() -> str:
        raise CaseworkerError("Le disque est plein.")

    for _ in range(5):
        with pytest.raises(CaseworkerError, match="plein"):
            GrowingDelay(waited.append)(troubled)
    assert waited == []
