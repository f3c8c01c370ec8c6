"""Sections of the settings where something is typed: what is typed stays until it is saved, whatever is read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.row_list import RowList
from caseworker_app.ui_kit.scroll import bring_into_sight
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_READ_ONLY = "Votre rôle permet de lire ces réglages, pas de les modifier."
_LEAST = 320


class TypedSection(SettingsSection):
    """Fields, the button that keeps them, and what is said when they are refused or may only be read."""

    def __init__(self) -> None:
        """Make it empty: a section fills `entries` and `fields`, lays itself out, then calls `join_entries`."""
        super().__init__()
        self.touched = False
        self.entries: dict[str, Entry] = {}
        self.fields: dict[str, Field] = {}
        self.rest = SentenceLine()
        self.save = Button("Enre&gistrer", "primary", "check")
        self.read_only = Banner(_READ_ONLY, "accent")
        self.read_only.hide()
        self.save.clicked.connect(self.keep)

    def show_section(self) -> None:
        """Read again, unless something is being typed."""
        if not self.touched:
            self.read_again()

    def read_again(self) -> None:
        """Read what the section shows, then show it."""
        raise NotImplementedError

    def keep(self) -> None:
        """Write what is typed, once, or say what is wrong beside its field."""
        if not self.save.isEnabled():
            return
        self.accept_all()
        try:
            begin = self.writing()
        except CaseworkerError as error:
            self.refused(error)
            return
        self.save.setEnabled(False)
        begin()

    def writing(self) -> Callable[[], object]:
        """Return what begins to write what is typed. Raises InvalidEntry for what cannot be written."""
        raise NotImplementedError

    def join_entries(self) -> None:
        """Notice what is typed; Enter keeps it."""
        for entry in self.entries.values():
            entry.textEdited.connect(self.typed)
            entry.returnPressed.connect(self.keep)

    def typed(self) -> None:
        """Hold on to what is in the fields until it is saved."""
        self.touched = True
        self.save.setEnabled(True)

    def refused(self, error: CaseworkerError) -> None:
        """Say what is wrong, beside its field where it has one; it may be kept once corrected."""
        self.save.setEnabled(True)
        place_error(error, self.fields, self.rest)

    def accept_all(self) -> None:
        """Take back what was said of the fields."""
        self.rest.clear()
        for field in self.fields.values():
            field.accept()

    def set_writable(self, may: bool) -> None:
        """Let the fields be written, or only read, and say so."""
        self.read_only.setVisible(not may)
        self.save.setVisible(may)
        for entry in self.entries.values():
            entry.setReadOnly(not may)

    def foot(self, *others: Button) -> QHBoxLayout:
        """Return the line of buttons under the fields: others at the left, the one that keeps at the right."""
        line = QHBoxLayout()
        for button in others:
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.save)
        return line

    def stack(self, whole: QWidget) -> None:
        """Lay the section out: whether it may only be read, then all the rest."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.read_only)
        column.addWidget(whole)
        column.addStretch(1)


class ListedSection(TypedSection):
    """A list beside the card of the one stood on."""

    def __init__(self, listed: str, add_name: str, add_icon: str) -> None:
        """Make it empty; `listed` names the list, `add_name` says in full what its button adds."""
        super().__init__()
        self.shown = ""
        self.list = RowList(listed, height=52, fit=True)
        self.add = Button("A&jouter", "ghost", add_icon, compact=True)
        self.add.setAccessibleName(add_name)
        self.listed, self.card = Card(listed), Card()
        self.listed.add_action(self.add)
        self.title = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.list.stood_on.connect(self._stand_on)
        self.list.opened.connect(self._open)
        self.add.clicked.connect(self.begin_new)

    def show_card(self, key: str) -> None:
        """Show one's card; empty: that of a new one."""
        raise NotImplementedError

    def begin_new(self) -> None:
        """Begin the card of a new one."""
        self.list.clearSelection()
        self.show_card("")
        self.card.show()
        self._go_to_card()

    def set_writable(self, may: bool) -> None:
        """Let cards be written and added, or only read."""
        super().set_writable(may)
        self.add.setVisible(may)

    def side_by_side(
        self,
        above: Sequence[QWidget] = (),
        below: Sequence[QWidget] = (),
        weights: tuple[int, int] = (5, 6),
    ) -> None:
        """Lay the list and the card out, one beside the other where the width allows; others around the card."""
        both = QWidget()
        columns = Columns(both, weights=weights)
        for column in ((self.listed,), (*above, self.card, *below)):
            for each in column:
                if isinstance(each, Card):
                    each.setMinimumWidth(px(_LEAST))
            columns.addWidget(_at_top(column))
        self.stack(both)

    def _stand_on(self, key: str) -> None:
        if key != self.shown and not self.touched:
            self.show_card(key)

    def _open(self, key: str) -> None:
        self._stand_on(key)
        self._go_to_card()

    def _go_to_card(self) -> None:
        next(iter(self.entries.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self.title)


def _at_top(cards: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(12))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder
