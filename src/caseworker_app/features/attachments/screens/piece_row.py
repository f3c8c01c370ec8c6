"""One piece in the list: its picture, its words, what can be done with it, and the form that says more of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseworker_app.features.attachments.domain.attachment import (
    ATTACHMENT_KIND_LABELS,
    Attachment,
    AttachmentForm,
    AttachmentKind,
)
from caseworker_app.features.attachments.domain.shown import detail_words
from caseworker_app.features.attachments.screens.decoding import shown_inside
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import INTERNAL, SHAREABLE, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

# Side of the picture in the list, at 100 %.
SIDE = 56


class Picture(paint.KeyboardRing, QPushButton):
    """The small picture of a piece, or the icon that stands for it; clicked, the piece is seen."""

    def __init__(self, attachment: Attachment) -> None:
        """Show the icon until the picture is made."""
        super().__init__()
        self._icon = "photo" if attachment.is_image else "file-text"
        self.image: QImage | None = None
        self.setAccessibleName(f"Voir «\u00a0{attachment.title}\u00a0»")
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(px(SIDE), px(SIDE))

    def show_image(self, image: QImage) -> None:
        """Show the picture."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed square."""
        return self.size()

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture whole within the square."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "chip", "border", paint.CONTROL_RADIUS)
        if self.image is None:
            icons.draw_centred(painter, self._icon, self.rect(), px(22), "muted")
        else:
            inner = self.rect().adjusted(2, 2, -2, -2)
            size = self.image.size().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = inner.adjusted(0, 0, 0, 0)
            box.setSize(size)
            box.moveCenter(inner.center())
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self.image)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()


class PieceRow(QWidget):
    """`asked(what)`: « see », « edit », « export », « open » or « remove »."""

    asked = Signal(str)

    def __init__(self, attachment: Attachment) -> None:
        """Show a piece."""
        super().__init__()
        self.attachment = attachment
        self.picture = Picture(attachment)
        self.trouble = SentenceLine(lines=0)
        self.trouble.hide()
        title = attachment.title
        self.edit = IconButton("pencil", f"Décrire «\u00a0{title}\u00a0»")
        self.more = IconButton("dots", f"Autres actions, «\u00a0{title}\u00a0»")
        self.menu = Menu("", self)
        self.picture.clicked.connect(lambda: self.asked.emit("see"))
        self.edit.clicked.connect(lambda: self.asked.emit("edit"))
        self.more.clicked.connect(self._open_menu)
        self._fill_menu()
        self._lay_out()

    def show_image(self, image: QImage) -> None:
        """Show its picture."""
        self.picture.show_image(image)

    def show_trouble(self, sentence: str) -> None:
        """Say that its content is missing or damaged; the row stays."""
        self.trouble.show()
        self.trouble.refuse(sentence)

    def _fill_menu(self) -> None:
        inside = shown_inside(self.attachment.media_type)
        if inside:
            self.menu.addAction("Voir", lambda: self.asked.emit("see"))
        self.menu.addAction("Enregistrer une copie…", lambda: self.asked.emit("export"))
        self.menu.addAction("Ouvrir dans un autre programme", lambda: self.asked.emit("open"))
        self.menu.addSeparator()
        self.menu.addAction("Retirer", lambda: self.asked.emit("remove"))

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addStretch(1)
        words.addWidget(ElidedLabel(self.attachment.title, 13, fonts.MEDIUM))
        words.addWidget(Label(detail_words(self.attachment), 12, tone="muted", wrap=True))
        words.addWidget(self.trouble)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, px(8), 12, px(8))
        line.setSpacing(px(12))
        line.addWidget(self.picture)
        line.addLayout(words, 1)
        line.addWidget(StateLabel(SHAREABLE if self.attachment.shareable else INTERNAL))
        line.addWidget(self.edit)
        line.addWidget(self.more)


class PieceForm(QWidget):
    """What is said of a piece. `saved(AttachmentForm)`, `cancelled()`, `edited()`."""

    saved = Signal(object)
    cancelled = Signal()
    edited = Signal()

    def __init__(self, attachment: Attachment, today: date) -> None:
        """Show what is said now."""
        super().__init__()
        self.attachment, self._today = attachment, today
        self.name, self.caption, self.day = (
            Entry(),
            Entry("Ce que l’on voit, de qui, pour quoi"),
            Entry("jj/mm/aaaa"),
        )
        self.kind = Choice()
        for kind, words in ATTACHMENT_KIND_LABELS.items():
            self.kind.add(kind.value, words.capitalize())
        self.shareable = Check("Peut être proposée à l’extérieur (sinon interne)")
        self.rest = SentenceLine(lines=0)
        self.fields = {
            "caption": Field("&Légende", self.caption),
            "name": Field("&Nom du fichier", self.name),
            "kind": Field("Na&ture", self.kind),
            "dated_on": Field("&Date de la pièce", self.day),
        }
        self.save, self.cancel = Button("Enregistrer", "primary"), Button("Annuler", "quiet")
        self._show()
        self._lay_out()
        self._join()

    def content(self) -> dict[str, Any]:
        """Return the form as typed, for the draft."""
        return {
            "name": self.name.text(), "caption": self.caption.text(), "day": self.day.text(),
            "kind": self.kind.current_key(), "shareable": self.shareable.isChecked(),
        }  # fmt: skip

    def take(self, content: Mapping[str, Any]) -> None:
        """Show what a draft kept."""
        for entry, key in ((self.name, "name"), (self.caption, "caption"), (self.day, "day")):
            entry.setText(str(content.get(key) or ""))
        self.kind.choose(str(content.get("kind") or self.attachment.kind.value))
        self.shareable.setChecked(bool(content.get("shareable")))

    def refuse(self, error: CaseworkerError) -> None:
        """Put an error beside its field."""
        self.save.setEnabled(True)
        place_error(error, self.fields, self.rest)

    def focus_first(self) -> None:
        """Begin with the caption."""
        self.caption.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        found = self.attachment
        self.name.setText(found.name)
        self.caption.setText(found.caption or "")
        self.day.setText(format_date(found.dated_on) if found.dated_on else "")
        self.kind.choose(found.kind.value)
        self.shareable.setChecked(found.shareable)

    def _read(self) -> AttachmentForm:
        text = self.day.text().strip()
        return AttachmentForm(
            self.name.text(), AttachmentKind(self.kind.current_key()), self.caption.text() or None,
            parse_day(text, self._today, "dated_on") if text else None,
            self.shareable.isChecked(), self.attachment.place,
        )  # fmt: skip

    def _save(self) -> None:
        try:
            form = self._read()
        except CaseworkerError as error:
            self.refuse(error)
            return
        self.save.setEnabled(False)
        self.saved.emit(form)

    def _lay_out(self) -> None:
        grid = QWidget()
        columns = Columns(grid, gap=12, weights=(3, 2, 2, 1))
        for key in ("caption", "name", "kind", "dated_on"):
            columns.addWidget(self.fields[key])
        foot = QWidget()
        line = Flow(foot, gap=px(12))
        for part in (self.save, self.cancel, self.shareable):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, px(10), 16, px(12))
        column.setSpacing(px(6))
        column.addWidget(grid)
        column.addWidget(foot)
        column.addWidget(self.rest)

    def _join(self) -> None:
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.cancelled)
        for entry in (self.name, self.caption, self.day):
            entry.textEdited.connect(self.edited)
            entry.returnPressed.connect(self._save)
        self.kind.activated.connect(self.edited)
        self.shareable.clicked.connect(self.edited)
