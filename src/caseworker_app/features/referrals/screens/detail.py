"""What stands beside the list: a referral, how far it went, what was asked and given, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.shown import (
    SENDER_ICONS,
    Action,
    Facts,
    Step,
    attempt_words,
    diagnosis_facts,
    given_facts,
    next_action,
    request_facts,
    steps_of,
)
from caseworker_app.features.referrals.domain.stages import STAGE_OF_ONE, STAGE_TONES, Stage
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band, Rule
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.fact_grid import FactGrid
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import INTERNAL, Pill, State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_STEP_ICONS = {
    "ok": "circle-check",
    "warn": "alert-circle",
    "danger": "alert-triangle",
    "accent": "circle-dashed",
    "muted": "circle",
}
_PROTECTED = State("Ménage protégé", "note", "shield-lock")
_NOT_YET = "Choisissez une demande pour la voir."


class ReferralDetail(QWidget):
    """A referral, or nothing. `asked(Action)`, `edit_asked()`, `dossier_asked()`, `answer_asked(with the decision)`,
    `attach_asked()`.
    """

    asked = Signal(object)
    edit_asked = Signal()
    dossier_asked = Signal()
    answer_asked = Signal(bool)
    attach_asked = Signal()

    def __init__(self, *, may_write: bool, may_note: bool, may_answer: bool = False) -> None:
        """Show nothing; a worker is offered what their role allows."""
        super().__init__()
        self.setAccessibleName("Demande")
        self.shown: ReferralFile | None = None
        self._may_write, self._may_note, self._may_answer = may_write, may_note, may_answer
        self.name = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.caption = Label("", 12, tone="muted", wrap=True)
        self.stage = Pill(State(""))
        self.protection = StateLabel(_PROTECTED)
        self.dossier = Button("Ouvrir le d&ossier", "quiet", "arrow-right", compact=True)
        self.edit = Button("&Modifier", "quiet", "pencil", compact=True)
        self.answer = Button("&Répondre…", "quiet", "mail", compact=True)
        self.answer.clicked.connect(self._choose_answer)
        self.attach = Button("&Joindre…", "quiet", "paperclip", compact=True)
        self.attach.clicked.connect(self.attach_asked)
        self.acts = {
            Action.CONTACT: Button("Noter un &contact", "secondary", "phone-call", compact=True),
            Action.DIAGNOSIS: Button("Dia&gnostic", "secondary", "list-check", compact=True),
            Action.DECIDE: Button("&Décider", "secondary", "check", compact=True),
            Action.OPEN: Button("Ou&vrir la mesure", "secondary", "flag", compact=True),
        }
        for action, button in self.acts.items():
            button.clicked.connect(lambda _on=False, action=action: self.asked.emit(action))
        self.edit.clicked.connect(self.edit_asked)
        self.dossier.clicked.connect(self.dossier_asked)
        self.wait = Label(_NOT_YET, 13, tone="muted", wrap=True)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.wait.setContentsMargins(16, px(48), 16, 0)
        self._body = ScrollBody(QWidget())
        see_through(self._body)
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what would stand here."""
        self.shown = None
        for part in (self._head, self._body, self._foot):
            part.hide()
        self.wait.show()

    def show_referral(self, file: ReferralFile, day: date) -> None:
        """Show a referral."""
        if self.shown == file:
            return
        of, household = file.referral, file.people.household
        self.shown = file
        stage = file.progress.stage
        self.name.setText(household.name)
        self.caption.setText(f"{of.body}\n{of.number}")
        self._mark.set_icon(SENDER_ICONS[of.sender], "accent")
        self.stage.set_state(State(STAGE_OF_ONE[stage], STAGE_TONES[stage]))
        self.protection.setVisible(household.protected)
        self._body.setWidget(self._content(file, day))
        self._show_acts(file)
        self.wait.hide()
        for part in (self._head, self._body, self._foot):
            part.show()

    def _show_acts(self, file: ReferralFile) -> None:
        """Offer what may be done, what comes first as the primary."""
        first, stage = next_action(file.progress), file.progress.stage
        opened = file.referral.measure_id is not None
        offered = {
            Action.CONTACT: self._may_note and not opened,
            Action.DIAGNOSIS: self._may_write and not opened,
            Action.DECIDE: self._may_write and not opened,
            Action.OPEN: self._may_write and stage in (Stage.TO_OPEN, Stage.TO_DECIDE, Stage.CONTACTED),
        }
        for action, button in self.acts.items():
            button.setVisible(
                offered[action] and not (opened or (stage is Stage.CLOSED and action is Action.OPEN))
            )
            button.set_kind("primary" if action is first else "secondary")
        self.edit.setVisible(self._may_write)
        self.answer.setVisible(self._may_answer)
        self.attach.setVisible(self._may_write)

    def answers(self) -> Menu:
        """Return the letters that may be written: that it came, and what was decided once it is."""
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Accuser réception").triggered.connect(lambda: self.answer_asked.emit(False))
        told = menu.addAction("Dire la décision")
        told.triggered.connect(lambda: self.answer_asked.emit(True))
        told.setEnabled(self.shown is not None and self.shown.referral.decision is not None)
        return menu

    def _choose_answer(self) -> None:
        self.answers().popup(self.answer.mapToGlobal(QPoint(0, self.answer.height())))

    def _content(self, file: ReferralFile, day: date) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, px(12), 4, px(12))
        column.setSpacing(px(4))
        for step in steps_of(file, day):
            column.addWidget(_step_line(step))
        _facts(column, "La demande", request_facts(file, day))
        _facts(column, "Ce qui est donné", given_facts(file), internal=True)
        _facts(column, "Le diagnostic conclut", diagnosis_facts(file), internal=True)
        _told(column, "Contacts et entretiens", (attempt_words(each) for each in reversed(file.attempts)))
        column.addStretch(1)
        return inner

    def _lay_out(self) -> None:
        self._mark = Mark("mail", 20, "accent")
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, px(14), 16, px(10))
        head.setSpacing(px(10))
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for part in (self.name, self.caption, self.protection):
            words.addWidget(part)
        head.addLayout(words, 1)
        head.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignTop)
        self._foot = Band("surface", top=True)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(12, px(8), 12, px(8))
        inside = QWidget()
        line = Flow(inside, gap=6)
        for button in (*self.acts.values(), self.answer, self.attach, self.edit, self.dossier):
            line.addWidget(button)
        foot.addWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(Rule())
        column.addWidget(self.wait)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        column.addWidget(self._foot)


def _step_line(step: Step) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, px(3), 0, px(3))
    line.setSpacing(px(10))
    line.addWidget(Mark(_STEP_ICONS[step.tone], 18, step.tone), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(step.title, 13, fonts.SEMI_BOLD))
    tone = step.tone if step.tone in ("warn", "danger") else "muted"
    words.addWidget(Label(step.words, 12, tone=tone, wrap=True))
    line.addLayout(words, 1)
    return box


def _facts(column: QVBoxLayout, title: str, facts: Facts, *, internal: bool = False) -> None:
    if not facts:
        return
    _title(column, title, internal=internal)
    grid = FactGrid()
    grid.show_facts([(label, f"{words[:1].upper()}{words[1:]}") for label, words in facts])
    column.addWidget(grid)


def _told(column: QVBoxLayout, title: str, lines: Iterable[tuple[str, str]]) -> None:
    told = list(lines)
    if not told:
        return
    _title(column, title, internal=True)
    for first, second in told:
        column.addWidget(Label(first, 13, fonts.MEDIUM, wrap=True))
        column.addWidget(Label(second, 12, tone="muted", wrap=True))
        column.addSpacing(px(4))


def _title(column: QVBoxLayout, title: str, *, internal: bool) -> None:
    column.addSpacing(px(8))
    column.addWidget(Rule())
    column.addSpacing(px(6))
    line = QHBoxLayout()
    line.addWidget(Label(title, 13, fonts.SEMI_BOLD), 1)
    if internal:
        line.addWidget(Pill(INTERNAL))
    column.addLayout(line)
