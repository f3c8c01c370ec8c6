"""The head of the document page: what it is, of whom and when, print and PDF."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.text import ElidedLabel
from caseworker_app.ui_kit.theme import px


class DocumentHead(Band):
    """`printed`: the primary; `exported`: the PDF; `back_asked`."""

    printed = Signal()
    exported = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.title = ElidedLabel("", 20, fonts.SEMI_BOLD)
        self.detail = ElidedLabel("", 13, tone="muted")
        self.pdf = Button("P&DF", "secondary", "file-type-pdf")
        self.print_button = Button("&Imprimer", "primary", "printer")
        back = IconButton("arrow-left", "Revenir (Alt+Gauche)", size=36)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.detail)
        top = QHBoxLayout(self)
        top.setContentsMargins(24, px(12), 24, px(12))
        top.setSpacing(px(8))
        top.addWidget(back)
        top.addLayout(names, 1)
        top.addWidget(self.pdf)
        top.addWidget(self.print_button)
        back.clicked.connect(self.back_asked)
        self.pdf.clicked.connect(self.exported)
        self.print_button.clicked.connect(self.printed)

    def show_document(self, title: str, detail: str) -> None:
        """Name the document."""
        self.title.setText(title)
        self.detail.setText(detail)

    def show_ways(self, primary: str, pdf_hint: str, *, ready: bool) -> None:
        """Say what the primary does; nothing can be printed until it is `ready`."""
        self.print_button.setText(primary)
        self.print_button.updateGeometry()
        self.pdf.setToolTip(pdf_hint)
        self.pdf.setAccessibleDescription(pdf_hint)
        self.print_button.setEnabled(ready)
        self.pdf.setEnabled(ready)
