"""Cards: a bordered surface with its title, its remark, its actions; rows in it touch its edges."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

INSET = 16


class Surface(QFrame):
    """A painted ground: token, border token and radius; tinted violet by `ground="note_soft"`."""

    def __init__(
        self,
        ground: str | None = "surface",
        border: str | None = "border",
        radius: int = paint.CARD_RADIUS,
        parent: QWidget | None = None,
    ) -> None:
        """Make the ground."""
        super().__init__(parent)
        self.ground, self.border, self.radius = ground, border, radius

    def set_ground(self, ground: str | None, border: str | None) -> None:
        """Change the tokens of ground and border."""
        self.ground, self.border = ground, border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), self.ground, self.border, self.radius)
        painter.end()


class Band(QWidget):
    """A full-width ground with a line under it (page headers) or over it (`top=True`, page feet)."""

    def __init__(self, ground: str = "surface", *, top: bool = False, parent: QWidget | None = None) -> None:
        """Make the band."""
        super().__init__(parent)
        self._ground, self._top = ground, top

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and line."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour(self._ground))
        painter.fillRect(0, 0 if self._top else self.height() - 1, self.width(), 1, colour("border"))
        painter.end()


class Rule(QWidget):
    """A one-pixel line between rows or, with `vertical`, between columns."""

    def __init__(self, token: str = "line", *, vertical: bool = False, parent: QWidget | None = None) -> None:
        """Draw the line in a token's colour."""
        super().__init__(parent)
        self._token = token
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        painter = paint.begin(self)
        paint.fill(painter, self.rect(), self._token)
        painter.end()


class Card(Surface):
    """A card; put content with `add` (inset 16) or `add_rows` (edge to edge), actions with `add_action`."""

    def __init__(self, title: str = "", remark: str = "", parent: QWidget | None = None) -> None:
        """Make a card, with a title line when there is a title."""
        super().__init__(parent=parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self.title = Label(title, 16, fonts.SEMI_BOLD)
        self.remark = Label(remark, 13, tone="muted")
        self._actions = QHBoxLayout()
        if title:
            self.setAccessibleName(title)
            self._column.addWidget(self._title_line())
        self.body = QVBoxLayout()
        inset = INSET - 1
        self.body.setContentsMargins(inset, 0 if title else inset, inset, inset)
        self.body.setSpacing(px(8))
        self._column.addLayout(self.body)

    def add(self, content: QWidget, stretch: int = 0) -> None:
        """Add content inside the inset."""
        self.body.addWidget(content, stretch)

    def add_rows(self, rows: QWidget, stretch: int = 0, *, rule: bool = True) -> None:
        """Add rows that reach the edges, under a rule unless what stands above already parts them."""
        if not self.body.count():
            self.body.setContentsMargins(0, 0, 0, 0)
        if rule:
            self._column.addWidget(Rule())
        # One pixel each side is the card's own border.
        self._column.addWidget(rows, stretch)

    def add_foot(self, foot: QWidget) -> None:
        """Add a line at the very bottom, under a rule (see FoldRow)."""
        self._column.addWidget(Rule())
        self._column.addWidget(foot)

    def add_action(self, action: QWidget) -> None:
        """Add a button at the right of the title."""
        self._actions.addWidget(action)
        ghost = isinstance(action, Button) and action.kind in ("ghost", "quiet")
        # A ghost button's own inset would leave its words short of the edge.
        self._actions.setContentsMargins(0, 0, -px(8) if ghost else 0, 0)

    def add_stretch(self) -> None:
        """Let the free room gather here."""
        self._column.addStretch(1)

    def _title_line(self) -> QWidget:
        head = QWidget()
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(head)
        line.setContentsMargins(INSET - 1, px(8), INSET - 1, px(8))
        line.setSpacing(px(8))
        line.addWidget(self.title)
        line.addWidget(self.remark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        line.addLayout(self._actions)
        # A title alone keeps the height of one with a compact button, so that neighbours line up.
        line.addStrut(px(30))
        return head


class FoldRow(paint.KeyboardRing, QPushButton):
    """The line, 40 high, that folds the rest: « 7 échéances après le 31 décembre »."""

    def __init__(self, words: str, icon: str = "chevron-right", parent: QWidget | None = None) -> None:
        """Make the line."""
        super().__init__(words, parent)
        self._icon = icon
        self.setFont(fonts.font(13, fonts.MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return 40 high."""
        return QSize(paint.width(self.text(), self.font()) + px(60), px(40))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint chevron and words."""
        painter = paint.begin(self)
        if self.underMouse():
            paint.rounded(painter, self.rect(), "sunken")
        icons.draw(painter, self._icon, INSET + px(2), (self.height() - px(16)) / 2, px(16), "muted")
        left = INSET + px(28)
        paint.text(
            painter, QRect(left, 0, self.width() - left, self.height()), self.text(), self.font(), "muted"
        )
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), inset=1)
        painter.end()
