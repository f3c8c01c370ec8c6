"""What the sections of the tab share: rows with their actions, and the form that opens in the place of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.households.screens.forms import SectionForm
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.card import INSET, Card, Rule
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the menu of a row: its words, with their letter, and what it does."""

    words: str
    run: Callable[[], None]


class SectionRow(QWidget):
    """A title with its pills, lines of detail under it, at right « Modifier » and the menu of the rest."""

    def __init__(self, row_id: str, title: str, name: str, leading: QWidget, *, quiet: bool = False) -> None:
        """Make a row; `name` is what its buttons are of, `quiet` greys what is of the past."""
        super().__init__()
        self.row_id, self.name = row_id, name
        self.setAccessibleName(title)
        tone = "muted" if quiet else "text"
        self.title = Label(title, 14, fonts.MEDIUM if quiet else fonts.SEMI_BOLD, tone, wrap=True)
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self._words = QVBoxLayout()
        self._words.setSpacing(px(3))
        self._words.addWidget(self.title)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(px(2))
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET - 1, px(10), px(8), px(10))
        line.setSpacing(px(12))
        line.addWidget(leading, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._words, 1)
        line.addLayout(self._actions)
        line.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)
        self.edit: IconButton | None = None
        self.more: IconButton | None = None
        self._menu: Sequence[Action] = ()

    def add_line(self, words: str, tone: str = "muted") -> None:
        """Add a line of detail; an empty one is left out."""
        if words:
            self._words.addWidget(Label(words, 13, tone=tone, wrap=True))

    def add_states(self, *states: State) -> None:
        """Add a line of states, each with its icon."""
        if states:
            self._words.addLayout(_flow([StateLabel(state) for state in states], 12))

    def add_edit(self, run: Callable[[], None]) -> None:
        """Add the button that opens the form of the row."""
        self.edit = IconButton("pencil", f"Modifier {self.name}", icon_size=16)
        self.edit.clicked.connect(run)
        self._actions.addWidget(self.edit)

    def add_menu(self, *actions: Action) -> None:
        """Add the menu of the rest."""
        self._menu = actions
        self.more = IconButton("dots", f"Autres actions pour {self.name}", icon_size=16)
        self.more.clicked.connect(self._drop)
        self._actions.addWidget(self.more)

    def menu(self) -> Menu:
        """Build the menu."""
        menu = Menu(parent=self)
        for action in self._menu:
            menu.addAction(action.words).triggered.connect(lambda _on=False, each=action: each.run())
        return menu

    def focus(self) -> None:
        """Put the cursor on the first action."""
        button = self.edit or self.more
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        if self.more is not None:
            self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))


class Section(Card):
    """A card of rows where one form at a time is open, in the place of its row or above them all.

    `opened(SectionForm)`: a form was opened; the tab joins it. `blocked(SectionForm)`: another was asked for
    while this one holds what was typed.
    """

    opened = Signal(object)
    blocked = Signal(object)
    # What drafts call the section.
    key = ""

    def __init__(self, title: str, nothing: str = "") -> None:
        """Make it empty; `nothing` is what an empty section says."""
        super().__init__(title)
        self.form: SectionForm | None = None
        self.rows: dict[str, SectionRow] = {}
        self._nothing = Label(nothing, 13, tone="muted", wrap=True)
        self._nothing.setContentsMargins(INSET - 1, px(12), INSET - 1, px(14))
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, px(2))
        self._lines.setSpacing(0)
        self._rules: list[QWidget] = []
        self.add_rows(self._holder)
        self._lines.addWidget(self._nothing)

    def set_rows(self, rows: Sequence[SectionRow]) -> None:
        """Show rows; the form open stays open."""
        focus = QApplication.focusWidget()
        focused = next((i for i, row in self.rows.items() if focus and row.isAncestorOf(focus)), None)
        for old in (*self.rows.values(), *self._rules):
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {row.row_id: row for row in rows}
        self._rules = [Rule() for _ in rows[1:]]
        for number, row in enumerate(rows):
            if number:
                self._lines.addWidget(self._rules[number - 1])
            self._lines.addWidget(row)
        self._place_form()
        if focused in self.rows:
            self.rows[focused].focus()

    def open_form(self, form: SectionForm) -> bool:
        """Open a form in the place of its row; refused while another holds what was typed."""
        if self.form is not None and self.form.touched:
            self.form.remind()
            self.blocked.emit(self.form)
            form.deleteLater()
            return False
        self.close_form(focus=False)
        self.form = form
        self._place_form()
        self.opened.emit(form)
        return True

    def close_form(self, *, focus: bool = True) -> None:
        """Take the form away and go back to its row."""
        form, self.form = self.form, None
        if form is None:
            return
        self._lines.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._place_form()
        row = self.rows.get(form.row_id)
        if focus and row is not None:
            row.focus()

    def make_form(self, kind: str, row_id: str, typed: Mapping[str, str]) -> SectionForm | None:
        """Make the form a draft tells of, None when it is of nothing that is there."""
        raise NotImplementedError

    def _place_form(self) -> None:
        form = self.form
        for row_id, row in self.rows.items():
            row.setVisible(form is None or form.row_id != row_id or form.beside)
        self._nothing.setVisible(not self.rows and form is None)
        if form is None:
            return
        self._lines.removeWidget(form)
        home = self.rows.get(form.row_id)
        self._lines.insertWidget(self._lines.indexOf(home) + 1 if home else 0, form)
        form.show()


def _flow(parts: Sequence[QWidget], gap: int) -> Flow:
    flow = Flow(gap=gap)
    for part in parts:
        flow.addWidget(part)
    return flow
