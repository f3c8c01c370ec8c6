"""Reviewing what is taken out of the copy: the rows at the left, what one says at the right, nothing printed unread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from caseworker_app.features.rights.domain.held import HeldField
from caseworker_app.features.rights.domain.redaction import REDACTION_LABELS, Redaction, RedactionReason
from caseworker_app.features.rights.domain.review import Review, ReviewRow
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band, Card, Rule, Surface
from caseworker_app.ui_kit.choices import Check, FilterChips
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import colour, px

PROPOSED, ALL = "proposed", "all"
# As many characters of a passage as its line shows.
_EXCERPT = 60
_LIST_WIDTH = 380


class ReviewPanel(QWidget):
    """Shows a review. `left()`: back to the tab; `printed()`: reviewed, to be printed; `edited()`."""

    left = Signal()
    printed = Signal()
    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.review: Review | None = None
        self._row: ReviewRow | None = None
        self.title = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.progress = Label("", 13, tone="muted", wrap=True)
        self.back = Button("&Fermer la relecture", "quiet", "arrow-left", compact=True)
        self.back.clicked.connect(self.left)
        self.chips = FilterChips("Ce qui est montré")
        self.chips.add(PROPOSED, "À relire")
        self.chips.add(ALL, "Tout ce qui est gardé")
        self.chips.chosen.connect(lambda _key: self._fill_list())
        self.list = RowList("Rubriques de la copie", height=54)
        self.list.stood_on.connect(self._stand_on)
        self.next = Button("Relu, &suivant", "primary", "check", compact=True)
        self.next.clicked.connect(self.go_on)
        self.all_read = Button("J’ai &tout relu", "quiet", compact=True)
        self.all_read.clicked.connect(self.read_all)
        self.print = Button("&Imprimer la copie\u2026", "secondary", "printer")
        self.print.clicked.connect(self._ask_print)
        self.rest = SentenceLine()
        self.fields: list[ReviewField] = []
        self.reason = _reasons(RedactionReason.THIRD_PERSON)
        self._lay_out()

    def show_review(self, review: Review, title: str) -> None:
        """Show a review from its first row to look at."""
        self.review, self._row = review, None
        self.title.setText(title)
        self.rest.clear()
        self.chips.choose(PROPOSED if review.asked else ALL)
        self._fill_list()

    def refuse(self, sentence: str) -> None:
        """Say at the foot why it is not printed."""
        self.rest.refuse(sentence)

    def go_on(self) -> None:
        """Note that the row shown was looked at, and show the next one to look at."""
        if self.review is None or self._row is None:
            return
        self.review.see(self._row.key)
        self.edited.emit()
        waiting = self.review.waiting
        following = waiting[0].key if waiting else self._row.key
        self._fill_list(following)
        if not waiting:
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_all(self) -> None:
        """Note that somebody says that everything was looked at."""
        if self.review is not None:
            self.review.see_all()
            self.edited.emit()
            self._fill_list(self._row.key if self._row else "")

    def take_out(self) -> None:
        """Take out the words selected in the row shown, for the reason chosen above it."""
        field = next((each for each in self.fields if each.has_selection), None)
        if field is None:
            self.rest.refuse("Sélectionnez d’abord dans le texte les mots à retirer.")
            return
        self.rest.clear()
        field.take_out(RedactionReason(self.reason.current_key()))

    def focus_first(self) -> None:
        """Begin in the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_print(self) -> None:
        if self.review is None:
            return
        if self.review.waiting:
            self.rest.refuse(
                "Relisez d’abord chaque rubrique où un retrait est proposé\u00a0: rien ne s’imprime sans relecture."
            )
            return
        self.rest.clear()
        self.printed.emit()

    def _fill_list(self, key: str = "") -> None:
        review = self.review
        if review is None:
            return
        shown = review.asked if self.chips.current_key() == PROPOSED else review.rows
        self.chips.set_count(PROPOSED, len(review.asked))
        self.chips.set_count(ALL, len(review.rows))
        self.progress.setText(review.words)
        self.list.set_rows([_list_row(review, row) for row in shown])
        wanted = key or next((row.key for row in review.waiting), shown[0].key if shown else "")
        self.list.stand_on(wanted)
        self._show_row(next((row for row in shown if row.key == wanted), None))
        done = not review.waiting
        self.print.set_kind("primary" if done else "secondary")
        self.next.setVisible(not done)
        self.all_read.setVisible(not done)

    def _stand_on(self, key: str) -> None:
        if self.review is not None and (self._row is None or key != self._row.key):
            self._show_row(next((row for row in self.review.rows if row.key == key), None))

    def _show_row(self, row: ReviewRow | None) -> None:
        self._row = row
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = []
        if row is None or self.review is None:
            self._column.addWidget(Label("Rien n’est proposé au retrait.", 13, tone="muted"))
            self._column.addStretch(1)
            return
        card = Card(row.title)
        card.add(self._tools(row))
        for number, told in enumerate(row.fields):
            if number:
                card.add(Rule())
            field = ReviewField(self.review, told)
            field.edited.connect(self._changed)
            self.fields.append(field)
            card.add(field)
        self._column.addWidget(card)
        self._column.addStretch(1)

    def _tools(self, row: ReviewRow) -> QWidget:
        """Return the part the row is of, and what takes out the words selected in it."""
        self.reason = _reasons(RedactionReason.THIRD_PERSON)
        self.reason.setAccessibleName("Raison du retrait")
        out = Button("&Retirer la sélection", "secondary", "eye-off", compact=True)
        out.clicked.connect(self.take_out)
        tools = QWidget()
        line = Flow(tools)
        for part in (out, self.reason, Label(row.part, 13, tone="muted")):
            line.addWidget(part)
        return tools

    def _changed(self) -> None:
        if self.review is not None:
            self.progress.setText(self.review.words)
            self.edited.emit()

    def _lay_out(self) -> None:
        head = Band()
        top = QHBoxLayout(head)
        top.setContentsMargins(24, px(10), 24, px(10))
        top.setSpacing(px(16))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.progress)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        side = QWidget()
        side.setFixedWidth(px(_LIST_WIDTH))
        column = QVBoxLayout(side)
        column.setContentsMargins(24, px(12), 12, px(12))
        column.setSpacing(px(8))
        column.addWidget(self.chips)
        frame = Surface()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        column.addWidget(frame, 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(12, px(12), 12, px(12))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(side)
        middle.addWidget(ScrollBody(content), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> Band:
        foot = Band(top=True)
        bottom = QHBoxLayout(foot)
        bottom.setContentsMargins(24, px(8), 24, px(8))
        bottom.setSpacing(px(8))
        bottom.addWidget(self.rest, 1)
        for button in (self.all_read, self.next, self.print):
            bottom.addWidget(button)
        return foot


class ReviewField(QWidget):
    """One value: its text with what is taken out struck, a line for each passage, and taking more out. `edited()`."""

    edited = Signal()

    def __init__(self, review: Review, told: HeldField) -> None:
        """Show a value."""
        super().__init__()
        self._review, self._told = review, told
        self.text = PlainText()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(told.label)
        self.text.set_text(told.text)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.line = SentenceLine(lines=0)
        self.passages: list[tuple[Redaction, Check, Choice]] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(4))
        self._lay_out()
        self._show()

    @property
    def has_selection(self) -> bool:
        """Say whether words are selected in it."""
        return self.text.textCursor().hasSelection()

    def take_out(self, reason: RedactionReason) -> None:
        """Take out the words that are selected, for a reason."""
        cursor = self.text.textCursor()
        try:
            self._review.take_out(self._told.place, cursor.selectionStart(), cursor.selectionEnd(), reason)
        except InvalidEntry as error:
            self.line.show()
            self.line.refuse(error.sentence)
            return
        self.line.hide()
        self._show()
        self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text as tall as it is long."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        document = self.text.document()
        document.setTextWidth(max(px(120), self.text.viewport().width()))
        self.text.setFixedHeight(round(document.size().height()) + px(2))

    def _show(self) -> None:
        kept = self._review.of(self._told.place)
        self.text.setExtraSelections([self._struck(each) for each in kept])
        while (item := self._lines.takeAt(0)) is not None:
            layout = item.layout()
            while layout is not None and (inner := layout.takeAt(0)) is not None:
                widget = inner.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self.passages = []
        for redaction, taken in self._review.offered(self._told.place):
            self._lines.addLayout(self._passage(redaction, taken=taken))

    def _struck(self, redaction: Redaction) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(redaction.start)
        cursor.setPosition(redaction.end, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(colour("danger_soft"))
        look.setForeground(colour("danger"))
        look.setFontStrikeOut(True)
        look.setFontWeight(QFont.Weight.DemiBold)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, look
        return selection

    def _passage(self, redaction: Redaction, *, taken: bool) -> QHBoxLayout:
        words = " ".join(self._told.text[redaction.start : redaction.end].split())
        short = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
        check = Check(f"Retirer «\u00a0{short}\u00a0»")
        check.setChecked(taken)
        check.setEnabled(not redaction.locked)
        check.toggled.connect(partial(self._toggle, redaction))
        reason = _reasons(redaction.reason)
        reason.setAccessibleName(f"Raison\u00a0: {short}")
        reason.setEnabled(taken and not redaction.locked)
        reason.activated.connect(lambda _index: self._give_reason(redaction, reason))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(check)
        line.addStretch(1)
        line.addWidget(reason)
        self.passages.append((redaction, check, reason))
        return line

    def _toggle(self, redaction: Redaction, taken: bool) -> None:
        if taken:
            self._review.take_again(redaction)
        else:
            self._review.put_back(redaction)
        self._show()
        self.edited.emit()

    def _give_reason(self, redaction: Redaction, reason: Choice) -> None:
        self._review.give_reason(redaction, RedactionReason(reason.current_key()))
        self._show()
        self.edited.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(2), 0, px(2))
        column.setSpacing(px(4))
        column.addWidget(Label(self._told.label, 12, tone="muted"))
        column.addWidget(self.text)
        column.addWidget(self.line)
        column.addLayout(self._lines)
        self.line.hide()


def _reasons(chosen: RedactionReason) -> Choice:
    choice = Choice(height=28)
    for reason, words in REDACTION_LABELS.items():
        choice.add(reason, capital(words))
    choice.choose(chosen)
    choice.setMaximumWidth(px(230))
    return choice


def _list_row(review: Review, row: ReviewRow) -> Row:
    count = review.count(row)
    seen = review.is_seen(row)
    pill = (
        State("Relu", "ok")
        if count and seen
        else State(f"{count}\u00a0à relire", "warn", "eye")
        if count
        else None
    )
    return Row(row.key, row.title, review.excerpt(row)[:_EXCERPT], pill=pill, chevron=False)
