"""Says what a column holds: a list under the column, narrowed by typing, chosen with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from caseworker_app.kernel.folding import fold
from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import let_go

_SHOWN, _ROW = 9, 34
_WIDE = 400
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN, Qt.Key.Key_PageUp: -_SHOWN}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a column may hold: its key, name and family (« Personne »); `suggested` by its name or content."""

    key: str
    words: str
    family: str = ""
    suggested: bool = False


class FieldPicker(QFrame):
    """A panel over the page. `picked(key)` once; Escape or a click elsewhere closes it without choosing."""

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden; `parent` keeps it."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Ce que contient la colonne")
        self._offers: list[Offer] = []
        self._current = ""
        self.search = Entry("Chercher\u00a0: nom, naissance, loyer…", icon="search")
        let_go(self.search)
        self.search.setAccessibleName("Chercher ce que contient la colonne")
        self.list = RowList("Ce que la colonne peut contenir", height=_ROW)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = Label("Rien ne porte ce nom. Essayez un autre mot.", 13, tone="muted", wrap=True)
        self.nothing.setContentsMargins(12, px(8), 12, px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(6))
        for part in (self.search, self.list, self.nothing):
            column.addWidget(part)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.list.opened.connect(self._pick)

    def ask(self, column: str, offers: Sequence[Offer], current: str, under: QRect) -> None:
        """Ask what a column holds, under a place of the screen given in global pixels."""
        self._offers = sorted(offers, key=lambda offer: not offer.suggested)
        self._current = current
        self.search.clear()
        self.search.setAccessibleDescription(f"Colonne «\u00a0{column}\u00a0»")
        self._narrow()
        self.setFixedWidth(max(px(_WIDE), under.width()))
        self.adjustSize()
        self.move(self._place(under))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the list from the search."""
        if (
            watched is not self.search
            or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
        ):
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._key_here())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), self.palette().window())
        paint.rounded(painter, self.rect(), "raised", "field", 0)
        painter.end()

    def _narrow(self) -> None:
        wanted = fold(self.search.text()).split()
        shown = [o for o in self._offers if all(word in fold(f"{o.words} {o.family}") for word in wanted)]
        self.list.set_rows([self._row(offer) for offer in shown])
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.list.setFixedHeight(px(_ROW) * _SHOWN)
        if shown:
            here = next((i for i, o in enumerate(shown) if o.key == self._current), 0) if not wanted else 0
            self.list.setCurrentIndex(self.list.rows.index(here, 0))

    def _row(self, offer: Offer) -> Row:
        pill = State("Proposé", "accent", "sparkles") if offer.suggested else None
        if offer.key == self._current:
            pill = State("Actuel", "muted", "check")
        return Row(offer.key, offer.words, trailing=offer.family, pill=pill, chevron=False)

    def _step(self, by: int) -> None:
        count = self.list.rows.rowCount()
        if count:
            row = min(count - 1, max(0, self.list.currentIndex().row() + by))
            self.list.setCurrentIndex(self.list.rows.index(row, 0))

    def _key_here(self) -> str:
        index = self.list.currentIndex()
        return self.list.rows.key_at(index.row()) if index.isValid() else ""

    def _pick(self, key: str) -> None:
        if key:
            self.hide()
            self.picked.emit(key)

    def _place(self, under: QRect) -> QPoint:
        """Stand under the column, or over it where the screen ends."""
        screen = self.screen().availableGeometry()
        top = under.bottom() + 2
        if top + self.height() > screen.bottom():
            top = max(screen.top(), under.top() - 2 - self.height())
        left = max(screen.left(), min(under.left(), screen.right() - self.width()))
        return QPoint(left, top)
