"""The head of the tab: its title, whose view is shown, and the two things one comes to do."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.goals.domain.autonomy import View
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class TabHead(QWidget):
    """Title and view at the left, the buttons at the right or, at large text, below."""

    def __init__(self) -> None:
        """Make it."""
        super().__init__()
        self.view = Segment("Regard")
        self.view.add(View.HOUSEHOLD.value, "Ménage", "users")
        self.view.add(View.WORKER.value, "Intervenant·e", "user")
        self.add_goal = Button("Ajouter un &objectif", "secondary", "plus")
        self.add_evaluation = Button("Nouvelle é&valuation", "primary", "target")
        title = Label("Objectifs et autonomie", 17, fonts.SEMI_BOLD)
        whose = Label("Regard", 13, tone="muted")
        whose.setContentsMargins(px(8), 0, 0, 0)
        self._whose = whose
        sides = Columns(self, gap=px(12), weights=(1, 1))
        sides.addWidget(_side((title, whose, self.view, None)))
        sides.addWidget(_side((None, self.add_goal, self.add_evaluation)))

    def show_view(self, *, shown: bool) -> None:
        """Show or hide whose view the grid is of: the columns of goals have none."""
        self._whose.setVisible(shown)
        self.view.setVisible(shown)


def _side(parts: tuple[QWidget | None, ...]) -> QWidget:
    """Return parts in a line; None: the free room."""
    side = QWidget()
    line = QHBoxLayout(side)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(12))
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return side
