"""What stands beside a list: the one stood on, with its name, what is known of it, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Band, Rule
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.fact_grid import FactGrid
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import INTERNAL, Pill
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class SideDetail(QWidget):
    """One of a list, or nothing. `shown` is what a page's own detail was last handed.

    That detail makes its buttons, calls `lay_out`, and gives the body of each one to `show_body`.
    """

    def __init__(self, name: str, icon: str, nothing: str) -> None:
        """Make its parts; `name` says what it is about, `nothing` what to do while nothing is shown."""
        super().__init__()
        self.setAccessibleName(name)
        self.shown: Any = None
        self.mark = Mark(icon, 20, "accent")
        self.name = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.caption = Label("", 12, tone="muted", wrap=True)
        self.wait = Label(nothing, 13, tone="muted", wrap=True)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.wait.setContentsMargins(16, px(48), 16, 0)
        self._head, self._foot = QWidget(), Band("surface", top=True)
        self._body = ScrollBody(QWidget())
        see_through(self._body)

    def lay_out(self, *buttons: QWidget, under: QWidget | None = None, right: QWidget | None = None) -> None:
        """Lay it out, showing nothing: `under` the caption, at the `right` of the name, buttons at the foot."""
        self._lay_out_head(under, right)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(12, px(8), 12, px(8))
        inside = QWidget()
        line = Flow(inside, gap=6)
        for button in buttons:
            line.addWidget(button)
        foot.addWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(Rule())
        column.addWidget(self.wait)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        column.addWidget(self._foot)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what would stand here."""
        self.shown = None
        for part in (self._head, self._body, self._foot):
            part.hide()
        self.wait.show()

    def show_one(self, one: Any) -> None:
        """Show one of the list; the very same once more changes nothing, and one stays where one was reading."""
        if self.shown == one:
            return
        self.shown = one
        self.wait.hide()
        self._body.setWidget(self.body_of(one))
        for part in (self._head, self._body):
            part.show()
        self._foot.setVisible(self.show_head(one))

    def show_head(self, one: Any) -> bool:
        """Name one of the list and settle its buttons; say whether there is anything to do with it."""
        raise NotImplementedError

    def body_of(self, one: Any) -> QWidget:
        """Return what is told of one of the list, usually filled from `new_body`."""
        raise NotImplementedError

    def _lay_out_head(self, under: QWidget | None, right: QWidget | None) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, px(14), 16, px(10))
        head.setSpacing(px(10))
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for part in (self.name, self.caption, under):
            if part is not None:
                words.addWidget(part)
        head.addLayout(words, 1)
        if right is not None:
            head.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)


def new_body(gap: int) -> tuple[QWidget, QVBoxLayout]:
    """Return an empty body and its column; `gap` pixels at 100 % between what is added."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(16, px(12), 4, px(12))
    column.setSpacing(px(gap))
    return inner, column


def add_title(column: QVBoxLayout, title: str, *, internal: bool) -> None:
    """Part what follows from what is above it and name it; `internal`: it does not leave the house."""
    column.addSpacing(px(8))
    column.addWidget(Rule())
    column.addSpacing(px(6))
    line = QHBoxLayout()
    line.addWidget(Label(title, 13, fonts.SEMI_BOLD), 1)
    if internal:
        line.addWidget(Pill(INTERNAL))
    column.addLayout(line)


def add_facts(column: QVBoxLayout, facts: Iterable[tuple[str, str]]) -> None:
    """Add short answers under their labels, each with a capital."""
    grid = FactGrid()
    grid.show_facts([(label, capital(words)) for label, words in facts])
    column.addWidget(grid)
