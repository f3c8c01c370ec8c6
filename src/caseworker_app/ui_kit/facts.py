"""The few facts that a household's page always answers: where, how to reach safely, which measure, who
follows.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import colour, px

_INSET = 16


class Fact(QWidget):
    """Icon and label, the answer in bold, and below it a detail or a state; a rule parts it from the next.

    Put facts in `flow.Columns`. The answer may be cut where room is short, the state never is.
    """

    def __init__(self, icon: str, label: str, parent: QWidget | None = None) -> None:
        """Make it without an answer yet."""
        super().__init__(parent)
        self.label = Label(label, 12, fonts.MEDIUM, "muted")
        self.answer = ElidedLabel("", 13, fonts.SEMI_BOLD)
        self.detail = ElidedLabel("", 12, tone="muted")
        self.state = StateLabel(State(""))
        top = QHBoxLayout()
        top.setSpacing(px(6))
        top.addWidget(Mark(icon, 14))
        top.addWidget(self.label)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, _INSET, 0)
        column.setSpacing(px(2))
        column.addLayout(top)
        for line in (self.answer, self.detail, self.state):
            line.setFixedHeight(px(18))
            column.addWidget(line)
        column.addStretch(1)
        self.answer.setMinimumWidth(px(152))
        self.show_answer("")

    def show_answer(self, answer: str, detail: str | State = "") -> None:
        """Show an answer; `detail` is words, or a State that must be seen."""
        self.answer.setText(answer)
        stated = isinstance(detail, State)
        self.state.setVisible(stated)
        self.detail.setVisible(not stated)
        if isinstance(detail, State):
            self.state.set_state(detail)
        else:
            self.detail.setText(detail)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rule that parts it from its right neighbour, if it has one."""
        parent = self.parentWidget()
        beside = (
            parent.findChildren(Fact, options=Qt.FindChildOption.FindDirectChildrenOnly) if parent else []
        )
        if any(fact.y() == self.y() and fact.x() > self.x() for fact in beside):
            painter = paint.begin(self)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line"))
            painter.end()
