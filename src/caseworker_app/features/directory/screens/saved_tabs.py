"""The filters everybody has and those saved, as tabs with their counts; saving, renaming, deleting them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from caseworker_app.features.directory.domain.filters import ListQuery
from caseworker_app.features.directory.domain.saved import (
    BUILT_IN_LABELS,
    EVERYBODY,
    ListDesk,
    built_in_query,
)
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.tabs import Tabs
from caseworker_app.ui_kit.theme import px


class SavedTabs(QWidget):
    """The line of tabs. `chosen(key)`; the others ask what to do with the filter one stands on."""

    chosen = Signal(str)
    save_asked = Signal()
    update_asked = Signal()
    rename_asked = Signal()
    delete_asked = Signal()
    open_on_asked = Signal()

    def __init__(self, worker_id: str, parent: QWidget | None = None) -> None:
        """Show the filters everybody has."""
        super().__init__(parent)
        self._worker_id, self.query = worker_id, ListQuery()
        self.desk = ListDesk()
        self.key = EVERYBODY
        self._counts: dict[str, int] = {}
        self.saving = Button("&Enregistrer ce filtre", "ghost", "bookmark", compact=True)
        self.more = IconButton("dots", "Gérer les filtres enregistrés", size=28, icon_size=16)
        self.menu = Menu(parent=self)
        self.saving.clicked.connect(self.save_asked)
        self.more.clicked.connect(self.open_menu)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(8))
        self.tabs = self._made_tabs()
        self._line.addWidget(self.tabs, 1)
        self._line.addWidget(self.saving, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show_buttons()

    def tab_keys(self) -> list[str]:
        """Return the keys of the tabs, in order."""
        return [*BUILT_IN_LABELS, *(each.id for each in self.desk.saved)]

    def query_of(self, key: str) -> ListQuery:
        """Return what a tab shows."""
        saved = self.desk.find(key)
        return built_in_query(key, self._worker_id) if saved is None else saved.query

    def show_desk(self, desk: ListDesk) -> None:
        """Show other saved filters; the one stood on stays, if it is still there."""
        if desk.saved != self.desk.saved:
            self.desk = desk
            focused = self.tabs.hasFocus()
            old, self.tabs = self.tabs, self._made_tabs()
            self._line.replaceWidget(old, self.tabs)
            old.hide()
            old.deleteLater()
            QWidget.setTabOrder(self.tabs, self.saving)
            if focused:
                self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk = desk
        self.stand_on(self.key if self.key in self.tab_keys() else EVERYBODY, self.query)

    def stand_on(self, key: str, query: ListQuery) -> None:
        """Show which tab the list comes from, and what it shows now."""
        self.key, self.query = key, query
        self.tabs.blockSignals(True)
        self.tabs.choose(key)
        self.tabs.blockSignals(False)
        self._show_buttons()

    def show_count(self, key: str, count: int) -> None:
        """Show how many households a tab holds."""
        self._counts[key] = count
        if key in self.tab_keys():
            self.tabs.set_count(key, count)

    @property
    def changed(self) -> bool:
        """Say whether the list shows something else than its tab says."""
        saved = self.query_of(self.key)
        return (saved.filters, saved.sort) != (self.query.filters, self.query.sort)

    def open_menu(self) -> None:
        """Offer what may be done with the tab one stands on."""
        menu = self.menu
        menu.clear()
        own = self.desk.find(self.key) is not None
        if own and self.changed:
            menu.addAction("Enregistrer les changements").triggered.connect(self.update_asked)
        menu.addAction("Enregistrer sous un autre nom…").triggered.connect(self.save_asked)
        if own:
            menu.addAction("Renommer…").triggered.connect(self.rename_asked)
        opening = menu.addAction("Ouvrir la page sur ce filtre")
        opening.setCheckable(True)
        opening.setChecked(self.desk.opening == self.key)
        opening.setEnabled(self.desk.opening != self.key)
        opening.triggered.connect(self.open_on_asked)
        if own:
            menu.addSeparator()
            menu.addAction("Supprimer").triggered.connect(self.delete_asked)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + px(4))))
        menu.setActiveAction(menu.actions()[0])

    def _made_tabs(self) -> Tabs:
        tabs = Tabs("Filtres enregistrés")
        tabs.setUsesScrollButtons(True)
        tabs.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for key, words in BUILT_IN_LABELS.items():
            tabs.add(key, words, self._counts.get(key))
        for each in self.desk.saved:
            tabs.add(each.id, each.name, self._counts.get(each.id))
        tabs.chosen.connect(self._choose)
        return tabs

    def _choose(self, key: str) -> None:
        self.key = key
        self.chosen.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the tabs where it is short: saving is in the menu too."""
        super().resizeEvent(event)
        self._show_buttons()

    def _show_buttons(self) -> None:
        # What is already kept needs no button for it.
        worth = bool(self.query.filters or self.query.sort) and self.changed
        self.saving.setVisible(worth and self._needed() <= self.width())

    def _needed(self) -> int:
        return sum(part.sizeHint().width() + px(8) for part in (self.tabs, self.saving, self.more))
