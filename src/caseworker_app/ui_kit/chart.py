"""What every drawing of figures shares: screen readers are told an image with its name and description."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget


class Chart(QLabel):
    """A drawing; give it an accessible name and, as description, the figures it shows. Paint it in `paintEvent`.

    Qt tells a plain widget as a mere panel; a label that holds a picture is told as an image.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it a picture, of which only what `paintEvent` draws is seen."""
        super().__init__(parent)
        picture = QPixmap(1, 1)
        picture.fill(Qt.GlobalColor.transparent)
        self.setPixmap(picture)
