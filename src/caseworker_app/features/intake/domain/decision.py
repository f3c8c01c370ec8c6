"""What becomes of the rows of a list: chosen for all duplicates at once, or row by row."""

from __future__ import annotations

from enum import StrEnum

from caseworker_app.kernel.records import quick_dataclass


class OnDuplicate(StrEnum):
    """What becomes of a row that is probably somebody already known."""

    SKIP = "skip"
    MERGE = "merge"
    CREATE = "create"


class Action(StrEnum):
    """What is done with a proposal."""

    CREATE = "create"
    MERGE = "merge"
    SKIP = "skip"


@quick_dataclass(frozen=True, slots=True)
class Decision:
    """What is done with one proposal, named by its first row.

    For `merge` and `skip` the target is a followed household (`household_id`), in a list of dwellings a known
    dwelling (`dwelling_id`), in a directory a known body (`partner_id`), or what `other_row` made.
    """

    row: int
    action: Action
    household_id: str | None = None
    other_row: int | None = None
    dwelling_id: str | None = None
    partner_id: str | None = None

    @property
    def has_target(self) -> bool:
        """Say whether somebody (or something) known is named."""
        return any((self.household_id, self.other_row, self.dwelling_id, self.partner_id))


# What a person chose for one row: without a target, its likeliest duplicate is meant.
RowChoice = Decision
