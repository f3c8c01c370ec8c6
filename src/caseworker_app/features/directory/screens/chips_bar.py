"""The filters in force as chips, « Ajouter un filtre », the order, and the way back to everybody."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.directory.domain.columns import COLUMN_LABELS, ColumnKey
from caseworker_app.features.directory.domain.filters import (
    BY_NAME,
    FILTER_LABELS,
    FilterChoices,
    FilterKind,
    ListFilter,
    ListQuery,
    Sort,
)
from caseworker_app.features.directory.screens.filter_popup import FilterPopup
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.choices import RemovableChip
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.theme import px

# Values told in a chip; the others are counted.
_TOLD = 2
_CROSS = 28


class FilterChip(RemovableChip):
    """A filter in force: Enter or a click changes it, Delete or its cross takes it away."""

    edited = Signal(object)
    removed = Signal(object)

    def __init__(self, of: ListFilter, words: str) -> None:
        """Show a filter; `words` are those of its values."""
        label = FILTER_LABELS[of.kind]
        super().__init__(label, short_words(words))
        self.kind = of.kind
        self.setAccessibleName(f"Filtre {label}\u00a0: {words}")
        self.setAccessibleDescription("Entrée change ce filtre, Suppr le retire")
        self.setToolTip(words)
        self.clicked.connect(lambda: self.edited.emit(self.kind))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take away with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.kind)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edited.emit(self.kind)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take away with a click on the cross."""
        cross = QRect(self.width() - px(_CROSS), 0, px(_CROSS), self.height())
        if cross.contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit(self.kind)
            return
        super().mouseReleaseEvent(event)


def short_words(words: str) -> str:
    """Return « Roubaix, Tourcoing et 3 autres » of a longer list."""
    parts = words.split(", ")
    if len(parts) <= _TOLD + 1:
        return words
    return f"{', '.join(parts[:_TOLD])} et {len(parts) - _TOLD} autres"


class ChipsBar(Band):
    """The bar, 48 high. `narrowed(kind, values)` when a filter changes, `sorted(Sort)`, `cleared()`."""

    narrowed = Signal(object, object)
    sort_asked = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no filter."""
        super().__init__("sunken", parent=parent)
        self._choices, self._query = FilterChoices(), ListQuery()
        self.chips: dict[FilterKind, FilterChip] = {}
        self.popup = FilterPopup(self)
        self.popup.chosen.connect(self.narrowed)
        self.popup.closed.connect(self._stand_on)
        self.menu, self.sort_menu = Menu(parent=self), Menu(parent=self)
        self.adding = Button("Ajouter un &filtre", "quiet", "plus", compact=True)
        self.sorting = Button("Tri", "quiet", "arrows-sort", compact=True)
        self.clearing = Button("Tout montr&er", "quiet", compact=True)
        self.adding.clicked.connect(self.open_menu)
        self.sorting.clicked.connect(self._open_sort)
        self.clearing.clicked.connect(self.cleared)
        self.setAccessibleName("Filtres et tri")
        self._flow_box = QWidget()
        self._flow = Flow(self._flow_box, gap=8)
        self._flow.addWidget(self.adding)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, px(10), 24, px(10))
        line.setSpacing(px(8))
        line.addWidget(self._flow_box, 1)
        line.addWidget(self.clearing, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.sorting, 0, Qt.AlignmentFlag.AlignTop)
        self._show_sort(self._query)
        self._show_filters()

    def offer(self, choices: FilterChoices) -> None:
        """Take what each filter may be set to."""
        self._choices = choices
        self._show_filters()

    def show_query(self, query: ListQuery) -> None:
        """Show the filters and the order of a query; the one that has the focus keeps it."""
        before, self._query = self._query, query
        self._show_sort(query)
        # A letter typed changes no filter: laying the bar out again would lay out the page.
        if query.filters != before.filters:
            self._show_filters()

    def _show_filters(self) -> None:
        query = self._query
        held = next((kind for kind, chip in self.chips.items() if chip.hasFocus()), None)
        self._drop_chips()
        for each in query.filters:
            chip = FilterChip(each, self._choices.words(each))
            chip.edited.connect(self.edit)
            chip.removed.connect(self._remove)
            self.chips[each.kind] = chip
            self._flow.addWidget(chip)
            chip.show()
        # After the chips: what is added comes at the end.
        self._flow.removeWidget(self.adding)
        self._flow.addWidget(self.adding)
        self.clearing.setVisible(bool(query.filters))
        self._keep_tab_order()
        if held is not None:
            (self.chips.get(held) or self.adding).setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow_box.updateGeometry()

    def edit(self, kind: FilterKind) -> None:
        """Let the person choose the values of a filter, under its chip or under the button."""
        under: QWidget = self.chips.get(kind) or self.adding
        self.popup.ask(kind, self._choices.of.get(kind, ()), self._query.values_of(kind), under)

    def open_menu(self) -> None:
        """Offer the filters."""
        self.menu.clear()
        for kind in self._choices.kinds():
            action = self.menu.addAction(FILTER_LABELS[kind])
            action.triggered.connect(lambda _checked=False, k=kind: self.edit(k))
        self._drop_down(self.menu, self.adding)

    def _open_sort(self) -> None:
        self.sort_menu.clear()
        sort = self._query.sort or BY_NAME
        for key in ColumnKey:
            action = self.sort_menu.addAction(COLUMN_LABELS[key])
            action.setCheckable(True)
            action.setChecked(key is sort.key)
            action.triggered.connect(lambda _checked=False, k=key: self.sort_asked.emit(Sort(k)))
        self.sort_menu.addSeparator()
        turn = self.sort_menu.addAction("Ordre inverse")
        turn.setCheckable(True)
        turn.setChecked(sort.descending)
        turn.triggered.connect(lambda: self.sort_asked.emit(sort.turned()))
        self._drop_down(self.sort_menu, self.sorting)

    def _drop_down(self, menu: Menu, under: QWidget) -> None:
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + px(4))))
        actions = menu.actions()
        if actions:
            menu.setActiveAction(actions[0])

    def _remove(self, kind: FilterKind) -> None:
        kinds = list(self.chips)
        place = kinds.index(kind)
        following = [*kinds[place + 1 :], *reversed(kinds[:place])]
        self.narrowed.emit(kind, ())
        # Whoever takes filters away by keyboard goes on with the next one.
        after: QWidget = next((self.chips[k] for k in following if k in self.chips), self.adding)
        after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_on(self, kind: FilterKind) -> None:
        """Go on from the filter just set: its chip was made anew under the list."""
        if self.isVisible():
            (self.chips.get(kind) or self.adding).setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_chips(self) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}

    def _show_sort(self, query: ListQuery) -> None:
        if query.words and query.sort is None:
            words, way = "par ressemblance", ""
        else:
            sort = query.sort or BY_NAME
            words, way = COLUMN_LABELS[sort.key], " (inverse)" if sort.descending else ""
        said = f"Tri\u00a0: {words}{way}"
        if said != self.sorting.text():
            self.sorting.setText(said)
            self.sorting.updateGeometry()

    def _keep_tab_order(self) -> None:
        order = [*self.chips.values(), self.adding, self.clearing, self.sorting]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
