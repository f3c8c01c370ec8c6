"""Choosing a logo: the picture as it will be printed, a button to choose it, one to remove it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

_FILTER = "Images (*.png *.jpg *.jpeg)"
_WIDE, _TALL, _MARGIN = 104, 60, 8


class LogoChoice(QWidget):
    """`chosen(path)` when a file was chosen, `removed()` when the logo is to go. It shows what it is told to."""

    chosen = Signal(Path)
    removed = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        """Show no logo."""
        super().__init__(parent)
        self.picture = _Paper()
        self.choose = Button("Choisir un &logo\u2026", "secondary", "photo", compact=True)
        self.remove = Button("Reti&rer", "ghost", compact=True)
        self.remove.setAccessibleName("Retirer le logo")
        self.line = SentenceLine(hint, lines=2)
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(self.removed)
        self._lay_out()
        self.show_logo(None)

    def show_logo(self, png: bytes | None) -> None:
        """Show this picture, or that there is none."""
        self.picture.show_png(png)
        self.choose.setText("C&hanger le logo\u2026" if png else "Choisir un &logo\u2026")
        self.remove.setVisible(bool(png))
        self.line.clear()

    def set_read_only(self, read_only: bool) -> None:
        """Show without offering to change."""
        self.choose.setVisible(not read_only)
        self.remove.setVisible(not read_only and self.picture.has_logo)

    def refuse(self, sentence: str) -> None:
        """Say why a file is refused; the logo of before stays."""
        self.line.refuse(sentence)

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choisir un logo", "", _FILTER)
        if name:
            self.chosen.emit(Path(name))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(px(4))
        beside.addWidget(Label("Logo (facultatif)", 13, fonts.MEDIUM))
        beside.addLayout(buttons)
        beside.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)


class _Paper(QWidget):
    """A piece of white paper with the logo on it: in the dark theme too, a page is white."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(px(_WIDE), px(_TALL))
        self._pixmap: QPixmap | None = None
        self.show_png(None)

    @property
    def has_logo(self) -> bool:
        return self._pixmap is not None

    def show_png(self, png: bytes | None) -> None:
        pixmap = QPixmap()
        self._pixmap = pixmap if png and pixmap.loadFromData(png) else None
        self.setAccessibleName("Logo de l’association" if self._pixmap else "Pas de logo")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(colour("border"))
        painter.setBrush(QColor("white") if self._pixmap else colour("sunken"))
        painter.drawRoundedRect(box, px(6), px(6))
        margin = px(_MARGIN)
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        if self._pixmap is None:
            mark = icons.pixmap("photo", px(20), "muted", self.devicePixelRatioF())
            place = QRectF(0, 0, px(20), px(20))
            place.moveCenter(box.center())
            painter.drawPixmap(place, mark, QRectF(mark.rect()))
        else:
            size = self._pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(room).center())
            ratio = self.devicePixelRatioF()
            drawn = self._pixmap.scaled(
                QSize(round(size.width() * ratio), round(size.height() * ratio)),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawPixmap(place, drawn, QRectF(drawn.rect()))
        painter.end()
