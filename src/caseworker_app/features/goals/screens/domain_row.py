"""One domain of the grid to evaluate: its five anchored levels in full, and the words that go with them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.autonomy import LADDER, LEVEL_LABELS, Level
from caseworker_app.features.goals.domain.comparing import anchor_of
from caseworker_app.features.goals.domain.evaluating import CAPS, CHOICES, level_of_key
from caseworker_app.features.goals.domain.grid import GridDomain
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.states import INTERNAL, Pill
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import colour, px

_PAD, _CAP, _LINE = 10, 18, 16
_WEIGHTS = (228, 860)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class LevelOption(paint.KeyboardRing, QRadioButton):
    """A level: its digit, its word, what the grid says of it; marks where it was chosen last time, or by the
    other view. `keyed(Level)` for a digit, `stepped(int)` for up and down, `moved(int)` for left and right,
    `comment_asked()` for C.
    """

    keyed = Signal(object)
    stepped = Signal(int)
    moved = Signal(int)
    comment_asked = Signal()

    def __init__(self, domain: GridDomain, level: Level) -> None:
        """Make it for a level of a domain."""
        super().__init__()
        self.level = level
        self.anchor = anchor_of(domain, level)
        self._domain = domain
        self._marks: tuple[str, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QSizePolicy.Policy.Expanding if self.anchor else QSizePolicy.Policy.Fixed
        upwards = QSizePolicy.Policy.Expanding if self.anchor else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(across, upwards)
        policy.setHeightForWidth(bool(self.anchor))
        self.setSizePolicy(policy)
        self.show_marks(())

    def show_marks(self, marks: tuple[str, ...]) -> None:
        """Say under the level who else chose it: « ménage », « le 6 oct. »."""
        self._marks = marks
        words = f"{LEVEL_LABELS[self.level]}, {self.anchor}" if self.anchor else LEVEL_LABELS[self.level]
        self.setAccessibleName(f"{self._domain.label}\u00a0: {words}")
        self.setAccessibleDescription(f"Choisi aussi\u00a0: {', '.join(marks)}" if marks else "")
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """Count a click anywhere."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return the room of the word alone, or of a level with its anchor at a common width."""
        if not self.anchor:
            wide = paint.width(self._word(), fonts.font(12, fonts.MEDIUM)) + px(2 * _PAD + _CAP + 6)
            return QSize(wide, px(28))
        return QSize(px(180), self.heightForWidth(px(180)))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its longest word."""
        if not self.anchor:
            return self.sizeHint()
        metrics = QFontMetrics(fonts.font(12))
        longest = max(metrics.horizontalAdvance(word) for word in self.anchor.split())
        marks = [paint.width(mark, fonts.font(12, fonts.MEDIUM)) + px(16) for mark in self._marks]
        word = paint.width(self._word(), fonts.font(12, fonts.SEMI_BOLD)) + px(_CAP + 6)
        wide = max((longest, word, *marks))
        return QSize(wide + px(2 * _PAD), px(52))

    def heightForWidth(self, width: int) -> int:
        """Return the height digit, word, anchor and marks take."""
        if not self.anchor:
            return px(28)
        room = width - px(2 * _PAD)
        return px(8 + 20 + 2) + self._anchor_height(room) + px(_LINE) * len(self._marks) + px(8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit, move with the arrows, comment with C."""
        level, key = level_of_key(event.text()) if event.text() else None, event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif level is not None:
            self.keyed.emit(level)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(1)
        elif key == Qt.Key.Key_C:
            self.comment_asked.emit()
        else:
            super().keyPressEvent(event)
            return
        self.ring_shown = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, digit, word, anchor, marks, ring."""
        painter = paint.begin(self)
        here = self.isChecked()
        # « Non évalué » is where every domain begins: chosen, it stays quiet.
        placed = here and self.level is not Level.NOT_ASSESSED
        ground = "accent_soft" if placed else "chip" if here else "sunken" if self.underMouse() else "surface"
        paint.rounded(painter, self.rect(), ground, "accent" if placed else "field", paint.CONTROL_RADIUS)
        top = px(8) if self.anchor else (self.height() - px(_CAP)) // 2
        cap = QRect(px(_PAD), top, px(_CAP), px(_CAP))
        paint.rounded(painter, cap, "accent" if placed else "chip", None, 4)
        if here:
            icons.draw_centred(painter, "check", cap, px(12), "on_accent" if placed else "text")
        else:
            face = fonts.font(11, fonts.MEDIUM)
            paint.text(painter, cap, CAPS[self.level], face, "muted", Qt.AlignmentFlag.AlignHCenter)
        word = QRect(cap.right() + px(6), cap.y(), self.width() - cap.right() - px(6), cap.height())
        weight = fonts.SEMI_BOLD if self.anchor else fonts.MEDIUM
        paint.text(painter, word, self._word(), fonts.font(12, weight), "accent" if placed else "text")
        self._paint_rest(painter)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), inset=0)
        painter.end()

    def _paint_rest(self, painter: object) -> None:
        from PySide6.QtGui import QPainter

        if not self.anchor or not isinstance(painter, QPainter):
            return
        room = self.width() - px(2 * _PAD)
        painter.setFont(fonts.font(12))
        painter.setPen(colour("text"))
        box = QRect(px(_PAD), px(8 + 20 + 2), room, self._anchor_height(room))
        painter.drawText(box, _WRAP, self.anchor)
        top = box.bottom() + 1
        for mark in self._marks:
            icons.draw(
                painter, "history" if mark.startswith("le ") else "user", px(_PAD), top + px(2), px(12)
            )
            line = QRect(px(_PAD + 16), top, room - px(16), px(_LINE))
            paint.text(painter, line, mark, fonts.font(12, fonts.MEDIUM), "muted")
            top += px(_LINE)

    def _word(self) -> str:
        return capital(LEVEL_LABELS[self.level])

    def _anchor_height(self, room: int) -> int:
        metrics = QFontMetrics(fonts.font(12))
        return metrics.boundingRect(QRect(0, 0, max(1, room), 10_000), _WRAP, self.anchor).height()


class DomainRow(QWidget):
    """A domain with its seven choices and its comment. `edited()`; `stepped(int)` to the row below or above."""

    edited = Signal()
    stepped = Signal(int)

    def __init__(self, domain: GridDomain) -> None:
        """Make it « non évalué »."""
        super().__init__()
        self.domain = domain
        self.options = {level: LevelOption(domain, level) for level in CHOICES}
        self.comment = TextZone("Observation", "sur ce domaine", "notes", may_share=False)
        self.comment.editor.setAccessibleName(f"Observation interne, {domain.label}")
        self.comment.editor.setFixedHeight(px(44))
        self.comment.hide()
        self.more = Button("Observation", "ghost", "plus", compact=True)
        self.more.setAccessibleName(f"Ajouter une observation, {domain.label}")
        self._group = QButtonGroup(self)
        self._lay_out()
        self._join()
        self.show_level(Level.NOT_ASSESSED, "")

    def level(self) -> Level:
        """Return the level chosen."""
        return next(level for level, option in self.options.items() if option.isChecked())

    def observation(self) -> str:
        """Return what is written of this domain."""
        return self.comment.text().strip()

    def show_level(self, level: Level, observation: str) -> None:
        """Show a level and an observation, without telling."""
        self.options[level].setChecked(True)
        self.comment.set_text(observation)
        self.comment.setVisible(bool(observation))
        self.more.setVisible(not observation)

    def show_marks(self, last: tuple[Level, str] | None, other: tuple[Level, str] | None) -> None:
        """Mark the level of last time, and the one of the other view, each with its words."""
        for level, option in self.options.items():
            option.show_marks(tuple(words for at, words in filter(None, (last, other)) if at is level))

    def take_focus(self) -> None:
        """Stand on the level chosen."""
        self.options[self.level()].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_comment(self) -> None:
        """Open the observation and put the cursor in it."""
        self.comment.show()
        self.more.hide()
        self.comment.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        cells = QWidget()
        columns = Columns(cells, gap=px(8))
        for level in LADDER:
            columns.addWidget(self.options[level])
        whole = QWidget()
        sides = Columns(whole, gap=px(16), weights=_WEIGHTS)
        sides.addWidget(self._name_side())
        sides.addWidget(cells)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(10), 0, px(10))
        column.setSpacing(px(8))
        column.addWidget(whole)
        column.addWidget(self.comment)

    def _name_side(self) -> QWidget:
        """Return the name of the domain, what one can say without a level, and the way to a comment."""
        side = QWidget()
        title = Label(self.domain.label, 14, fonts.SEMI_BOLD, wrap=True)
        small = QWidget()
        flow = Flow(small, gap=6)
        for level in CHOICES[len(LADDER) :]:
            flow.addWidget(self.options[level])
        last = QWidget()
        under = Flow(last, gap=6)
        if self.domain.internal:
            under.addWidget(Pill(INTERNAL))
        under.addWidget(self.more)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for part in (title, small, last):
            column.addWidget(part)
        column.addStretch(1)
        return side

    def _join(self) -> None:
        for option in self.options.values():
            self._group.addButton(option)
            option.clicked.connect(self.edited)
            option.keyed.connect(self._keyed)
            option.moved.connect(self._moved)
            option.stepped.connect(self.stepped)
            option.comment_asked.connect(self.ask_comment)
        self.comment.edited.connect(self.edited)
        self.more.clicked.connect(self.ask_comment)

    def _keyed(self, level: Level) -> None:
        self.options[level].setChecked(True)
        self.edited.emit()
        self.stepped.emit(1)

    def _moved(self, places: int) -> None:
        chosen = CHOICES[(CHOICES.index(self.level()) + places) % len(CHOICES)]
        self.options[chosen].setChecked(True)
        self.options[chosen].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
