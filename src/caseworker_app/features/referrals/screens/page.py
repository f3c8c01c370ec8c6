"""The page « Demandes »: the list by stage, and beside it one of them or the form of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.listed import ReferralLine, ReferralListing, line_state
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
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.row_model import PAGE
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LIST, _NOBODY, _NOTHING, _SAYING = range(4)
_SIDE_WIDTH, _FORM_WIDTH, _LEAST = 400, 480, 200
_TABLES = (
    "referral",
    "referral_attempt",
    "referral_diagnosis",
    "attachment",
    "household",
    "agreement",
    "support_measure",
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What one reading brings: the listing, what forms offer, and which referral to stand on."""

    listing: ReferralListing
    choices: FormChoices
    wanted: str


class ReferralsPage(Page):
    """The page « referrals »; the subject of its route is the referral to stand on, its household one to receive."""

    def __init__(self, desk: ReferralsDesk) -> None:
        """Make the page, empty."""
        super().__init__()
        self.desk = desk
        self._may_import = desk.may_write and desk.who.may(Right.IMPORT_LISTS)
        self.head = ReferralsHead()
        self.list = RowList("Demandes")
        self.detail = ReferralDetail(
            may_write=desk.may_write,
            may_note=desk.who.may(Right.WRITE_DIARY),
            may_answer=desk.who.may(Right.TRANSMIT),
        )
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, "referrals")
        self.choices: FormChoices | None = None
        self._lines: tuple[ReferralLine, ...] = ()
        self.current = ""
        self._receive_for = ""
        self._reading = desk.tasks.latest(self._show, self._refuse, owner=self)
        self._opening = desk.tasks.latest(
            self._show_referral, lambda _error: self.detail.show_nothing(), owner=self
        )
        self._build()
        self._join()

    def enter(self, route: Route) -> None:
        """Show the list where it was left, standing on the referral the route names."""
        if route.subject:
            self.current = route.subject
            if self.head.narrowed:
                self.head.clear()
        self._receive_for = "" if route.subject else route.household
        self._ask(route.subject)

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def focus_first(self) -> None:
        """Begin by searching, or in the form that is open."""
        if self.place.form is not None:
            self.place.form.focus_first()
        elif self.bodies.currentIndex() == _NOBODY and self.nobody.button is not None:
            self.nobody.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.head.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read the list and the referral stood on again."""
        self._ask()

    def receive(self) -> None:
        """Open the form of a new referral."""
        if self.choices is not None:
            self.place.open(ReceptionForm(self.desk, self.choices))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share_side()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one walk through the list from the search."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._walk(step)
                return True
            if event.key() == Qt.Key.Key_Escape and self.head.search.text():
                self.head.search.clear()
                return True
        return False

    def _ask(self, wanted: str = "") -> None:
        desk, narrowed, day = self.desk, self.head.wanted(), self.desk.today

        def read() -> _Found:
            with desk.file.reading() as connection:
                found = service.list_referrals(connection, desk.who, narrowed, day)
                return _Found(found, service.form_choices(connection, desk.who, day), wanted)

        self._reading.ask(read)

    def _show(self, found: _Found) -> None:
        listing, self.choices = found.listing, found.choices
        self._lines = listing.lines
        filled = listing.in_all > 0
        self.head.show_workers(found.choices.workers)
        self.head.show_filled(filled=filled, may_write=self.desk.may_write, may_import=self._may_import)
        self.head.show_listing(listing)
        day = self.desk.today
        self.list.rows.start(len(self._lines), [_row(line, day) for line in self._lines[: 2 * PAGE]])
        self.bodies.setCurrentIndex(_LIST if self._lines else _NOTHING if filled else _NOBODY)
        self._share_side()
        places = {line.id: place for place, line in enumerate(self._lines)}
        place = places.get(found.wanted or self.current)
        if place is None and found.wanted:
            self._open(found.wanted)
        elif self._lines:
            self._stand_on(place or 0)
        else:
            self.current = ""
            self.detail.show_nothing()
        if self._receive_for:
            household, self._receive_for = self._receive_for, ""
            self._receive_of(household)

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

    def _stand_on(self, place: int) -> None:
        first = place // PAGE * PAGE
        self._fill(self.list.rows.generation, first, PAGE)
        self.list.setCurrentIndex(self.list.rows.index(place, 0))
        self._open(self._lines[place].id)

    def _walk(self, step: int) -> None:
        if self._lines:
            place = max(0, min(self.list.currentIndex().row() + step, len(self._lines) - 1))
            self._stand_on(place)

    def _fill(self, generation: int, first: int, count: int) -> None:
        day = self.desk.today
        rows = [_row(line, day) for line in self._lines[first : first + count]]
        self.list.rows.fill(generation, first, rows)

    def _open(self, referral_id: str) -> None:
        desk, day, self.current = self.desk, self.desk.today, referral_id

        def read() -> ReferralFile:
            with desk.file.reading() as connection:
                return service.open_referral(connection, desk.who, referral_id, day)

        self._opening.ask(read)

    def _show_referral(self, file: ReferralFile) -> None:
        if file.referral.id == self.current:
            self.detail.show_referral(file, self.desk.today)

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
        else:
            self.place.open(forms.measure_form(desk, file, choices))

    def _edit(self) -> None:
        if self.detail.shown is not None and self.choices is not None:
            self.place.open(ReceptionForm(self.desk, self.choices, self.detail.shown))

    def _open_dossier(self) -> None:
        if self.detail.shown is not None:
            self.desk.navigator.open("dossier", self.detail.shown.referral.household_id)

    def _written(self, form: SideForm, answer: Any) -> None:
        """Stand on a referral just received."""
        if form.key == NEW:
            self.current = answer[0].referral_id
            if self.head.narrowed:
                self.head.clear()

    def answer(self, tells_decision: bool) -> None:
        """Write the letter to whoever referred, where the person says, and enter it in the register."""
        desk, file = self.desk, self.detail.shown
        if file is None:
            return
        of = file.referral
        title = "Enregistrer la réponse et l’inscrire au registre"
        out = self._place(f"reponse-{of.number}.pdf", title, "Document PDF (*.pdf)")
        if out is None:
            return

        def done(made: tuple[str, Changes]) -> None:
            desk.changes.announce(made[1])
            desk.navigator.confirm(f"Réponse {made[0]} inscrite au registre et enregistrée")

        desk.tasks.run(lambda: desk.answer(desk.file, desk.who, of.id, out, tells_decision), done, owner=self)

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

    def _place(self, name: str, title: str, kind: str) -> Path | None:
        """Ask where a file goes; None when the person gives up."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(folder / name), kind)
        return Path(chosen).with_suffix(Path(name).suffix) if chosen else None

    def hand_sheet(self) -> None:
        """Write the blank sheet that is handed to those who refer households, where the person says."""
        desk = self.desk
        out = self._place("fiche-orientation.xlsx", "Enregistrer la fiche vierge", "Classeur (*.xlsx)")
        if out is None:
            return

        def write() -> Path:
            with desk.file.reading() as connection:
                return service.write_blank_sheet(connection, desk.who, out, desk.today)

        desk.tasks.read(
            write, lambda made: desk.navigator.confirm(f"Fiche enregistrée\u00a0: {made.name}"), owner=self
        )

    def _refuse(self, error: CaseworkerError) -> None:
        self.head.show_filled(filled=False, may_write=False, may_import=False)
        self.said.setText(error.sentence)
        self.bodies.setCurrentIndex(_SAYING)

    def _concerned(self, changes: Changes) -> bool:
        return any(changes.concerns(table=table) for table in _TABLES)

    def _show_form(self, opened: bool) -> None:
        self.sides.setCurrentIndex(1 if opened else 0)
        self._share_side()

    def _share_side(self) -> None:
        """Give the side its width, never more than half of the page; nothing stands beside an empty list."""
        opened = self.place.form is not None
        self.side.setVisible(opened or bool(self._lines))
        self.side.setFixedWidth(min(px(_FORM_WIDTH if opened else _SIDE_WIDTH), self.width() * 52 // 100))

    def _join(self) -> None:
        head, detail = self.head, self.detail
        head.sought.connect(self._ask)
        head.adding.clicked.connect(self.receive)
        head.sheet.clicked.connect(self.hand_sheet)
        head.search.installEventFilter(self)
        for button in (head.importing, self.import_first):
            button.clicked.connect(lambda: self.desk.navigator.open("import"))
        self.list.rows.page_wanted.connect(self._fill)
        self.list.stood_on.connect(self._open)
        detail.asked.connect(self._act)
        detail.edit_asked.connect(self._edit)
        detail.dossier_asked.connect(self._open_dossier)
        detail.answer_asked.connect(self.answer)
        detail.attach_asked.connect(self.attach)
        self.place.shown.connect(self._show_form)
        self.place.written.connect(self._written)
        self.desk.changes.listen(self, self._concerned, self.read_again)

    def _build(self) -> None:
        self.side = QWidget()
        self.side.setFixedWidth(px(_SIDE_WIDTH))
        self.sides = QStackedWidget()
        self.sides.addWidget(self.detail)
        self.sides.addWidget(self.place)
        inside = QHBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(Rule(vertical=True))
        inside.addWidget(self.sides, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._bodies(), 1)
        below.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(below, 1)
        self.side.hide()

    def _bodies(self) -> QStackedWidget:
        may = self.desk.may_write
        self.nobody = EmptyState(
            "mail", "Aucune demande",
            "Notez ici les demandes des bailleurs, du SIAO, des services sociaux ou des personnes\u00a0: "
            "du premier contact à la décision, les délais sont suivis.",
            "&Nouvelle demande" if may else "", "plus",
        )  # fmt: skip
        self.import_first = Button("&Importer une liste…", "secondary", "file-import")
        inside = self.nobody.layout()
        if isinstance(inside, QVBoxLayout):
            inside.insertWidget(inside.count() - 1, self.import_first, 0, Qt.AlignmentFlag.AlignHCenter)
        self.import_first.setVisible(self._may_import)
        self.nothing = EmptyState(
            "search", "Aucune demande ne correspond", "Choisissez une autre étape, ou retirez un filtre.",
            "&Tout effacer", "x",
        )  # fmt: skip
        if self.nobody.button is not None:
            self.nobody.button.clicked.connect(self.receive)
        if self.nothing.button is not None:
            self.nothing.button.set_kind("secondary")
            self.nothing.button.clicked.connect(self.head.clear)
        self.said = Label("", 13, tone="muted", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bodies = QStackedWidget()
        # The sentence of an empty list is wide, and never stands beside a referral.
        self.bodies.setMinimumWidth(px(_LEAST))
        for body in (self.list, self.nobody, self.nothing, self.said):
            self.bodies.addWidget(body)
        self.bodies.setCurrentIndex(_SAYING)
        return self.bodies


def _row(line: ReferralLine, day: Any) -> Row:
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
