"""Gives back, after a lock or a cut, what was typed where no form keeps a draft: read it, copy it, let it go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.shell.dialogs import Dialog
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import LeftText

_WIDE, _TALL = 520, 360
_SENTENCE = (
    "Passerelle s’est verrouillée ou fermée avant que ces saisies soient enregistrées. "
    "Recopiez-les où elles vont."
)


class LeftTypingDialog(Dialog):
    """Ends with `DONE` when the texts may go; with `LATER` they are shown again at the next opening."""

    LATER, DONE = 0, 1

    def __init__(self, left: Sequence[LeftText], parent: QWidget | None = None) -> None:
        """Show each text with a button to copy it."""
        super().__init__("Ce que vous étiez en train d’écrire", parent)
        self.setMinimumWidth(px(_WIDE))
        self.body.addWidget(Label(_SENTENCE, 13, tone="muted", wrap=True))
        self.copies: list[Button] = []
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(10))
        for number, each in enumerate(left):
            if number:
                column.addWidget(Rule())
            column.addWidget(self._part(each))
        scroll = ScrollBody(holder)
        for ground in (holder, scroll.viewport()):
            ground.setAutoFillBackground(False)
        scroll.setFixedHeight(min(px(_TALL), holder.sizeHint().height() + px(8)))
        self.body.addWidget(scroll)
        self.add_button("&Plus tard", self.LATER)
        self.add_button("C’est &recopié", self.DONE, "primary")

    def _part(self, left: LeftText) -> QWidget:
        part = QWidget()
        where = " · ".join(words for words in (left.where, left.label) if words)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(where, 13, fonts.MEDIUM, wrap=True), 1)
        copy = Button("Copier", "secondary", "copy", compact=True)
        copy.setAccessibleName(f"Copier\u00a0: {where}")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(left.text))
        self.copies.append(copy)
        head.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        text = Label(left.text, 13, wrap=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(text)
        return part
