"""Outline icons, read when first drawn, in any colour of the theme and sharp on any screen."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from caseworker_app.kernel.paths import resources
from caseworker_app.ui_kit.theme import colour, px

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

# One visual weight at every size: the files are drawn on a grid of 24 with a stroke of 2.
_STROKE = 1.5


@cache
def source(name: str) -> str:
    """Return the SVG text of an icon of `resources/icons/tabler`. Raises FileNotFoundError when we do not
    ship it.
    """
    return (resources() / "icons" / "tabler" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, size: int, tone: str | QColor = "text", ratio: float = 1.0) -> QPixmap:
    """Return the icon `size` pixels wide (already scaled) in a token's colour, for a screen of this pixel
    ratio.
    """
    ink = colour(tone) if isinstance(tone, str) else tone
    return _pixmap(name, size, ink.name(), ratio)


def draw(
    painter: QPainter, name: str, left: float, top: float, size: int, tone: str | QColor = "text"
) -> None:
    """Draw an icon with its top-left corner at a point, `size` in pixels already scaled."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(QPointF(left, top), pixmap(name, size, tone, ratio))


def draw_centred(painter: QPainter, name: str, rect: QRect, size: int, tone: str | QColor = "text") -> None:
    """Draw an icon in the middle of a rectangle."""
    left, top = rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2
    draw(painter, name, left, top, size, tone)


def icon(name: str, tone: str = "text", size: int = 16) -> QIcon:
    """Return a QIcon for menus and native dialogs, at once and twice the size."""
    from PySide6.QtGui import QIcon

    made = QIcon(pixmap(name, px(size), tone))
    made.addPixmap(pixmap(name, px(size), tone, 2.0))
    return made


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, ink: str, ratio: float) -> QPixmap:
    # QtSvg is imported with the first icon, not with the window.
    from PySide6.QtSvg import QSvgRenderer

    stroke = max(1.3, _STROKE * size / 20) * 24 / size
    text = (
        source(name).replace("currentColor", ink).replace('stroke-width="2"', f'stroke-width="{stroke:.2f}"')
    )
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
