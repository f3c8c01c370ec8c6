"""A page that shows a document as it will print: its head above, the paper at the left, what is chosen at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.handover.screens.head import DocumentHead
from caseworker_app.features.handover.screens.paper import PaperPreview
from caseworker_app.features.handover.screens.rendering import LaidOut, lay_out
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.identity import Identity
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.page import Page
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.theme import px

LAYING_OUT = "Mise en page\u2026"
AS_PRINTED = "Tel qu’il sera imprimé"


class PreviewPage(Page):
    """What the pages of papers, letters and follow-up files share.

    Whoever fills it in says `read_again` (ask, then `draw`), `refused`, `show_ways`, `print_it`, `export`. `WIDTH`: of
    the side, in pixels at 100 %; `SHARE`: the most of the page it takes, in hundredths. The side scrolls by itself.
    """

    WIDTH, SHARE = 360, 45

    def __init__(self, desk: DocumentDesk, side: QWidget) -> None:
        """Make it empty."""
        super().__init__()
        self.desk, self.household, self.side = desk, "", side
        self.pdf = b""
        self._asked = 0
        self.head, self.preview = DocumentHead(), PaperPreview(desk.tasks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(side_by_side(self.preview, side), 1)
        self.head.printed.connect(self.print_it)
        self.head.exported.connect(self.export)
        self.head.back_asked.connect(desk.navigator.back)
        desk.changes.listen(self, lambda c: c.concerns(household=self.household), self.read_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the side readable, and never wider than the paper."""
        super().resizeEvent(event)
        width = min(px(self.WIDTH), event.size().width() * self.SHARE // 100)
        self.side.setFixedWidth(width + 24)

    def begin(self) -> None:
        """Forget the pages shown: others are asked for."""
        self._asked += 1
        self.pdf = b""
        self.show_ways()
        self.preview.said.setText(LAYING_OUT)

    def draw(self, render: Callable[[Any, Identity], bytes], content: Any, identity: Identity) -> None:
        """Lay pages out in another process and show them, unless others were asked for meanwhile."""
        asked = self._asked
        self.desk.tasks.compute(
            lay_out, render, content, identity,
            then=lambda laid: self._show(asked, laid), failed=self.refused, owner=self, words="Mise en page",
        )  # fmt: skip

    def _show(self, asked: int, laid: LaidOut) -> None:
        if asked == self._asked:
            self.show_pages(laid.pdf)

    def show_pages(self, pdf: bytes, said: str = AS_PRINTED) -> None:
        """Show pages that are ready."""
        self.pdf = pdf
        self.preview.show_pdf(pdf)
        self.preview.said.setText(said)
        self.show_ways()

    def read_again(self) -> None:
        """Ask for the document again."""
        raise NotImplementedError

    def show_ways(self) -> None:
        """Say what can be done with what is shown."""
        raise NotImplementedError

    def refused(self, error: CaseworkerError) -> None:
        """Say why there is nothing to show."""
        raise NotImplementedError

    def print_it(self) -> None:
        """Do what the primary says."""
        raise NotImplementedError

    def export(self) -> None:
        """Write what is shown as a PDF."""
        raise NotImplementedError


def side_by_side(paper: QWidget, side: QWidget) -> QWidget:
    """Return the paper, which takes the room there is, and what stands beside it."""
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(24, 16, 0, 0)
    line.setSpacing(16)
    left = QVBoxLayout()
    left.setContentsMargins(0, 0, 0, 16)
    left.addWidget(paper)
    line.addLayout(left, 1)
    line.addWidget(side)
    return both


def fill_card(side: QWidget, title: str, parts: Iterable[QWidget]) -> None:
    """Put parts in one card at the top of a side, which scrolls where they are higher than the page."""
    card, holder = Card(title), QWidget()
    for part in parts:
        card.add(part)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 12, 16)
    column.addWidget(card)
    column.addStretch(1)
    body = ScrollBody(holder)
    see_through(body)
    whole = QVBoxLayout(side)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(body)
