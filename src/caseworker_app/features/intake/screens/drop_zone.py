"""Where an import begins: a place to drop the file, or a button to choose it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.drop_frame import DropFrame
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_WIDE = 580


class DropZone(DropFrame):
    """A dashed frame with its button; it lights up while a file is held over the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it at rest."""
        super().__init__(parent)
        self.setAccessibleName("Choisir la liste à importer")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.title = Label("Déposez ici la liste à importer", 16, fonts.SEMI_BOLD)
        self.button = Button("&Choisir un fichier…", "primary", "folder-open")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(22), 24, px(22))
        column.setSpacing(px(8))
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(self._disc(), 0, centre)
        column.addWidget(self.title, 0, centre)
        column.addWidget(
            _sentence(
                "Un fichier Excel, ODS ou CSV, tel que vous l’avez reçu ou tel que vous le tenez\u00a0: "
                "tableau de suivi, locataires, personnes, logements, partenaires."
            ),
            0, centre,
        )  # fmt: skip
        column.addSpacing(px(4))
        column.addWidget(self.button, 0, centre)
        column.addSpacing(px(4))
        column.addWidget(
            _sentence("Rien n’est enregistré avant que vous ayez tout vérifié, et tout import peut être annulé."),
            0, centre,
        )  # fmt: skip
        column.addStretch(1)

    def light(self, lit: bool) -> None:
        """Say, too, that the file held over the page would be taken."""
        self.title.setText("Lâchez le fichier pour le lire" if lit else "Déposez ici la liste à importer")
        super().light(lit)

    def _disc(self) -> Surface:
        disc = Surface("accent_soft", None, px(28))
        disc.setFixedSize(px(56), px(56))
        inner = QVBoxLayout(disc)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Mark("file-import", 26, "accent"), 0, Qt.AlignmentFlag.AlignCenter)
        return disc


def _sentence(words: str) -> Label:
    label = Label(words, 13, tone="muted", wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    # A centred label is given the height of its hint, not the one its width needs.
    label.setFixedWidth(px(_WIDE))
    label.setMinimumHeight(label.heightForWidth(px(_WIDE)))
    return label
