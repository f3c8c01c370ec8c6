"""The navigation at the left: the sign, the screens, and at its foot how the file stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.shell.catalogue import SCREENS, Screen
from caseworker_app.shell.logo import Logo
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.row_list import ListRing, prepare_view, ring_due
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

WIDTH = 192
_ITEM, _PITCH = 36, 38
_HERE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class _Entries(QAbstractListModel):
    """The screens, as a list: a screen reader says « Ménages, 1 sur 1 » where buttons would say « case »."""

    def __init__(self, screens: tuple[Screen, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.screens = screens
        # Where one is, which is not always where one walks with the arrows.
        self.here = ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.screens)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        screen = self.screens[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return screen.title
        if role == _HERE:
            return screen.key == self.here
        return screen.icon if role == Qt.ItemDataRole.UserRole else None


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), px(_PITCH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        here = bool(index.data(_HERE))
        box = QRect(option.rect.x(), option.rect.y(), option.rect.width(), px(_ITEM))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here or option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, box, "accent_soft" if here else "chip", None, paint.CONTROL_RADIUS)
        ink = "accent" if here else "text"
        size = px(20)
        left = box.x() + px(12)
        mark = index.data(Qt.ItemDataRole.UserRole)
        icons.draw(
            painter, mark, left, box.y() + (box.height() - size) / 2, size, "accent" if here else "muted"
        )
        words = box.adjusted(px(12) + size + px(12), 0, -px(8), 0)
        face = fonts.font(14, fonts.SEMI_BOLD if here else fonts.REGULAR)
        paint.text(painter, words, index.data(), face, ink)
        if ring_due(option):
            paint.ring(painter, box)
        painter.restore()


class _EntryList(ListRing, QListView):
    """The list itself, as tall as its entries."""

    def __init__(self, screens: tuple[Screen, ...]) -> None:
        super().__init__()
        self.entries = _Entries(screens, self)
        self.setModel(self.entries)


class FileState(QWidget):
    """At the foot: « Fichier chiffré », « Sauvegardé à 10 h 32 », and what is late; each shown only when true."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(12), 0, px(4), 0)
        self._column.setSpacing(px(6))
        self._lines: dict[Label, QWidget] = {}
        self._encrypted = self._add_line("lock", "Fichier chiffré")
        self._saved = self._add_line("database", "")
        self._late = self._add_line("alert-triangle", "", "danger")

    def show_state(self, *, encrypted: bool, saved_at: str, late: str = "") -> None:
        """Show what is so; `saved_at` is an hour (« 10 h 32 ») or a day (« le 21 nov. »), empty when no backup was
        made and checked; `late` says which backup or copy is missing.
        """
        self._lines[self._encrypted].setVisible(encrypted)
        self._lines[self._saved].setVisible(bool(saved_at))
        when = saved_at if saved_at.startswith("le ") else f"à {saved_at}"
        self._saved.setText("Sauvegardé " + when.replace(" ", "\u00a0"))
        self._lines[self._late].setVisible(bool(late))
        self._late.setText(late)

    def words_width(self) -> int:
        """Return a width that cuts no word and is the same in every state: the page beside must not jump when a
        backup is made. What is longer takes a second line.
        """
        return paint.width(self._encrypted.text(), self._encrypted.font()) + px(12 + 16 + 8 + 4)

    def _add_line(self, icon: str, words: str, tone: str = "ok") -> Label:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        label = Label(words, 12, fonts.MEDIUM, "muted" if tone == "ok" else tone, wrap=True)
        row.addWidget(Mark(icon, 16, tone))
        row.addWidget(label, 1)
        self._column.addWidget(line)
        line.hide()
        self._lines[label] = line
        return label


class Navigation(QWidget):
    """The pane, 192 wide. `chosen(key)` when the person picks a screen."""

    chosen = Signal(str)

    def __init__(self, screens: tuple[Screen, ...] = SCREENS, parent: QWidget | None = None) -> None:
        """List the screens, none chosen."""
        super().__init__(parent)
        self.screens = screens
        self._main = tuple(screen for screen in screens if not screen.foot)
        self._foot = tuple(screen for screen in screens if screen.foot)
        self.list = self._make_list(self._main, "Navigation")
        self.foot = self._make_list(self._foot, "Réglages")
        self.file_state = FileState()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, px(12), 12, px(12))
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addSpacing(px(18))
        column.addWidget(self.list)
        column.addStretch(1)
        column.addWidget(Rule("border"))
        column.addSpacing(px(8))
        column.addWidget(self.foot)
        column.addSpacing(px(6))
        column.addWidget(self.file_state)
        self._fit_width()

    def mark(self, key: str) -> None:
        """Show which screen one is in, without telling."""
        for view in (self.list, self.foot):
            entries = view.entries
            entries.here = key
            row = next((i for i, screen in enumerate(entries.screens) if screen.key == key), -1)
            if row >= 0:
                view.setCurrentIndex(entries.index(row, 0))
            else:
                view.selectionModel().clear()
            view.viewport().update()

    @property
    def focused(self) -> bool:
        """Say whether one walks through the entries by keyboard."""
        return self.list.hasFocus() or self.foot.hasFocus()

    def show_file_state(self, *, encrypted: bool, saved_at: str = "", late: str = "") -> None:
        """Show how the file stands."""
        self.file_state.show_state(encrypted=encrypted, saved_at=saved_at, late=late)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at its right."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("side"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("border"))
        painter.end()

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(px(8))
        head.addWidget(Logo())
        head.addWidget(Label("Passerelle", 16, fonts.SEMI_BOLD))
        head.addStretch(1)
        return head

    def _make_list(self, screens: tuple[Screen, ...], name: str) -> _EntryList:
        made = _EntryList(screens)
        prepare_view(made)
        made.setAccessibleName(name)
        made.setItemDelegate(_EntryDelegate(made))
        made.setFixedHeight(px(_PITCH) * len(screens))
        made.clicked.connect(lambda index: self.chosen.emit(screens[index.row()].key))
        made.activated.connect(lambda index: self.chosen.emit(screens[index.row()].key))
        return made

    def _fit_width(self) -> None:
        widest = max(paint.width(screen.title, fonts.font(14, fonts.SEMI_BOLD)) for screen in self.screens)
        entry = widest + px(12 + 20 + 12 + 12)
        self.setFixedWidth(max(WIDTH, 24 + max(entry, self.file_state.words_width())))
