"""A tab of a dossier that shows cards, with the button that begins a new one; a form takes their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.kernel.changes import Changes
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import HouseholdTab
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.searched_page import SearchedDesk
from caseworker_app.ui_kit.side_form import WIDEST, SideForm
from caseworker_app.ui_kit.theme import px

_NOBODY, _CARDS, _FORM = range(3)


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a tab says. `room` begins the keys of its drafts, `icon` draws its empty state.

    `none` and `how` tell of a household that has none yet; `adding` is the button that begins one.
    """

    room: str
    icon: str
    none: str
    how: str
    adding: str


class CardTab(HouseholdTab):
    """The cards of one household; `page` is what was last read of it, which names its `household_id`.

    A room's own tab fills in the functions that raise here, and says in `TABLES` what else than the household it
    listens to. `WIDE`: how wide the cards are at most, at 100 %.
    """

    TABLES: tuple[str, ...] = ()
    WIDE = 1200

    def __init__(self, desk: SearchedDesk, words: CardWords, *, may_add: bool) -> None:
        """Make it empty."""
        super().__init__()
        self.desk: Any = desk
        self.page: Any = None
        self.household = ""
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, words.room)
        self.place.setMaximumWidth(px(WIDEST))
        self.new = Button(words.adding, "primary", "plus")
        self.new.setVisible(may_add)
        self.listed = ScrollBody(QWidget())
        self.nobody = EmptyState(words.icon, words.none, words.how, words.adding if may_add else "", "plus")
        self._body = _NOBODY
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._lay_out()
        self.new.clicked.connect(self.begin)
        if self.nobody.button is not None:
            self.nobody.button.clicked.connect(self.begin)
        self.place.shown.connect(lambda opened: self.stack.setCurrentIndex(_FORM if opened else self._body))
        desk.changes.listen(self, self._concerned, self.read_again)

    def page_work(self, household: str) -> Callable[[], Any]:
        """Return the reading of a household's page; it runs on the reader's thread."""
        raise NotImplementedError

    def cards_of(self, page: Any) -> Sequence[QWidget]:
        """Return the cards of a page, none for a household that has nothing yet."""
        raise NotImplementedError

    def counted_in(self, page: Any) -> int:
        """Return what stands after the tab's words."""
        raise NotImplementedError

    def form_of(self, page: Any) -> SideForm:
        """Return the form of a new one."""
        raise NotImplementedError

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household."""
        if household != self.household:
            self.place.leave()
            self.place.close_form()
            self.household, self.page = household, None
            self.place.household = household
        self.read_again()

    def read_again(self) -> None:
        """Read the household again."""
        if self.household:
            self._reading.ask(self.page_work(self.household))

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def focus_first(self) -> None:
        """Begin in the open form, or with a new one."""
        if self.place.form is not None:
            self.place.form.focus_first()
        elif self._body == _NOBODY and self.nobody.button is not None:
            self.nobody.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Open the form of a new one, once the household is read."""
        if self.page is not None:
            self.place.open(self.form_of(self.page))

    def _concerned(self, changes: Changes) -> bool:
        return changes.concerns(household=self.household) or any(
            changes.concerns(table=table) for table in self.TABLES
        )

    def _show(self, page: Any) -> None:
        if page.household_id != self.household:
            return
        self.page = page
        stood = self.listed.verticalScrollBar().value()
        cards = self.cards_of(page)
        self.listed.setWidget(self._content(cards))
        self._body = _CARDS if cards else _NOBODY
        if self.place.form is None:
            self.stack.setCurrentIndex(self._body)
        self.listed.verticalScrollBar().setValue(stood)
        self.counted.emit(self.counted_in(page) or None)

    def _content(self, cards: Sequence[QWidget]) -> QWidget:
        content, inner = QWidget(), QWidget()
        inner.setMaximumWidth(px(self.WIDE))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        line = QHBoxLayout(content)
        line.setContentsMargins(PAGE_INSETS[0], 0, *PAGE_INSETS[2:])
        line.addWidget(inner, 1000)
        line.addStretch(1)
        return content

    def _lay_out(self) -> None:
        form = QWidget()
        line = QHBoxLayout(form)
        line.setContentsMargins(12, 4, 12, 4)
        line.addWidget(self.place)
        self.stack = QStackedWidget()
        for body in (self.nobody, self._cards_body(), form):
            self.stack.addWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _cards_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 8)
        top.addWidget(self.new)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.listed, 1)
        return body
