"""Putting a document's parts in order: numbered sections, those with nothing to say left out."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.pdf.layout import Block, Section
from caseworker_app.pdf.styles import SECTION
from caseworker_app.pdf.text import Text


def numbered(parts: Sequence[tuple[str, Sequence[Block]]]) -> list[Block]:
    """Return a section for each part that holds something, numbered from 1 in that order."""
    said = [(title, blocks) for title, blocks in parts if blocks]
    return [
        Section([Text(f"{number}. {title}", SECTION), *blocks])
        for number, (title, blocks) in enumerate(said, start=1)
    ]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs a person typed, one per line that holds something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
