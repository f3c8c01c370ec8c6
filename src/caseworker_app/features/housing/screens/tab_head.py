"""The first line of the tab: what the household lives by and where, other leases, a new home."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.housing.domain.housing_file import HousingFile, LeaseFile
from caseworker_app.features.housing.domain.lease import LEASE_KIND_LABELS, LeaseKind
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.money import format_euros
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

NO_AGREEMENT = (
    "Ce bail glissant n’a pas encore sa convention\u00a0: notez-la pour suivre examens et échéances."
)


class TabHead(QWidget):
    """`lease_chosen(lease_id)`, `new_asked()`, `agreement_asked()`."""

    lease_chosen = Signal(str)
    new_asked = Signal()
    agreement_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.where = ElidedLabel("", 13, tone="muted")
        self.what = Label("", 13, tone="muted")
        self.leases = Choice(height=32)
        self.leases.setAccessibleName("Bail affiché")
        self.leases.activated.connect(lambda _index: self.lease_chosen.emit(self.leases.current_key()))
        self.new = Button("No&uveau logement", "secondary", "plus", compact=True)
        self.new.clicked.connect(self.new_asked)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self.title)
        line.addSpacing(px(8))
        for icon, label, stretch in (("map-pin", self.where, 1), ("home", self.what, 0)):
            line.addWidget(Mark(icon, 16))
            line.addWidget(label, stretch)
        line.addStretch(0)
        line.addWidget(self.leases)
        line.addWidget(self.new)
        self.warning = Banner(NO_AGREEMENT, "warn")
        sign = Button("Noter la &convention", "secondary", "signature", compact=True)
        sign.clicked.connect(self.agreement_asked)
        self.sign = sign
        self.warning.add_action(sign)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(line)
        column.addWidget(self.warning)

    def show_housing(self, housing: HousingFile, home: LeaseFile, title: str) -> None:
        """Show a home, among those of the household."""
        self.title.setText(title if home.lease.runs_on(housing.day) else f"{title}, terminé")
        self.where.setText(home.dwelling.one_line())
        gross = home.lease.gross_term_cents()
        rent = f"{format_euros(gross)} charges comprises" if gross is not None else ""
        self.what.setText(", ".join(part for part in (home.dwelling.description(), rent) if part))
        lacks = home.lease.kind is LeaseKind.SLIDING_LEASE and home.sliding is None
        self.warning.setVisible(lacks)
        self.leases.clear()
        for each in housing.leases:
            self.leases.add(each.lease.id, _name(each))
        self.leases.choose(home.lease.id)
        self.leases.setVisible(len(housing.leases) > 1)
        self.leases.setFixedWidth(min(px(260), self.leases.sizeHint().width()))


def _name(home: LeaseFile) -> str:
    kind, start = LEASE_KIND_LABELS[home.lease.kind], home.lease.starts_on
    words = capital(kind)
    return f"{words}, depuis le {format_date(start)}" if start else words
