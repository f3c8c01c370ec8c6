"""Choosing the values of a filter: a list of boxes under the chip, narrowed by typing where it is long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.features.directory.domain.filters import FILTER_LABELS, LOCATING, FilterChoice, FilterKind
from caseworker_app.kernel.french import sort_key
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import draw_box
from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.row_list import ListRing, paint_ground, prepare_view, ring_due
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

WIDTH = 296
_ROW, _ROWS_SEEN = 32, 9
# A shorter list is read faster than anything is typed.
_SEARCHED_FROM = 10
_VALUE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class _BoxDelegate(QStyledItemDelegate):
    """Paints a box and its words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, rect)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        ticked = ticked or index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        draw_box(painter, rect.x() + px(12), rect.center().y() - px(8) + 1, ticked)
        words = rect.adjusted(px(38), 0, -px(8), 0)
        paint.text(painter, words, str(index.data()), fonts.font(13))
        if ring_due(option):
            paint.ring(painter, rect, inset=1)
        painter.restore()


class BoxList(ListRing, QListWidget):
    """A list of boxes: a click or Space ticks. `ticked()` when the person changes one."""

    ticked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        prepare_view(self)
        self.setItemDelegate(_BoxDelegate(self))
        self.setUniformItemSizes(True)

    def show_choices(self, choices: Sequence[FilterChoice], chosen: Sequence[str]) -> None:
        """Show values, those chosen ticked."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.words)
            item.setData(_VALUE, choice.value)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            state = Qt.CheckState.Checked if choice.value in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.addItem(item)

    def values(self) -> tuple[str, ...]:
        """Return the values ticked."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(str(each.data(_VALUE)) for each in items if each.checkState() == Qt.CheckState.Checked)

    def toggle(self, row: int) -> None:
        """Tick or untick a line."""
        item = self.item(row)
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space or Enter."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentRow() >= 0:
                self.toggle(self.currentRow())
            event.accept()
            return
        super().keyPressEvent(event)


class FilterPopup(QFrame):
    """The list under a chip. `chosen(kind, values)` each time a box changes, `closed(kind)`; Escape closes."""

    chosen = Signal(object, object)
    closed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._kind = FilterKind.WORKER
        self.title = Label("", 13, fonts.SEMI_BOLD)
        self.remark = Label("Les ménages protégés n’y sont jamais montrés.", 12, tone="muted", wrap=True)
        self.search = SearchField("Chercher une valeur")
        self.boxes = BoxList("Valeurs")
        self.none = Button("Tout &décocher", "ghost", compact=True)
        self.done = Button("&Terminé", "secondary", compact=True)
        self.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(8))
        for part in (self.title, self.search, self.boxes, self.remark, self._foot()):
            column.addWidget(part)
        self.boxes.ticked.connect(self._tell)
        self.boxes.itemClicked.connect(lambda item: self.boxes.toggle(self.boxes.row(item)))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.none.clicked.connect(self._clear)
        self.done.clicked.connect(self.close)

    def ask(
        self, kind: FilterKind, choices: Sequence[FilterChoice], chosen: Sequence[str], under: QWidget
    ) -> None:
        """Show the values of a filter under a control."""
        self._kind = kind
        label = FILTER_LABELS[kind]
        self.title.setText(label)
        self.setAccessibleName(f"Filtre {label}")
        self.boxes.setAccessibleName(f"{label}, valeurs")
        self.boxes.show_choices(choices, chosen)
        self.remark.setVisible(kind in LOCATING)
        self.search.setVisible(len(choices) >= _SEARCHED_FROM)
        self.search.clear()
        self.boxes.setFixedHeight(px(_ROW) * min(_ROWS_SEEN, max(1, len(choices))) + 2)
        self.adjustSize()
        self.move(self._place(under))
        self.show()
        self.boxes.setCurrentRow(0)
        first = self.search if self.search.isVisible() else self.boxes
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it is done."""
        super().hideEvent(event)
        self.closed.emit(self._kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search to the list with an arrow, tick the only line left with Enter."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Down:
            self.boxes.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shown = [row for row in range(self.boxes.count()) if not self.boxes.item(row).isHidden()]
            if shown and self.search.text():
                self.boxes.toggle(shown[0])
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "raised", "border", 0)
        painter.end()

    def _foot(self) -> QWidget:
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.none)
        line.addStretch(1)
        line.addWidget(self.done)
        return foot

    def _place(self, under: QWidget) -> QPoint:
        """Return where to stand: under the control, inside its screen."""
        corner = under.mapToGlobal(QPoint(0, under.height() + px(4)))
        room = under.screen().availableGeometry()
        return QPoint(
            max(room.left(), min(corner.x(), room.right() - self.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.height())),
        )

    def _narrow(self, text: str) -> None:
        sought = sort_key(text)
        for row in range(self.boxes.count()):
            item = self.boxes.item(row)
            item.setHidden(sought not in sort_key(item.text()))

    def _clear(self) -> None:
        for row in range(self.boxes.count()):
            self.boxes.item(row).setCheckState(Qt.CheckState.Unchecked)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self._kind, self.boxes.values())
