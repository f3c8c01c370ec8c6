"""Choosing: a box to tick, one of a few, filters as chips, a row that opens something."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QRadioButton, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.theme import colour, px, theme

_BOX = 16


def draw_box(painter: QPainter, left: int, top: int, ticked: bool, mark: str = "check") -> None:
    """Draw a tick box, in a control or in a row."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(QPoint(left, top), _box(theme().dark, px(_BOX), mark if ticked else "", ratio))


@lru_cache(maxsize=32)
def _box(_dark: bool, size: int, mark: str, ratio: float) -> QPixmap:
    """Return a box drawn once for each appearance, ticked where it has a mark: lists show one a row."""
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRect(0, 0, size, size)
    paint.rounded(painter, rect, "accent" if mark else "surface", None if mark else "field", 4)
    if mark:
        icons.draw_centred(painter, mark, rect, px(12), "on_accent")
    painter.end()
    return drawn


class Check(paint.KeyboardRing, QCheckBox):
    """A box to tick with its words; a click anywhere on the words counts."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Make it unticked."""
        super().__init__(words, parent)
        self.setFont(fonts.font(13))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of box and words."""
        return QSize(px(_BOX + 8 + 6) + paint.width(self.text().replace("&", ""), self.font()), px(28))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Count a click anywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, words, ring."""
        painter = paint.begin(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        half = self.checkState() is Qt.CheckState.PartiallyChecked
        mark = "minus" if half else "check"
        draw_box(painter, px(3), (self.height() - px(_BOX)) // 2, self.isChecked(), mark)
        painter.setFont(self.font())
        painter.setPen(colour("text"))
        words = self.rect().adjusted(px(_BOX + 11), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()


class _Option(paint.KeyboardRing, QRadioButton):
    """What segments and chips share: exclusive among their neighbours, moved through with the arrows."""

    def __init__(self, key: str, words: str, icon: str = "") -> None:
        super().__init__(words)
        self.key = key
        self.icon_name = icon
        self.tone = "accent"
        self.setFont(fonts.font(12, fonts.MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


class _SegmentOption(_Option):
    def sizeHint(self) -> QSize:
        wide = paint.width(self.text(), self.font()) + 2 * px(10)
        return QSize(wide + (px(14 + 5) if self.icon_name else 0), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        here = self.isChecked()
        ink = self.tone if here else "muted"
        if here:
            paint.rounded(painter, self.rect(), "surface", "border", 5)
        left = px(10)
        if self.icon_name:
            icons.draw(painter, self.icon_name, left, (self.height() - px(14)) / 2, px(14), ink)
            left += px(14 + 5)
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self.text(), self.font(), ink)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), 5)
        painter.end()


class Segment(Surface):
    """One of two or three, side by side: « Interne » or « Partageable ». `chosen(key)` when the person
    changes.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what is chosen."""
        super().__init__("chip", "border", paint.CONTROL_RADIUS, parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._options: dict[str, _SegmentOption] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(2, 2, 2, 2)
        self._line.setSpacing(2)

    def add(self, key: str, words: str, icon: str = "", tone: str = "accent") -> None:
        """Add an option; `tone` is its colour when chosen. The first one added is chosen."""
        option = _SegmentOption(key, words, icon)
        option.tone = tone
        option.setAccessibleName(f"{self.accessibleName()}, {words}")
        option.setChecked(not self._options)
        option.clicked.connect(lambda: self.chosen.emit(key))
        self._options[key] = option
        self._line.addWidget(option)

    def choose(self, key: str) -> None:
        """Choose without telling."""
        self._options[key].setChecked(True)

    def current_key(self) -> str:
        """Return what is chosen."""
        return next((key for key, option in self._options.items() if option.isChecked()), "")


class _ChipOption(_Option):
    count: int | None = None

    def sizeHint(self) -> QSize:
        wide = paint.width(self.text(), self.font()) + 2 * px(11)
        if self.count is not None:
            wide += px(6) + paint.width(str(self.count), self.font())
        return QSize(wide, px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        here = self.isChecked()
        ground, border = ("accent_soft", "accent_line") if here else ("surface", "border")
        paint.rounded(painter, self.rect(), ground, border, self.height() / 2)
        left = px(11)
        paint.text(
            painter,
            self.rect().adjusted(left, 0, 0, 0),
            self.text(),
            self.font(),
            "accent" if here else "text",
        )
        if self.count is not None:
            left += paint.width(self.text(), self.font()) + px(6)
            box = self.rect().adjusted(left, 0, 0, 0)
            paint.text(painter, box, str(self.count), self.font(), "accent" if here else "muted")
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), self.height() / 2)
        painter.end()


class FilterChips(QWidget):
    """Filters of a list, one at a time, with their counts: « Tout 48 », « Visites 14 »."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what is filtered."""
        super().__init__(parent)
        from caseworker_app.ui_kit.flow import Flow

        self.setAccessibleName(name)
        self._chips: dict[str, _ChipOption] = {}
        self._line = Flow(self, gap=8)

    def add(self, key: str, words: str, count: int | None = None) -> None:
        """Add a filter; the first one added is chosen."""
        chip = _ChipOption(key, words)
        chip.count = count
        chip.setAccessibleName(words if count is None else f"{words}, {count}")
        chip.setChecked(not self._chips)
        chip.clicked.connect(lambda: self.chosen.emit(key))
        self._chips[key] = chip
        self._line.addWidget(chip)

    def set_count(self, key: str, count: int | None) -> None:
        """Change a count."""
        chip = self._chips[key]
        chip.count = count
        chip.setAccessibleName(chip.text() if count is None else f"{chip.text()}, {count}")
        chip.updateGeometry()
        chip.update()

    def choose(self, key: str) -> None:
        """Choose without telling."""
        self._chips[key].setChecked(True)

    def choose_or_none(self, key: str) -> None:
        """Choose without telling; a key that is none of them leaves nothing chosen."""
        for own, chip in self._chips.items():
            chip.setAutoExclusive(False)
            chip.setChecked(own == key)
            chip.setAutoExclusive(True)

    def current_key(self) -> str:
        """Return what is chosen."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")


class RemovableChip(paint.KeyboardRing, QPushButton):
    """A filter in force, « Commune Roubaix », with its cross; a click (or Delete) takes it away."""

    def __init__(self, label: str, value: str, parent: QWidget | None = None) -> None:
        """Show what is filtered and on which value."""
        super().__init__(parent)
        self._label, self._value = label, value
        self.setAccessibleName(f"Retirer le filtre {label}\u00a0: {value}")
        self.setToolTip("Retirer ce filtre")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of label, value and cross."""
        words = paint.width(self._label, fonts.font(12)) + paint.width(
            self._value, fonts.font(12, fonts.SEMI_BOLD)
        )
        return QSize(words + px(11 + 6 + 6 + 14 + 10), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "accent_soft", "accent_line", self.height() / 2)
        left = px(11)
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self._label, fonts.font(12), "muted")
        left += paint.width(self._label, fonts.font(12)) + px(6)
        bold = fonts.font(12, fonts.SEMI_BOLD)
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self._value, bold, "accent")
        left += paint.width(self._value, bold) + px(6)
        icons.draw(painter, "x", left, (self.height() - px(14)) / 2, px(14), "accent")
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), self.height() / 2)
        painter.end()


class ActionRow(paint.KeyboardRing, QPushButton):
    """A large choice: icon, title, one sentence, chevron (« Essayer la démonstration »)."""

    def __init__(self, title: str, sentence: str, icon: str, parent: QWidget | None = None) -> None:
        """Make the choice."""
        super().__init__(title, parent)
        self._sentence, self._icon = sentence, icon
        self.setFont(fonts.font(14, fonts.SEMI_BOLD))
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return 68 high, wide enough for the sentence."""
        wide = max(
            paint.width(self.text().replace("&", ""), self.font()),
            paint.width(self._sentence, fonts.font(12)),
        )
        return QSize(wide + px(64 + 40), px(68))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "sunken" if self.underMouse() else "surface", "border")
        disc = QRect(px(16), (self.height() - px(36)) // 2, px(36), px(36))
        paint.rounded(painter, disc, "accent_soft", None, px(18))
        icons.draw_centred(painter, self._icon, disc, px(20), "accent")
        middle, left, wide = self.height() // 2, px(66), self.width() - px(66 + 36)
        top = QRect(left, middle - px(20), wide, px(20))
        painter.setFont(self.font())
        painter.setPen(colour("text"))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        paint.text(painter, top.translated(0, px(20)), self._sentence, fonts.font(12), "muted")
        icons.draw(painter, "chevron-right", self.width() - px(32), middle - px(8), px(16), "muted")
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), paint.CARD_RADIUS)
        painter.end()
