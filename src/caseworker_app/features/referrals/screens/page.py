"""The page « Demandes »: the list by stage, and beside it one of them or the form of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.listed import ReferralLine, line_state
from caseworker_app.features.referrals.domain.referral import Urgency
from caseworker_app.features.referrals.domain.shown import SENDER_ICONS, Action
from caseworker_app.features.referrals.domain.stages import STAGE_OF_ONE, STAGE_TONES, Stage
from caseworker_app.features.referrals.screens import forms
from caseworker_app.features.referrals.screens.desk import ReferralsDesk
from caseworker_app.features.referrals.screens.detail import ReferralDetail
from caseworker_app.features.referrals.screens.head import ReferralsHead
from caseworker_app.features.referrals.screens.reception_form import NEW, ReceptionForm
from caseworker_app.features.referrals.service.reading import FormChoices
from caseworker_app.features.team.domain import Right
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.searched_page import Listed, SearchedPage, SearchedWords
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.states import State

_WORDS = SearchedWords(
    "referrals", "Demandes", "mail", "Aucune demande",
    "Notez ici les demandes des bailleurs, du SIAO, des services sociaux ou des personnes\u00a0: "
    "du premier contact à la décision, les délais sont suivis.",
    "&Nouvelle demande", "&Importer une liste…",
    "Aucune demande ne correspond", "Choisissez une autre étape, ou retirez un filtre.",
)  # fmt: skip


class ReferralsPage(SearchedPage):
    """The page « referrals »; the subject of its route is the referral to stand on, its household one to receive."""

    TABLES = (
        "referral", "referral_attempt", "referral_diagnosis", "attachment", "household", "agreement", "support_measure",
    )  # fmt: skip
    desk: ReferralsDesk
    head: ReferralsHead
    detail: ReferralDetail

    def __init__(self, desk: ReferralsDesk) -> None:
        """Make the page, empty."""
        detail = ReferralDetail(
            lambda: desk.today, may_write=desk.may_write, may_note=desk.who.may(Right.WRITE_DIARY),
            may_answer=desk.who.may(Right.TRANSMIT), may_print=desk.who.may(Right.PRINT),
        )  # fmt: skip
        super().__init__(
            desk, ReferralsHead(), detail, _WORDS, may_add=desk.may_write,
            may_import=desk.may_write and desk.who.may(Right.IMPORT_LISTS),
        )  # fmt: skip
        self.choices: FormChoices | None = None
        self._receive_for = ""
        self.head.sheet.clicked.connect(self.hand_sheet)
        detail.asked.connect(self._act)
        detail.edit_asked.connect(self._edit)
        detail.dossier_asked.connect(self._open_dossier)
        detail.answer_asked.connect(self.answer)
        detail.attach_asked.connect(self.attach)
        detail.paper_asked.connect(self.open_diagnosis)

    def enter(self, route: Route) -> None:
        """Show the list where it was left, standing on the referral the route names."""
        self._receive_for = "" if route.subject else route.household
        super().enter(route)

    def list_work(self) -> Callable[[], Listed]:
        """Return the reading of the referrals asked for, with what forms offer."""
        desk, narrowed, day = self.desk, self.head.wanted(), self.desk.today

        def read() -> Listed:
            with desk.file.reading() as connection:
                found = service.list_referrals(connection, desk.who, narrowed, day)
                choices = service.form_choices(connection, desk.who, day)
            return Listed(found.lines, found.in_all, (found, choices))

        return read

    def open_work(self, key: str) -> Callable[[], ReferralFile]:
        """Return the reading of a referral."""
        desk, day = self.desk, self.desk.today

        def read() -> ReferralFile:
            with desk.file.reading() as connection:
                return service.open_referral(connection, desk.who, key, day)

        return read

    def key_of(self, opened: ReferralFile) -> str:
        """Return the id of a referral."""
        return opened.referral.id

    def row_of(self, line: ReferralLine) -> Row:
        """Return the row of a referral, what presses first."""
        return _row(line, self.desk.today)

    def show_told(self, listed: Listed) -> None:
        """Show the counts and the team; open the form of the household one came for."""
        listing, self.choices = listed.told
        self.head.show_workers(listed.told[1].workers)
        self.head.show_listing(listing)
        if self._receive_for:
            household, self._receive_for = self._receive_for, ""
            self._receive_of(household)

    def begin_new(self) -> None:
        """Open the form of a new referral."""
        if self.choices is not None:
            self.place.open(ReceptionForm(self.desk, self.choices))

    def key_added(self, form: SideForm, answer: Any) -> str:
        """Return the id of a referral just received."""
        return str(answer[0].referral_id) if form.key == NEW else ""

    def _written(self, form: SideForm, answer: Any) -> None:
        super()._written(form, answer)
        if self.detail.shown is not None and form.key == forms.measure_key(self.detail.shown):
            # The referral is over; what follows (contract, goals, first visit) is in the file of the household.
            self.desk.navigator.open("dossier", self.detail.shown.referral.household_id, tab="measure")

    def _receive_of(self, household: str) -> None:
        """Open the form of a new referral of a household already followed."""
        desk, choices = self.desk, self.choices

        def read() -> str:
            with desk.file.reading() as connection:
                return service.household_name(connection, desk.who, household)

        def show(name: str) -> None:
            if choices is not None:
                self.place.open(ReceptionForm(desk, choices, household=(household, name)))

        desk.tasks.read(read, show, owner=self)

    def _act(self, action: Action) -> None:
        file, choices, desk = self.detail.shown, self.choices, self.desk
        if file is None or choices is None:
            return
        if action is Action.CONTACT:
            self.place.open(forms.attempt_form(desk, file))
        elif action is Action.DIAGNOSIS:
            self.place.open(forms.diagnosis_form(desk, file, choices))
        elif action is Action.DECIDE:
            self.place.open(forms.decision_form(desk, file))
        elif action is Action.WATCH:
            # Its room lies above this one: its page opens the form.
            desk.navigator.open("veille", file.referral.household_id, f"referral:{file.referral.id}")
        else:
            self.place.open(forms.measure_form(desk, file, choices))

    def _edit(self) -> None:
        if self.detail.shown is not None and self.choices is not None:
            self.place.open(ReceptionForm(self.desk, self.choices, self.detail.shown))

    def _open_dossier(self) -> None:
        if self.detail.shown is not None:
            self.desk.navigator.open("dossier", self.detail.shown.referral.household_id)

    def answer(self, tells_decision: bool) -> None:
        """Show the letter to whoever referred before it leaves, which a room above this one prepares."""
        if self.detail.shown is not None:
            of = self.detail.shown.referral
            told = ":decision" if tells_decision else ""
            self.desk.navigator.open("letter", of.household_id, f"reponse-demande:{of.id}{told}")

    def open_diagnosis(self) -> None:
        """Show the diagnosis as it prints, which a room above this one prepares."""
        if self.detail.shown is not None:
            of = self.detail.shown.referral
            self.desk.navigator.open("paper", of.household_id, f"diagnostic:{of.id}")

    def attach(self) -> None:
        """Add the files received with the referral one stands on to its household's pieces."""
        desk, file = self.desk, self.detail.shown
        chosen, _ = QFileDialog.getOpenFileNames(self, "Pièces reçues avec cette demande")
        if file is None or not chosen:
            return
        key, paths = file.referral.id, [Path(each) for each in chosen]
        words = "Pièce jointe" if len(paths) == 1 else "Pièces jointes"
        desk.tasks.run(
            lambda: service.attach_files(desk.file, desk.who, key, paths),
            lambda made: desk.done(made[1], words),
            owner=self,
        )

    def hand_sheet(self) -> None:
        """Write the blank sheet that is handed to those who refer households, where the person says."""
        desk = self.desk
        out = ask_place(self, "Enregistrer la fiche vierge", "fiche-orientation.xlsx", "Classeur (*.xlsx)")
        if out is None:
            return

        def write() -> Path:
            with desk.file.reading() as connection:
                return service.write_blank_sheet(connection, desk.who, out, desk.today)

        desk.tasks.read(
            write, lambda made: desk.navigator.confirm(f"Fiche enregistrée\u00a0: {made.name}"), owner=self
        )


def _row(line: ReferralLine, day: date) -> Row:
    words, tone = line_state(line, day)
    mark = State(words, tone) if words and tone in ("warn", "danger") else None
    row = Row(
        line.id, line.household, line.detail, mark, SENDER_ICONS[line.sender], chevron=False,
        pill=State(STAGE_OF_ONE[line.stage], STAGE_TONES[line.stage]), done=line.stage is Stage.CLOSED,
    )  # fmt: skip
    if line.protected:
        return replace(row, icon="shield-lock", icon_tone="note", detail=f"Ménage protégé · {line.detail}")
    if line.urgency is Urgency.URGENT and line.stage is not Stage.CLOSED:
        return replace(row, icon="alert-triangle", icon_tone="danger", detail=f"Urgente · {line.detail}")
    return row
