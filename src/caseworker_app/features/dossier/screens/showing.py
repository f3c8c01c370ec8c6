"""Turns the words of the dossier's domain into the values the controls show."""

from __future__ import annotations

from caseworker_app.features.dossier.domain.figures import KeyFigure
from caseworker_app.features.dossier.domain.happening import Happening, Reach
from caseworker_app.features.dossier.domain.header import Fact
from caseworker_app.features.dossier.domain.next_steps import NextStep, StepKind
from caseworker_app.features.dossier.domain.overview import Sign, Tone
from caseworker_app.kernel.dates import SHORT_MONTHS, format_short_date
from caseworker_app.ui_kit.figures import Figure
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.states import INTERNAL, State
from caseworker_app.ui_kit.timeline import Event

SENT = State("Transmis", "accent", "share-3")
_PILLS = {Reach.INTERNAL: INTERNAL, Reach.SENT: SENT, Reach.PLAIN: None}
# What can be acted upon from the list of next steps; the rest is done on its own page.
ACTED_UPON = frozenset({StepKind.GOAL_STEP, StepKind.PROMISE, StepKind.APPOINTMENT})
_STEP_ICONS = {StepKind.APPOINTMENT: "calendar-event", StepKind.MEASURE_END: "flag"}


def state_of(sign: Sign) -> State:
    """Return a sign as a state."""
    return State(sign.words, sign.tone.value, sign.icon)


def detail_of(fact: Fact) -> str | State:
    """Return what stands under the answer of a fact."""
    return fact.detail if isinstance(fact.detail, str) else state_of(fact.detail)


def figure_of(key_figure: KeyFigure) -> Figure:
    """Return a key figure as a tile shows it."""
    return Figure(
        key_figure.label,
        key_figure.value,
        key_figure.unit,
        state_of(key_figure.sign) if key_figure.sign else None,
        key_figure.series,
        "bars" if key_figure.bars else "line",
        key_figure.tone.value,
    )


def row_of(step: NextStep) -> Row:
    """Return a next step as a row: a ring to do, a dashed one when it is near, an alert when it is late."""
    tone = step.sign.tone if step.sign else Tone.PLAIN
    if step.done:
        icon = "circle-check"
    elif tone is Tone.LATE:
        icon = "alert-circle"
    else:
        icon = _STEP_ICONS.get(step.kind, "circle-dashed" if tone is Tone.DUE else "circle")
    # The ring at the left already tells the state: the words need no second icon, but never colour alone.
    mark = State(step.sign.words, tone.value, "") if step.sign else None
    return Row(
        step.key,
        step.title,
        step.who,
        mark,
        icon,
        tone.value,
        chevron=step.kind in ACTED_UPON and not step.done,
        done=step.done,
    )


def event_of(happening: Happening, year: int) -> Event:
    """Return a happening as an event of the thread; the year replaces the day where it is not `year`."""
    return Event(
        happening.key,
        _day_words(happening, year),
        happening.title,
        happening.sentence,
        happening.icon,
        happening.tone.value,
        _PILLS[happening.reach],
    )


def _day_words(happening: Happening, year: int) -> str:
    if happening.month:
        name = SHORT_MONTHS[happening.day.month - 1]
        return name if happening.day.year == year else f"{happening.day:%m/%Y}"
    return format_short_date(happening.day) if happening.day.year == year else f"{happening.day:%d/%m/%y}"
