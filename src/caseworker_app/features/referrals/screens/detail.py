"""What stands beside the list: a referral, how far it went, what was asked and given, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.side_detail import SideDetail, add_facts, add_title, new_body
from caseworker_app.ui_kit.states import Pill, State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_STEP_ICONS = {
    "ok": "circle-check",
    "warn": "alert-circle",
    "danger": "alert-triangle",
    "accent": "circle-dashed",
    "muted": "circle",
}
# A veille, or a measure, may be opened from here: the referral is accepted by it.
_OPENS = (Stage.TO_OPEN, Stage.TO_DECIDE, Stage.CONTACTED)
_PROTECTED = State("Ménage protégé", "note", "shield-lock")


class ReferralDetail(SideDetail):
    """A referral, or nothing. `asked(Action)`, `edit_asked()`, `dossier_asked()`, `answer_asked(with the decision)`,
    `attach_asked()`, `paper_asked()` for its diagnosis on paper.
    """

    shown: ReferralFile | None
    asked = Signal(object)
    edit_asked = Signal()
    dossier_asked = Signal()
    answer_asked = Signal(bool)
    attach_asked = Signal()
    paper_asked = Signal()

    def __init__(
        self, today: Callable[[], date], *, may_write: bool, may_note: bool, may_answer: bool = False,
        may_print: bool = False,
    ) -> None:  # fmt: skip
        """Show nothing; delays count to that day, and a worker is offered what their role allows."""
        super().__init__("Demande", "mail", "Choisissez une demande pour la voir.")
        self._today = today
        self._may_write, self._may_note = may_write, may_note
        self._may_answer, self._may_print = may_answer, may_print
        self.stage = Pill(State(""))
        self.protection = StateLabel(_PROTECTED)
        self.dossier = Button("Ouvrir le d&ossier", "quiet", "arrow-right", compact=True)
        self.edit = Button("&Modifier", "quiet", "pencil", compact=True)
        self.answer = Button("&Répondre…", "quiet", "mail", compact=True)
        self.attach = Button("&Joindre…", "quiet", "paperclip", compact=True)
        self.paper = Button("Im&primer le diagnostic…", "quiet", "printer", compact=True)
        self.acts = {
            Action.CONTACT: Button("Noter un &contact", "secondary", "phone-call", compact=True),
            Action.DIAGNOSIS: Button("Dia&gnostic", "secondary", "list-check", compact=True),
            Action.DECIDE: Button("&Décider", "secondary", "check", compact=True),
            Action.OPEN: Button("Ou&vrir la mesure", "secondary", "flag", compact=True),
            Action.WATCH: Button("Ouvrir une v&eille", "secondary", "phone-call", compact=True),
        }
        self._join()
        buttons = (*self.acts.values(), self.answer, self.paper, self.attach, self.edit, self.dossier)
        self.lay_out(*buttons, under=self.protection, right=self.stage)

    def show_head(self, one: ReferralFile) -> bool:
        """Name the household and who asks, say how far it went."""
        of, household, stage = one.referral, one.people.household, one.progress.stage
        self.name.setText(household.name)
        self.caption.setText(f"{of.body}\n{of.number}")
        self.mark.set_icon(SENDER_ICONS[of.sender], "accent")
        self.stage.set_state(State(STAGE_OF_ONE[stage], STAGE_TONES[stage]))
        self.protection.setVisible(household.protected)
        self._show_acts(one)
        return True

    def body_of(self, one: ReferralFile) -> QWidget:
        """Return how far it went, what was asked, given and concluded, and the contacts."""
        inner, column = new_body(4)
        for step in steps_of(one, self._today()):
            column.addWidget(_step_line(step))
        _facts(column, "La demande", request_facts(one, self._today()))
        _facts(column, "Ce qui est donné", given_facts(one), internal=True)
        _facts(column, "Le diagnostic conclut", diagnosis_facts(one), internal=True)
        _told(column, "Contacts et entretiens", (attempt_words(each) for each in reversed(one.attempts)))
        column.addStretch(1)
        return inner

    def _join(self) -> None:
        for action, button in self.acts.items():
            button.clicked.connect(lambda _on=False, action=action: self.asked.emit(action))
        self.answer.clicked.connect(self._choose_answer)
        self.attach.clicked.connect(self.attach_asked)
        self.paper.clicked.connect(self.paper_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.dossier.clicked.connect(self.dossier_asked)

    def _show_acts(self, file: ReferralFile) -> None:
        """Offer what may be done, what comes first as the primary."""
        first, stage = next_action(file.progress, file.referral.product), file.progress.stage
        opened = file.referral.opened
        opens = self._may_write and not opened and stage in _OPENS
        offered = {
            Action.CONTACT: self._may_note and not opened,
            Action.DIAGNOSIS: self._may_write and not opened,
            Action.DECIDE: self._may_write and not opened,
            Action.OPEN: opens,
            Action.WATCH: opens,
        }
        for action, button in self.acts.items():
            button.setVisible(offered[action])
            button.set_kind("primary" if action is first else "secondary")
        self.edit.setVisible(self._may_write)
        self.answer.setVisible(self._may_answer)
        self.attach.setVisible(self._may_write)
        self.paper.setVisible(self._may_print and file.diagnosis is not None)

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
    add_title(column, title, internal=internal)
    add_facts(column, facts)


def _told(column: QVBoxLayout, title: str, lines: Iterable[tuple[str, str]]) -> None:
    told = list(lines)
    if not told:
        return
    add_title(column, title, internal=True)
    for first, second in told:
        column.addWidget(Label(first, 13, fonts.MEDIUM, wrap=True))
        column.addWidget(Label(second, 12, tone="muted", wrap=True))
        column.addSpacing(px(4))
