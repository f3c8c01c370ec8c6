"""Scrolling: a slim bar, and the body of a page that scrolls between its fixed header and foot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QScrollBar, QWidget

from caseworker_app.ui_kit import paint

_THICK = 12

# Around the content of a ScrollBody: its bar keeps 12 pixels at the right, shown or not, so that the content
# ends under the header's own edge (24) and nothing moves when the bar appears.
PAGE_INSETS = (24, 16, 12, 16)


class SlimBar(QScrollBar):
    """A bar 12 pixels wide with a rounded handle of 6, darker under the pointer."""

    def sizeHint(self) -> QSize:
        """Return the thickness."""
        along = super().sizeHint()
        vertical = self.orientation() == Qt.Orientation.Vertical
        return QSize(_THICK, along.height()) if vertical else QSize(along.width(), _THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the handle alone, and nothing when all is seen."""
        if self.minimum() == self.maximum():
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part, control = QStyle.SubControl.SC_ScrollBarSlider, QStyle.ComplexControl.CC_ScrollBar
        rect: QRect = self.style().subControlRect(control, option, part, self)
        painter = paint.begin(self)
        token = "field" if self.underMouse() or self.isSliderDown() else "border"
        paint.rounded(painter, rect.adjusted(3, 2, -3, -2), token, None, 3)
        painter.end()


def slim(area: QAbstractScrollArea) -> None:
    """Give an area our bars and no frame of its own."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
    area.setHorizontalScrollBar(SlimBar(Qt.Orientation.Horizontal))


class ScrollBody(QScrollArea):
    """The part of a page that scrolls; give it the widget that holds the page, its margins PAGE_INSETS. Its
    ground is the page's.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """Show `content` at the width there is."""
        super().__init__(parent)
        slim(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page a widget stands in until its top is seen, as when its row in a list above was opened."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, ScrollBody):
        parent = parent.parentWidget()
    if isinstance(parent, ScrollBody):
        top = widget.mapTo(parent.viewport(), QPoint(0, 0)).y()
        bar = parent.verticalScrollBar()
        if not 0 <= top < parent.viewport().height() // 2:
            bar.setValue(max(0, bar.value() + top - PAGE_INSETS[1]))
