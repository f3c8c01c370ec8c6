"""The page of a household's papers and internal records: as it will print at the left, what it is for at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

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
from caseworker_app.features.handover.screens.giving import chosen_printer, put_on_paper, write_pdf
from caseworker_app.features.handover.screens.preview_page import PreviewPage, fill_card
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.papers import household_paper, remark_of
from caseworker_app.features.handover.service.printing import note_printed
from caseworker_app.features.team import service as team
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.identity import Identity
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.text import Label

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
_SOURCES = {"goals": ("Ouvrir les &objectifs", "target"), "referrals": ("Ouvrir la d&emande", "mail"),
            "measure": ("Ouvrir la mes&ure", "flag")}  # fmt: skip
_SOURCE_OF = {DIAGNOSIS: "referrals", END_RECORD: "measure"}


@dataclass(frozen=True, slots=True)
class _Read:
    """What one paper is made of."""

    content: Paper
    identity: Identity


class PaperPage(PreviewPage):
    """Route « paper »: `household`, as `subject` the code of a kind (empty: the plan of goals).

    « diagnostic:REFERRAL », « fiche-fin-mesure:MEASURE » and « pieces-a-apporter:PROCEDURE » name which; without, it is
    the newest, or every open procedure.
    """

    def __init__(self, desk: DocumentDesk) -> None:
        """Make it empty."""
        super().__init__(desk, QWidget())
        self.kind: DocumentKind = GOAL_PLAN
        self.subject = ""
        self.choice = FilterChips("Document")
        for kind in PAPERS:
            self.choice.add(kind.code, _SHORT[kind])
        self.about = Label("", 13, tone="muted", wrap=True)
        self.remark = Banner("", "note", "lock")
        self.refusal = Banner("", "warn", "alert-triangle")
        self.sources = {place: Button(words, "secondary", icon) for place, (words, icon) in _SOURCES.items()}
        self._reading = desk.tasks.latest(self._lay_out_read, self.refused, owner=self)
        fill_card(
            self.side, "Documents du suivi",
            (self.choice, self.about, self.refusal, self.remark, *self.sources.values()),
        )  # fmt: skip
        self.choice.chosen.connect(self._choose)
        for button in self.sources.values():
            button.clicked.connect(self.open_source)

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
        self.begin()
        self.head.show_document(_SHORT[self.kind], _FOR_WHOM[self.kind])
        self.about.setText(_ABOUT[self.kind])
        self.remark.hide()
        self.refusal.hide()
        desk, kind, household, subject = self.desk, self.kind, self.household, self.subject

        def read() -> _Read:
            day = today(desk.file.clock)
            with desk.file.reading() as connection:
                content = household_paper(connection, desk.who, kind, household, day=day, subject=subject)
                return _Read(content, identity_of(team.the_association(connection, desk.who)))

        self._reading.ask(read)

    def print_it(self) -> None:
        """Print what is shown."""
        printer = chosen_printer(self, self.desk, self.head.title.text())
        if printer is not None:
            pdf = self.pdf
            self._noted(lambda: put_on_paper(self, self.desk, pdf, printer))

    def export(self) -> None:
        """Write what is shown as a PDF."""
        name = f"{self.kind.code}-{today(self.desk.file.clock).isoformat()}.pdf"
        out = ask_place(self, f"Enregistrer le PDF, {_FOR_WHOM[self.kind]}", name)
        if out is not None:
            pdf = self.pdf
            self._noted(lambda: write_pdf(self, self.desk, pdf, out))

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
        head = found.content.head
        self.head.show_document(_SHORT[self.kind], f"{head.household} · {_FOR_WHOM[self.kind]}")
        remark = remark_of(found.content)
        self.remark.show_sentence(remark, "note", "lock")
        self.remark.setVisible(bool(remark))
        self.draw(self.desk.renderers.paper, found.content, found.identity)

    def show_ways(self) -> None:
        """Say what can be done with the paper shown."""
        self.head.show_ways("&Imprimer\u2026", f"Enregistrer, {_FOR_WHOM[self.kind]}", ready=bool(self.pdf))

    def refused(self, error: CaseworkerError) -> None:
        """Say what is missing where the paper would be."""
        self.preview.clear()
        self.preview.said.setText("Rien à imprimer pour l’instant")
        self.refusal.show_sentence(error.sentence, "warn", "alert-triangle")
        self.refusal.show()
