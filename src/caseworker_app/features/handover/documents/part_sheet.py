"""What the sheet of a part (« fiche de liaison ») says, as blocks of its page: each paragraph under its title."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.handover.domain.part_sheet import PartSheet
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.fonts import BOLD
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.styles import BODY
from caseworker_app.pdf.text import Text


def part_body(content: PartSheet) -> list[Block]:
    """Return the titles that have something under them, and the closing words."""
    told = (
        ("Votre part", content.part),
        ("Joindre le ménage", content.reach),
        ("Décidé avec vous, à faire", content.tasks),
        ("Prochaines rencontres", content.meetings),
        ("Ce que le ménage accepte de partager avec vous", content.shared),
        ("Notre contact", content.after),
    )
    blocks: list[Block] = []
    for title, lines in told:
        if lines:
            if blocks:
                blocks.append(Gap(6))
            blocks.append(Text(title, replace(BODY, face=BOLD, keep_with_next=True)))
            blocks += [Text(typeset(line), BODY) for line in lines]
    return blocks
