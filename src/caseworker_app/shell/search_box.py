"""The place of the search field, told to screen readers as what it is: a box that unfolds a list."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleStateChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QHBoxLayout, QLineEdit, QWidget


class SearchBox(QWidget):
    """Holds the field; `set_expanded` when its list is shown under it."""

    def __init__(self, field: QLineEdit, parent: QWidget | None = None) -> None:
        """Hold a field."""
        super().__init__(parent)
        _ask_us()
        self.expanded = False
        self.field = field
        self.setAccessibleName(field.accessibleName())
        self.setAccessibleDescription(field.accessibleDescription())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(field)

    def set_expanded(self, expanded: bool) -> None:
        """Say whether the list is shown."""
        if expanded == self.expanded:
            return
        self.expanded = expanded
        if QAccessible.isActive():
            changed = QAccessible.State()
            changed.expanded = True
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, changed))


class _SearchBoxInterface(QAccessibleWidget):
    """What screen readers are told: a combo box; the text itself is told by the field inside."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox)

    def state(self) -> QAccessible.State:
        state = super().state()
        box = self.object()
        state.expandable = state.editable = state.hasPopup = True
        state.expanded = isinstance(box, SearchBox) and box.expanded
        return state

    def text(self, kind: QAccessible.Text) -> str:
        box = self.object()
        if kind == QAccessible.Text.Value and isinstance(box, SearchBox):
            return box.field.text()
        return super().text(kind)


# Qt keeps no hold on what Python makes for it: they live as long as their box.
_interfaces: dict[int, QAccessibleInterface] = {}


def _interface(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, SearchBox):
        return None
    key = id(thing)
    _interfaces[key] = _SearchBoxInterface(thing)
    thing.destroyed.connect(lambda: _interfaces.pop(key, None))
    return _interfaces[key]


_asked: list[bool] = []


def _ask_us() -> None:
    """Have Qt ask here for what it tells of a search box, once."""
    if not _asked:
        QAccessible.installFactory(_interface)
        _asked.append(True)
