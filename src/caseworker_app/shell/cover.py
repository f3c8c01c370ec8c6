"""Everything covered at once by a neutral page: a calendar of the month, nothing of anybody, under a neutral title."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from caseworker_app.kernel.dates import MONTHS
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

TITLE = "Calendrier"
_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


class Cover(QWidget):
    """Lies over one window, as large as it. Only the main window's shows the month."""

    def __init__(self, over: QWidget, today: date | None) -> None:
        """Cover a window; `today`: the month to draw, None for a bare ground."""
        super().__init__(over)
        self._today = today
        self.setAccessibleName(TITLE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, above what comes up meanwhile."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the month."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("bg"))
        if self._today is not None:
            self._paint_month(painter, self._today)
        painter.end()

    def _paint_month(self, painter: QPainter, today: date) -> None:
        first = today.replace(day=1)
        cell, top = px(72), px(120)
        left = (self.width() - 7 * cell) // 2
        centre = Qt.AlignmentFlag.AlignHCenter
        title = f"{MONTHS[today.month - 1].capitalize()} {today.year}"
        paint.text(
            painter,
            QRect(left, px(56), 7 * cell, px(32)),
            title,
            fonts.font(22, fonts.SEMI_BOLD),
            "text",
            centre,
        )
        for column, name in enumerate(_DAYS):
            box = QRect(left + column * cell, top - px(28), cell, px(20))
            paint.text(painter, box, name, fonts.font(13), "muted", centre)
        day = first - timedelta(days=first.weekday())
        for place in range(42):
            box = QRect(left + place % 7 * cell, top + place // 7 * px(64), cell - px(4), px(60))
            if day.month == today.month:
                ground = "accent_soft" if day == today else "surface"
                paint.rounded(painter, box, ground, "line", paint.CARD_RADIUS)
                paint.text(painter, box, str(day.day), fonts.font(16), "text", centre)
            day += timedelta(days=1)


class Covering(QObject):
    """Covers every window of the program, and takes the covers off again."""

    def __init__(self) -> None:
        """Cover nothing yet."""
        super().__init__()
        self._covers: list[Cover] = []
        self._titles: list[tuple[QWidget, str]] = []
        self._hidden: list[QWidget] = []
        self._shortcuts: list[QShortcut] = []
        self._focus: QWidget | None = None

    @property
    def on(self) -> bool:
        """Say whether all is covered."""
        return bool(self._covers)

    def cover(self, main: QWidget, content: QWidget, today: date) -> None:
        """Cover the main window, whose `content` is hidden from screen readers too, and every other one."""
        if self.on:
            return
        _close_popups()
        self._focus = QApplication.focusWidget()
        for window in [each for each in QApplication.topLevelWidgets() if each.isVisible()]:
            self._titles.append((window, window.windowTitle()))
            window.setWindowTitle(TITLE)
            self._covers.append(Cover(window, today if window is main else None))
        self._shortcuts = [each for each in main.findChildren(QShortcut) if each.isEnabled()]
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        content.hide()
        self._hidden = [content]
        self._covers[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show everything as it was, the cursor where it was."""
        for widget in filter(isValid, self._hidden):
            widget.show()
        for window, title in self._titles:
            if isValid(window):
                window.setWindowTitle(title)
        for cover in filter(isValid, self._covers):
            cover.hide()
            cover.deleteLater()
        for shortcut in filter(isValid, self._shortcuts):
            shortcut.setEnabled(True)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._covers, self._titles, self._hidden, self._shortcuts, self._focus = [], [], [], [], None


def _close_popups() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:
            return
