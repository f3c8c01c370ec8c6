"""One paper of a procedure: how it stands, what was received, what could be reused, and where a file is dropped."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.procedures.domain.procedure import Noted
from caseworker_app.features.procedures.domain.shown import (
    ICONS,
    TONES,
    detail_of,
    proposal_words,
    state_words,
    title_of,
)
from caseworker_app.features.procedures.domain.standing import PaperLine, PaperState
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.drops import dropped_paths
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

_STATE_WIDE = 158


class PaperRow(QWidget):
    """`asked(what)`: « attach », « seen », « not_concerned », « clear », « dates » or « see »; `dropped(list of Path)`;
    `reused(int)`: the proposal of that place.
    """

    asked = Signal(str)
    dropped = Signal(object)
    reused = Signal(int)

    def __init__(self, line: PaperLine, kept: Mapping[str, Attachment], *, may_write: bool) -> None:
        """Show a paper."""
        super().__init__()
        self.line, self._lit, self._may_write = line, False, may_write
        self.setAcceptDrops(may_write)
        title = title_of(line)
        self.state = StateLabel(State(state_words(line), TONES[line.state], ICONS[line.state]))
        self.detail = Label(detail_of(line, kept), 12, tone="muted", wrap=True)
        self.attach = Button("Joindre…", "quiet", "paperclip", compact=True)
        self.attach.setAccessibleName(f"Joindre un fichier, {title}")
        self.more = IconButton("dots", f"Autres actions, {title}")
        self.reuse: list[Button] = []
        self.menu = Menu("", self)
        self._fill_menu()
        self._lay_out(title)
        self.attach.clicked.connect(lambda: self.asked.emit("attach"))
        self.more.clicked.connect(self._open_menu)
        for button in (self.attach, self.more):
            button.setVisible(may_write)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes back what was noted of the paper one stands on."""
        if self._may_write and self.line.notes and event.key() == Qt.Key.Key_Delete:
            self.asked.emit("clear")
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of the disk."""
        if dropped_paths(event.mimeData()):
            self._light(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop showing that they would be taken."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Receive the paper with them."""
        self._light(False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint the line while what is held over it would be taken."""
        if self._lit:
            painter = paint.begin(self)
            painter.fillRect(self.rect(), colour("accent_soft"))
            painter.end()

    def _light(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def _fill_menu(self) -> None:
        line, add = self.line, self.menu.addAction
        if any(each.attachment_id for each in line.notes):
            add("Voir dans les pièces", lambda: self.asked.emit("see"))
        if any(each.state is Noted.RECEIVED for each in line.notes):
            add("Préciser les dates…", lambda: self.asked.emit("dates"))
        else:
            add("Vue, sans garder de copie", lambda: self.asked.emit("seen"))
        if line.state is not PaperState.NOT_CONCERNED:
            add("Le ménage n’est pas concerné", lambda: self.asked.emit("not_concerned"))
        if line.notes:
            self.menu.addSeparator()
            words = (
                "Compter de nouveau cette pièce"
                if line.state is PaperState.NOT_CONCERNED
                else "Remettre manquante"
            )
            add(words, lambda: self.asked.emit("clear"))

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _lay_out(self, title: str) -> None:
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Label(title, 13, fonts.MEDIUM, wrap=True))
        if self.detail.text():
            words.addWidget(self.detail)
        for place, proposal in enumerate(self.line.proposals[:2] if self._may_write else ()):
            button = Button(
                f"Reprendre «\u00a0{_short(proposal.attachment.title)}\u00a0»", "ghost", "check", compact=True
            )
            said = proposal_words(proposal)
            button.setAccessibleName(f"{said}, {title}")
            button.setToolTip(said)
            button.clicked.connect(lambda _on=False, place=place: self.reused.emit(place))
            self.reuse.append(button)
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        state = QWidget()
        state.setFixedWidth(px(_STATE_WIDE))
        inner = QHBoxLayout(state)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.state)
        inner.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, px(7), 12, px(7))
        line.setSpacing(px(12))
        line.addWidget(state)
        line.addLayout(words, 1)
        line.addWidget(self.attach)
        line.addWidget(self.more)


def _short(title: str, most: int = 20) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
