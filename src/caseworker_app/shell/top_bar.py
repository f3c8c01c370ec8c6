"""The bar at the top: search, work under way, help, lock, and the worker's own menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QActionGroup, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from caseworker_app.shell.busy_line import BusyLine
from caseworker_app.shell.search_box import SearchBox
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import soft_ground
from caseworker_app.ui_kit.theme import TEXT_SCALES, colour, px, theme

HEIGHT, SEARCH_WIDTH = 52, 520
PLACEHOLDER = "Chercher partout\u00a0: ménages, documents, actions"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_APPEARANCES = (("system", "Comme le système"), ("light", "Claire"), ("dark", "Sombre"))


def initials(name: str) -> str:
    """Return the first letters of the first and last words of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() if words else ""


class WorkerButton(paint.KeyboardRing, QPushButton):
    """Initials and name of the worker; opens their menu."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Show a worker's name."""
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(f"{name}, menu personnel")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of circle, name and chevron."""
        return QSize(
            paint.width(self._name, fonts.font(13, fonts.MEDIUM)) + px(4 + 28 + 6 + 4 + 16 + 4), px(36)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = paint.begin(self)
        if self.underMouse() or self.isDown():
            paint.rounded(painter, self.rect(), "chip", None, paint.CONTROL_RADIUS)
        disc = QRect(px(4), (self.height() - px(28)) // 2, px(28), px(28))
        paint.rounded(painter, disc, soft_ground("accent"), None, disc.width() / 2)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, disc, initials(self._name), fonts.font(11, fonts.SEMI_BOLD), "accent", centre)
        left = disc.right() + px(6)
        words = QRect(left, 0, self.width() - left - px(20), self.height())
        paint.text(painter, words, self._name, fonts.font(13, fonts.MEDIUM))
        icons.draw(
            painter, "chevron-down", self.width() - px(20), (self.height() - px(16)) / 2, px(16), "muted"
        )
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()


class TopBar(QWidget):
    """The bar, 52 high."""

    searched = Signal(str)
    moved_in_results = Signal(int)
    entered = Signal()
    escaped = Signal()
    search_entered = Signal()
    search_left = Signal()
    help_asked = Signal()
    settings_asked = Signal()
    lock_asked = Signal()
    quit_asked = Signal()
    appearance_chosen = Signal(str)
    text_scale_chosen = Signal(int)

    def __init__(self, worker_name: str, parent: QWidget | None = None) -> None:
        """Make the bar of a worker."""
        super().__init__(parent)
        self.setFixedHeight(px(HEIGHT))
        self.search = SearchField(PLACEHOLDER, "Ctrl+K")
        self.search_box = SearchBox(self.search)
        self.search_box.setMaximumWidth(px(SEARCH_WIDTH))
        self.search.textEdited.connect(self.searched)
        self.search.installEventFilter(self)
        self.busy = BusyLine()
        self.worker = WorkerButton(worker_name)
        self.worker.clicked.connect(self._open_menu)
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows, Enter and Escape work on the results while one types; tell when one comes into the
        field to look for something, and when one leaves it.
        """
        if watched is self.search and event.type() == QEvent.Type.FocusOut:
            self.search_left.emit()
        # Not when Tab only passes through.
        if watched is self.search and event.type() == QEvent.Type.MouseButtonRelease:
            self.search_entered.emit()
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(Qt.Key(event.key()))
        return False

    def _take_key(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self.moved_in_results.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line under it."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("bg"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("border"))
        painter.end()

    def _lay_out(self) -> None:
        ask = IconButton("help", "Guide (F1)")
        lock = IconButton("lock", "Verrouiller (Ctrl+L)")
        ask.clicked.connect(self.help_asked)
        lock.clicked.connect(self.lock_asked)
        rule = Rule("border", vertical=True)
        rule.setFixedHeight(px(24))
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 20, 1)
        line.setSpacing(px(4))
        line.addWidget(self.search_box, 10)
        line.addSpacing(px(12))
        line.addStretch(1)
        line.addWidget(self.busy)
        line.addSpacing(px(8))
        for part in (ask, lock):
            line.addWidget(part)
        line.addSpacing(px(4))
        line.addWidget(rule)
        line.addSpacing(px(4))
        line.addWidget(self.worker)

    def _open_menu(self) -> None:
        menu = self.make_menu()
        corner = self.worker.mapToGlobal(self.worker.rect().bottomRight())
        menu.popup(corner - QPoint(menu.sizeHint().width(), -px(4)))

    def make_menu(self) -> Menu:
        """Build the worker's menu with what is in force ticked."""
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_choices(menu, "&Apparence", _APPEARANCES, theme().appearance, self.appearance_chosen)
        scales = tuple((scale, f"{scale}\u00a0%") for scale in TEXT_SCALES)
        self._add_choices(menu, "&Taille du texte", scales, theme().scale, self.text_scale_chosen)
        menu.addSeparator()
        for words, key, signal in (
            ("&Réglages", "Ctrl+,", self.settings_asked),
            ("&Guide", "F1", self.help_asked),
            ("&Verrouiller", "Ctrl+L", self.lock_asked),
            ("&Quitter", "Ctrl+Q", self.quit_asked),
        ):
            # The keys are the window's; here they are only shown.
            menu.addAction(f"{words}\t{key}").triggered.connect(lambda _on=False, s=signal: s.emit())
        return menu

    def _add_choices(
        self,
        menu: Menu,
        title: str,
        choices: tuple[tuple[object, str], ...],
        now: object,
        chosen: SignalInstance,
    ) -> None:
        inner = Menu(title, menu)
        group = QActionGroup(inner)
        for value, words in choices:
            action = inner.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _on=False, v=value: chosen.emit(v))
            group.addAction(action)
        menu.addMenu(inner)
