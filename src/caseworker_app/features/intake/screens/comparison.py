"""One probable duplicate: what the list says beside what is known already, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from caseworker_app.features.intake.domain.decision import Action
from caseworker_app.features.intake.domain.sides import SideField
from caseworker_app.features.intake.screens.editable_table import (
    PAD,
    VALUE_LINE,
    EditableDelegate,
    ValueCell,
    value_face,
    wrapped,
)
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import Cell, RowTable
from caseworker_app.ui_kit.theme import px

ROW_HEIGHT, TITLE_HEIGHT = 30, 34
THEIRS, OURS = 1, 2
_COLUMNS = (Column("", 124), Column("Votre liste"), Column("Déjà connu"), Column("", 152, optional=True))


@dataclass(frozen=True, slots=True)
class _Line:
    field: SideField
    action: Action | None
    added: bool


class ComparisonTable(RowTable):
    """Both sides of a duplicate; what differs is tinted, and what each choice keeps is in bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__("Comparaison", LazyRows(_cells_of, lambda line: line.field.label, _COLUMNS), parent)
        self._values: list[tuple[ValueCell, ValueCell]] = []
        self.setItemDelegate(EditableDelegate(self))
        self.horizontalHeader().setFixedHeight(px(TITLE_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))

    def show_sides(
        self, theirs: str, ours: str, fields: Sequence[SideField], action: Action | None, *, people: bool
    ) -> None:
        """Show both sides under their titles, as `action` (None: nothing chosen yet) leaves them; `people`: of
        households.
        """
        columns = self.rows.columns
        titled = (replace(columns[THEIRS], title=theirs), replace(columns[OURS], title=ours))
        self.rows.columns = (columns[0], *titled, columns[3])
        self.setAccessibleName(f"{theirs}, et {ours}")
        beside = _ADDED_TO_HOUSEHOLDS if people else _ADDED
        lines = [_Line(field, action, field.label in beside) for field in fields]
        self._values = [_values_of(line) for line in lines]
        self.rows.set_rows(lines)
        self.horizontalHeader().viewport().update()
        self._fit_rows()

    def sizeHint(self) -> QSize:
        """Ask for its least: the choices under it come first, the rows take the room that is left."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each row the height its values take."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        for row, values in enumerate(self._values):
            rooms = (self.columnWidth(column) - 2 * px(PAD) for column in (THEIRS, OURS))
            lines = max(
                len(wrapped(cell.words, value_face(cell), room))
                for cell, room in zip(values, rooms, strict=True)
            )
            self.verticalHeader().resizeSection(row, px(ROW_HEIGHT + (lines - 1) * VALUE_LINE))


# What a list adds beside what is known, without touching it; a household keeps all its addresses.
_ADDED = frozenset(
    {"Autres membres", "Téléphones", "Courriels", "Note", "Journal", "Dettes", "Contacts", "Services"}
)
_ADDED_TO_HOUSEHOLDS = _ADDED | {"Adresse"}


def _values_of(line: _Line) -> tuple[ValueCell, ValueCell]:
    field, action = line.field, line.action
    ground = "warn_soft" if field.differs and field.theirs and field.ours else ""
    merging = action is Action.MERGE
    added = bool(field.theirs) and not field.ours
    added = added or (merging and field.differs and line.added)
    theirs_kept = action is Action.CREATE or (merging and added)
    return (
        ValueCell(
            field.theirs or "—", tone="text" if field.theirs else "muted", strong=theirs_kept, ground=ground
        ),
        ValueCell(
            field.ours or "—",
            tone="text" if field.ours else "muted",
            strong=merging and bool(field.ours),
            ground=ground,
        ),
    )


def _cells_of(line: _Line) -> Sequence[Cell]:
    return (Cell(line.field.label, tone="muted"), *_values_of(line), _verdict(line))


def _verdict(line: _Line) -> Cell:
    field, merging = line.field, line.action is Action.MERGE
    if field.theirs and not field.ours:
        return Cell("Sera ajouté" if merging else "Nouveau", tone="accent", icon="plus")
    if not field.theirs:
        return Cell("Pas dans la liste", tone="muted", icon="minus")
    if field.differs and merging and line.added:
        return Cell("Complété", tone="accent", icon="plus")
    if field.differs:
        return Cell("Non remplacé" if merging else "Différent", tone="warn", icon="alert-triangle")
    same = field.theirs.casefold() == field.ours.casefold()
    return Cell("Identique" if same else "Équivalent", tone="ok", icon="check")
