"""Settings: the lists of papers by procedure, the association's own after the program's, each save a version."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.checklist import (
    PROGRAM_CHECKLISTS,
    Checklist,
    Checklists,
    every_paper,
    program_checklists,
)
from caseworker_app.features.procedures.domain.edition import HOW, ChecklistDraft, papers_read, papers_text
from caseworker_app.features.procedures.screens.desk import ProceduresDesk
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.french import plural, typeset
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import ListedSection

_PAPERS_HIGH = 300


class ChecklistsSection(ListedSection):
    """The lists beside the card of one. What is typed stays until it is saved."""

    def __init__(self, desk: ProceduresDesk) -> None:
        """Make it empty."""
        super().__init__("Démarches", "Ajouter une démarche et sa liste de pièces", "plus")
        self._desk = desk
        self._held: Checklists = PROGRAM_CHECKLISTS
        self._may = desk.who.may(Right.MANAGE_OFFICE)
        self.put_away = Button("Ran&ger", "quiet", "ban")
        self.program = Button("Revenir à la liste du &logiciel", "quiet", "arrow-back-up")
        self._make_fields()
        self._lay_out()
        self._join()

    def show_card(self, key: str) -> None:
        """Show a list; empty: a new one."""
        self.shown, self.touched = key, False
        found = self._found(key)
        self.title.setText(found.label if found else "Nouvelle démarche")
        self.entries["label"].setText(found.label if found else "")
        self.papers.set_text(papers_text(found.papers) if found else "")
        versions = self._held.versions_of(key)
        whose = (
            f"{plural(versions, 'version')} de l’association"
            if versions
            else "Liste proposée par le logiciel"
        )
        self.about.setText(f"{whose}, à vérifier auprès de l’organisme." if found else "")
        self.accept_all()
        self.put_away.setVisible(found is not None and self._may)
        self.program.setVisible(versions > 0 and self._shipped(key) is not None and self._may)
        self.save.setText("Enre&gistrer" if found else "A&jouter la démarche")
        self.save.setEnabled(False)

    def writing(self) -> Callable[[], object]:
        """Return the writing of the list, as a new version."""
        found, known = self._found(self.shown), tuple(every_paper(self._lists()).values())
        papers = papers_read(self.papers.words(), found.papers if found else (), known)
        draft = ChecklistDraft(self.shown, self.entries["label"].text(), papers)
        return lambda: self._write(draft, "Liste de pièces enregistrée")

    def retire(self) -> None:
        """Put the list shown away: it is no longer proposed; procedures begun on it keep it."""
        found = self._found(self.shown)
        if found is not None:
            self._write(
                ChecklistDraft(found.code, found.label, found.papers, retired=True), "Démarche rangée"
            )

    def take_program(self) -> None:
        """Record the program's own list as the newest version."""
        found = self._shipped(self.shown)
        if found is not None:
            self._write(ChecklistDraft(found.code, found.label, found.papers), "Liste du logiciel reprise")

    def read_again(self) -> None:
        """Read the lists."""
        desk = self._desk

        def read() -> Checklists:
            with desk.file.reading() as connection:
                return service.checklists(connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def _write(self, draft: ChecklistDraft, words: str) -> None:
        desk, found = self._desk, self._found(draft.code)
        begun = found.edition_id if found else None
        desk.tasks.run(
            lambda: service.edit_checklist(desk.file, desk.who, draft, begun),
            lambda done: self._kept(done[1], words, "" if draft.retired else done[0]), self.refused, owner=self,
        )  # fmt: skip

    def _kept(self, changes: Changes, words: str, key: str) -> None:
        self.shown, self.touched = key, False
        self.read_again()
        self._desk.done(changes, words)

    def _lists(self) -> list[Checklist]:
        return self._held.on(self._desk.today)

    def _found(self, key: str) -> Checklist | None:
        return next((each for each in self._lists() if each.code == key), None)

    def _shipped(self, key: str) -> Checklist | None:
        return next((each for each in program_checklists(self._desk.today) if each.code == key), None)

    def _show(self, held: Checklists) -> None:
        self._held = held
        self.set_writable(self._may)
        self.papers.setReadOnly(not self._may)
        lists = self._lists()
        self.list.set_rows([self._row(each) for each in lists])
        if self.touched:
            return
        shown = self.shown if self._found(self.shown) else lists[0].code if lists else ""
        self.show_card(shown)
        if shown:
            self.list.stand_on(shown)

    def _row(self, of: Checklist) -> Row:
        whose = "de l’association" if of.edition_id is not None else ""
        return Row(of.code, of.label, plural(len(of.papers), "pièce"), icon="list-check", trailing=whose)

    def _make_fields(self) -> None:
        self.entries = {"label": Entry()}
        self.about = Label("", 12, tone="muted", wrap=True)
        self.papers = PlainText()
        self.papers.setFixedHeight(px(_PAPERS_HIGH))
        self.papers.setAccessibleName("Pièces demandées")
        framed = Surface("surface", "field", 6)
        framed.setFocusProxy(self.papers)
        inner = QVBoxLayout(framed)
        inner.setContentsMargins(px(10), px(6), px(6), px(6))
        inner.addWidget(self.papers)
        self.fields = {
            "label": Field("&Nom de la démarche", self.entries["label"]),
            "papers": Field("&Pièces demandées, une par ligne", framed),
        }

    def _lay_out(self) -> None:
        self.listed.add_rows(self.list)
        self.card.add(self.title)
        self.card.add(self.about)
        self.card.add(self.fields["label"])
        self.card.add(Label(typeset(HOW), 12, tone="muted", wrap=True))
        self.card.add(self.fields["papers"])
        self.card.add(self.rest)
        self.card.body.addLayout(self.foot(self.put_away, self.program))
        self.side_by_side()

    def _join(self) -> None:
        self.join_entries()
        self.papers.textChanged.connect(self._papers_typed)
        self.put_away.clicked.connect(self.retire)
        self.program.clicked.connect(self.take_program)
        self._desk.changes.listen(self, lambda c: c.concerns(table="checklist_edition"), self.read_again)

    def _papers_typed(self) -> None:
        if self.papers.document().isModified():
            self.typed()
