"""The tab « Démarches » of a household: its procedures, and where each of their papers stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

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
from caseworker_app.kernel.changes import Changes
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import HouseholdTab
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.side_form import WIDEST
from caseworker_app.ui_kit.theme import px

_CARDS_WIDE = 1100
FILTER = "Pièces (*.jpg *.jpeg *.png *.webp *.pdf);;Tous les fichiers (*)"


class ProceduresTab(HouseholdTab):
    """« Démarches » of a household; the subject is the id of a procedure to stand on."""

    def __init__(self, desk: ProceduresDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.page: ProceduresPage | None = None
        self._household, self._subject = "", ""
        self._opened: set[str] = set()
        self._may_write = desk.who.may(Right.WRITE_FILES)
        self._may_send = desk.who.may(Right.TRANSMIT)
        self.cards: dict[str, ProcedureCard] = {}
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, "procedures")
        self.place.setMaximumWidth(px(WIDEST))
        self.new = Button("&Nouvelle démarche", "primary", "plus")
        self.new.setVisible(self._may_write)
        self.taking_out = TakingOut(desk, self)
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._lay_out()
        self.new.clicked.connect(self.begin)
        self.place.shown.connect(lambda opened: self.stack.setCurrentIndex(2 if opened else self._body))
        desk.changes.listen(self, self._concerned, self.read_again)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household."""
        self._subject = subject
        if household != self._household:
            self.place.leave()
            self.place.close_form()
            self._household, self.page = household, None
            self._opened.clear()
            self.place.household = household
        self.read_again()

    def read_again(self) -> None:
        """Read the household again."""
        desk, household, day = self.desk, self._household, self.desk.today

        def read() -> ProceduresPage:
            with desk.file.reading() as connection:
                return service.procedures_page(connection, desk.who, household, day)

        if household:
            self._reading.ask(read)

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def focus_first(self) -> None:
        """Begin in the open form, or with a new procedure."""
        if self.place.form is not None:
            self.place.form.focus_first()
        elif self._body == 0 and self.nobody.button is not None:
            self.nobody.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Open the form of a new procedure."""
        if self.page is not None:
            self.place.open(procedure_form(self.desk, self.page))

    def asked_of(self, of: Standing, what: str) -> None:
        """Do what a button of a card says."""
        desk, key = self.desk, of.procedure.id
        if what == "edit" and self.page is not None:
            self.place.open(procedure_form(desk, self.page, of.procedure))
        elif what == "missing":
            desk.navigator.open("paper", self._household, f"{MISSING_PAPERS}:{key}")
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
            desk.navigator.open("dossier", self._household, piece or "", tab="attachments")

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

    def _concerned(self, changes: Changes) -> bool:
        return changes.concerns(household=self._household) or changes.concerns(table="checklist_edition")

    def _show(self, page: ProceduresPage) -> None:
        if page.household_id != self._household:
            return
        self.page, self.cards = page, {}
        place = self.listed.verticalScrollBar().value()
        self.listed.setWidget(self._content(page))
        self._body = 1 if page.found else 0
        if self.place.form is None:
            self.stack.setCurrentIndex(self._body)
        self.listed.verticalScrollBar().setValue(place)
        self.counted.emit(page.to_bring or None)
        if self._subject in self.cards:
            self.listed.ensureWidgetVisible(self.cards[self._subject])
            self._subject = ""

    def _content(self, page: ProceduresPage) -> QWidget:
        content, inner = QWidget(), QWidget()
        inner.setMaximumWidth(px(_CARDS_WIDE))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for each in page.found:
            column.addWidget(self._card(each, page))
        column.addStretch(1)
        line = QHBoxLayout(content)
        line.setContentsMargins(PAGE_INSETS[0], 0, *PAGE_INSETS[2:])
        line.addWidget(inner, 1000)
        line.addStretch(1)
        return content

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
        self.cards[key] = card
        return card

    def _unfold(self, key: str) -> None:
        self._opened.add(key)
        if self.page is not None:
            self._show(self.page)

    def _lay_out(self) -> None:
        self.nobody = EmptyState(
            "list-check", "Aucune démarche",
            "Choisissez une démarche\u00a0: la liste de ses pièces se remplit, et ce qui manque se rappelle à vous.",
            "&Nouvelle démarche" if self._may_write else "", "plus",
        )  # fmt: skip
        if self.nobody.button is not None:
            self.nobody.button.clicked.connect(self.begin)
        self.listed = ScrollBody(QWidget())
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 8)
        top.addWidget(self.new)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.listed, 1)
        form = QWidget()
        line = QHBoxLayout(form)
        line.setContentsMargins(12, 4, 12, 4)
        line.addWidget(self.place)
        self._body = 0
        self.stack = QStackedWidget()
        for body in (self.nobody, listed, form):
            self.stack.addWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
