"""Second step: which of their columns is which of ours, with how the first rows will then be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.column_reading import LEFT_OUT, TO_CHOOSE
from caseworker_app.features.intake.domain.columns import PROBABLE, SURE
from caseworker_app.features.intake.domain.field_choices import field_choices
from caseworker_app.features.intake.domain.mapping import CHOSEN
from caseworker_app.features.intake.domain.preview import PreviewRow, preview
from caseworker_app.features.intake.domain.profile import Profile
from caseworker_app.features.intake.domain.recognition import Understanding
from caseworker_app.features.intake.domain.rows import place_of
from caseworker_app.features.intake.screens.columns_table import LEAVE_OUT, ColumnsTable
from caseworker_app.features.intake.screens.field_picker import FieldPicker, Offer
from caseworker_app.features.intake.screens.profile_bar import ProfileBar
from caseworker_app.features.intake.screens.row_card import WIDE, RowCard, RowLine
from caseworker_app.kernel.french import capital, plural
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

LEFT = "-"
# Below this width the preview gives its room to the columns.
_PREVIEW_FROM = 960
_LEAST_TABLE = 40 + 3 * 38


class ColumnsStep(QWidget):
    """`column_chosen(index, ours)`: a column becomes another thing, or nothing (""); the rest comes from `bar`."""

    column_chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._found: Understanding | None = None
        self._asked = -1
        self._rows: Sequence[PreviewRow] = ()
        self._row = 0
        self.bar = ProfileBar()
        self.warning = Banner("", "warn", "alert-triangle")
        self.warning.hide()
        self.table = ColumnsTable()
        self.picker = FieldPicker(self)
        self.preview = RowCard("Aperçu", arrows=True, height=32)
        self.hint = Label("Entrée\u00a0: changer · Suppr\u00a0: ne pas reprendre", 12, tone="muted")
        self._lay_out()
        self.table.choice_asked.connect(self._ask)
        self.table.left_out.connect(lambda index: self.column_chosen.emit(index, ""))
        self.picker.picked.connect(self._picked)
        self.preview.stepped.connect(self._step)

    def show_understanding(self, found: Understanding, profiles: Sequence[Profile], *, begin: bool) -> None:
        """Show what was understood; `begin`: a list just read, or read otherwise, else one column changed."""
        self._found = found
        self.bar.show_understanding(found, profiles)
        self.table.show_columns(found.columns, begin=begin)
        self.card.remark.setText(_summary(found))
        self.warning.setVisible(bool(found.warnings))
        if found.warnings:
            self.warning.show_sentence(" ".join(found.warnings), "warn", "alert-triangle")
        self._rows = preview(found)
        self._row = 0 if begin else min(self._row, max(0, len(self._rows) - 1))
        self._show_preview()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the preview where there is room."""
        super().resizeEvent(event)
        roomy = self.width() >= px(_PREVIEW_FROM)
        self.preview.setVisible(roomy)
        self.hint.setVisible(roomy)

    def _lay_out(self) -> None:
        self.card = Card("Colonnes")
        self.card.add_action(self.hint)
        self.table.setMinimumHeight(px(_LEAST_TABLE))
        self.card.add_rows(self.table, 1)
        self.preview.setFixedWidth(px(WIDE))
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.card, 1)
        line.addWidget(self.preview)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(*PAGE_INSETS)
        inside.setSpacing(12)
        inside.addWidget(self.bar)
        inside.addWidget(self.warning)
        inside.addLayout(line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ScrollBody(content))

    def _ask(self, index: int, place: QRect) -> None:
        column = next(c for c in self._found.columns if c.index == index) if self._found else None
        if column is None or self._found is None:
            return
        self._asked = index
        offers = [Offer(LEFT, LEAVE_OUT, "Cette colonne n’est pas utile")]
        offers += [
            Offer(choice.ours, capital(choice.label), choice.group, choice.ours in column.alternatives)
            for choice in field_choices(self._found.kind)
        ]
        current = column.ours or ("" if column.confidence == TO_CHOOSE else LEFT)
        self.picker.ask(column.theirs, offers, current, place)

    def _picked(self, key: str) -> None:
        self.column_chosen.emit(self._asked, "" if key == LEFT else key)

    def _step(self, by: int) -> None:
        if self._rows:
            self._row = (self._row + by) % len(self._rows)
            self._show_preview()

    def _show_preview(self) -> None:
        if not self._rows:
            self.preview.show_row("Aperçu", "Aucune colonne n’est encore reprise", ())
            return
        row = self._rows[self._row]
        wrong = {problem.column: problem for problem in row.problems}
        lines = [
            RowLine(f"{number}", label, "", text, why=wrong[label].message if label in wrong else "")
            for number, (label, text) in enumerate(row.cells)
        ]
        number = place_of(row.row)[1]
        self.preview.show_row(f"Aperçu de la ligne {number}", "Telle que Passerelle la lira", lines)


def _summary(found: Understanding) -> str:
    """Return « 11 sûres, 2 probables, 1 à choisir, 2 laissées de côté »."""
    counted = [column.confidence for column in found.columns]
    parts = [
        plural(counted.count(kind), one, many)
        for kind, one, many in (
            (TO_CHOOSE, "à choisir", "à choisir"),
            (PROBABLE, "probable", "probables"),
            (CHOSEN, "choisie", "choisies"),
            (SURE, "sûre", "sûres"),
            (LEFT_OUT, "laissée de côté", "laissées de côté"),
        )
        if counted.count(kind)
    ]
    return ", ".join(parts)
