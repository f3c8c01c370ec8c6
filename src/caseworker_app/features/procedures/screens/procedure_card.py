"""The card of one procedure: how far it is, its papers line by line, and what is done with all of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.procedures.domain.shown import ProceduresPage, progress_words, state_of
from caseworker_app.features.procedures.domain.standing import Standing
from caseworker_app.features.procedures.screens.paper_row import PaperRow
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, FoldRow, Rule
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.states import Progress, State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class ProcedureCard(Card):
    """`asked(what)`: « edit », « missing », « pieces », « newer » or « remove »; the rows say the rest."""

    asked = Signal(str)
    unfolded = Signal()

    def __init__(
        self, of: Standing, page: ProceduresPage, day: date, *, may_write: bool, may_send: bool, folded: bool
    ) -> None:
        """Show a procedure; one handed in or ended shows its papers only when asked."""
        super().__init__(of.procedure.label)
        self.standing = of
        self.title.setWordWrap(True)
        # A long name takes all that there is before it breaks.
        policy = self.title.sizePolicy()
        policy.setHorizontalStretch(100)
        self.title.setSizePolicy(policy)
        self.rows: list[PaperRow] = []
        self.buttons: dict[str, Button] = {}
        words, tone = state_of(of.procedure, day)
        head = QWidget()
        line = Flow(head, gap=px(14))
        line.addWidget(StateLabel(State(words, tone)))
        line.addWidget(Label(progress_words(of), 13))
        self.add(head)
        bar = Progress(f"{of.procedure.label}\u00a0: {progress_words(of)}", max(1, len(of.asked)), _tone(of))
        bar.setValue(of.held)
        self.add(bar)
        if of.procedure.note:
            self.add(Label(of.procedure.note, 12, tone="muted", wrap=True))
        self._add_buttons(of, may_write=may_write, may_send=may_send)
        if folded:
            fold = FoldRow("Voir les pièces", "chevron-down")
            fold.setAccessibleName(f"Voir les pièces, {of.procedure.label}")
            fold.clicked.connect(self.unfolded)
            self.add_rows(fold)
        else:
            self._add_rows(of, page, may_write=may_write)

    def _add_rows(self, of: Standing, page: ProceduresPage, *, may_write: bool) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(0)
        for line in of.lines:
            row = PaperRow(line, page.kept, may_write=may_write)
            self.rows.append(row)
            column.addWidget(Rule())
            column.addWidget(row)
        self.add_rows(body)

    def _add_buttons(self, of: Standing, *, may_write: bool, may_send: bool) -> None:
        name, held = of.procedure.label, any(each.attachment_id for line in of.lines for each in line.notes)
        offered = (
            ("missing", "Liste à apporter…", "printer", "secondary", of.procedure.open and bool(of.to_bring)),
            ("pieces", "Réunir les pièces en un PDF…", "file-type-pdf", "secondary", may_send and held),
            ("edit", "Modifier…", "pencil", "quiet", may_write),
            ("newer", "Prendre la liste à jour", "refresh", "quiet", may_write and of.newer),
            ("remove", "Retirer", "trash", "quiet", may_write and of.procedure.open),
        )
        ways = QWidget()
        line = Flow(ways, gap=px(8))
        line.setContentsMargins(0, 0, 0, 0)
        for what, words, icon, kind, shown in offered:
            if not shown:
                continue
            button = Button(words, kind, icon, compact=True)  # type: ignore[arg-type]
            button.setAccessibleName(f"{words.rstrip('…')}, {name}")
            button.clicked.connect(lambda _on=False, what=what: self.asked.emit(what))
            self.buttons[what] = button
            line.addWidget(button)
        if self.buttons:
            self.add(ways)


def _tone(of: Standing) -> str:
    if of.held == len(of.asked):
        return "ok"
    return "warn" if of.ending else "accent"
