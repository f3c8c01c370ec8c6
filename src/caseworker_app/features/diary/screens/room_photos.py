"""The photos of a room on the visit page: dropped on its line or chosen, counted, seen by name, taken off."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from caseworker_app.features.attachments.domain.attachment import KeptContent
from caseworker_app.features.attachments.domain.shown import photos_words
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_FILTER = "Photos (*.jpg *.jpeg *.png *.webp);;Tous les fichiers (*)"


class RoomPhotos(QWidget):
    """A camera and a figure. `asked(list of Path)`: photos to keep; `edited()`: one was taken off."""

    asked = Signal(object)
    edited = Signal()

    def __init__(self, room: str) -> None:
        """Make it without photos."""
        super().__init__()
        self._room = room
        self.photos: list[KeptContent] = []
        self.camera = IconButton("camera", "", size=28, icon_size=16)
        self.count = Label("", 12, fonts.MEDIUM, "muted", tabular=True)
        self.menu = Menu("", self)
        self.camera.clicked.connect(self._open)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(2))
        line.addWidget(self.camera)
        line.addWidget(self.count)
        self._tell()

    def show_photos(self, photos: list[KeptContent]) -> None:
        """Show so many."""
        self.photos = list(photos)
        self._tell()

    def add(self, photo: KeptContent) -> None:
        """Add one whose content is kept; the same one twice counts once."""
        if all(each.content_hash != photo.content_hash for each in self.photos):
            self.photos.append(photo)
        self._tell()

    def fill_menu(self) -> None:
        """Say what can be done: add, or take one off."""
        self.menu.clear()
        self.menu.addAction("Ajouter des photos…", self._choose)
        if self.photos:
            self.menu.addSeparator()
        for photo in self.photos:
            self.menu.addAction(f"Retirer «\u00a0{photo.name}\u00a0»", partial(self._take_off, photo))

    def _open(self) -> None:
        if not self.photos:
            self._choose()
            return
        self.fill_menu()
        self.menu.popup(self.camera.mapToGlobal(self.camera.rect().bottomLeft()))

    def _choose(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, f"Photos, {self._room}", "", _FILTER)
        if names:
            self.asked.emit([Path(name) for name in names])

    def _take_off(self, photo: KeptContent) -> None:
        self.photos.remove(photo)
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        words = photos_words(len(self.photos))
        self.count.setText(str(len(self.photos)) if self.photos else "")
        self.count.setVisible(bool(self.photos))
        self.camera.set_icon("camera", f"{words or 'Ajouter des photos'}, {self._room}")
