"""Over the columns: what the list holds, which sheet is read, and the profile that remembers the columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.list_kind import IMPORTABLE, KIND_HELP, KIND_LABELS, ListKind
from caseworker_app.features.intake.domain.profile import Profile
from caseworker_app.features.intake.domain.recognition import Understanding
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

NONE = "-"
# Names of measures and profiles are long; their whole words are in the list that opens.
_WIDEST = 200


class ProfileBar(QWidget):
    """Three choices and what is done with the profile; it only tells what is asked.

    `kind_chosen(ListKind)`, `sheet_chosen(str)`, `profile_chosen(id or "")`, `measure_chosen(code)`,
    `remember_asked()`, `rename_asked(id)`, `forget_asked(id)`.
    """

    kind_chosen = Signal(object)
    sheet_chosen = Signal(str)
    profile_chosen = Signal(str)
    measure_chosen = Signal(str)
    remember_asked = Signal()
    rename_asked = Signal(str)
    forget_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.kind, self.sheet = Choice(height=32), Choice(height=32)
        self.measure, self.profile = Choice("Aucune", height=32), Choice(height=32)
        self.save = Button("&Retenir ces colonnes…", "ghost", "bookmark", compact=True)
        self.save.setToolTip("La prochaine liste qui a les mêmes colonnes sera reconnue du premier coup")
        self.more = IconButton("dots", "Renommer ou oublier ce profil", size=28, icon_size=16)
        self._menu = Menu("", self)
        self._menu.addAction(
            "Renommer ce profil…", lambda: self.rename_asked.emit(self.profile.current_key())
        )
        self._menu.addAction("Oublier ce profil", lambda: self.forget_asked.emit(self.profile.current_key()))
        self.more.clicked.connect(self._open_menu)
        self._remembered: frozenset[str] = frozenset()
        for kind in ListKind:
            if kind in IMPORTABLE:
                self.kind.add(kind, KIND_LABELS[kind])
        for choice in (self.measure, self.profile):
            choice.setMaximumWidth(px(_WIDEST))
        self._lay_out()
        self._join()

    def show_understanding(self, found: Understanding, profiles: Sequence[Profile]) -> None:
        """Show what was understood, and the profiles there are."""
        self.kind.choose(found.kind)
        self.kind.setToolTip(KIND_HELP.get(found.kind, ""))
        self.kind.setAccessibleDescription(KIND_HELP.get(found.kind, ""))
        sheets = [*found.sheets_read, *(name for name in found.other_sheets if name not in found.sheets_read)]
        several = len(found.sheets_read) > 1
        first = [(NONE, f"Les {len(found.sheets_read)} feuilles semblables")] if several else []
        shown = NONE if several else found.sheet or ""
        self._fill(self.sheet, [*first, *((name, name) for name in sheets)], shown)
        self._sheet_box.setVisible(len(sheets) > 1)
        self._measure_box.setVisible(found.kind is ListKind.TRACKER and self.measure.count() > 1)
        self.measure.choose(found.choices.measure_kind or NONE)
        self._remembered = frozenset(profile.id for profile in profiles if not profile.ready)
        named = [(profile.id, profile.name) for profile in profiles]
        self._fill(
            self.profile, [(NONE, "Aucun profil"), *named], found.profile.id if found.profile else NONE
        )
        self._more_box.setVisible(self.profile.current_key() in self._remembered)
        self.updateGeometry()

    def offer_measures(self, kinds: Sequence[tuple[str, str]]) -> None:
        """Set the measures that rows of a tracker may be given when they name none: (code, words)."""
        self._fill(self.measure, [(NONE, "Aucune"), *kinds], NONE)

    def _fill(self, choice: Choice, lines: Sequence[tuple[str, str]], current: str) -> None:
        choice.blockSignals(True)
        choice.clear()
        for key, words in lines:
            choice.add(key, words)
        choice.choose(current)
        choice.blockSignals(False)
        choice.updateGeometry()

    def _lay_out(self) -> None:
        flow = Flow(self, gap=16)
        kind = _labelled("Ce que contient la liste", self.kind)
        self._sheet_box = _labelled("Feuille du classeur", self.sheet)
        self._measure_box = _labelled("Mesure, si la ligne n’en dit rien", self.measure)
        profile = _labelled("Profil de colonnes", self.profile)
        for box in (kind, self._sheet_box, self._measure_box, profile):
            flow.addWidget(box)
        flow.addWidget(_dropped(self.save))
        self._more_box = _dropped(self.more)
        flow.addWidget(self._more_box)
        self._more_box.hide()
        self._sheet_box.hide()
        self._measure_box.hide()

    def _join(self) -> None:
        self.kind.activated.connect(lambda _i: self.kind_chosen.emit(ListKind(self.kind.current_key())))
        self.sheet.activated.connect(lambda _i: self.sheet_chosen.emit(_key(self.sheet)))
        self.measure.activated.connect(lambda _i: self.measure_chosen.emit(_key(self.measure)))
        self.profile.activated.connect(lambda _i: self.profile_chosen.emit(_key(self.profile)))
        self.save.clicked.connect(self.remember_asked)

    def _open_menu(self) -> None:
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _key(choice: Choice) -> str:
    key = choice.current_key()
    return "" if key == NONE else key


def _labelled(words: str, choice: Choice) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(3))
    label: QLabel = Label(words, 12, fonts.MEDIUM, "muted")
    label.setBuddy(choice)
    choice.setAccessibleName(words)
    column.addWidget(label)
    column.addWidget(choice)
    return box


def _dropped(button: QWidget) -> QWidget:
    """Stand a button on the line of the choices, under the height of their labels."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, px(20), 0, px(2))
    column.addWidget(button)
    return box
