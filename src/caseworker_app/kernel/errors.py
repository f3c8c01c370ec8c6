"""Errors a person can act upon: each carries one French sentence that says what to do."""

from __future__ import annotations

from typing import Any


class CaseworkerError(Exception):
    """Something was refused; `sentence` is the French text shown beside the form or on the terminal."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence exactly as the person will read it."""
        super().__init__(sentence)
        self.sentence = sentence

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole, whatever a subclass is made from."""
        return _made_again, (type(self), self.args, self.__dict__)


def _made_again(kind: type[CaseworkerError], args: tuple[Any, ...], state: dict[str, Any]) -> CaseworkerError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class NotAllowed(CaseworkerError):
    """The worker's role does not allow this intention."""


class NotFound(CaseworkerError):
    """The thing asked for is not in this file."""


class InvalidEntry(CaseworkerError):
    """A value was typed that a rule refuses; `field` names it so that the form can place the sentence."""

    def __init__(self, sentence: str, field: str = "") -> None:
        """Keep the sentence and the name of the field it belongs to (empty: the whole form)."""
        super().__init__(sentence)
        self.field = field
