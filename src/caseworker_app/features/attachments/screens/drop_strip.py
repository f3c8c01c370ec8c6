"""Where files are dropped or chosen, with what becomes of what photos tell."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.drop_frame import DropFrame
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

FILTER = (
    "Pièces (*.jpg *.jpeg *.png *.webp *.pdf *.docx *.xlsx *.odt *.ods *.doc *.xls *.rtf *.txt);;"
    "Tous les fichiers (*)"
)


class DropStrip(DropFrame):
    """`chosen(list of Path)`: files dropped on the tab or chosen with the button."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Make it; photos tell neither place nor date unless ticked."""
        super().__init__()
        self.title = Label("Déposez ici photos, numérisations, PDF, courriers", 13, fonts.SEMI_BOLD)
        self.title.setAccessibleName("Zone de dépôt des pièces")
        self.hint = Label(
            "50\u00a0Mo au plus par fichier. Tout est chiffré, interne tant que vous ne dites pas le contraire\u202f; "
            "le lieu, la date et l’appareil des photos sont retirés.",
            12, tone="muted", wrap=True,
        )  # fmt: skip
        self.button = Button("&Ajouter des fichiers…", "primary", "paperclip")
        self.keep_metadata = Check("Garder la date et le lieu des photos")
        self.button.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, px(12), 16, px(12))
        column.setSpacing(px(6))
        column.addWidget(self.title)
        column.addWidget(self.hint)
        actions = QWidget()
        line = Flow(actions, gap=px(16))
        line.addWidget(self.button)
        line.addWidget(self.keep_metadata)
        column.addWidget(actions)

    def _choose(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, "Ajouter des pièces", "", FILTER)
        if names:
            self.chosen.emit([Path(name) for name in names])
