"""The page « Réglages »: its sections listed at the left, the one chosen beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Band, Rule
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.settings_section import SectionTab, SettingsSection
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_SIDE = 260
# Lines of a form longer than this are hard to read on a wide screen.
_WIDEST = 1080


class SettingsPage(Page):
    """Route « settings »: `subject` names a section, the first one without."""

    def __init__(self, sections: Sequence[SectionTab]) -> None:
        """List the sections; each is made when it is first seen."""
        super().__init__()
        self._sections = {section.key: section for section in sections}
        self._made: dict[str, SettingsSection] = {}
        self.shown = ""
        self.list = RowList("Sections des réglages", height=44)
        self.list.set_rows([Row(each.key, each.words, icon=each.icon, chevron=False) for each in sections])
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.sentence = Label("", 13, tone="muted", wrap=True)
        self._stack = QStackedWidget()
        self._lay_out()
        self.list.stood_on.connect(self.choose)
        self.list.opened.connect(self._enter_section)

    def enter(self, route: Route) -> None:
        """Show a section."""
        first = next(iter(self._sections))
        key = route.subject if route.subject in self._sections else self.shown or first
        self.choose(key)
        self.list.stand_on(key)

    def leave(self) -> None:
        """Let the section keep what is being typed."""
        if self.shown:
            self._made[self.shown].leave()

    def focus_first(self) -> None:
        """Begin on the list of sections."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def part(self) -> str:
        """Return the section shown."""
        return self.shown

    def choose(self, key: str) -> None:
        """Show a section by its key."""
        if self.shown and self.shown != key:
            self._made[self.shown].leave()
        again = self.shown == key
        self.shown = key
        tab = self._sections[key]
        if key not in self._made:
            self._made[key] = tab.build()
            self._stack.addWidget(_scrolling(self._made[key]))
        self.title.setText(tab.words)
        self.sentence.setText(tab.sentence)
        self._stack.setCurrentIndex(list(self._made).index(key))
        if not again or self.isVisible():
            self._made[key].show_section()

    def section(self, key: str) -> SettingsSection:
        """Return a section that was shown."""
        return self._made[key]

    def _enter_section(self, key: str) -> None:
        self.choose(key)
        self._made[key].focusNextChild()

    def _lay_out(self) -> None:
        head = Band()
        words = QVBoxLayout(head)
        words.setContentsMargins(24, px(16), 24, px(16))
        words.addWidget(Label("Réglages", 22, fonts.SEMI_BOLD))
        self.list.setFixedWidth(px(_SIDE))
        names = QVBoxLayout()
        # The gap before what scrolls: a line that goes by never touches the sentence.
        names.setContentsMargins(24, px(16), PAGE_INSETS[2], px(8))
        names.setSpacing(px(2))
        names.addWidget(self.title)
        names.addWidget(self.sentence)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(names)
        right.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(Rule("border", vertical=True))
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(body, 1)


def _scrolling(section: SettingsSection) -> ScrollBody:
    section.setMaximumWidth(px(_WIDEST))
    holder = QWidget()
    line = QHBoxLayout(holder)
    left, _, right, bottom = PAGE_INSETS
    line.setContentsMargins(left, px(6), right, bottom)
    line.setSpacing(0)
    line.addWidget(section, 1000)
    line.addStretch(1)
    return ScrollBody(holder)
