"""A row and what it is like, side by side: the reason, what each tells, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.intake.domain.decision import RowChoice
from caseworker_app.features.intake.domain.summary import Fields
from caseworker_app.kernel.folding import fold


@dataclass(frozen=True, slots=True)
class SideField:
    """One line of both sides: `theirs` is the list's, `ours` what is already here; empty where nothing is told."""

    label: str
    theirs: str
    ours: str
    differs: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A row of the list beside the household (dwelling, body) it is like, or the earlier row.

    `likely`: probably the same, so that the rule for all duplicates applies; else only worth a look. `choice`: what
    is done with the row as things stand.
    """

    row: int
    why: tuple[str, ...]
    likelihood: int
    title_theirs: str
    title_ours: str
    reference: str | None
    other_row: int | None
    fields: tuple[SideField, ...]
    likely: bool
    choice: RowChoice


def paired(theirs: Fields, ours: Fields) -> tuple[SideField, ...]:
    """Return the lines that either side tells, in the order of the list's."""
    labels = [label for label in {**theirs, **ours} if theirs.get(label) or ours.get(label)]
    return tuple(
        SideField(
            label, theirs.get(label, ""), ours.get(label, ""), _differs(theirs.get(label), ours.get(label))
        )
        for label in labels
    )


def _differs(theirs: str | None, ours: str | None) -> bool:
    """Say whether both sides tell something, and not the same: capitals and accents aside."""
    return bool(theirs and ours) and fold(theirs or "") != fold(ours or "")
