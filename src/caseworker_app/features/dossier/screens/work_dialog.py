"""What the dialogs of merging and separating share: a head, a body that scrolls, a foot with its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Band, Card, Rule
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]
WIDTH, HEIGHT = 980, 640
# What stays in sight of the window around the dialog.
_AROUND = 24


@dataclass(frozen=True, slots=True)
class JoiningDesk:
    """What both dialogs work with; `drafts` None: what is being typed is not followed; `take_back` undoes
    the worker's last change.
    """

    file: EncryptedFile
    who: Who
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack
    drafts: Drafts | None = None

    def undo(self, owner: QWidget | None, then: Callable[[], None]) -> None:
        """Take back the last change, tell of it, and go on."""

        def undone(answer: tuple[str, Changes]) -> None:
            then()
            self.changes.announce(answer[1])
            self.navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self.tasks.run(lambda: self.take_back(self.file, self.who), undone, owner=owner)


class WorkDialog(QDialog):
    """A large dialog over the window; its parts are the pages of `stack`."""

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        """Make it with its title and what it does in a sentence."""
        super().__init__(parent)
        self.setWindowTitle("Passerelle")
        self.setAccessibleName(title)
        self.title = Label(title, 16, fonts.SEMI_BOLD, wrap=True)
        self.sentence = Label(sentence, 13, tone="muted", wrap=True)
        head = Band()
        top = QVBoxLayout(head)
        top.setContentsMargins(24, px(16), 24, px(12))
        top.setSpacing(px(2))
        top.addWidget(self.title)
        top.addWidget(self.sentence)
        self.stack = QStackedWidget()
        self.rest = SentenceLine(lines=0)
        self.rest.hide()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        foot = Band(top=True)
        bottom = QVBoxLayout(foot)
        bottom.setContentsMargins(24, px(10), 24, px(12))
        bottom.setSpacing(px(6))
        bottom.addWidget(self.rest)
        bottom.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.stack, 1)
        column.addWidget(foot)
        self._fit(parent)

    def add_page(self, *parts: QWidget) -> ScrollBody:
        """Add a page of parts one below the other, which scrolls."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 12, 16)
        column.setSpacing(16)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        body = ScrollBody(content)
        self.stack.addWidget(body)
        return body

    def add_button(self, button: Button, run: Callable[[], object]) -> None:
        """Add a button to the foot."""
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: run())
        self.buttons.addWidget(button)

    def refuse(self, sentence: str) -> None:
        """Say at the foot why something is not done."""
        self.rest.setVisible(bool(sentence))
        if sentence:
            self.rest.refuse(sentence)
        else:
            self.rest.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("bg"))
        painter.end()

    def _fit(self, parent: QWidget | None) -> None:
        window = parent.window() if parent is not None else None
        wide, tall = px(WIDTH), px(HEIGHT)
        if window is not None:
            wide = min(wide, window.width() - 2 * _AROUND)
            tall = min(tall, window.height() - 2 * _AROUND)
        self.resize(wide, tall)


def rows_card(title: str, rows: list[QWidget], remark: str = "") -> Card:
    """Return a card of rows parted by rules."""
    card = Card(title, remark)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for number, row in enumerate(rows):
        if number:
            column.addWidget(Rule())
        column.addWidget(row)
    card.add_rows(holder)
    return card


def inset(content: QWidget, top: int = 8) -> QWidget:
    """Return content with the inset of a card's rows."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(INSET - 1, px(top), INSET - 1, px(top))
    line.addWidget(content, 1, Qt.AlignmentFlag.AlignTop)
    return holder
