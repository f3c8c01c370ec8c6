"""First step: the file, chosen or dropped; above, what was refused or interrupted; below, imports made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.run import ImportMade, ImportRun, RunState
from caseworker_app.features.intake.screens.drop_zone import DropZone
from caseworker_app.features.intake.screens.notice import interrupted_words
from caseworker_app.features.intake.screens.past_imports import PastImports
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LISTS = "Listes (*.csv *.txt *.tsv *.xlsx *.xls *.xlsm *.ods *.json);;Tous les fichiers (*)"


def ask_list(parent: QWidget, title: str) -> Path | None:
    """Ask for the file of a list; None when the person gives up."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", _LISTS)
    return Path(name) if name else None


class FileStep(QWidget):
    """`file_asked()`, `finish_asked()` and `take_back_asked()` of an interrupted import, `undo_asked(run id)`."""

    file_asked = Signal()
    finish_asked = Signal()
    take_back_asked = Signal()
    undo_asked = Signal(str)
    resume_asked = Signal()
    drop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it at rest."""
        super().__init__(parent)
        self.refusal = Banner("", "danger")
        self.refusal.hide()
        self.interrupted = Banner("", "warn", "alert-triangle")
        self.finishing = Button("&Terminer l’import…", "secondary", compact=True)
        self.undoing = Button("&Annuler cet import", "secondary", compact=True)
        for button in (self.finishing, self.undoing):
            self.interrupted.add_action(button)
        self.interrupted.hide()
        self.kept = Banner("", "accent", "history")
        self.resuming = Button("&Reprendre", "secondary", compact=True)
        self.dropping = Button("A&bandonner", "quiet", compact=True)
        for button in (self.resuming, self.dropping):
            self.kept.add_action(button)
        self.kept.hide()
        self.drop = DropZone()
        self.past = PastImports()
        self.ahead = _ahead()
        self._lay_out()
        self.drop.button.clicked.connect(self.file_asked)
        self.finishing.clicked.connect(self.finish_asked)
        self.undoing.clicked.connect(self.take_back_asked)
        self.resuming.clicked.connect(self.resume_asked)
        self.dropping.clicked.connect(self.drop_asked)
        self.past.undo_asked.connect(self.undo_asked)

    def focus_first(self) -> None:
        """Stand on the choice of a file, or on the way out of what was interrupted."""
        first = self.finishing if self.finishing.isVisible() else self.drop.button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why a file was not read, and let one choose another."""
        self.refusal.setVisible(bool(sentence))
        if sentence:
            self.refusal.show_sentence(sentence, "danger")

    def offer(self, run: ImportRun | None) -> None:
        """Offer to finish an interrupted import, or to take it back."""
        self.interrupted.setVisible(run is not None)
        if run is not None:
            self.finishing.setVisible(run.state is RunState.RUNNING)
            self.interrupted.show_sentence(interrupted_words(run), "warn", "alert-triangle")

    def show_past(self, made: Sequence[ImportMade]) -> None:
        """Show the imports made; before the first one, what comes next."""
        self.past.show_imports(made)
        self.ahead.setVisible(not made)

    def offer_kept(self, file_name: str) -> None:
        """Offer to go on preparing a list that was left before it was imported; empty: nothing to offer."""
        self.kept.setVisible(bool(file_name))
        if file_name:
            words = (
                f"Vous prépariez l’import de «\u00a0{file_name}\u00a0»\u00a0: vos corrections sont gardées."
            )
            self.kept.show_sentence(words, "accent", "history")

    def _lay_out(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(*PAGE_INSETS)
        inside.setSpacing(12)
        for part in (self.refusal, self.interrupted, self.kept):
            inside.addWidget(part)
        inside.addWidget(self.drop, 1)
        inside.addWidget(self.past)
        inside.addWidget(self.ahead)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ScrollBody(content))


def _ahead() -> QWidget:
    """Return what comes next, in three short steps."""
    holder = QWidget()
    row = Columns(holder, gap=16)
    for icon, title, sentence in (
        ("columns", "Vos colonnes sont reconnues", "Vous dites ce que contient celle qui ne l’est pas."),
        (
            "pencil",
            "Les erreurs se corrigent sur place",
            "Une correction est proposée quand elle est claire.",
        ),
        ("arrow-back-up", "Tout import s’annule", "En entier, d’un seul geste, pendant 30\u00a0jours."),
    ):
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Label(title, 13, fonts.SEMI_BOLD))
        words.addWidget(Label(sentence, 12, tone="muted"))
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        line.addWidget(Mark(icon, 20, "accent"))
        line.addLayout(words, 1)
        card.add(inside)
        row.addWidget(card)
    return holder
