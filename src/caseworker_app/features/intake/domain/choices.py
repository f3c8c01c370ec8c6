"""What a person decided of an import before it was written: kept with it, so that going on reads the same again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from caseworker_app.features.intake.domain.decision import Action, Decision, RowChoice
from caseworker_app.features.intake.domain.list_kind import ListKind


class Correction(NamedTuple):
    """A cell as it should be read: `column` is 0-based, an empty `value` empties it."""

    row: int
    column: int
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one import; empty parts leave to the program what it does by itself.

    `columns`: index of a column and our name of it, empty to leave it out. `skipped_rows` are not imported.
    `decisions`: what becomes of duplicates, row by row. Of a follow-up table: `sheets` to read (none told: all
    that are alike), `measure_kind` of rows that name none, `workers` by the name the table gives them, and
    whether the others become workers of the file (`new_workers`, where the person may add some).
    """

    kind: ListKind | None = None
    columns: tuple[tuple[int, str], ...] = ()
    corrections: tuple[Correction, ...] = ()
    skipped_rows: tuple[int, ...] = ()
    decisions: tuple[RowChoice, ...] = ()
    sheets: tuple[str, ...] = ()
    measure_kind: str | None = None
    workers: tuple[tuple[str, str], ...] = ()
    new_workers: bool = True

    def with_column(self, index: int, ours: str) -> Choices:
        """Return the choices with one column read as `ours`, empty to leave it out."""
        return replace(self, columns=tuple(sorted({**dict(self.columns), index: ours}.items())))

    def with_correction(self, row: int, column: int, value: str) -> Choices:
        """Return the choices with one cell corrected."""
        kept = [c for c in self.corrections if (c.row, c.column) != (row, column)]
        return replace(self, corrections=tuple(sorted([*kept, Correction(row, column, value)])))

    def with_skipped(self, row: int, skipped: bool) -> Choices:
        """Return the choices with a row left aside, or taken again."""
        rows = set(self.skipped_rows) - {row} | ({row} if skipped else set())
        return replace(self, skipped_rows=tuple(sorted(rows)))

    def with_decision(self, choice: RowChoice) -> Choices:
        """Return the choices with what becomes of one duplicate."""
        kept = [d for d in self.decisions if d.row != choice.row]
        return replace(self, decisions=tuple(sorted([*kept, choice], key=lambda d: d.row)))


NO_CHOICES = Choices()


def write_choices(choices: Choices) -> str:
    """Return the choices as a short text, empty for none."""
    told: dict[str, Any] = {
        name: value for name, value in asdict(choices).items() if value != getattr(NO_CHOICES, name)
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def read_choices(text: str) -> Choices:
    """Return the choices that `write_choices` wrote."""
    if not text:
        return NO_CHOICES
    told = json.loads(text)
    return Choices(
        kind=ListKind(told["kind"]) if told.get("kind") else None,
        columns=tuple((index, ours) for index, ours in told.get("columns", ())),
        corrections=tuple(Correction(*entry) for entry in told.get("corrections", ())),
        skipped_rows=tuple(told.get("skipped_rows", ())),
        decisions=tuple(_decision(entry) for entry in told.get("decisions", ())),
        sheets=tuple(told.get("sheets", ())),
        measure_kind=told.get("measure_kind"),
        workers=tuple((name, worker) for name, worker in told.get("workers", ())),
        new_workers=told.get("new_workers", True),
    )


def _decision(entry: dict[str, Any]) -> Decision:
    return Decision(**{**entry, "action": Action(entry["action"])})
