"""What stands under the filters: the list with its foot, or why there is none: nobody yet, nobody found, an error."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.directory.screens.preview import PreviewPane
from caseworker_app.features.directory.screens.selection_bar import SelectionBar
from caseworker_app.features.directory.screens.table import HouseholdTable
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

WAITING, LIST, NOBODY, NOTHING, REFUSED = range(5)
# A reading that takes longer says so.
SLOW_MS = 300


class ListBodies(QStackedWidget):
    """The states of the list, one at a time; the page joins their buttons."""

    def __init__(self, table: HouseholdTable) -> None:
        """Wait for the first reading."""
        super().__init__()
        self.table, self.preview, self.selection = table, PreviewPane(), SelectionBar()
        self.preview.hide()
        self.foot = Label("", 12, tone="muted")
        self.columns = Button("", "quiet", "columns", compact=True)
        self.show_preview = Button("Ap&erçu", "quiet", "eye", compact=True)
        self.show_preview.hide()
        self.nobody = EmptyState(
            "users", "Aucun ménage",
            "Créez un premier ménage, ou importez la liste d’un bailleur\u00a0: ses colonnes sont reconnues.",
            "&Nouveau ménage", "plus",
        )  # fmt: skip
        self.nothing = EmptyState(
            "search", "Aucun ménage ne correspond",
            "Essayez un nom sans accent, un début de numéro, une rue ou un mot du journal, ou retirez un filtre.",
            "&Tout montrer", "x",
        )  # fmt: skip
        self.refused = EmptyState(
            "alert-circle", "La liste n’a pas pu être lue", " ", "&Réessayer", "refresh"
        )
        self.import_first = Button("&Importer une liste…", "secondary", "file-import")
        self._finish_states()
        self.wait = Label("", 13, tone="muted")
        self.wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for body in (self.wait, self._list_body(), self.nobody, self.nothing, self.refused):
            self.addWidget(body)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._say_reading)

    def begin_reading(self) -> None:
        """Expect an answer; say so if it takes long."""
        self._slow.start()

    def end_reading(self, state: int) -> None:
        """Show a state."""
        self._slow.stop()
        self.setCurrentIndex(state)

    def refuse(self, sentence: str) -> None:
        """Say why the list cannot be read."""
        self.refused.setAccessibleName(sentence)
        self.why.setText(sentence)
        self.end_reading(REFUSED)

    def _say_reading(self) -> None:
        if self.currentIndex() == LIST:
            self.foot.setText("Lecture…")
        else:
            self.wait.setText("Lecture de la liste…")
            self.setCurrentIndex(WAITING)

    def _finish_states(self) -> None:
        for state in (self.nothing, self.refused):
            if state.button is not None:
                state.button.set_kind("secondary")
        self.nobody.add_other(self.import_first)
        self.why = Label("", 13, tone="muted", wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = self.refused.layout()
        if isinstance(inside, QVBoxLayout):
            inside.insertWidget(4, self.why)

    def _list_body(self) -> QWidget:
        body = QWidget()
        whole = QHBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        foot = Band("sunken", top=True)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, px(6), 8, px(6))
        line.setSpacing(px(8))
        line.addWidget(self.foot)
        line.addStretch(1)
        line.addWidget(self.show_preview)
        line.addWidget(self.columns)
        left.addWidget(self.table, 1)
        # Below: above, the rows would go down under the pointer of whoever ticks one after another.
        left.addWidget(self.selection)
        left.addWidget(foot)
        whole.addLayout(left, 1)
        whole.addWidget(self.preview)
        return body
