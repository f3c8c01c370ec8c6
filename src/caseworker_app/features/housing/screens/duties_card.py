"""What the occupant shows proof of: insurance, boiler, smoke detector; and the steps of a procedure."""

from __future__ import annotations

from caseworker_app.features.housing.domain.eviction import (
    EVICTION_KIND_LABELS,
    UNTIL_LABELS,
    EvictionStep,
    procedure,
)
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.occupant_duty import (
    DUTY_KIND_LABELS,
    DUTY_STATE_LABELS,
    DutyKind,
    DutyState,
)
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.screens import duty_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.features.housing.service import evictions
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label

NB = "\u00a0"
_TONES = {
    DutyState.UP_TO_DATE: ("ok", "circle-check"),
    DutyState.EXPIRED: ("danger", "alert-circle"),
    DutyState.NO_PROOF: ("warn", "clock"),
}
_ICONS = {
    DutyKind.HOME_INSURANCE: "shield-check",
    DutyKind.BOILER_SERVICE: "tools",
    DutyKind.SMOKE_DETECTOR: "bolt",
}


class DutiesCard(HousingCard):
    """One row a duty; Enter notes a proof."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Obligations de l’occupant")
        self._home: LeaseFile | None = None
        self.rows = RowList("Obligations de l’occupant", fit=True)
        self.rows.opened.connect(self.open)
        self.add_rows(self.rows)
        self.add_stretch()

    def show_home(self, home: ShownHome) -> None:
        """Show the duties of a lease."""
        self._home = home.file
        self.rows.set_rows([self._row(home.file, kind) for kind in DutyKind])

    def open(self, kind: str) -> None:
        """Ask for a proof."""
        if self._home is not None:
            self.form_asked.emit(duty_forms.duty_form(self.desk, self._home.lease, DutyKind(kind)))

    def _row(self, home: LeaseFile, kind: DutyKind) -> Row:
        state, proof = home.duty_state(kind, self.desk.today), home.latest_proofs().get(kind)
        tone, icon = _TONES[state]
        parts = []
        if proof is not None:
            until = f"valable jusqu’au {format_long_date(proof.valid_until)}" if proof.valid_until else ""
            parts = [until or f"reçu le {format_long_date(proof.proof_received_on)}", proof.note or ""]
        words = DUTY_KIND_LABELS[kind]
        mark = State(DUTY_STATE_LABELS[state].capitalize(), tone, icon)
        detail = " · ".join(" ".join(part.split()) for part in parts if part)
        return Row(kind.value, capital(words), detail, mark, _ICONS[kind])


class EvictionCard(HousingCard):
    """The procedure, if there is one: each step with the delay it opens."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Procédure d’expulsion")
        self._home: LeaseFile | None = None
        self.add_step = self.action("N&oter une étape", "plus")
        self.add_step.clicked.connect(self._new)
        self.truce = Banner("", "accent", "home")
        self.nothing = Label("Aucune procédure n’est connue.", 13, tone="muted", wrap=True)
        self.add(self.truce)
        self.add(self.nothing)
        self.rows = RowList("Étapes de la procédure d’expulsion", fit=True)
        self.rows.opened.connect(self.ask)
        self._steps = self.add_ruled(self.rows)
        self.add_stretch()

    def show_home(self, home: ShownHome) -> None:
        """Show the steps, the latest first."""
        self._home = home.file
        steps = sorted(home.file.eviction, key=lambda step: (step.happened_on, step.id), reverse=True)
        running = procedure(home.file.eviction)
        self.rows.set_rows([self._row(step, running=step in running) for step in steps])
        self._steps.setVisible(bool(steps))
        self.nothing.setVisible(not steps)
        self.truce.setVisible(bool(running) and home.truce_end is not None)
        if home.truce_end is not None:
            words = f"Trêve hivernale jusqu’au {format_long_date(home.truce_end)} (CPCE, art. L412-6)."
            self.truce.show_sentence(words, "accent", "home")

    def menu(self, step_id: str) -> Menu:
        """Return what can be done with a step."""
        menu = Menu(parent=self)
        menu.addAction("Corriger").triggered.connect(lambda: self._correct(step_id))
        menu.addAction("Retirer").triggered.connect(lambda: self._remove(step_id))
        return menu

    def ask(self, step_id: str) -> None:
        """Ask what is to be done with a step."""
        corner = self.rows.visualRect(self.rows.currentIndex()).bottomLeft()
        self.menu(step_id).popup(self.rows.viewport().mapToGlobal(corner))

    def _row(self, step: EvictionStep, *, running: bool) -> Row:
        words = EVICTION_KIND_LABELS[step.kind]
        mark = None
        if step.until is not None and running:
            late = step.until < self.desk.today
            told = f"{UNTIL_LABELS[step.kind]} {format_long_date(step.until)}"
            mark = State(capital(told), "muted" if late else "warn", "clock")
        detail = " ".join((step.note or "").split())
        when = format_long_date(step.happened_on)
        title = capital(words)
        return Row(step.id, title, detail, mark, "file-text", trailing=when, done=not running)

    def _step(self, step_id: str) -> EvictionStep | None:
        steps = self._home.eviction if self._home else ()
        return next((each for each in steps if each.id == step_id), None)

    def _new(self) -> None:
        if self._home is not None:
            self.form_asked.emit(duty_forms.eviction_form(self.desk, self._home.lease))

    def _correct(self, step_id: str) -> None:
        step = self._step(step_id)
        if self._home is not None and step is not None:
            self.form_asked.emit(duty_forms.eviction_form(self.desk, self._home.lease, step))

    def _remove(self, step_id: str) -> None:
        desk, step = self.desk, self._step(step_id)
        if step is not None:
            words = f"Étape retirée{NB}: {EVICTION_KIND_LABELS[step.kind]}"
            self.change_asked.emit(
                lambda: evictions.remove_eviction_step(desk.file, desk.who, step_id), words
            )
