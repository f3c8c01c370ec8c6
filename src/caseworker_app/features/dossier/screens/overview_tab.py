"""The overview of a household: figures, next steps, thread of everything, and more where there is room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.figures import KeyFigure
from caseworker_app.features.dossier.domain.shown import ShownDossier
from caseworker_app.features.dossier.screens.showing import figure_of
from caseworker_app.features.dossier.screens.side_cards import SideCards
from caseworker_app.features.dossier.screens.steps_card import StepsCard
from caseworker_app.features.dossier.screens.thread_card import ThreadCard
from caseworker_app.ui_kit.explain import Explain
from caseworker_app.ui_kit.figures import Figure, FigureTile
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.theme import px

# From this width on, a third column shows more facts rather than longer lines.
WIDE = 1360
_SIDE_WIDTH = 400
_FIGURES = 4
LEAST_ROWS, MOST_ROWS = 8, 16
PROTECTED = (
    "Dossier protégé\u00a0: partout ailleurs, l’adresse et les coordonnées sont masquées. "
    "Joignez ce ménage seulement comme il est indiqué."
)


class OverviewTab(QWidget):
    """The overview. `step_asked(action, step)`, `event_opened(key)`."""

    step_asked = Signal(str, object)
    event_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._figures: tuple[KeyFigure, ...] = ()
        self._dossier: ShownDossier | None = None
        self.protected = Banner(PROTECTED, "note", "shield-lock")
        self.protected.hide()
        self.tiles = [FigureTile(Figure("", "")) for _ in range(_FIGURES)]
        self.steps = StepsCard()
        self.story = ThreadCard()
        self.side = SideCards()
        self.side.setFixedWidth(px(_SIDE_WIDTH))
        self.side.hide()
        for number, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _on=False, n=number: self.explain(n))
        self.steps.asked.connect(self.step_asked)
        self.story.opened.connect(self.event_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.body = ScrollBody(self._content())
        column.addWidget(self.body)

    def show_dossier(self, dossier: ShownDossier, *, again: bool) -> None:
        """Show a household; `again`: the same as before, read once more."""
        self._dossier, self._figures = dossier, dossier.figures
        self.protected.setVisible(dossier.header.protected)
        for tile, figure in zip(self.tiles, dossier.figures, strict=True):
            tile.show_figure(figure_of(figure))
            tile.setEnabled(figure.explanation is not None)
        self.steps.show_steps(dossier.to_do, dossier.done, again=again)
        self.story.show_thread(dossier, again=again)
        if not self.side.isHidden():
            self.side.show_dossier(dossier)
        if not again:
            self.body.verticalScrollBar().setValue(0)

    def explain(self, number: int) -> Explain | None:
        """Show how a figure was made, under its tile; return the window, None where nothing is to tell."""
        explanation = self._figures[number].explanation if number < len(self._figures) else None
        if explanation is None:
            return None
        window = Explain(explanation, self)
        window.open_under(self.tiles[number])
        return window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the third column where there is room for it."""
        wide = self.width() >= px(WIDE)
        if wide == self.side.isHidden():
            self.side.setVisible(wide)
            if wide and self._dossier is not None:
                self.side.show_dossier(self._dossier)
        # Figures, titles and folds take some 340 pixels; a tall window shows more rather than empty ground.
        rows = min(MOST_ROWS, max(LEAST_ROWS, (self.height() - px(340)) // px(52)))
        self.steps.show_at_most(rows)
        self.story.show_at_first(rows)
        super().resizeEvent(event)

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(*PAGE_INSETS)
        column.setSpacing(16)
        column.addWidget(self.protected)
        tiles = Columns()
        for tile in self.tiles:
            tiles.addWidget(tile)
        column.addLayout(tiles)
        cards = Columns(weights=(392, 718))
        cards.addWidget(self.steps)
        cards.addWidget(self.story)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addLayout(cards, 1)
        line.addWidget(self.side)
        column.addLayout(line)
        column.addStretch(1)
        return content
