"""Everything that was changed in a file: who, when, what, from what to what, and the way to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.accesses.domain import AccessPage
from caseworker_app.features.dossier.domain.file import ChangedThing, FieldChange, HistoryLine
from caseworker_app.features.dossier.domain.undoing import UndoableChange
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.french import capital, plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.messages import Banner, EmptyState
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

UNDONE = State("annulé depuis", "muted", "arrow-back-up")
TOO_OLD = "Cette modification est trop ancienne pour être annulée d’ici\u00a0: corrigez la fiche elle-même."
NOTHING_BEFORE, NOTHING_AFTER = "(vide)", "(effacé)"


@dataclass(frozen=True, slots=True)
class History:
    """The lines of a history, and what is known of taking back the latest of them."""

    lines: Sequence[HistoryLine]
    undoable: Sequence[UndoableChange] = ()
    # Who read the file, for those whose right it is to know.
    accesses: AccessPage | None = None


class ChangePane(Card):
    """One change, field by field; `undo_asked(changeset_id)`."""

    undo_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent=parent)
        self._changeset = ""
        self.heading = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.facts = Label("", 13, tone="muted", wrap=True)
        self.undo = Button("&Annuler cette modification", "secondary", "arrow-back-up")
        self.undo.clicked.connect(lambda: self.undo_asked.emit(self._changeset))
        self.obstacle = Banner("", "accent", "info-circle")
        self.body.addWidget(self.heading)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.obstacle)
        self._scroll = ScrollBody(QWidget())
        see_through(self._scroll)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)

    def show_line(self, line: HistoryLine, known: UndoableChange | None) -> None:
        """Show a change and whether it can be taken back."""
        self._changeset = line.changeset_id
        made = line.made_at.astimezone()
        day = format_long_date(made.date(), weekday=True)
        self.heading.setText(_begun(line.action))
        self.facts.setText(f"{_begun(day)} à {made.hour}\u00a0h\u00a0{made.minute:02d}, par {line.worker}")
        self._show_undo(line, known)
        self._show_changes(line.changes)

    def _show_undo(self, line: HistoryLine, known: UndoableChange | None) -> None:
        obstacle = TOO_OLD if known is None else known.obstacle
        free = obstacle is None and not line.undone
        again = known is not None and known.is_undo
        self.undo.setText("&Refaire ce qui avait été annulé" if again else "&Annuler cette modification")
        self.undo.setVisible(free)
        sentence = capital(UNDONE.words) + "." if line.undone else obstacle or ""
        self.obstacle.show_sentence(sentence, "accent", "info-circle")
        self.obstacle.setVisible(not free)

    def _show_changes(self, changes: Sequence[ChangedThing]) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, px(4), px(8), 0)
        column.setSpacing(px(10))
        for number, thing in enumerate(changes):
            if number:
                column.addWidget(Rule())
            column.addWidget(_Thing(thing))
        column.addStretch(1)
        old = self._scroll.takeWidget()
        self._scroll.setWidget(content)
        see_through(self._scroll)
        if old is not None:
            old.deleteLater()


class _Thing(QWidget):
    """One thing that changed, its fields under one another: label, before, after."""

    def __init__(self, thing: ChangedThing) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        title = Label(f"{_begun(thing.thing)} · {thing.what}", 13, fonts.SEMI_BOLD, wrap=True)
        grid.addWidget(title, 0, 0, 1, 2)
        for row, field in enumerate(thing.fields, 1):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Label(_begun(field.label), 13, tone="muted", wrap=True), row, 0, top)
            grid.addWidget(_Passage(field), row, 1)


class _Passage(QWidget):
    """What a field was, then what it became; only the second where there was nothing."""

    def __init__(self, field: FieldChange) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if field.before is not None:
            before = Label(f"{field.before or NOTHING_BEFORE}", 13, tone="muted", wrap=True)
            before.setAccessibleName(f"{field.label}, avant\u00a0: {field.before or NOTHING_BEFORE}")
            column.addWidget(before)
        if field.before is None or field.after is not None:
            arrow = "→ " if field.before is not None else ""
            after = Label(f"{arrow}{field.after or NOTHING_AFTER}", 13, fonts.MEDIUM, wrap=True)
            after.setAccessibleName(f"{field.label}, après\u00a0: {field.after or NOTHING_AFTER}")
            column.addWidget(after)


class HistoryTab(QWidget):
    """The history at the left, newest first, the change one stands on at the right; `undo_asked(changeset_id)`."""

    undo_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._lines: dict[str, HistoryLine] = {}
        self._undoable: Mapping[str, UndoableChange] = {}
        self.rows = RowList("Historique du dossier")
        self.rows.stood_on.connect(self._show_line)
        self.card = Card("Historique du dossier")
        self.card.add_rows(self.rows, 1)
        self.read_by = RowList("Consultations du dossier")
        self.read_by_card = Card("Consultations et impressions")
        self.read_by_card.add_rows(self.read_by, 1)
        self.read_by_card.hide()
        self.pane = ChangePane()
        self.pane.undo_asked.connect(self.undo_asked)
        self.nothing = EmptyState("history", "Aucune modification", "Ce qui est saisi laisse sa trace ici.")
        self.nothing.hide()
        self._both = QWidget()
        line = QHBoxLayout(self._both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        lists = QVBoxLayout()
        lists.setSpacing(16)
        lists.addWidget(self.card, 5)
        lists.addWidget(self.read_by_card, 3)
        line.addLayout(lists, 5)
        line.addWidget(self.pane, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self._both)
        column.addWidget(self.nothing)

    def show_history(self, history: History) -> None:
        """Show a history, standing where one stood, or on its latest change."""
        before = self.rows.rows.key_at(self.rows.currentIndex().row()) if self._lines else ""
        self._lines = {_key(n, line): line for n, line in enumerate(history.lines)}
        self._undoable = {change.changeset_id: change for change in history.undoable}
        self.card.remark.setText(plural(len(self._lines), "modification"))
        self.rows.set_rows([_row(key, line) for key, line in self._lines.items()])
        self._show_accesses(history.accesses)
        self._both.setVisible(bool(self._lines))
        self.nothing.setVisible(not self._lines)
        if self._lines:
            key = before if before in self._lines else next(iter(self._lines))
            self.rows.stand_on(key)
            self._show_line(key)

    def _show_accesses(self, page: AccessPage | None) -> None:
        self.read_by_card.setVisible(page is not None)
        if page is not None:
            rows = [
                Row(
                    str(each.number),
                    each.title,
                    each.worker,
                    icon=each.icon,
                    trailing=each.when,
                    chevron=False,
                )
                for each in page.lines
            ]
            self.read_by.set_rows(rows)
            remark = plural(len(rows), "ligne")
            self.read_by_card.remark.setText(f"{remark}, les dernières" if page.more else remark)

    def _show_line(self, key: str) -> None:
        line = self._lines.get(key)
        if line is not None:
            self.pane.show_line(line, self._undoable.get(line.changeset_id))


def _key(number: int, line: HistoryLine) -> str:
    return f"{line.changeset_id or number}"


def _row(key: str, line: HistoryLine) -> Row:
    made = line.made_at.astimezone()
    when = f"{format_date(made.date())}, {made.hour}\u00a0h\u00a0{made.minute:02d}"
    mark = UNDONE if line.undone else None
    detail = " ; ".join(line.details)
    return Row(key, _begun(line.action), detail, mark, "pencil", trailing=when, chevron=False)


def _begun(words: str) -> str:
    return capital(words)
