"""Making this household's file one with another: the other file, both side by side, one click, undone in one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.candidates import MergeCandidate
from caseworker_app.features.dossier.domain.merging import MergeChoices, MergeProposal, MergeReport
from caseworker_app.features.dossier.screens.merge_dialog_search import CandidateSearch
from caseworker_app.features.dossier.screens.merge_dialog_sides import Along, Fields, People, Sides
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk, WorkDialog
from caseworker_app.features.households.domain import Relation
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.messages import Banner

_TITLE = "Fusionner avec un autre dossier"
_FIRST = (
    "Deux dossiers d’un même ménage n’en font plus qu’un. Rien n’est perdu, et un clic suffit pour revenir."
)
_THEN = "Relisez ce qui diffère\u00a0: la valeur non retenue reste en note, les longs textes sont gardés tous deux."


class MergeDialog(WorkDialog):
    """Over the dossier of a household; closes once merged, and stays open with a sentence when refused."""

    def __init__(self, desk: JoiningDesk, household: str, parent: QWidget | None = None) -> None:
        """Begin with the probable duplicates of a household."""
        super().__init__(_TITLE, _FIRST, parent)
        self.desk, self._origin = desk, household
        self.kept, self.absorbed = household, ""
        self.proposal: MergeProposal | None = None
        self._same: Mapping[str, str] | None = None
        self._taken: set[tuple[str, str]] = set()
        self._relations: dict[str, Relation] = {}
        self._merging = False
        self.search = CandidateSearch()
        self.sides, self.people, self.fields, self.along = Sides(), People(), Fields(), Along()
        self.refusal = Banner("", "danger")
        self.stack.addWidget(self.search)
        self._page = self.add_page(self.refusal, self.sides, self.people, self.fields, self.along)
        self._make_buttons()
        self._found = desk.tasks.latest(self._show_found, self._refused, owner=self)
        self._read = desk.tasks.latest(self._show_proposal, self._refused, owner=self)
        self._join()
        self._show_step()
        self._look_for("")

    def choose(self, household: str) -> None:
        """Put another household beside this one."""
        self.kept, self.absorbed = self._origin, household
        self._forget_choices()
        self._propose()

    def swap(self) -> None:
        """Keep the other file."""
        self.kept, self.absorbed = self.absorbed, self.kept
        same = self._same
        self._forget_choices()
        self._same = {kept: absorbed for absorbed, kept in same.items()} if same is not None else None
        self._propose()

    def merge(self) -> None:
        """Make both one."""
        if self.proposal is None or self.proposal.refusal is not None or self._merging:
            return
        desk, kept, absorbed, choices = self.desk, self.kept, self.absorbed, self.choices()
        self._set_merging(True)
        desk.tasks.run(
            lambda: service.merge_households(desk.file, desk.who, kept, absorbed, choices, desk.drafts),
            self._merged, self._refused, owner=self, words="Réunion des dossiers",
        )  # fmt: skip

    def choices(self) -> MergeChoices:
        """Return what is chosen."""
        known = {each.key for each in self.proposal.fields} if self.proposal else set()
        return MergeChoices(self.people.pairs(), frozenset(self._taken & known), self.people.told())

    def _make_buttons(self) -> None:
        self.back = Button("Cho&isir un autre dossier", "quiet", "arrow-left")
        self.cancel = Button("A&nnuler", "secondary")
        self.confirm = Button("&Réunir les deux dossiers", "primary", "git-merge")
        self.add_button(self.back, self._go_back)
        self.buttons.addStretch(1)
        self.add_button(self.cancel, self.reject)
        self.add_button(self.confirm, self.merge)

    def _join(self) -> None:
        self.search.asked.connect(self._look_for)
        self.search.chosen.connect(self.choose)
        self.sides.swapped.connect(self.swap)
        self.people.paired.connect(self._pair)
        self.people.related.connect(self._relations.update)
        self.fields.chose.connect(self._take)

    def _look_for(self, words: str) -> None:
        desk, household = self.desk, self._origin

        def read() -> tuple[str, tuple[MergeCandidate, ...]]:
            with desk.file.reading() as connection:
                day = today(desk.file.clock)
                return words, service.merge_candidates(connection, desk.who, household, words, day)

        self._found.ask(read)

    def _show_found(self, answer: tuple[str, tuple[MergeCandidate, ...]]) -> None:
        self.refuse("")
        self.search.show_candidates(*answer)

    def _propose(self) -> None:
        desk, kept, absorbed, same = self.desk, self.kept, self.absorbed, self._same

        def read() -> MergeProposal:
            with desk.file.reading() as connection:
                day = today(desk.file.clock)
                return service.propose_merge(connection, desk.who, kept, absorbed, day, same)

        self._read.ask(read)

    def _show_proposal(self, proposal: MergeProposal) -> None:
        first = self.proposal is None
        self.proposal = proposal
        self.refuse("")
        self.refusal.setVisible(proposal.refusal is not None)
        if proposal.refusal is not None:
            self.refusal.show_sentence(proposal.refusal, "danger")
        self.sides.show_sides(proposal.kept, proposal.absorbed)
        self.people.show_people(proposal, self._relations)
        self.fields.show_fields(proposal.fields, frozenset(self._taken))
        self.along.show_along(proposal.coming, proposal.to_review)
        self._show_step()
        if first:
            self._page.verticalScrollBar().setValue(0)
            (self.confirm if proposal.refusal is None else self.sides.swap).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _pair(self, pairs: dict[str, str]) -> None:
        self._same = pairs
        self._propose()

    def _take(self, key: tuple[str, str], on: bool) -> None:
        (self._taken.add if on else self._taken.discard)(key)

    def _go_back(self) -> None:
        self.proposal = None
        self._read.forget()
        self.refuse("")
        self._show_step()
        self.search.focus_first()

    def _show_step(self) -> None:
        beside = self.proposal is not None
        self.stack.setCurrentIndex(1 if beside else 0)
        self.sentence.setText(_THEN if beside else _FIRST)
        for button in (self.back, self.confirm):
            button.setVisible(beside)
        allowed = self.proposal is not None and self.proposal.refusal is None
        self.confirm.setEnabled(allowed and not self._merging)

    def _set_merging(self, merging: bool) -> None:
        self._merging = merging
        self.stack.setEnabled(not merging)
        self._show_step()

    def _forget_choices(self) -> None:
        self._same = None
        self._taken.clear()
        self._relations.clear()

    def _refused(self, error: CaseworkerError) -> None:
        self._set_merging(False)
        self.refuse(error.sentence)

    def _merged(self, answer: tuple[MergeReport, Changes]) -> None:
        report, changes = answer
        desk, origin = self.desk, self._origin
        self.accept()
        # First the file that stays: the other is no longer there to be read again.
        desk.navigator.open("dossier", report.kept_id)
        desk.changes.announce(changes)
        words = f"{report.name} réunit aussi le dossier n°\u00a0{report.former_reference}"
        home = self.parentWidget()
        desk.navigator.confirm(
            words, partial(desk.undo, home, lambda: desk.navigator.open("dossier", origin))
        )
