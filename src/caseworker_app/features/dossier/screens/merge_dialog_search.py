"""The first step of a merge: the other file, among probable duplicates or found as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.candidates import MergeCandidate
from caseworker_app.features.dossier.screens.work_dialog import inset
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import let_go

# Between a key and the search: a word is typed at that pace.
_PAUSE_MS = 120


class CandidateSearch(QWidget):
    """`asked(words)` as one types, `chosen(household id)`."""

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.words = Entry("Nom, téléphone, adresse ou référence", icon="search")
        let_go(self.words)
        field = Field("&Chercher l’autre dossier", self.words)
        self.list = RowList("Dossiers trouvés")
        self.card = Card("Doublons probables")
        self.nothing = Label("", 13, tone="muted", wrap=True)
        self._nothing = inset(self.nothing, 12)
        self.card.add_rows(self._nothing)
        self.card.add_rows(self.list, 1, rule=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(px(8))
        column.addWidget(field)
        column.addWidget(self.card, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.words.text()))
        self.words.textChanged.connect(lambda _words: self._pause.start())
        self.words.returnPressed.connect(self._choose_first)
        self.words.installEventFilter(self)
        self.list.opened.connect(self.chosen)

    def show_candidates(self, words: str, found: Sequence[MergeCandidate]) -> None:
        """Show what was found for words, or the probable duplicates when nothing was typed."""
        searched = bool(words.strip())
        self.card.title.setText("Dossiers trouvés" if searched else "Doublons probables")
        self.card.setAccessibleName(self.card.title.text())
        self.nothing.setText(
            "Aucun dossier trouvé\u00a0: essayez un autre mot."
            if searched
            else "Aucun doublon probable. Cherchez l’autre dossier par un nom, un numéro, une adresse."
        )
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.set_rows([_row(each) for each in found])

    def focus_first(self) -> None:
        """Put the cursor in the search."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go down from the search into the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() == Qt.Key.Key_Down and self.list.isVisible()
            if down:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return down
        return False

    def _choose_first(self) -> None:
        if self.list.rows.rowCount() and not self._pause.isActive():
            self.chosen.emit(self.list.rows.key_at(0))


def _row(found: MergeCandidate) -> Row:
    mark = State(capital(found.why), "warn", "users") if found.why else None
    icon = "lock" if found.protected else "users"
    return Row(found.household_id, found.name, found.detail, mark, icon)
