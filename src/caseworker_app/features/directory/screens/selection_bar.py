"""What may be done with the households selected: how many they are, print, assign, export, watch over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.directory.domain.export import left_out_words
from caseworker_app.kernel.french import NARROW, plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class SelectionBar(Surface):
    """The bar, 48 high, hidden while nothing is selected."""

    all_asked = Signal()
    none_asked = Signal()
    print_asked = Signal()
    assign_asked = Signal()
    export_asked = Signal()
    watch_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__("accent_soft", None, 0, parent)
        self.setAccessibleName("Sélection")
        self.none = IconButton("x", "Ne plus rien sélectionner", size=28, icon_size=16)
        self.count = Label("", 13, fonts.SEMI_BOLD, "accent")
        self.count.setMinimumHeight(px(28))
        self.all = Button("", "ghost", compact=True)
        self.printing = Button("Im&primer…", "secondary", "printer", compact=True)
        self.assigning = Button("&Affecter…", "secondary", "user-plus", compact=True)
        self.exporting = Button("E&xporter…", "secondary", "file-export", compact=True)
        self.watching = Button("Mettre en &veille…", "secondary", "phone-call", compact=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), px(10), 16, px(10))
        box = QWidget()
        flow = Flow(box, gap=8)
        for part in (
            self.none,
            self.count,
            self.printing,
            self.assigning,
            self.exporting,
            self.watching,
            self.all,
        ):
            flow.addWidget(part)
        line.addWidget(box, 1)
        self.none.clicked.connect(self.none_asked)
        self.all.clicked.connect(self.all_asked)
        self.printing.clicked.connect(self.print_asked)
        self.assigning.clicked.connect(self.assign_asked)
        self.exporting.clicked.connect(self.export_asked)
        self.watching.clicked.connect(self.watch_asked)
        self.hide()

    def show_count(self, selected: int, total: int, *, elsewhere: int = 0, left_out: int = 0) -> None:
        """Say how many are selected, and offer the rest of a list of `total` rows.

        `elsewhere`: selected before, and out of this list; `left_out`: protected ones passed over.
        """
        said = plural(selected, "ménage sélectionné", "ménages sélectionnés")
        said += f", dont {elsewhere} hors de cette liste" if elsewhere else ""
        self.count.setText(said + left_out_words(left_out))
        whole = f"{total:,}".replace(",", NARROW)
        self.all.setText(f"Sélectionner les {whole}" if total > 1 else "Sélectionner ce ménage")
        self.all.setVisible(selected - elsewhere + left_out < total)
        self.all.updateGeometry()
        self.setVisible(selected > 0)
        if selected:
            QAccessible.updateAccessibility(QAccessibleEvent(self.count, QAccessible.Event.NameChanged))

    def event(self, event: QEvent) -> bool:
        """Ask again for the height when the width wraps the line."""
        if event.type() == QEvent.Type.Resize:
            self.updateGeometry()
        return super().event(event)
