"""The page of a household's papers and internal records: as it will print at the left, what it is for at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.handover.domain.kinds import (
    CONTRACT,
    DIAGNOSIS,
    END_RECORD,
    EVALUATION,
    GOAL_PLAN,
    PAPERS,
    TO_BRING,
    DocumentKind,
    Paper,
)
from caseworker_app.features.handover.screens import printing
from caseworker_app.features.handover.screens.head import DocumentHead
from caseworker_app.features.handover.screens.paper import PaperPreview
from caseworker_app.features.handover.screens.rendering import LaidOut, lay_out_paper
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.features.handover.service.papers import household_paper, remark_of
from caseworker_app.features.handover.service.printing import note_printed
from caseworker_app.features.handover.service.reviews import identity_of
from caseworker_app.features.team import service as team
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_SIDE = 360
_SHORT = {
    GOAL_PLAN: "Plan d’objectifs",
    CONTRACT: "Contrat",
    EVALUATION: "Évaluation",
    DIAGNOSIS: "Diagnostic",
    END_RECORD: "Fin de mesure",
    TO_BRING: "Pièces à apporter",
}
_FOR_WHOM = {
    GOAL_PLAN: "remis au ménage",
    CONTRACT: "remis au ménage, signé en deux exemplaires",
    EVALUATION: "document interne",
    DIAGNOSIS: "document interne",
    END_RECORD: "document interne",
    TO_BRING: "remis au ménage",
}
_ABOUT = {
    GOAL_PLAN: (
        "Une page en grands caractères, à lire et à signer ensemble\u00a0: les objectifs ouverts, les étapes,"
        " qui fait quoi et pour quand. Les notes internes n’y sont pas."
    ),
    CONTRACT: (
        "Il se prépare à partir de la mesure, des objectifs ouverts et des accords de partage en vigueur."
        " Relisez-le avec le ménage avant de signer."
    ),
    EVALUATION: (
        "La dernière évaluation de chaque regard, à côté de la précédente, avec les mots de la grille de"
        " chaque date. Les observations y sont\u00a0: ce document ne se transmet pas."
    ),
    DIAGNOSIS: (
        "Le dernier diagnostic, tel que le dossier était le jour de sa conclusion\u00a0: composition, budget,"
        " logement, niveaux d’autonomie, objectifs proposés. Ce document ne se transmet pas\u00a0:"
        " «\u00a0Répondre\u00a0», à la page Demandes, dit la décision à qui l’a demandé."
    ),
    END_RECORD: (
        "Ce qui a été fait, où en est le ménage, ce qui reste à faire. Tant que la mesure court, la fiche se"
        " prépare. Ce document ne se transmet pas."
    ),
    TO_BRING: (
        "Une page en grands caractères, à remettre au ménage\u00a0: ce qui manque à ses démarches en cours, pour"
        " qui, et pour quand. Ce qui est déjà là n’y est pas."
    ),
}
# Where what a paper is made of is written: the page or tab, the words of the button that opens it, its picture.
_SOURCES = {"goals": ("Ouvrir les &objectifs", "target"), "referrals": ("Ouvrir la &demande", "mail"),
            "measure": ("Ouvrir la mes&ure", "flag")}  # fmt: skip
_SOURCE_OF = {DIAGNOSIS: "referrals", END_RECORD: "measure"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What one paper is made of."""

    content: Paper
    identity: Identity


class PaperPage(Page):
    """Route « paper »: `household`, as `subject` the code of a kind (empty: the plan of goals).

    « diagnostic:REFERRAL », « fiche-fin-mesure:MEASURE » and « pieces-a-apporter:PROCEDURE » name which; without, it is
    the newest, or every open procedure.
    """

    def __init__(self, desk: DocumentDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk, self.household = desk, ""
        self.kind: DocumentKind = GOAL_PLAN
        self.subject = ""
        self.pdf = b""
        self._asked = 0
        self.head, self.preview = DocumentHead(), PaperPreview(desk.tasks)
        self.choice = FilterChips("Document")
        for kind in PAPERS:
            self.choice.add(kind.code, _SHORT[kind])
        self.about = Label("", 13, tone="muted", wrap=True)
        self.remark = Banner("", "note", "lock")
        self.refusal = Banner("", "warn", "alert-triangle")
        self.sources = {place: Button(words, "secondary", icon) for place, (words, icon) in _SOURCES.items()}
        self._reading = desk.tasks.latest(self._lay_out_read, self._refused, owner=self)
        self._arrange()
        self.head.printed.connect(self.print_it)
        self.head.exported.connect(self.export)
        self.head.back_asked.connect(desk.navigator.back)
        self.choice.chosen.connect(self._choose)
        for button in self.sources.values():
            button.clicked.connect(self.open_source)
        desk.changes.listen(self, lambda c: c.concerns(household=self.household), self.read_again)

    def enter(self, route: Route) -> None:
        """Show a paper of a household."""
        self.household = route.household
        code, _, self.subject = route.subject.partition(":")
        self._show_kind(code or GOAL_PLAN.code)

    def focus_first(self) -> None:
        """Begin with which paper."""
        self.choice.setFocus()

    def read_again(self) -> None:
        """Lay the preview out again."""
        if not self.household:
            return
        self._asked += 1
        self.pdf = b""
        self.head.show_document(_SHORT[self.kind], _FOR_WHOM[self.kind])
        self.about.setText(_ABOUT[self.kind])
        self.remark.hide()
        self.refusal.hide()
        self._show_ways()
        self.preview.said.setText("Mise en page\u2026")
        desk, kind, household, subject = self.desk, self.kind, self.household, self.subject

        def read() -> _Read:
            day = today(desk.file.clock)
            with desk.file.reading() as connection:
                content = household_paper(connection, desk.who, kind, household, day=day, subject=subject)
                return _Read(content, identity_of(team.the_association(connection, desk.who)))

        self._reading.ask(read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the side readable, and never wider than the paper."""
        super().resizeEvent(event)
        self.side.setFixedWidth(min(px(_SIDE), event.size().width() * 45 // 100))

    def print_it(self) -> None:
        """Print what is shown."""
        try:
            printer = printing.ask_printer(self, self.head.title.text())
        except CaseworkerError as error:
            self.desk.tasks.refused.emit(error.sentence)
            return
        if printer is None:
            return
        pdf = self.pdf
        self._noted(
            lambda: self.desk.tasks.read(
                lambda: printing.print_pages(pdf, printer),
                lambda _count: self.desk.navigator.confirm("Document envoyé à l’imprimante"),
                owner=self, words="Impression",
            )
        )  # fmt: skip

    def export(self) -> None:
        """Write what is shown as a PDF."""
        name = f"{self.kind.code}-{today(self.desk.file.clock).isoformat()}.pdf"
        out = ask_place(self, f"Enregistrer le PDF, {_FOR_WHOM[self.kind]}", name)
        if out is None:
            return
        pdf = self.pdf
        self._noted(
            lambda: self.desk.tasks.run(
                lambda: write_atomically(pdf, out),
                lambda _done: self.desk.navigator.confirm(f"PDF enregistré\u00a0: {out.name}"),
                owner=self,
            )
        )

    def _noted(self, then: Callable[[], object]) -> None:
        """Leave the line in the log of accesses first: a paper that may not go out does not."""
        desk, household, code = self.desk, self.household, self.kind.code

        def noted(_done: None) -> None:
            then()

        desk.tasks.read(lambda: note_printed(desk.file, desk.who, household, code), noted, owner=self)

    def open_source(self) -> None:
        """Open where what is shown is written."""
        place = _SOURCE_OF.get(self.kind, "goals")
        if place == "referrals":
            self.desk.navigator.open(place, subject=self.subject)
        else:
            self.desk.navigator.open("dossier", self.household, self.subject, place)

    def _choose(self, code: str) -> None:
        """Show the newest of a kind: what a route named was of another."""
        self.subject = ""
        self._show_kind(code)

    def _show_kind(self, code: str) -> None:
        self.kind = next((each for each in PAPERS if each.code == code), GOAL_PLAN)
        for place, button in self.sources.items():
            button.setVisible(place == _SOURCE_OF.get(self.kind, "goals"))
        self.choice.choose(self.kind.code)
        self.preview.clear()
        self.read_again()

    def _lay_out_read(self, found: _Read) -> None:
        asked, head = self._asked, found.content.head
        self.head.show_document(_SHORT[self.kind], f"{head.household} · {_FOR_WHOM[self.kind]}")
        remark = remark_of(found.content)
        self.remark.show_sentence(remark, "note", "lock")
        self.remark.setVisible(bool(remark))
        self.desk.tasks.compute(
            lay_out_paper, self.desk.renderers.paper, found.content, found.identity,
            then=lambda laid: self._show(asked, laid), failed=self._refused, owner=self, words="Mise en page",
        )  # fmt: skip

    def _show(self, asked: int, laid: LaidOut) -> None:
        if asked != self._asked:
            return
        self.pdf = laid.pdf
        self.preview.show_pdf(laid.pdf)
        self.preview.said.setText("Tel qu’il sera imprimé")
        self._show_ways()

    def _show_ways(self) -> None:
        self.head.show_ways("&Imprimer\u2026", f"Enregistrer, {_FOR_WHOM[self.kind]}", ready=bool(self.pdf))

    def _refused(self, error: CaseworkerError) -> None:
        """Say what is missing where the paper would be."""
        self.preview.clear()
        self.preview.said.setText("Rien à imprimer pour l’instant")
        self.refusal.show_sentence(error.sentence, "warn", "alert-triangle")
        self.refusal.show()

    def _arrange(self) -> None:
        self.side = QWidget()
        card = Card("Documents du suivi")
        for part in (self.choice, self.about, self.refusal, self.remark, *self.sources.values()):
            card.add(part)
        inner = QVBoxLayout(self.side)
        inner.setContentsMargins(0, 0, 0, 16)
        inner.addWidget(card)
        inner.addStretch(1)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(24, 16, 24, 0)
        line.setSpacing(16)
        paper = QVBoxLayout()
        paper.setContentsMargins(0, 0, 0, 16)
        paper.addWidget(self.preview)
        line.addLayout(paper, 1)
        line.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(both, 1)
