"""A section of the settings that edits a list: its rows beside the card of one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.typed_section import ListedSection


class ListDesk(Protocol):
    """What a section works with."""

    @property
    def tasks(self) -> Tasks:
        """Where work runs."""

    @property
    def changes(self) -> ChangeBroadcast:
        """Who hears of changes."""

    def done(self, answer: object, words: str) -> None:
        """Tell what was written, with its undo."""


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a section says: titles, buttons, what stands in an empty list, a sentence under the fields."""

    listed: str
    add: str
    new: str
    none: str
    how: str
    added: str
    changed: str
    removed: str


@dataclass(frozen=True, slots=True)
class ListWork:
    """What a section does. Each function but `row` and `texts` runs on the reader's or the writer's thread.

    `read()` returns the values; `row(value)` one line, whose key is its id; `texts(value)` its fields;
    `write(texts, id, version)` adds when the id is empty; `remove(id)`; `tables`: what is listened to.
    """

    read: Callable[[], Sequence[Any]]
    row: Callable[[Any], Row]
    texts: Callable[[Any], Mapping[str, str]]
    write: Callable[[Mapping[str, str], str, str], object]
    remove: Callable[[str], object]
    tables: tuple[str, ...]
    may_change: bool = True
    fields: Mapping[str, tuple[str, Entry | Choice]] = field(default_factory=dict)


class ListSection(ListedSection):
    """The list beside one card, for values that are all told in lines and choices."""

    def __init__(self, desk: ListDesk, words: ListWords, work: ListWork) -> None:
        """Make it empty; the fields are made by who knows the list."""
        super().__init__(words.listed, words.add, "plus")
        self._desk, self._words, self._work = desk, words, work
        self._values: dict[str, Any] = {}
        editors = {name: editor for name, (_label, editor) in work.fields.items()}
        self.entries = {name: each for name, each in editors.items() if isinstance(each, Entry)}
        self.choices = {name: each for name, each in editors.items() if isinstance(each, Choice)}
        self.fields = {name: Field(label, editor) for name, (label, editor) in work.fields.items()}
        self.drop = Button("&Retirer", "secondary", "trash")
        self.none = Label(words.none, 13, tone="muted", wrap=True)
        self._lay_out()
        self._join()

    def show_card(self, key: str) -> None:
        """Show the card of a value; empty: that of a new one."""
        self.shown, self.touched = key, False
        value = self._values.get(key)
        texts = self._work.texts(value) if value is not None else {}
        for name, entry in self.entries.items():
            entry.setText(texts.get(name, ""))
        for name, choice in self.choices.items():
            choice.choose(texts.get(name, ""))
        self.accept_all()
        self.title.setText(self._words.changed if value is not None else self._words.new)
        self.drop.setVisible(value is not None and self._work.may_change)
        self.save.setEnabled(False)

    def keep(self) -> None:
        """Write the card, or say what is wrong beside its field."""
        if not self.save.isEnabled():
            return
        self.accept_all()
        typed = {name: entry.text() for name, entry in self.entries.items()}
        typed |= {name: choice.current_key() for name, choice in self.choices.items()}
        self.save.setEnabled(False)
        value, key, work = self._values.get(self.shown), self.shown, self._work
        version = value.version if value is not None else ""
        words = "Enregistré" if value is not None else self._words.added
        self._desk.tasks.run(
            lambda: work.write(typed, key, version),
            lambda answer: self._kept(answer, words),
            self.refused,
            owner=self,
        )

    def remove(self) -> None:
        """Take the value shown out of the list; the line of confirmation gives it back."""
        key, work = self.shown, self._work
        if not key:
            return
        self._desk.tasks.run(
            lambda: work.remove(key),
            lambda answer: self._kept(answer, self._words.removed),
            self.refused,
            owner=self,
        )

    def read_again(self) -> None:
        """Read the list."""
        self._desk.tasks.read(self._work.read, self._show, owner=self)

    def _kept(self, answer: object, words: str) -> None:
        self.touched = False
        if isinstance(answer, tuple) and isinstance(answer[0], str):
            self.shown = answer[0]
        self.read_again()
        self._desk.done(answer, words)

    def _show(self, values: Sequence[Any]) -> None:
        self._values = {each.id: each for each in values}
        may = self._work.may_change
        self.list.set_rows([self._work.row(each) for each in values])
        self.none.setVisible(not values)
        self.list.setVisible(bool(values))
        self.set_writable(may)
        for choice in self.choices.values():
            choice.setEnabled(may)
        self.card.setVisible(may or bool(values))
        if self.touched:
            return
        shown = self.shown if self.shown in self._values else next(iter(self._values), "")
        self.show_card(shown)
        if shown:
            self.list.stand_on(shown)

    def _lay_out(self) -> None:
        self.none.setContentsMargins(INSET, 0, INSET, INSET)
        self.none.hide()
        self.listed.add_rows(self.none, rule=False)
        self.listed.add_rows(self.list)
        for part in (self.title, *self.fields.values(), Label(self._words.how, 12, tone="muted", wrap=True)):
            self.card.add(part)
        self.card.add(self.rest)
        self.card.body.addLayout(self.foot(self.drop))
        self.side_by_side()

    def _join(self) -> None:
        self.join_entries()
        self.drop.clicked.connect(self.remove)
        for choice in self.choices.values():
            choice.activated.connect(lambda _index: self.typed())
        tables = self._work.tables
        self._desk.changes.listen(
            self, lambda c: any(c.concerns(table=each) for each in tables), self.read_again
        )
