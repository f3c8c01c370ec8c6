"""The page of a follow-up file: what it holds chosen at the right, the pages as they will print at the left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial, PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import (
    COMPLETE,
    FOLLOW_UP_PRESETS,
    FollowUpPreset,
)
from caseworker_app.features.handover.screens import printing
from caseworker_app.features.handover.screens.follow_up_panel import FollowUpPanel
from caseworker_app.features.handover.screens.head import DocumentHead
from caseworker_app.features.handover.screens.paper import PaperPreview
from caseworker_app.features.handover.screens.rendering import LaidOut, lay_out_follow_up
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.features.handover.service.follow_up import follow_up_material, mark_copies, preview_mark
from caseworker_app.features.handover.service.reviews import identity_of
from caseworker_app.features.team import service as team
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.theme import px

_SIDE = 400
_TITLES = {True: "Synthèse d’une page", False: "Dossier de suivi"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What one copy is made of."""

    material: FollowUpMaterial
    identity: Identity


class FollowUpPage(Page):
    """Route « follow-up »: `household`, as `subject` the code of a preset (empty: the whole file)."""

    def __init__(self, desk: DocumentDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk, self.household = desk, ""
        self.pdf = b""
        self.head, self.preview, self.panel = DocumentHead(), PaperPreview(desk.tasks), FollowUpPanel()
        self._reading = desk.tasks.latest(self._lay_out_read, self._refused, owner=self)
        self._asked = 0
        self._arrange()
        self.head.printed.connect(self.print_it)
        self.head.exported.connect(self.export)
        self.head.back_asked.connect(desk.navigator.back)
        self.panel.chosen.connect(lambda _preset: self.read_again())
        desk.changes.listen(self, lambda c: c.concerns(household=self.household), self.read_again)

    def enter(self, route: Route) -> None:
        """Show the file of a household, with the parts a route names or those chosen before."""
        known = next((each for each in FOLLOW_UP_PRESETS if each.code == route.subject), None)
        if known is not None or route.household != self.household:
            self.panel.show_preset(known or COMPLETE)
        self.household = route.household
        self.preview.clear()
        self.read_again()

    def focus_first(self) -> None:
        """Begin with what it holds."""
        self.panel.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Lay the preview out again."""
        if not self.household:
            return
        self._asked += 1
        preset, household = self.panel.preset, self.household
        self.head.show_document(_TITLES[preset.one_page], "Document interne")
        self._show_ways(ready=False)
        if not preset.sections:
            self.preview.clear()
            self.preview.said.setText("Cochez au moins une partie")
            return
        self.preview.said.setText("Mise en page\u2026")
        desk = self.desk
        self._reading.ask(lambda: self._read(household, preset, preview_mark(desk.file, desk.who)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the side readable, and never wider than the paper."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(min(px(_SIDE), event.size().width() * 50 // 100) + 24)

    def print_it(self) -> None:
        """Print a numbered copy on paper."""
        try:
            printer = printing.ask_printer(self, self.head.title.text())
        except CaseworkerError as error:
            self.desk.tasks.refused.emit(error.sentence)
            return
        if printer is not None:
            self._make_copy(lambda pdf, number: self._put_on_paper(pdf, number, printer))

    def export(self) -> None:
        """Write a numbered copy as a PDF."""
        day = f"{self.desk.file.clock.now().astimezone():%Y-%m-%d}"
        name = "synthese" if self.panel.preset.one_page else "dossier-suivi"
        out = ask_place(self, "Enregistrer le PDF, document interne", f"{name}-{day}.pdf")
        if out is not None:
            self._make_copy(lambda pdf, number: self._write(pdf, number, out))

    def _make_copy(self, give: Callable[[bytes, str], None]) -> None:
        """Number a copy, lay it out, hand it over."""
        desk, household, preset = self.desk, self.household, self.panel.preset
        self._show_ways(ready=False)

        def read() -> tuple[_Read, str]:
            mark = mark_copies(desk.file, desk.who, 1)[0]
            return self._read(household, preset, mark), mark.copy

        def lay_out(answer: tuple[_Read, str]) -> None:
            found, number = answer
            desk.tasks.compute(
                lay_out_follow_up, desk.renderers.follow_up, found.material, found.identity,
                then=lambda laid: self._give(give, laid, number), failed=self._refused, owner=self,
                words="Mise en page",
            )  # fmt: skip

        desk.tasks.run(read, lay_out, self._refused, owner=self, words="Numérotation de l’exemplaire")

    def _give(self, give: Callable[[bytes, str], None], laid: LaidOut, number: str) -> None:
        self._show_ways(ready=bool(self.pdf))
        give(laid.pdf, number)

    def _put_on_paper(self, pdf: bytes, number: str, printer: QPrinter) -> None:
        self.desk.tasks.read(
            lambda: printing.print_pages(pdf, printer),
            lambda _count: self.desk.navigator.confirm(f"Exemplaire {number} envoyé à l’imprimante"),
            owner=self, words="Impression",
        )  # fmt: skip

    def _write(self, pdf: bytes, number: str, out: Path) -> None:
        self.desk.tasks.run(
            lambda: write_atomically(pdf, out),
            lambda _done: self.desk.navigator.confirm(f"Exemplaire {number} enregistré\u00a0: {out.name}"),
            owner=self,
        )

    def _read(self, household: str, preset: FollowUpPreset, mark: PrintMark) -> _Read:
        file, who = self.desk.file, self.desk.who
        with file.reading() as connection:
            material = follow_up_material(connection, who, household, mark=mark, preset=preset)
            return _Read(material, identity_of(team.the_association(connection, who)))

    def _lay_out_read(self, found: _Read) -> None:
        asked, household = self._asked, found.material.people.household
        preset = found.material.preset
        self.head.show_document(
            _TITLES[preset.one_page], f"{household.name} · {preset.title} · document interne"
        )
        self.desk.tasks.compute(
            lay_out_follow_up, self.desk.renderers.follow_up, found.material, found.identity,
            then=lambda laid: self._show(asked, laid), failed=self._refused, owner=self, words="Mise en page",
        )  # fmt: skip

    def _show(self, asked: int, laid: LaidOut) -> None:
        if asked != self._asked:
            return
        self.pdf = laid.pdf
        self.preview.show_pdf(laid.pdf)
        self.preview.said.setText("Tel qu’il sera imprimé")
        self._show_ways(ready=True)

    def _show_ways(self, *, ready: bool) -> None:
        self.head.show_ways("&Imprimer\u2026", "Enregistrer un exemplaire numéroté", ready=ready)

    def _refused(self, error: CaseworkerError) -> None:
        self.preview.said.setText("Ce dossier ne peut pas être préparé")
        self.desk.tasks.refused.emit(error.sentence)

    def _arrange(self) -> None:
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(24, 16, 0, 0)
        line.setSpacing(16)
        paper = QVBoxLayout()
        paper.setContentsMargins(0, 0, 0, 16)
        paper.addWidget(self.preview)
        line.addLayout(paper, 1)
        line.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(both, 1)
