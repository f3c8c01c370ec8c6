"""A piece seen within the program: a photo or the pages of a PDF, with zoom; nothing is written on the disk."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.attachments.domain.file_types import MediaType
from caseworker_app.features.attachments.domain.shown import detail_words
from caseworker_app.features.attachments.screens.decoding import decode, pdf_page, pdf_pages
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.reading_area import ReadingArea
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import colour, px

ZOOMS = (10, 25, 50, 75, 100, 150, 200, 300, 400)
# A PDF page is drawn at this fineness, then shown larger or smaller.
_PDF_DPI, _SCREEN_DPI = 150, 96
_AROUND = 24


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a thread brings: the picture, its words, and how many pages there are."""

    image: QImage
    words: str
    pages: int


class _Canvas(QWidget):
    """The picture at the size chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        self.image = image
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self.image)
        painter.end()


class PieceViewer(QDialog):
    """Over the window; Escape closes. `shown()`: a picture, or the sentence that stands for it, is there."""

    shown = Signal()

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, attachment: Attachment, parent: QWidget | None
    ) -> None:
        """Begin to read the piece."""
        super().__init__(parent)
        # No name of a person in the title of a window.
        self.setWindowTitle("Passerelle")
        self.setAccessibleName(f"Pièce\u00a0: {attachment.title}")
        self._file, self._who, self._tasks, self._attachment = file, who, tasks, attachment
        self._zoom: int | None = None
        self._page, self._pages, self._asked = 0, 1, 0
        self.canvas, self._area = _Canvas(), ReadingArea("Pièce affichée")
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message = Label("Ouverture…", 13, tone="muted", wrap=True)
        self.page_words = Label("", 13, fonts.MEDIUM)
        self.zoom_words = Label("", 13, fonts.MEDIUM, tabular=True)
        self._fitting = QTimer(self, singleShot=True, interval=80)
        self._fitting.timeout.connect(self._place)
        self._lay_out()
        self._fit_window(parent)
        self._read()

    @property
    def zoom(self) -> int:
        """The zoom in per cent; what shows a whole photo, or a page over the whole width, unless chosen."""
        if self._zoom is not None:
            return self._zoom
        room, image = self._area.viewport().size(), self.canvas.image
        if image.isNull():
            return 100
        wide, tall = (
            (room.width() - 2 * _AROUND) / self._natural().width(),
            room.height() / self._natural().height(),
        )
        return max(
            5, min(110 if self._is_pdf else 100, int(100 * (wide if self._is_pdf else min(wide, tall))))
        )

    def step_zoom(self, *, up: bool) -> None:
        """Show larger or smaller."""
        now = self.zoom
        further = [z for z in ZOOMS if (z > now if up else z < now)]
        if further:
            self._zoom = further[0] if up else further[-1]
            self._place()

    def fit(self) -> None:
        """Show the whole picture again."""
        self._zoom = None
        self._place()

    def turn_page(self, step: int) -> None:
        """Go to the next page of a PDF, or back."""
        if 0 <= self._page + step < self._pages:
            self._page += step
            self._read()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("bg"))
        painter.end()

    @property
    def _is_pdf(self) -> bool:
        return self._attachment.media_type is MediaType.PDF

    def _natural(self) -> QSize:
        """Return the size at 100 %: a point of a photo for a point of the screen, a page as large as paper."""
        image = self.canvas.image.size()
        if self._is_pdf:
            return image * (_SCREEN_DPI / _PDF_DPI)
        return (image / self.devicePixelRatioF()).expandedTo(QSize(1, 1))

    def _read(self) -> None:
        self._asked += 1
        number, page = self._asked, self._page
        file, who, attachment = self._file, self._who, self._attachment

        def work() -> _Seen:
            _found, content = attachments.content_of(file, who, attachment.id)
            if self._is_pdf:
                return _Seen(*pdf_page(content, page, _PDF_DPI), pdf_pages(content))
            return _Seen(decode(content), attachment.caption or "", 1)

        def seen(found: _Seen) -> None:
            if number == self._asked:
                self._show(found)

        self._tasks.background(
            lambda _progress: work(), seen, self._refuse, owner=self, words="Ouverture", matters=False
        )

    def _show(self, found: _Seen) -> None:
        self._pages = found.pages
        self.canvas.image = found.image
        self.canvas.setAccessibleName(self._attachment.title)
        self.canvas.setAccessibleDescription(found.words)
        self.message.hide()
        self._area.show()
        self._area.verticalScrollBar().setValue(0)
        self._place()
        self.shown.emit()

    def _refuse(self, error: CaseworkerError) -> None:
        self._area.hide()
        self.message.setText(error.sentence)
        self.message.show()
        self.shown.emit()

    def _place(self) -> None:
        image = self.canvas.image
        if image.isNull():
            return
        zoom = self.zoom
        size = self._natural() * (zoom / 100)
        self.canvas.show_image(image, size.expandedTo(QSize(1, 1)))
        self.zoom_words.setText(f"{zoom}\u00a0%")
        several = self._pages > 1
        self.page_words.setText(f"Page {self._page + 1} sur {self._pages}" if several else "")
        for button, there in ((self._previous, self._page > 0), (self._next, self._page < self._pages - 1)):
            button.setVisible(several)
            button.setEnabled(there)

    def _resized(self) -> None:
        if self._zoom is None:
            self._fitting.start()

    def _lay_out(self) -> None:
        self._area.setWidget(self.canvas)
        self._area.resized.connect(self._resized)
        self._area.hide()
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._area, 1)
        column.addWidget(self.message, 1)

    def _head(self) -> Band:
        self._previous = IconButton("chevron-left", "Page précédente", size=32, icon_size=16)
        self._next = IconButton("chevron-right", "Page suivante", size=32, icon_size=16)
        smaller = IconButton("zoom-out", "Réduire", size=32, icon_size=16)
        larger = IconButton("zoom-in", "Agrandir", size=32, icon_size=16)
        fit = Button("Ajuster", "quiet", compact=True)
        fit.setAccessibleName("Ajuster à la fenêtre")
        close = IconButton("x", "Fermer (Échap)", size=32, icon_size=16)
        self._previous.clicked.connect(lambda: self.turn_page(-1))
        self._next.clicked.connect(lambda: self.turn_page(1))
        smaller.clicked.connect(lambda: self.step_zoom(up=False))
        larger.clicked.connect(lambda: self.step_zoom(up=True))
        fit.clicked.connect(self.fit)
        close.clicked.connect(self.reject)
        for button in (self._previous, self._next, smaller, larger, fit, close):
            button.setAutoDefault(False)
        self._keys()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(self._attachment.title, 14, fonts.SEMI_BOLD))
        words.addWidget(ElidedLabel(detail_words(self._attachment), 12, tone="muted"))
        band = Band()
        line = QHBoxLayout(band)
        line.setContentsMargins(16, px(8), 12, px(8))
        line.setSpacing(px(6))
        line.addLayout(words, 1)
        for part in (
            self._previous,
            self.page_words,
            self._next,
            smaller,
            self.zoom_words,
            larger,
            fit,
            close,
        ):
            line.addWidget(part)
        self._previous.hide()
        self._next.hide()
        return band

    def _keys(self) -> None:
        for keys, act in (
            ("+", lambda: self.step_zoom(up=True)), ("Ctrl++", lambda: self.step_zoom(up=True)),
            ("-", lambda: self.step_zoom(up=False)), ("Ctrl+-", lambda: self.step_zoom(up=False)),
            ("Ctrl+0", self.fit), ("Ctrl+PgDown", lambda: self.turn_page(1)),
            ("Ctrl+PgUp", lambda: self.turn_page(-1)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _fit_window(self, parent: QWidget | None) -> None:
        window = parent.window() if parent is not None else None
        if window is not None:
            self.resize(window.size() - QSize(2 * _AROUND, 2 * _AROUND))
        else:
            self.resize(px(980), px(640))
