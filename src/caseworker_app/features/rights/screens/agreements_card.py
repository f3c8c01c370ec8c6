"""The card of the agreements to share: to whom, for what, until when, and taking one back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.features.rights.domain.agreements import AgreementShown
from caseworker_app.features.rights.domain.shown import RightsPage
from caseworker_app.features.rights.screens.forms import WITHDRAW, RightsForm
from caseworker_app.features.rights.screens.rows_card import Row, RowsCard
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class AgreementsCard(RowsCard):
    """Every agreement given, ended ones too. `asked("withdraw", agreement id)`."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__(
            "Accords de partage",
            "Aucun accord\u00a0: rien ne peut être transmis. Un accord se note au moment de transmettre, depuis le "
            "bilan, le courrier ou l’orientation.",
        )

    def show_page(self, page: RightsPage, form: RightsForm | None, *, may_write: bool) -> None:
        """Show the agreements, with the form that is open, which stays as it is."""
        rows = {each.id: AgreementRow(each, may_write=may_write) for each in page.agreements}
        self.show_rows(rows, form)


class AgreementRow(Row):
    """One agreement."""

    def __init__(self, shown: AgreementShown, *, may_write: bool) -> None:
        """Show it, to be taken back where that is possible."""
        super().__init__()
        self.withdraw = Button("Re&tirer\u2026", "secondary", compact=True)
        self.withdraw.setAccessibleName(f"Retirer l’accord avec {shown.title}")
        self.withdraw.setVisible(may_write and shown.revocable)
        self.withdraw.clicked.connect(lambda: self.asked.emit(WITHDRAW))
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET - 1, px(12), INSET - 1, px(12))
        line.setSpacing(px(12))
        line.addWidget(Mark("heart-handshake", 20), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(_words(shown), 1)
        line.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{shown.title}, {shown.state}")


def _words(shown: AgreementShown) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(3))
    head = QHBoxLayout()
    head.setSpacing(px(12))
    head.addWidget(Label(shown.title, 14, fonts.SEMI_BOLD, wrap=True), 1)
    head.addWidget(StateLabel(State(capital(shown.state), shown.tone)))
    column.addLayout(head)
    column.addWidget(Label(shown.given, 13, tone="muted", wrap=True))
    for words in shown.lines:
        column.addWidget(Label(words, 13, wrap=True))
    return column
