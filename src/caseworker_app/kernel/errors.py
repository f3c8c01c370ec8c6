"""Errors a person can act upon: each carries one French sentence that says what to do."""

from __future__ import annotations


class CaseworkerError(Exception):
    """Something was refused; `sentence` is the French text shown beside the form or on the terminal."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence exactly as the person will read it."""
        super().__init__(sentence)
        self.sentence = sentence


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
