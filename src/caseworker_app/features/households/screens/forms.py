"""The small form that opens inside a section: fields in lines, its own refusals, « Enregistrer », « Fermer »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.households.domain.typed import YES
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.card_form import CardForm
from caseworker_app.ui_kit.choices import Check, Segment
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px

_UNFINISHED = "Enregistrez ou fermez d’abord cette saisie."


class SectionForm(CardForm):
    """The form of a member, a contact, an address; `version` is the state of the row the person saw.

    `beside`: the row stays in sight above the form.
    """

    beside = False

    def __init__(self, kind: str, title: str, row_id: str = "", version: str | None = None) -> None:
        """Make it without fields."""
        super().__init__(kind, title, row_id)
        self.version = version
        self._before: dict[str, str] = {}

    @property
    def touched(self) -> bool:
        """Say whether something was typed since the form was filled."""
        return self.typed() != self._before

    def add_line(self, *parts: tuple[str, str, QWidget], weights: tuple[int, ...] = ()) -> None:
        """Add a line of fields: for each its name, its label with a letter, its editor."""
        line = Columns(gap=px(12), weights=weights)
        for name, label, editor in parts:
            self.fields[name] = _growing(Field(label, editor))
            self._join(name, editor)
            line.addWidget(self.fields[name])
        self.column.addLayout(line)

    def add_editor(self, name: str, editor: QWidget) -> None:
        """Add an editor that needs no label above: a box to tick, a segment."""
        self._join(name, editor)
        self.column.addWidget(editor)

    def add_part(self, part: QWidget) -> None:
        """Add something that is no editor."""
        self.column.addWidget(part)

    def finish(self, typed: Mapping[str, str]) -> None:
        """Fill the form and add its buttons, once every field is there."""
        self.add_buttons()
        self.show_typed(typed)
        self._before = self.typed()

    def typed(self) -> dict[str, str]:
        """Return what every field holds."""
        return {name: _text_of(editor) for name, editor in self.editors.items()}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show what a row or a draft holds."""
        for name, editor in self.editors.items():
            if name in typed:
                _show(editor, typed[name])

    def remind(self) -> None:
        """Say that this form is still open."""
        self.rest.refuse(_UNFINISHED)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor in the first field that is typed in, where there is one."""
        typed_in = (each for each in self.editors.values() if not isinstance(each, Segment))
        first = next(typed_in, next(iter(self.editors.values()), self.save))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _join(self, name: str, editor: QWidget) -> None:
        self.editors[name] = editor
        if isinstance(editor, Entry):
            editor.textChanged.connect(self._edited)
        elif isinstance(editor, Choice):
            editor.currentIndexChanged.connect(self._edited)
        elif isinstance(editor, Check):
            editor.toggled.connect(self._edited)
        elif isinstance(editor, Segment):
            editor.chosen.connect(self._edited)
        elif isinstance(editor, LongText):
            editor.text.textChanged.connect(self._edited)

    def _edited(self, *_value: object) -> None:
        self.edited.emit()


class LongText(Surface):
    """A few lines of *interne* text, violet, inside a form."""

    def __init__(self, name: str, hint: str, lines: int = 2) -> None:
        """Make it empty."""
        super().__init__("note_soft", "note_line", 6)
        self.text = PlainText()
        self.text.setAccessibleName(name)
        self.text.setAccessibleDescription(f"{hint}. Texte interne")
        self.text.setFixedHeight(px(20) * lines + px(2))
        self.setFocusProxy(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(8), px(8))
        column.setSpacing(px(4))
        label = Label(name, 12, fonts.SEMI_BOLD, "note")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label)
        head.addWidget(Label(hint, 12, tone="muted", wrap=True), 1)
        column.addLayout(head)
        column.addWidget(self.text)


def _growing(field: Field) -> Field:
    """Let a field grow with a long refusal: beside others it stands in a narrow column."""
    field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    column = field.layout()
    if isinstance(column, QVBoxLayout):
        column.addStretch(1)
    return field


def choice_of(labels: Mapping[Any, str], nothing: str = "—") -> Choice:
    """Return a choice among labels, their first letter a capital; its first line is « not told »."""
    choice = Choice(nothing)
    if nothing:
        choice.add("", nothing)
    for key, words in labels.items():
        choice.add(str(key), capital(words))
    return choice


def _text_of(editor: QWidget) -> str:
    if isinstance(editor, Entry):
        return editor.text()
    if isinstance(editor, Choice | Segment):
        return editor.current_key()
    if isinstance(editor, Check):
        return YES if editor.isChecked() else ""
    if isinstance(editor, LongText):
        return editor.text.words()
    raise TypeError("an editor of another kind")


def _show(editor: QWidget, words: str) -> None:
    if isinstance(editor, Entry):
        editor.setText(words)
    elif isinstance(editor, Choice | Segment):
        editor.choose(words)
    elif isinstance(editor, Check):
        editor.setChecked(words == YES)
    elif isinstance(editor, LongText):
        editor.text.set_text(words)
