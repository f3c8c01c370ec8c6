"""What left the house for a household: the register of what was sent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.overview import SentDocument
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import State


class DocumentsTab(QWidget):
    """The register of what was sent. `review_asked()`; `file_asked()`: the follow-up file; `copy_asked()`: the copy."""

    review_asked = Signal()
    file_asked = Signal()
    copy_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.rows = RowList("Registre des documents transmis")
        self.card = Card("Documents transmis")
        file = Button("&Dossier de suivi…", "quiet", "printer", compact=True)
        file.clicked.connect(self.file_asked)
        self.card.add_action(file)
        copy = Button("&Copie des données…", "quiet", "id", compact=True)
        copy.clicked.connect(self.copy_asked)
        self.card.add_action(copy)
        prepare = Button("&Préparer un bilan…", "secondary", "file-plus", compact=True)
        prepare.clicked.connect(self.review_asked)
        self.card.add_action(prepare)
        self.card.add_rows(self.rows, 1)
        self.nothing = EmptyState(
            "file-export",
            "Rien n’a été transmis",
            "Chaque document remis au bailleur laisse une ligne ici, avec son numéro et sa date.",
            "&Préparer un bilan pour le bailleur",
            "file-plus",
        )
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(self.review_asked)
        _fill(self, self.card, self.nothing)

    def show_documents(self, documents: tuple[SentDocument, ...]) -> None:
        """Show the register, newest first."""
        self.card.remark.setText(plural(len(documents), "document"))
        self.rows.set_rows([_document_row(each) for each in documents])
        self.card.setVisible(bool(documents))
        self.nothing.setVisible(not documents)


def _document_row(document: SentDocument) -> Row:
    detail = f"À {document.recipient}, {plural(document.pages, 'page')}"
    made = State(f"Transmis le {format_date(document.made_on)}", "accent", "")
    number = document.number
    return Row(document.id, document.title, detail, made, "file-text", trailing=number, chevron=False)


def _fill(tab: QWidget, card: Card, nothing: EmptyState) -> None:
    column = QVBoxLayout(tab)
    column.setContentsMargins(24, 16, 24, 16)
    column.addWidget(card)
    column.addWidget(nothing)
