"""Masking the home and phones of a protected household wherever a person typed them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from caseworker_app.features.handover.domain.word_check import hidden_spans

MASKED = "[masqué]"
T = TypeVar("T")


class Mask:
    """Replaces streets, phones and e-mails of a protected household; other households pass unchanged."""

    def __init__(self, hidden: tuple[str, ...]) -> None:
        """`hidden`: as `review_material.hidden_places` returns them; empty for a household like any other."""
        self._hidden = hidden

    @property
    def hides(self) -> bool:
        """Say whether there is anything to mask."""
        return bool(self._hidden)

    def __call__(self, text: str | None) -> str:
        """Return the text as it may be printed, an empty one for None."""
        if not text or not self._hidden:
            return text or ""
        for start, end in reversed(hidden_spans(text, self._hidden)):
            text = text[:start] + MASKED + text[end:]
        return text


def masked_whole(value: T, mask: Mask) -> T:
    """Return a value (dataclass, list, mapping, text…) with every text inside as it may be printed."""
    return value if not mask.hides else _masked(value, mask)


def _masked(value: Any, mask: Mask) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return type(value)(_masked(each, mask) for each in value)
    if isinstance(value, dict):
        return {key: _masked(each, mask) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _masked(getattr(value, f.name), mask) for f in fields(value) if f.init}
        return replace(value, **told)
    return value
