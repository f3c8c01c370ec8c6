"""What the sheet of a part (« fiche de liaison ») says, as blocks of its page: numbered sections, then its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.features.handover.domain.part_sheet import PartSheet
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.panels import notice
from caseworker_app.pdf.story import numbered
from caseworker_app.pdf.styles import BODY, BULLET, CELL
from caseworker_app.pdf.text import Text, bullets

_LINE = replace(BODY, after=2)


def part_body(content: PartSheet) -> list[Block]:
    """Return the sections that hold something, and what the body is asked to keep to itself."""
    contact, terms = content.after
    sections = numbered(
        [
            ("Votre part", _lines(content.part)),
            ("Joindre le ménage", _lines(content.reach)),
            ("Décidé avec vous, à faire", _items(content.tasks)),
            ("Prochaines rencontres", _items(content.meetings)),
            ("Ce que le ménage accepte de partager avec vous", _lines(content.shared)),
            ("Message", _lines(content.message)),
            ("Notre contact", _lines((contact,))),
        ]
    )
    return [*sections, Gap(8), notice(typeset(terms), CELL)]


def _lines(lines: Sequence[str]) -> list[Block]:
    return [Text(typeset(line), _LINE) for line in lines]


def _items(lines: Sequence[str]) -> list[Block]:
    """Return several things as a list, one alone as a sentence."""
    return bullets([typeset(line) for line in lines], BULLET) if len(lines) > 1 else _lines(lines)
