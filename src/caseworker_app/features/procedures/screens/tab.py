"""The tab « Démarches » of a household: its procedures, and where each of their papers stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.missing import MISSING_PAPERS
from caseworker_app.features.procedures.domain.procedure import PaperKey
from caseworker_app.features.procedures.domain.shown import ProceduresPage
from caseworker_app.features.procedures.domain.standing import Standing
from caseworker_app.features.procedures.screens.desk import ProceduresDesk
from caseworker_app.features.procedures.screens.forms import dates_form, procedure_form
from caseworker_app.features.procedures.screens.paper_row import PaperRow
from caseworker_app.features.procedures.screens.procedure_card import ProcedureCard
from caseworker_app.features.procedures.screens.taking_out import TakingOut
from caseworker_app.features.team.domain import Right
from caseworker_app.ui_kit.card_tab import CardTab, CardWords
from caseworker_app.ui_kit.side_form import SideForm

_WORDS = CardWords(
    "procedures", "list-check", "Aucune démarche",
    "Choisissez une démarche\u00a0: la liste de ses pièces se remplit, et ce qui manque se rappelle à vous.",
    "&Nouvelle démarche",
)  # fmt: skip
FILTER = "Pièces (*.jpg *.jpeg *.png *.webp *.pdf);;Tous les fichiers (*)"


class ProceduresTab(CardTab):
    """« Démarches » of a household; the subject is the id of a procedure to stand on."""

    TABLES = ("checklist_edition",)
    desk: ProceduresDesk
    page: ProceduresPage | None

    def __init__(self, desk: ProceduresDesk) -> None:
        """Make it empty."""
        super().__init__(desk, _WORDS, may_add=desk.who.may(Right.WRITE_FILES))
        self._may_write = desk.who.may(Right.WRITE_FILES)
        self._may_send = desk.who.may(Right.TRANSMIT)
        self._subject = ""
        # Procedures that are over and were unfolded by hand.
        self._opened: set[str] = set()
        self.cards: dict[str, ProcedureCard] = {}
        self.taking_out = TakingOut(desk, self)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household."""
        self._subject = subject
        if household != self.household:
            self._opened.clear()
        super().show_household(household, subject)

    def page_work(self, household: str) -> Callable[[], ProceduresPage]:
        """Return the reading of the procedures."""
        desk, day = self.desk, self.desk.today

        def read() -> ProceduresPage:
            with desk.file.reading() as connection:
                return service.procedures_page(connection, desk.who, household, day)

        return read

    def cards_of(self, page: ProceduresPage) -> list[ProcedureCard]:
        """Return a card for each procedure."""
        self.cards = {each.procedure.id: self._card(each, page) for each in page.found}
        return list(self.cards.values())

    def counted_in(self, page: ProceduresPage) -> int:
        """Return how many papers are still to be brought."""
        return page.to_bring

    def form_of(self, page: ProceduresPage) -> SideForm:
        """Return the form of a new procedure."""
        return procedure_form(self.desk, page)

    def asked_of(self, of: Standing, what: str) -> None:
        """Do what a button of a card says."""
        desk, key = self.desk, of.procedure.id
        if what == "edit" and self.page is not None:
            self.place.open(procedure_form(desk, self.page, of.procedure))
        elif what == "missing":
            desk.navigator.open("paper", self.household, f"{MISSING_PAPERS}:{key}")
        elif what == "pieces":
            self.taking_out.begin(of)
        elif what == "newer":
            self._write(
                lambda: service.take_newer_list(desk.file, desk.who, key), "Liste de pièces mise à jour"
            )
        elif what == "remove":
            self._write(lambda: service.remove_procedure(desk.file, desk.who, key), "Démarche retirée")

    def asked_of_paper(self, of: Standing, row: PaperRow, what: str) -> None:
        """Do what a line says of its paper."""
        desk, key = self.desk, row.line.key
        place = (desk.file, desk.who, of.procedure.id, key)
        if what == "attach":
            self._choose_files(of.procedure.id, key)
        elif what == "seen":
            self._write(lambda: service.receive_paper(*place)[1], "Pièce reçue, sans copie")
        elif what == "not_concerned":
            self._write(lambda: service.set_not_concerned(*place), "Pièce non concernée")
        elif what == "clear":
            self._write(lambda: service.clear_paper(*place), "Pièce à nouveau manquante")
        elif what == "dates":
            self.place.open(dates_form(desk, row.line, row.line.notes[-1]))
        elif what == "see":
            piece = next(each.attachment_id for each in reversed(row.line.notes) if each.attachment_id)
            desk.navigator.open("dossier", self.household, piece or "", tab="attachments")

    def reuse(self, of: Standing, row: PaperRow, place: int) -> None:
        """Receive a paper with a piece already kept."""
        desk, proposal = self.desk, row.line.proposals[place]
        self._write(
            lambda: service.receive_paper(
                desk.file, desk.who, of.procedure.id, row.line.key, proposal.attachment.id,
                dated_on=proposal.dated_on, until=proposal.written,
            )[1],
            "Pièce reprise",
        )  # fmt: skip

    def _choose_files(self, procedure_id: str, key: PaperKey) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, "Joindre des fichiers", "", FILTER)
        if names:
            self.desk.receive(procedure_id, key, [Path(name) for name in names], self)

    def _write(self, work: Callable[[], Any], words: str) -> None:
        self.desk.tasks.run(work, lambda changes: self.desk.done(changes, words), owner=self)

    def _show(self, page: ProceduresPage) -> None:
        super()._show(page)
        if self._subject in self.cards:
            self.listed.ensureWidgetVisible(self.cards[self._subject])
            self._subject = ""

    def _card(self, of: Standing, page: ProceduresPage) -> ProcedureCard:
        key = of.procedure.id
        folded = not of.procedure.open and key not in self._opened
        card = ProcedureCard(
            of, page, self.desk.today, may_write=self._may_write, may_send=self._may_send, folded=folded
        )
        card.asked.connect(lambda what: self.asked_of(of, what))
        card.unfolded.connect(lambda: self._unfold(key))
        for row in card.rows:
            row.asked.connect(lambda what, row=row: self.asked_of_paper(of, row, what))
            row.reused.connect(lambda place, row=row: self.reuse(of, row, place))
            row.dropped.connect(lambda paths, row=row: self.desk.receive(key, row.line.key, paths, self))
        return card

    def _unfold(self, key: str) -> None:
        self._opened.add(key)
        if self.page is not None:
            self._show(self.page)
