"""Probable duplicates, one by one: the list of them, both sides of one, the reason, and three choices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.checked import ALIKE, BY_ITSELF, TO_DECIDE, Sides
from caseworker_app.features.intake.domain.decision import Action
from caseworker_app.features.intake.domain.list_kind import OF_HOUSEHOLDS, ListKind
from caseworker_app.features.intake.domain.rows import place_of
from caseworker_app.features.intake.domain.settled import Settled
from caseworker_app.features.intake.domain.sides import SideBySide
from caseworker_app.features.intake.screens.choice_tile import ChoiceTile
from caseworker_app.features.intake.screens.comparison import ROW_HEIGHT, TITLE_HEIGHT, ComparisonTable
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.messages import Banner, EmptyState
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.theme import px

CHOICES = (Action.MERGE, Action.CREATE, Action.SKIP)
_DIGITS = dict(zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3), CHOICES, strict=True))
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_LIST_WIDE, _LIST_FROM = 312, 960
_LEAST_ROWS = 5
_DONE = {
    Action.MERGE: State("Complété", "ok", "check"),
    Action.CREATE: State("Créé", "accent", "plus"),
    Action.SKIP: State("Non importé", "muted", "ban"),
}
# What a row is probably: a file, a dwelling, a partner; « un autre » or « une autre » never comes up.
_NOUNS = {ListKind.DWELLINGS: "logement", ListKind.PARTNERS: "partenaire", ListKind.LANDLORDS: "bailleur"}


class DuplicatesStep(QWidget):
    """`decided(row, Action)`: one was decided; `decided_all(Action)`: all the others too."""

    decided = Signal(int, object)
    decided_all = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.sides = Sides()
        self._settled = Settled()
        self._here = 0
        self._noun, self._people = "dossier", True
        self.list = RowList("Doublons probables", height=50)
        self.list.rows.page_wanted.connect(self._give_page)
        self.list.stood_on.connect(self._stood_on)
        self.why = Banner("", "warn", "git-merge")
        self.table = ComparisonTable()
        self.table.setMinimumHeight(px(TITLE_HEIGHT + _LEAST_ROWS * ROW_HEIGHT))
        self.before = IconButton(
            "chevron-left", "Doublon précédent (Page préc.)", size=28, icon_size=16, bordered=True
        )
        self.after = IconButton(
            "chevron-right", "Doublon suivant (Page suiv.)", size=28, icon_size=16, bordered=True
        )
        self.tiles = {action: ChoiceTile("", "", str(n)) for n, action in enumerate(CHOICES, 1)}
        self.all = Button("", "ghost", "list-check", compact=True)
        self._lay_out()
        self._join()

    @property
    def here(self) -> SideBySide | None:
        """Return the duplicate shown."""
        return self.sides.sides[self._here] if self._here < len(self.sides.sides) else None

    def show_sides(self, sides: Sides, settled: Settled, kind: ListKind, *, begin: bool) -> None:
        """Show the duplicates; `begin`: stand on the first that waits for somebody to decide."""
        self._noun, self._people = _NOUNS.get(kind, "dossier"), kind in OF_HOUSEHOLDS
        row = None if begin or self.here is None else self.here.row
        self.sides, self._settled = sides, settled
        self.list.rows.start(len(sides.numbers), self._rows_of(0, 64))
        self._stack.setCurrentIndex(1 if sides.numbers else 0)
        if sides.numbers:
            known = row is not None and row in sides.numbers
            found = sides.numbers.index(row) if known and row is not None else self._next_open(-1)
            self._stand(found or 0)

    def mark(self, settled: Settled) -> None:
        """Show what was decided, without moving."""
        self._settled = settled
        if self.sides.numbers:
            # Pages already drawn are written anew; the others will be when they are seen.
            top = self.list.verticalScrollBar().value()
            first = self._here // 64 * 64
            generation = self.list.rows.start(len(self.sides.numbers), self._rows_of(0, 64))
            if first:
                self.list.rows.fill(generation, first, self._rows_of(first, 64))
            self.list.setCurrentIndex(self.list.rows.index(self._here, 0))
            self.list.verticalScrollBar().setValue(top)
            self._show_here()

    def focus_first(self) -> None:
        """Stand on the list of duplicates, or on the choices where it is not shown."""
        if self.sides.numbers:
            first = self.list if self._left.isVisible() else next(iter(self.tiles.values()))
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, action: Action, *, go_on: bool) -> None:
        """Decide of the duplicate shown; `go_on`: show the next one nobody decided."""
        if self.here is None:
            return
        self.decided.emit(self.here.row, action)
        following = self._next_open(self._here)
        if go_on and following is not None:
            self._stand(following)

    def take_all(self) -> None:
        """Decide the same of all the others that nobody decided."""
        action = self._settled.of(self.sides, self._here) if self.here is not None else None
        if action is not None:
            self.decided_all.emit(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the list where there is room."""
        super().resizeEvent(event)
        self._left.setVisible(self.width() >= px(_LIST_FROM))

    def _lay_out(self) -> None:
        self._left = Card("À décider")
        self._left.add_rows(self.list, 1)
        self._left.setFixedWidth(px(_LIST_WIDE))
        self.card = Card("Est-ce le même\u202f?")
        self.card.add_action(self.all)
        self.card.add_action(self.before)
        self.card.add_action(self.after)
        self.card.add(self.why)
        self.card.add_rows(self.table, 1)
        self.card.add_foot(self._choices())
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self._left)
        line.addWidget(self.card, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                "users", "Aucun doublon", "Rien de cette liste ne ressemble à ce que Passerelle connaît déjà."
            )
        )
        self._stack.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _choices(self) -> QWidget:
        foot, tiles = QWidget(), QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        tiles.setSizePolicy(policy)
        row = Columns(tiles, gap=8)
        for tile in self.tiles.values():
            row.addWidget(tile)
        column = QVBoxLayout(foot)
        column.setContentsMargins(15, px(12), 15, px(12))
        column.addWidget(tiles)
        return foot

    def _join(self) -> None:
        self.before.clicked.connect(lambda: self._stand(self._here - 1))
        self.after.clicked.connect(lambda: self._stand(self._here + 1))
        self.all.clicked.connect(self.take_all)
        for action, tile in self.tiles.items():
            tile.clicked.connect(lambda _on=False, a=action: self.take(a, go_on=False))
        for part in (self.list, self.table, self.before, self.after, self.all, *self.tiles.values()):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the digits and the page keys, wherever one stands."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key in _DIGITS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.take(_DIGITS[key], go_on=True)
        elif key in _PAGES:
            self._stand(self._here + _PAGES[key])
        else:
            return False
        return True

    def _stand(self, number: int) -> None:
        if self.sides.numbers:
            self._here = max(0, min(number, len(self.sides.numbers) - 1))
            self.list.setCurrentIndex(self.list.rows.index(self._here, 0))
            self._show_here()

    def _stood_on(self, _key: str) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.sides.numbers) and row != self._here:
            self._here = row
            self._show_here()

    def _show_here(self) -> None:
        side = self.here
        if side is None:
            return
        total, action = len(self.sides.numbers), self._settled.of(self.sides, self._here)
        left = len(self._settled.open_places(self.sides))
        self.card.remark.setText(f"{self._here + 1} sur {total}")
        self._left.remark.setText(str(left) if left else "")
        state = self.sides.states[self._here]
        tone = "warn" if state == TO_DECIDE else "accent"
        self.why.show_sentence(_reason(side, state, decided=action is not None), tone, "git-merge")
        self.table.show_sides(
            *_titles(side), side.fields, action or _by_itself(side, state), people=self._people
        )
        self.before.setEnabled(self._here > 0)
        self.after.setEnabled(self._here < total - 1)
        self._show_tiles(side, action or _by_itself(side, state))
        self.all.setVisible(action is not None and left > 0)
        self.all.setText(
            "Faire de &même pour le dernier" if left == 1 else f"Faire de &même pour les {left} autres"
        )
        self.all.updateGeometry()

    def _show_tiles(self, side: SideBySide, action: Action | None) -> None:
        for each, (title, detail) in zip(CHOICES, self._words(side), strict=True):
            tile = self.tiles[each]
            tile.setText(title)
            tile.show_detail(detail)
            tile.setAutoExclusive(False)
            tile.setChecked(each is action)
            tile.setAutoExclusive(True)

    def _words(self, side: SideBySide) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
        if side.other_row is not None:
            merge = ("Réunir les deux lignes", "Un seul ensemble, complété")
        else:
            merge = (f"Compléter le {self._noun}", "Ajoute ce qui manque, ne remplace rien")
        return (
            merge,
            (f"Créer un autre {self._noun}", "Ce n’est pas le même"),
            ("Ne pas importer", "La ligne ira au rapport"),
        )

    def _next_open(self, after: int) -> int | None:
        """Return the next duplicate nobody decided, after one, then from the first."""
        waiting = self._settled.open_places(self.sides)
        return next((place for place in waiting if place > after), waiting[0] if waiting else None)

    def _give_page(self, generation: int, first: int, count: int) -> None:
        self.list.rows.fill(generation, first, self._rows_of(first, count))

    def _rows_of(self, first: int, count: int) -> list[Row]:
        last = min(first + count, len(self.sides.numbers))
        return [self._row_of(place) for place in range(first, last)]

    def _row_of(self, place: int) -> Row:
        side, state = self.sides.sides[place], self.sides.states[place]
        action = self._settled.of(self.sides, place) or _by_itself(side, state)
        if action is not None:
            pill = _DONE[action]
        elif state == TO_DECIDE:
            pill = State(f"{side.likelihood}\u00a0%", "warn", "git-merge")
        else:
            pill = State("Ressemble", "muted", "users")
        return Row(str(side.row), side.title_theirs, ", ".join(side.why), pill=pill, chevron=False)


def _by_itself(side: SideBySide, state: int) -> Action | None:
    return side.choice.action if state == BY_ITSELF else None


def _reason(side: SideBySide, state: int, *, decided: bool) -> str:
    why = ", ".join(side.why)
    if state == BY_ITSELF:
        return f"La même dans votre tableau\u00a0: {why}. Les deux lignes sont réunies."
    if state == ALIKE:
        rest = "" if decided else " Sans votre choix, la ligne est importée."
        return f"Se ressemblent sans être les mêmes\u00a0: {why}.{rest}"
    rest = "" if decided else " Sans votre choix, la ligne est laissée de côté."
    return f"Probable à {side.likelihood}\u00a0%\u00a0: {why}.{rest}"


def _titles(side: SideBySide) -> tuple[str, str]:
    """Return the titles of both sides: « Votre liste, ligne 87 », « Déjà connu, n° 2025-0931 »."""
    theirs = f"Votre liste, ligne {place_of(side.row)[1]}"
    if side.other_row is not None:
        return theirs, f"Plus haut dans la liste, ligne {place_of(side.other_row)[1]}"
    return theirs, f"Déjà connu, n°\u00a0{side.reference}" if side.reference else "Déjà connu"
