"""What stands beside the list: the household one stands on, without opening it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.directory.domain import Preview, PreviewFact
from caseworker_app.features.dossier.domain.figures import KeyFigure
from caseworker_app.features.dossier.domain.next_steps import NextStep
from caseworker_app.features.dossier.domain.overview import Sign
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band, Rule
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import INTERNAL, Avatar, Pill, State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

WIDTH = 312
_FACTS, _FIGURES = 4, 3
# Short names: three figures stand side by side.
_SHORT = {"residual": "Reste à vivre", "ratio": "Taux d’effort", "rent": "Impayé"}


class _FactLines(QWidget):
    """An answer and what stands under it."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = Label("", 13, fonts.MEDIUM, wrap=True)
        self.detail = Label("", 12, tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.answer)
        column.addWidget(self.detail)

    def show_fact(self, fact: PreviewFact) -> None:
        self.answer.setText(fact.answer)
        sign = fact.detail if isinstance(fact.detail, Sign) else None
        self.detail.setText(sign.words if sign else str(fact.detail))
        self.detail.set_tone(sign.tone.value if sign else "muted")
        self.detail.setVisible(bool(self.detail.text()))


class _SmallFigure(QWidget):
    """A figure in a column: label, value, state."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Label("", 12, tone="muted")
        self.value = Label("", 16, fonts.SEMI_BOLD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.label)
        column.addWidget(self.value)

    def show_figure(self, figure: KeyFigure) -> None:
        self.label.setText(_SHORT.get(figure.key, figure.label))
        self.value.setText(figure.value)


class PreviewPane(QWidget):
    """The pane, 312 wide: a household, one being read, or nobody. `open_asked()`, `visit_asked()`, `closed()`."""

    open_asked = Signal()
    visit_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.setFixedWidth(px(WIDTH))
        self.setAccessibleName("Aperçu du ménage")
        self.household = ""
        self.avatar = Avatar("", 40)
        self.name = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.caption = Label("", 12, tone="muted", wrap=True)
        self.facts = [_FactLines() for _ in range(_FACTS)]
        self.labels = [Label("", 12, tone="muted") for _ in range(_FACTS)]
        self.figures = [_SmallFigure() for _ in range(_FIGURES)]
        self.step = Label("", 13, fonts.MEDIUM, wrap=True)
        self.step_sign = StateLabel(State(""))
        self.visit_title = Label("", 12, fonts.SEMI_BOLD, "muted")
        self.visit_text = Label("", 13, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._body = ScrollBody(self._content())
        see_through(self._body)
        self.wait = Label("", 13, tone="muted", wrap=True)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.wait.setContentsMargins(16, px(48), 16, 0)
        self._selected = Label("", 12, tone="accent", wrap=True)
        self._selected.setContentsMargins(15, 0, 16, px(10))
        self._selected.hide()
        self._top, self._bottom = self._head(), self._foot()
        column.addWidget(self._top)
        column.addWidget(self._selected)
        column.addWidget(Rule())
        column.addWidget(self.wait)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        column.addWidget(self._bottom)
        self.show_nobody()

    def show_nobody(self) -> None:
        """Say what would stand here."""
        self.household = ""
        self._show_words("Choisissez un ménage pour en voir l’essentiel.")
        self.name.setText("Aperçu")
        self.caption.setText("")
        self.avatar.hide()
        self._bottom.setEnabled(False)

    def show_loading(self, name: str) -> None:
        """Say whose preview is being read: nothing of another household stays in sight."""
        self.household = ""
        self._show_words("Lecture du dossier…")
        self.name.setText(name)
        self.caption.setText("")
        self.avatar.hide()
        self._bottom.setEnabled(True)

    def show_selected(self, count: int) -> None:
        """Say, while several households are selected, that this is only the one stood on."""
        self._selected.setVisible(count > 1)
        if count > 1:
            said = f"{plural(count, 'sélectionné')}, aperçu de la ligne en cours"
            self._selected.setText(said)

    def _show_words(self, words: str) -> None:
        self.wait.setText(words)
        self.wait.show()
        self._body.hide()

    def show_preview(self, preview: Preview) -> None:
        """Show a household."""
        self.household = preview.household_id
        self.wait.hide()
        self._body.show()
        self._bottom.setEnabled(True)
        self.avatar.show()
        self.avatar.set_initials(preview.initials)
        self.name.setText(preview.name)
        # On two lines: a number cut at its hyphen is hard to read out.
        self.caption.setText(preview.caption.replace(" · ", "\n"))
        for label, lines, fact in zip(self.labels, self.facts, preview.facts, strict=True):
            label.setText(fact.label)
            lines.show_fact(fact)
        self._show_figures(preview.figures)
        self._show_step(preview.next_step)
        self._visit.setVisible(bool(preview.visit_title))
        self.visit_title.setText(preview.visit_title)
        self.visit_text.setText(preview.visit_text)
        self._body.verticalScrollBar().setValue(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at the left."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), colour("border"))
        painter.end()

    def _show_figures(self, figures: tuple[KeyFigure, ...]) -> None:
        self._figures.setVisible(bool(figures))
        for number, shown in enumerate(self.figures):
            shown.setVisible(number < len(figures))
            if number < len(figures):
                shown.show_figure(figures[number])

    def _show_step(self, step: NextStep | None) -> None:
        self._next.setVisible(step is not None)
        if step is None:
            return
        self.step.setText(step.title)
        self.step_sign.setVisible(step.sign is not None)
        if step.sign is not None:
            self.step_sign.set_state(State(step.sign.words, step.sign.tone.value, step.sign.icon))

    def _head(self) -> QWidget:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(15, px(12), 16, px(12))
        line.setSpacing(px(12))
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self.name)
        names.addWidget(self.caption)
        self.close_button = IconButton("x", "Fermer l’aperçu", size=28, icon_size=16)
        self.close_button.clicked.connect(self.closed)
        line.addWidget(self.avatar)
        line.addLayout(names, 1)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(15, px(14), 4, px(12))
        column.setSpacing(px(12))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        for row, (label, lines) in enumerate(zip(self.labels, self.facts, strict=True)):
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(lines, row, 1)
        column.addLayout(grid)
        self._figures = _section(column)
        trio = QHBoxLayout()
        for figure in self.figures:
            trio.addWidget(figure, 1)
        _inside(self._figures).addLayout(trio)
        self._next = _section(column)
        _inside(self._next).addWidget(Label("Prochaine étape", 12, fonts.SEMI_BOLD, "muted"))
        _inside(self._next).addWidget(self.step)
        _inside(self._next).addWidget(self.step_sign)
        self._visit = _section(column)
        top = QHBoxLayout()
        top.addWidget(self.visit_title, 1)
        top.addWidget(Pill(INTERNAL))
        _inside(self._visit).addLayout(top)
        _inside(self._visit).addWidget(self.visit_text)
        column.addStretch(1)
        return content

    def _foot(self) -> Band:
        foot = Band(top=True)
        line = QHBoxLayout(foot)
        line.setContentsMargins(15, px(12), 16, px(12))
        line.setSpacing(px(8))
        self.open = Button("&Ouvrir le dossier", "secondary", "arrow-right")
        self.open.clicked.connect(self.open_asked)
        self.visit = IconButton("calendar-plus", "Nouvelle visite", size=36, bordered=True)
        self.visit.clicked.connect(self.visit_asked)
        line.addWidget(self.open, 1)
        line.addWidget(self.visit)
        return foot


def _section(column: QVBoxLayout) -> QWidget:
    """Add a part under a rule, that can be hidden whole."""
    part = QWidget()
    inside = QVBoxLayout(part)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(px(6))
    inside.addWidget(Rule())
    inside.addSpacing(px(4))
    column.addWidget(part)
    return part


def _inside(part: QWidget) -> QVBoxLayout:
    layout = part.layout()
    assert isinstance(layout, QVBoxLayout)  # noqa: S101  (made by _section)
    return layout
