"""A small form at the side of the tab: its fields, what they read as, and its refusals beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.money import format_amount, parse_cents
from caseworker_app.kernel.typed_days import parse_day, parse_month
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Rule, Surface
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

WIDTH = 376
# Alone on the tab, its lines stay readable.
WIDEST = 640
LONGEST_NUMBER = 4
# How a choice made before stands, once it is offered to nobody.
NO_LONGER_OFFERED = "Choix d’avant, plus proposé"
Work = Callable[[], Any]
E = TypeVar("E", bound=StrEnum)


class SideForm(Surface):
    """Fill it with `line`, `amount`, `day`, `month`, `number`, `choice`, `long`; then `intend`.

    `read()` turns what is typed into a piece of work for the writer; it raises InvalidEntry, which stands
    beside its field. `typed` and `closed` say what the person does; `key` names it for drafts.
    """

    typed = Signal()
    closed = Signal()
    asked = Signal(object)

    def __init__(
        self, key: str, title: str, today: date, sentence: str = "", save: str = "&Enregistrer"
    ) -> None:
        """Make it without fields; `sentence` says what it is for."""
        super().__init__("surface", "border")
        self.key, self.today = key, today
        self.done_words = title
        self.worth_a_draft = False
        self.fields: dict[str, Field] = {}
        self.editors: dict[str, Entry | Choice | TextZone] = {}
        self._read: Callable[[], Work] | None = None
        self._before: dict[str, str] = {}
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.save = Button(save, "primary", "check")
        self._letters = {_letter(save)}
        self.rest = SentenceLine()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, px(8), px(4), px(8))
        self._rows.setSpacing(px(4))
        self._beside: QHBoxLayout | None = None
        self._lay_out(title, sentence)

    @property
    def keeps_draft(self) -> bool:
        """Say whether what is typed is worth a draft: a longer text, or many fields (`worth_a_draft`)."""
        return self.worth_a_draft or any(isinstance(editor, TextZone) for editor in self.editors.values())

    @property
    def touched(self) -> bool:
        """Say whether something was typed since it was opened."""
        return self.content() != self._before

    # Filling it

    def line(
        self, key: str, label: str, value: str | None = "", placeholder: str = "", hint: str = ""
    ) -> Entry:
        """Add a line of text."""
        entry = Entry(placeholder)
        entry.setText(value or "")
        # A long one is read from its beginning.
        entry.setCursorPosition(0)
        return self.add_entry(key, label, entry, hint)

    def amount(self, key: str, label: str, cents: int | None = None, hint: str = "") -> Entry:
        """Add an amount in euros."""
        entry = Entry("0,00", tabular=True)
        entry.setText("" if cents is None else format_amount(cents))
        return self.add_entry(key, label, entry, hint)

    def day(self, key: str, label: str, value: date | None = None, hint: str = "") -> Entry:
        """Add a date."""
        entry = Entry("jj/mm/aaaa", tabular=True)
        entry.setText("" if value is None else format_date(value))
        return self.add_entry(key, label, entry, hint)

    def month(self, key: str, label: str, value: date | None = None, hint: str = "") -> Entry:
        """Add a month."""
        entry = Entry("mm/aaaa", tabular=True)
        entry.setText("" if value is None else f"{value.month:02d}/{value.year}")
        return self.add_entry(key, label, entry, hint)

    def number(self, key: str, label: str, value: int | None = None, hint: str = "") -> Entry:
        """Add a whole number."""
        entry = Entry(tabular=True)
        entry.setText("" if value is None else str(value))
        return self.add_entry(key, label, entry, hint)

    def choice(
        self,
        key: str,
        label: str,
        labels: Mapping[Any, str],
        chosen: Any = None,
        nothing: str = "",
        hint: str = "",
    ) -> Choice:
        """Add a choice among labels; `nothing` adds a first line for « not told ».

        What was chosen and is no longer offered (a table that changed, somebody who left) has a line of its own:
        a record opened to change something else must not lose it.
        """
        choice = Choice(nothing or "Choisir\u2026")
        if nothing:
            choice.add("", nothing)
        for code, words in labels.items():
            choice.add(str(code), words[:1].upper() + words[1:])
        kept = "" if chosen is None else str(chosen)
        if kept and choice.findData(kept) < 0:
            choice.add(kept, NO_LONGER_OFFERED)
        choice.choose(kept)
        choice.currentIndexChanged.connect(lambda _index: self.typed.emit())
        self._add(key, Field(self._lettered(label), choice, hint=hint))
        self.editors[key] = choice
        return choice

    def long(self, key: str, title: str, hint: str, value: str | None = "") -> TextZone:
        """Add a longer text, *interne* like everything typed; its refusals stand at the foot of the form."""
        self._beside = None
        zone = TextZone(title, hint, "lock", may_share=False)
        zone.setMinimumHeight(px(150))
        zone.setMaximumHeight(px(200))
        zone.set_text(value or "")
        zone.edited.connect(self.typed)
        self.editors[key] = zone
        self._rows.addWidget(zone)
        self._rows.addSpacing(px(4))
        return zone

    def side_by_side(self) -> None:
        """Put the next two fields on one line."""
        self._beside = QHBoxLayout()
        self._beside.setSpacing(px(10))
        self._rows.addLayout(self._beside)

    def heading(self, words: str) -> None:
        """Add a title between groups of fields."""
        self._beside = None
        self._rows.addSpacing(px(4))
        self._rows.addWidget(Label(words, 13, fonts.SEMI_BOLD, wrap=True))

    def note(self, words: str) -> Label:
        """Add a sentence."""
        self._beside = None
        label = Label(words, 12, tone="muted", wrap=True)
        self._rows.addWidget(label)
        return label

    def way(self, words: str, icon: str, go: Callable[[], object]) -> Button:
        """Add a button that leads elsewhere."""
        self._beside = None
        button = Button(words, "secondary", icon)
        button.clicked.connect(lambda _on=False: go())
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def intend(self, read: Callable[[], Work], done_words: str) -> SideForm:
        """Say what is to be done with what is typed, and what is said once it is done."""
        self._read, self.done_words = read, done_words
        self._rows.addStretch(1)
        self._before = self.content()
        return self

    # Reading it

    def text(self, key: str) -> str | None:
        """Return what is typed, None when nothing is."""
        editor = self.editors[key]
        typed = editor.current_key() if isinstance(editor, Choice) else editor.text().strip()
        return typed or None

    def cents(self, key: str) -> int | None:
        """Return an amount in cents, None when nothing is typed. Raises InvalidEntry."""
        typed = self.text(key)
        if typed is None:
            return None
        try:
            return parse_cents(typed)
        except InvalidEntry as error:
            raise InvalidEntry(error.sentence, key) from error

    def needed_cents(self, key: str) -> int:
        """Return an amount in cents. Raises InvalidEntry also when nothing is typed."""
        cents = self.cents(key)
        if cents is None:
            raise InvalidEntry("Indiquez le montant.", key)
        return cents

    def date_of(self, key: str) -> date | None:
        """Return a date, None when nothing is typed. Raises InvalidEntry."""
        typed = self.text(key)
        return None if typed is None else parse_day(typed, self.today, key)

    def needed_date(self, key: str) -> date:
        """Return a date. Raises InvalidEntry also when nothing is typed."""
        day = self.date_of(key)
        if day is None:
            raise InvalidEntry("Indiquez la date.", key)
        return day

    def needed_month(self, key: str) -> date:
        """Return the first day of a month. Raises InvalidEntry also when nothing is typed."""
        typed = self.text(key)
        if typed is None:
            raise InvalidEntry("Indiquez le mois.", key)
        return parse_month(typed, self.today, key)

    def whole(self, key: str) -> int | None:
        """Return a whole number, None when nothing is typed. Raises InvalidEntry."""
        typed = self.text(key)
        if typed is None:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER):
            raise InvalidEntry("Écrivez un nombre, comme 12.", key)
        return int(typed)

    def needed_whole(self, key: str) -> int:
        """Return a whole number. Raises InvalidEntry also when nothing is typed."""
        number = self.whole(key)
        if number is None:
            raise InvalidEntry("Indiquez ce nombre.", key)
        return number

    def chosen(self, key: str, kind: type[E]) -> E | None:
        """Return what is chosen, None when nothing is."""
        code = self.text(key)
        return None if code is None else kind(code)

    def needed(self, key: str, kind: type[E]) -> E:
        """Return what is chosen. Raises InvalidEntry when nothing is."""
        code = self.chosen(key, kind)
        if code is None:
            raise InvalidEntry("Choisissez une réponse dans la liste.", key)
        return code

    # Drafts, refusals

    def content(self) -> dict[str, str]:
        """Return what every field holds, for a draft."""
        return {key: self.text(key) or "" for key in self.editors}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Show what a draft holds."""
        for key, editor in self.editors.items():
            typed = content.get(key)
            if not isinstance(typed, str):
                continue
            if isinstance(editor, Choice):
                editor.choose(typed)
            elif isinstance(editor, TextZone):
                editor.set_text(typed)
            else:
                editor.setText(typed)

    def submit(self) -> None:
        """Ask for what is typed to be written, or say what is wrong."""
        if self._read is None or not self.save.isEnabled():
            return
        self.rest.clear()
        for field in self.fields.values():
            field.accept()
        try:
            work = self._read()
        except InvalidEntry as error:
            self.refuse(error)
            return
        # Two clicks must not write twice.
        self.save.setEnabled(False)
        self.asked.emit(work)

    def refuse(self, error: CaseworkerError) -> None:
        """Show why it is not written, beside its field; what was typed stays."""
        self.save.setEnabled(True)
        place_error(error, self.fields, self.rest)

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        first = next(iter(self.editors.values()), None)
        target: QWidget = first.editor if isinstance(first, TextZone) else first or self.save
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_in(self, key: str) -> None:
        """Put the cursor in one field."""
        editor = self.editors[key]
        target: QWidget = editor.editor if isinstance(editor, TextZone) else editor
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line of text writes, Ctrl+Enter from anywhere; Escape closes."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif enter and (control or isinstance(self.focusWidget(), QLineEdit)):
            self.submit()
        else:
            super().keyPressEvent(event)

    def add_entry(self, key: str, label: str, entry: Entry, hint: str = "") -> Entry:
        """Add an entry made elsewhere."""
        entry.textChanged.connect(lambda _text: self.typed.emit())
        self._add(key, Field(self._lettered(label), entry, hint=hint))
        self.editors[key] = entry
        return entry

    def _lettered(self, label: str) -> str:
        """Return a label with a letter of its own: the one proposed, else the first that is free."""
        bare = label.replace("&", "")
        proposed = label.index("&") if "&" in label else len(bare)
        places = [proposed, *range(len(bare))]
        free = (n for n in places if bare[n : n + 1].isalpha() and bare[n].lower() not in self._letters)
        place = next(free, None)
        if place is None:
            return bare
        self._letters.add(bare[place].lower())
        return f"{bare[:place]}&{bare[place:]}"

    def _add(self, key: str, field: Field) -> None:
        # A refusal may take two lines in a narrow form: the field grows rather than cutting it.
        field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if field.line.hint:
            # A hint fills the line kept for a refusal: the next label keeps its distance.
            field.setContentsMargins(0, 0, 0, px(6))
        self.fields[key] = field
        if self._beside is None:
            self._rows.addWidget(field)
            return
        self._beside.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        if self._beside.count() == 2:
            self._beside = None

    def _lay_out(self, title: str, sentence: str) -> None:
        close = IconButton("x", "Fermer ce formulaire", size=28, icon_size=16)
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, px(10), px(10), px(6))
        head.addWidget(Label(title, 16, fonts.SEMI_BOLD, wrap=True), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setLayout(self._rows)
        if sentence:
            self._rows.addWidget(Label(sentence, 13, tone="muted", wrap=True))
            self._rows.addSpacing(px(4))
        self._scroll = ScrollBody(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.save.clicked.connect(self.submit)
        cancel = Button("Fermer", "quiet")
        cancel.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, px(8), 16, px(12))
        foot.setSpacing(px(8))
        foot.addWidget(self.save)
        foot.addWidget(cancel)
        foot.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(16, px(4), 16, 0)
        below.addWidget(self.rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._scroll, 1)
        column.addWidget(Rule())
        column.addLayout(below)
        column.addLayout(foot)


def _letter(words: str) -> str:
    """Return the letter that Alt brings one by, empty without any."""
    _, _, after = words.partition("&")
    return after[:1].lower()
