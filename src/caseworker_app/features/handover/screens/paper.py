"""The preview: the pages of a PDF as they will print, white in every theme, with zoom and page numbers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Rule, Surface
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.page_pictures import Picture, pictures
from caseworker_app.ui_kit.reading_area import ReadingArea
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

# 100 % is the size on paper, on a screen of 96 dots per inch.
SCREEN_DPI, A4_INCHES = 96, 8.27
# A wide screen shows more of a page, not one larger than paper.
WIDEST_FIT = 110
ZOOMS = (50, 67, 80, 100, 125, 150, 200)
_MARGIN, _GAP, _EDGE = 24, 16, 2


class _Sheet(QWidget):
    """One page of paper."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()

    def show_picture(self, made: Picture, number: int, count: int, ratio: float) -> None:
        image = QImage(made.pixels, made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        self._image = image
        self.setAccessibleName(f"Page {number + 1} sur {count}")
        self.setAccessibleDescription(made.words)
        self.setFixedSize(image.deviceIndependentSize().toSize() + QSize(2, 2))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("border"))
        painter.drawImage(1, 1, self._image)
        painter.end()


class _Desk(QWidget):
    """The ground the sheets lie on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("chip"))
        painter.end()


class PaperPreview(Surface):
    """Shows a PDF: bar of pages and zoom above, the sheets below. `shown(int)`: so many pages are drawn."""

    shown = Signal(int)

    def __init__(self, tasks: Tasks) -> None:
        """Make it without a document."""
        super().__init__("surface", "border")
        self._tasks = tasks
        self._pdf = b""
        self._asked = 0
        self._zoom: int | None = None
        self.sheets: list[_Sheet] = []
        self.page_words = Label("", 13, fonts.MEDIUM)
        self.zoom_words = Label("", 13, fonts.MEDIUM, tabular=True)
        self.waiting = Label("Mise en page\u2026", 13, tone="muted")
        self._area, self._desk = ReadingArea("Aperçu du document"), _Desk()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._fitting = QTimer(self, singleShot=True, interval=120)
        self._fitting.timeout.connect(self._draw)
        self._lay_out()

    @property
    def zoom(self) -> int:
        """The zoom in per cent of the size on paper; the width there is, unless chosen."""
        if self._zoom is not None:
            return self._zoom
        room = self._area.viewport().width() - 2 * _MARGIN - 2 * _EDGE
        return max(25, min(WIDEST_FIT, int(100 * room / (A4_INCHES * SCREEN_DPI))))

    @property
    def page(self) -> int:
        """The page one looks at, from 0."""
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 3
        above = [number for number in range(len(self.sheets)) if self._top(number) <= middle]
        return above[-1] if above else 0

    def show_pdf(self, pdf: bytes) -> None:
        """Show a document in place of the one shown, at the same place of it."""
        self._pdf = pdf
        self._draw()

    def clear(self) -> None:
        """Show none."""
        self._pdf = b""
        self._asked += 1
        self._show(())

    def go_to(self, page: int) -> None:
        """Scroll to a page, from 0."""
        if 0 <= page < len(self.sheets):
            self._area.verticalScrollBar().setValue(self._top(page) - px(_GAP))
            self._say_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the bar to pages and zoom where it is narrow."""
        super().resizeEvent(event)
        for part in (self.said, self._printer):
            part.setVisible(self.width() >= px(520))
        self._fit_button.setVisible(self.width() >= px(380))

    def _top(self, page: int) -> int:
        """Return where a page begins; counted, since new sheets have no place before the next layout."""
        return px(_GAP) + sum(sheet.height() + px(_GAP) for sheet in self.sheets[:page])

    def _step_zoom(self, up: bool) -> None:
        now = self.zoom
        further = [z for z in ZOOMS if (z > now if up else z < now)]
        if further:
            self._zoom = further[0] if up else further[-1]
            self._draw()

    def _fit(self) -> None:
        self._zoom = None
        self._draw()

    def _resized(self) -> None:
        if self._zoom is None and self._pdf:
            self._fitting.start()

    def _draw(self) -> None:
        if not self._pdf:
            return
        self._asked += 1
        number, pdf, ratio = self._asked, self._pdf, self.devicePixelRatioF()
        dots = SCREEN_DPI * self.zoom / 100 * ratio
        self.zoom_words.setText(f"{self.zoom}\u00a0%")

        def drawn(made: tuple[Picture, ...]) -> None:
            if number == self._asked:
                self._show(made, ratio)

        self._tasks.read(lambda: pictures(pdf, dots), drawn, owner=self, words="Aperçu")

    def _show(self, made: tuple[Picture, ...], ratio: float = 1.0) -> None:
        while len(self.sheets) > len(made):
            gone = self.sheets.pop()
            gone.hide()
            self._column.removeWidget(gone)
            gone.deleteLater()
        for number, page in enumerate(made):
            if number == len(self.sheets):
                self.sheets.append(_Sheet())
                self._column.insertWidget(number, self.sheets[number], 0, Qt.AlignmentFlag.AlignHCenter)
            self.sheets[number].show_picture(page, number, len(made), ratio)
        self.waiting.setVisible(not made)
        self._say_page()
        self.shown.emit(len(made))

    def _say_page(self) -> None:
        count = len(self.sheets)
        self.page_words.setText(f"Page {self.page + 1} sur {count}" if count else "")
        self._previous.setEnabled(self.page > 0)
        self._next.setEnabled(self.page < count - 1)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._desk)
        self._column.setContentsMargins(_MARGIN, px(_GAP), _MARGIN, px(_GAP))
        self._column.setSpacing(px(_GAP))
        self._column.addWidget(self.waiting, 0, Qt.AlignmentFlag.AlignCenter)
        self._column.addStretch(1)
        self._area.setWidget(self._desk)
        self.setFocusProxy(self._area)
        self._area.resized.connect(self._resized)
        self._area.verticalScrollBar().valueChanged.connect(lambda _value: self._say_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(Rule("border"))
        column.addWidget(self._area, 1)

    def _bar(self) -> QHBoxLayout:
        self._previous = IconButton("chevron-left", "Page précédente", size=28, icon_size=16)
        self._next = IconButton("chevron-right", "Page suivante", size=28, icon_size=16)
        smaller = IconButton("zoom-out", "Réduire", size=28, icon_size=16)
        larger = IconButton("zoom-in", "Agrandir", size=28, icon_size=16)
        fit = self._fit_button = Button("Ajuster", "quiet", compact=True)
        fit.setAccessibleName("Ajuster à la largeur")
        self._previous.clicked.connect(lambda: self.go_to(self.page - 1))
        self._next.clicked.connect(lambda: self.go_to(self.page + 1))
        smaller.clicked.connect(lambda: self._step_zoom(up=False))
        larger.clicked.connect(lambda: self._step_zoom(up=True))
        fit.clicked.connect(self._fit)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(8), px(6), px(8), px(6))
        bar.setSpacing(px(4))
        before: tuple[QWidget, ...] = (self._previous, self.page_words, self._next)
        after: tuple[QWidget, ...] = (smaller, self.zoom_words, larger, fit)
        for part in before:
            bar.addWidget(part)
        bar.addStretch(1)
        self.said = Label("Tel qu’il sera imprimé", 12, tone="muted")
        self._printer = Mark("printer", 14)
        bar.addWidget(self._printer)
        bar.addWidget(self.said)
        bar.addStretch(1)
        for part in after:
            bar.addWidget(part)
        return bar
