"""Masking the home and phones of a protected household wherever a person typed them."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.handover.domain.word_check import HitKind, KnownPeople, check_words

MASKED = "[masqué]"


class Mask:
    """Replaces streets, phones and e-mails of a protected household; other households pass unchanged."""

    def __init__(self, hidden: tuple[str, ...], day: date) -> None:
        """`hidden`: as `review_material.hidden_places` returns them; empty for a household like any other."""
        self._people = KnownPeople(hidden=hidden)
        self._day = day

    def __call__(self, text: str | None) -> str:
        """Return the text as it may be printed, an empty one for None."""
        if not text or not self._people.hidden:
            return text or ""
        for hit in reversed(check_words("", text, self._people, self._day)):
            if hit.kind is HitKind.PROTECTED:
                text = text[: hit.start] + MASKED + text[hit.end :]
        return text
