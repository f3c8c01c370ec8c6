"""Every sentence of this room is whole and well set."""

from __future__ import annotations

import inspect

import pytest

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import typeset
from caseworker_app.security import errors

WITH_SENTENCE = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == errors.__name__
    and kind
    not in {errors.MistypedRecoveryKey, errors.PassphraseRefused, errors.PinRefused, errors.WrongSecret}
]


def made(kind: type[CaseworkerError]) -> CaseworkerError:
    """Make an error; what it names is the name of a PC."""
    asked = inspect.signature(kind).parameters.values()
    return kind(*["PC-DU-BUREAU" for each in asked if each.default is each.empty])


@pytest.mark.parametrize("kind", WITH_SENTENCE)
def test_each_error_says_what_to_do_in_set_french(kind: type[CaseworkerError]) -> None:
    sentence = made(kind).sentence
    assert sentence.endswith(".")
    assert "\u00a0: " in sentence
    assert typeset(sentence) == sentence


def test_there_are_errors_to_check() -> None:
    assert len(WITH_SENTENCE) > 12
