"""The titles of the columns of the goals’ tree."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from caseworker_app.features.goals.screens.goal_nodes import HEADINGS, TITLE
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

HEIGHT = 32


class GoalTitles(QHeaderView):
    """The titles of the columns, on a sunken ground."""

    def __init__(self, tree: QWidget) -> None:
        """Stand above a tree."""
        super().__init__(Qt.Orientation.Horizontal, tree)
        self.setFixedHeight(px(HEIGHT))
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(px(24))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setStretchLastSection(False)
        self.setAccessibleName("Titres des colonnes")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one title."""
        painter.save()
        painter.fillRect(rect, colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line"))
        box = rect.adjusted(px(16 if section == TITLE else 8), 0, 0, 0)
        paint.text(painter, box, HEADINGS[section], fonts.font(12, fonts.MEDIUM), "muted")
        painter.restore()
