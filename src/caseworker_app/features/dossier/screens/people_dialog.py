"""Making two records of one person one, inside a household: who, both side by side, one click, undone in one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.merging import MergeMember, SamePerson
from caseworker_app.features.dossier.domain.merging_people import PeopleMergeProposal, PeopleMergeReport
from caseworker_app.features.dossier.screens.merge_dialog_sides import Along, Fields, member_words
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk, WorkDialog
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Surface
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_TITLE = "Réunir deux fiches d’une même personne"
_SENTENCE = (
    "Tout ce qui parle d’elle (numéros, budget, accords, demandes) suit la fiche gardée. Une valeur non retenue reste"
    " en note du dossier. Un clic suffit pour revenir."
)
_ALONE = "Ce dossier n’a qu’une personne\u00a0: il n’y a pas deux fiches à réunir."


class PeopleDialog(WorkDialog):
    """Over the dossier of a household; closes once merged, and stays open with a sentence when refused."""

    def __init__(self, desk: JoiningDesk, household: str, parent: QWidget | None = None) -> None:
        """Begin with whoever is likely there twice."""
        super().__init__(_TITLE, _SENTENCE, parent)
        self.desk, self._household = desk, household
        self.proposal: PeopleMergeProposal | None = None
        self._taken: set[tuple[str, str]] = set()
        self._merging = False
        self.kept, self.absorbed = Choice("Choisir"), Choice("Choisir")
        self.why = Label("", 12, tone="muted", wrap=True)
        self.refusal = Banner("", "danger")
        self.refusal.hide()
        self.fields = Fields("Fiche gardée", "Fiche qui la rejoint", "Rien ne diffère entre les deux fiches.")
        self.along = Along("Ce qui suit la fiche gardée", "Rien d’autre ne parle de cette fiche.")
        self._page = self.add_page(self._pair(), self.refusal, self.fields, self.along)
        self._make_buttons()
        self._known = desk.tasks.latest(self._show_people, self._refused, owner=self)
        self._read = desk.tasks.latest(self._show_proposal, self._refused, owner=self)
        for choice in (self.kept, self.absorbed):
            choice.activated.connect(lambda _index: self._propose())
        self.fields.chose.connect(self._take)
        self._show_step()
        self._look()

    def swap(self) -> None:
        """Keep the other record."""
        kept, absorbed = self.kept.current_key(), self.absorbed.current_key()
        self.kept.choose(absorbed)
        self.absorbed.choose(kept)
        self._propose()

    def merge(self) -> None:
        """Make both one."""
        if self._merging or self.proposal is None or self.proposal.refusal is not None:
            return
        desk, household, pair = self.desk, self._household, (self.proposal.kept.id, self.proposal.absorbed.id)
        taken = frozenset(self._taken & {each.key for each in self.proposal.fields})
        self._set_merging(True)
        desk.tasks.run(
            lambda: service.merge_people(desk.file, desk.who, household, *pair, taken),
            self._merged, self._refused, owner=self, words="Réunion des fiches",
        )  # fmt: skip

    def _pair(self) -> QWidget:
        holder = Surface("surface", "border")
        self.turn = Button("&Inverser", "secondary", "arrows-sort", compact=True)
        self.turn.setAutoDefault(False)
        self.turn.setAccessibleDescription("Garder l’autre fiche")
        self.turn.clicked.connect(self.swap)
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(Field("Fiche &gardée", self.kept), 1)
        line.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(Field("Fiche qui la re&joint", self.absorbed), 1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(INSET, px(12), INSET, px(12))
        column.addLayout(line)
        column.addWidget(self.why)
        return holder

    def _make_buttons(self) -> None:
        self.cancel = Button("A&nnuler", "secondary")
        self.confirm = Button("&Réunir les deux fiches", "primary", "git-merge")
        self.buttons.addStretch(1)
        self.add_button(self.cancel, self.reject)
        self.add_button(self.confirm, self.merge)

    def _look(self) -> None:
        desk, household = self.desk, self._household

        def read() -> tuple[tuple[MergeMember, ...], tuple[SamePerson, ...]]:
            with desk.file.reading() as connection:
                return service.people_of(connection, desk.who, household)

        self._known.ask(read)

    def _show_people(self, answer: tuple[tuple[MergeMember, ...], tuple[SamePerson, ...]]) -> None:
        people, likely = answer
        for choice in (self.kept, self.absorbed):
            for member in people:
                choice.add(member.id, member_words(member))
        if len(people) < 2:
            self.refusal.show_sentence(_ALONE, "warn")
            self.refusal.show()
            return
        kept, absorbed = (
            (likely[0].kept_id, likely[0].absorbed_id) if likely else (people[0].id, people[1].id)
        )
        self.why.setText(f"Pourquoi ces deux-là\u00a0: {likely[0].why}." if likely else "")
        self.why.setVisible(bool(likely))
        self.kept.choose(kept)
        self.absorbed.choose(absorbed)
        self._propose()
        self.absorbed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self) -> None:
        desk, household = self.desk, self._household
        kept, absorbed = self.kept.current_key(), self.absorbed.current_key()
        self._taken.clear()

        def read() -> PeopleMergeProposal:
            with desk.file.reading() as connection:
                day = today(desk.file.clock)
                return service.propose_people_merge(connection, desk.who, household, kept, absorbed, day)

        self._read.ask(read)

    def _show_proposal(self, proposal: PeopleMergeProposal) -> None:
        self.proposal = proposal
        self.refuse("")
        self.refusal.setVisible(proposal.refusal is not None)
        if proposal.refusal is not None:
            self.refusal.show_sentence(proposal.refusal, "danger")
        self.fields.show_fields(proposal.fields, frozenset())
        self.along.show_along(proposal.coming, ())
        self._show_step()

    def _take(self, key: tuple[str, str], on: bool) -> None:
        (self._taken.add if on else self._taken.discard)(key)

    def _show_step(self) -> None:
        known = self.proposal is not None
        for part in (self.fields, self.along):
            part.setVisible(known)
        self.turn.setEnabled(known)
        allowed = self.proposal is not None and self.proposal.refusal is None
        self.confirm.setEnabled(allowed and not self._merging)

    def _set_merging(self, merging: bool) -> None:
        self._merging = merging
        self.stack.setEnabled(not merging)
        self._show_step()

    def _refused(self, error: CaseworkerError) -> None:
        self._set_merging(False)
        self.refuse(error.sentence)

    def _merged(self, answer: tuple[PeopleMergeReport, Changes]) -> None:
        report, changes = answer
        desk, household, home = self.desk, self._household, self.parentWidget()
        self.accept()
        desk.changes.announce(changes)
        desk.navigator.confirm(
            f"Une seule fiche pour {report.name}",
            partial(desk.undo, home, lambda: desk.navigator.open("dossier", household)),
        )
