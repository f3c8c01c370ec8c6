"""The page of a follow-up file: what it holds chosen at the right, the pages as they will print at the left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial, PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import (
    COMPLETE,
    FOLLOW_UP_PRESETS,
    FollowUpPreset,
)
from caseworker_app.features.handover.screens.follow_up_panel import FollowUpPanel
from caseworker_app.features.handover.screens.giving import chosen_printer, put_on_paper, write_pdf
from caseworker_app.features.handover.screens.preview_page import PreviewPage
from caseworker_app.features.handover.screens.rendering import LaidOut, lay_out
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.features.handover.service.follow_up import follow_up_material, mark_copies, preview_mark
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.team import service as team
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.identity import Identity
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.saving import ask_place

_TITLES = {True: "Synthèse d’une page", False: "Dossier de suivi"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What one copy is made of."""

    material: FollowUpMaterial
    identity: Identity


class FollowUpPage(PreviewPage):
    """Route « follow-up »: `household`, as `subject` the code of a preset (empty: the whole file)."""

    WIDTH, SHARE = 400, 50

    def __init__(self, desk: DocumentDesk) -> None:
        """Make it empty."""
        self.panel = FollowUpPanel()
        self._copying = False
        super().__init__(desk, self.panel)
        self._reading = desk.tasks.latest(self._lay_out_read, self.refused, owner=self)
        self.panel.chosen.connect(lambda _preset: self.read_again())

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
        preset, household = self.panel.preset, self.household
        self.head.show_document(_TITLES[preset.one_page], "Document interne")
        self.begin()
        if not preset.sections:
            self.preview.clear()
            self.preview.said.setText("Cochez au moins une partie")
            return
        desk = self.desk
        self._reading.ask(lambda: self._read(household, preset, preview_mark(desk.file, desk.who)))

    def print_it(self) -> None:
        """Print a numbered copy on paper."""
        printer = chosen_printer(self, self.desk, self.head.title.text())
        if printer is None:
            return
        told = "Exemplaire {} envoyé à l’imprimante"
        self._make_copy(lambda pdf, number: put_on_paper(self, self.desk, pdf, printer, told.format(number)))

    def export(self) -> None:
        """Write a numbered copy as a PDF."""
        day = f"{self.desk.file.clock.now().astimezone():%Y-%m-%d}"
        name = "synthese" if self.panel.preset.one_page else "dossier-suivi"
        out = ask_place(self, "Enregistrer le PDF, document interne", f"{name}-{day}.pdf")
        if out is None:
            return
        told = "Exemplaire {} enregistré"
        self._make_copy(lambda pdf, number: write_pdf(self, self.desk, pdf, out, told.format(number)))

    def _make_copy(self, give: Callable[[bytes, str], None]) -> None:
        """Number a copy, lay it out, hand it over."""
        desk, household, preset = self.desk, self.household, self.panel.preset
        self._copying = True
        self.show_ways()

        def read() -> tuple[_Read, str]:
            mark = mark_copies(desk.file, desk.who, 1)[0]
            return self._read(household, preset, mark), mark.copy

        def hand_over(answer: tuple[_Read, str]) -> None:
            found, number = answer
            desk.tasks.compute(
                lay_out, desk.renderers.follow_up, found.material, found.identity,
                then=lambda laid: self._give(give, laid, number), failed=self.refused, owner=self,
                words="Mise en page",
            )  # fmt: skip

        desk.tasks.run(read, hand_over, self.refused, owner=self, words="Numérotation de l’exemplaire")

    def _give(self, give: Callable[[bytes, str], None], laid: LaidOut, number: str) -> None:
        self._copying = False
        self.show_ways()
        give(laid.pdf, number)

    def _read(self, household: str, preset: FollowUpPreset, mark: PrintMark) -> _Read:
        file, who = self.desk.file, self.desk.who
        with file.reading() as connection:
            material = follow_up_material(connection, who, household, mark=mark, preset=preset)
            return _Read(material, identity_of(team.the_association(connection, who)))

    def _lay_out_read(self, found: _Read) -> None:
        household, preset = found.material.people.household, found.material.preset
        self.head.show_document(
            _TITLES[preset.one_page], f"{household.name} · {preset.title} · document interne"
        )
        self.draw(self.desk.renderers.follow_up, found.material, found.identity)

    def show_ways(self) -> None:
        """Offer numbered copies of what is shown, one at a time."""
        ready = bool(self.pdf) and not self._copying
        self.head.show_ways("&Imprimer\u2026", "Enregistrer un exemplaire numéroté", ready=ready)

    def refused(self, error: CaseworkerError) -> None:
        """Say why no copy can be made."""
        self._copying = False
        self.show_ways()
        self.preview.said.setText("Ce dossier ne peut pas être préparé")
        self.desk.tasks.refused.emit(error.sentence)
