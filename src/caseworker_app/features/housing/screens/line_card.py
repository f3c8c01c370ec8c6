"""The lease as a line of stages, from the association's lease to one in the household's name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from caseworker_app.features.housing.domain.lease_line import (
    LeaseLine,
    Stage,
    StageState,
    lease_line,
    notice_words,
)
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.ui_kit.stage_timeline import StageTimeline
from caseworker_app.ui_kit.stage_times import Milestone, Span, Times
from caseworker_app.ui_kit.states import Pill, State

_ICONS = {"head_lease": "file-certificate", "lease": "key", "agreement": "users-group"}
_STATES = {
    StageState.DONE: ("circle-check", "ok"),
    StageState.RECEIVED: ("file-text", "warn"),
    StageState.PREPARED: ("circle-dashed", "accent"),
    StageState.DUE: ("alert-triangle", "warn"),
    StageState.LATE: ("alert-circle", "danger"),
    StageState.TO_COME: ("circle", "muted"),
}


class LineCard(HousingCard):
    """The card. `stage_opened(key)` when a stage is chosen."""

    stage_opened = Signal(str)

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Le bail dans le temps")
        self.pill = Pill(State(""))
        self.add_action(self.pill)
        self.times = StageTimeline("Étapes du bail")
        self.times.opened.connect(self.stage_opened)
        self.add(self.times)
        self.shown: LeaseLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_home(self, home: ShownHome) -> None:
        """Show the line of a lease."""
        line = self.shown = lease_line(home.file, self.desk.today, home.application_due)
        self.retitle(line.title)
        notice = line.notice
        self.pill.setVisible(notice is not None)
        if notice is not None:
            self.pill.set_state(_notice_state(notice, line))
        spans = [
            Span(c.key, _ICONS.get(c.key, "file-text"), c.name, c.words, c.start, c.end, c.signed)
            for c in line.contracts
        ]
        stages = [Milestone(s.key, s.day, s.title, s.words, *_look(s)) for s in line.stages]
        self.times.show_times(Times(line.first, line.last, line.day, spans, stages, line.shaded))


def _look(stage: Stage) -> tuple[str, str]:
    icon, tone = _STATES[stage.state]
    return ("key", "muted") if stage.key == "transfer" else (icon, tone)


def _notice_state(stage: Stage, line: LeaseLine) -> State:
    late = stage.state is StageState.LATE
    return State(notice_words(stage, line.day), "danger" if late else "warn")
