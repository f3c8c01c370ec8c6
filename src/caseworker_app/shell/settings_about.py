"""Settings: what this program is, under which licence, and where one's file lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from caseworker_app import __version__
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LICENCE = (
    "Logiciel libre sous licence GNU AGPL, version 3 ou ultérieure\u00a0: chacun peut l’utiliser, l’étudier, le "
    "modifier et le redistribuer sous la même licence. Il est fourni sans garantie."
)
# What the program is built with, as far as a licence asks to be named to the people who use it.
_PARTS = (
    ("Qt et PySide6", "LGPL, version 3"),
    ("SQLCipher", "BSD"),
    ("ReportLab", "BSD"),
    ("pikepdf", "MPL, version 2"),
    ("Inter et Source Sans", "SIL Open Font License"),
    ("Tabler Icons", "MIT"),
)


class AboutSection(SettingsSection):
    """Version, licence, folder."""

    def __init__(self, folder: Path, navigator: Navigator) -> None:
        """Tell of the program and of the folder of the open file."""
        super().__init__()
        self._folder, self._navigator = folder, navigator
        self.open = Button("&Ouvrir le dossier", "secondary", "folder-open")
        self.copy = Button("&Copier le chemin", "ghost", "copy")
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.copy.clicked.connect(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        for card in (self._program(), self._file(), self._parts()):
            column.addWidget(card)
        column.addStretch(1)

    def _program(self) -> Card:
        card = Card("Passerelle")
        card.add(Label(f"Version {__version__}", 13, fonts.MEDIUM))
        card.add(Label(_LICENCE, 13, tone="muted", wrap=True))
        return card

    def _file(self) -> Card:
        card = Card("Votre fichier")
        self.place = Label(str(self._folder), 13, wrap=True)
        card.add(self.place)
        explained = (
            "Le fichier chiffré, sa clé et vos brouillons. Ses sauvegardes sont dans le dossier à côté."
        )
        card.add(Label(explained, 13, tone="muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.open)
        line.addWidget(self.copy)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def _parts(self) -> Card:
        card = Card("Ce dont Passerelle est faite")
        for name, licence in _PARTS:
            card.add(Label(f"{name}\u00a0: {licence}", 13, tone="muted", wrap=True))
        return card

    def _copy(self) -> None:
        QApplication.clipboard().setText(str(self._folder))
        self._navigator.confirm("Chemin copié")
