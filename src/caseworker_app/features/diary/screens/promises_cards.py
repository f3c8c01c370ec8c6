"""What was promised and where it stands, and what is promised today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.visit import (
    PROMISE_STATE_LABELS,
    NewPromise,
    NewReview,
    Promise,
    PromiseState,
)
from caseworker_app.features.diary.domain.visit_sheet import VisitMaterial, due_words, promises_title
from caseworker_app.features.goals.domain.goal import ACTOR_LABELS, Actor, actor_text
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

_SETTLED = (PromiseState.KEPT, PromiseState.PARTLY, PromiseState.WAITING, PromiseState.DROPPED)


class PromiseLine(QWidget):
    """An earlier promise and what became of it."""

    edited = Signal()

    def __init__(self, promise: Promise, day: date) -> None:
        """Show a promise as it stands on a day, not looked at yet."""
        super().__init__()
        self.promise = promise
        standing = promise.state_on(day)
        self.state = Choice(PROMISE_STATE_LABELS[standing].capitalize(), height=28)
        self.state.setFixedWidth(px(124))
        self.state.setAccessibleName(f"Où en est-on\u00a0: {promise.text}")
        for state in _SETTLED:
            self.state.add(state.value, PROMISE_STATE_LABELS[state].capitalize())
        self.state.activated.connect(lambda _index: self.edited.emit())
        who = actor_text(promise.actor, promise.actor_name)
        due = due_words(promise, day)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(promise.text, 13, wrap=True))
        if standing is PromiseState.LATE:
            late = QHBoxLayout()
            late.addWidget(StateLabel(State(f"{who} · {due}", "danger", "clock")))
            late.addStretch(1)
            words.addLayout(late)
        else:
            words.addWidget(ElidedLabel(" · ".join(p for p in (who, due) if p), 12, tone="muted"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addLayout(words, 1)
        line.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)

    def show_review(self, review: NewReview | None) -> None:
        """Show what was found."""
        self.state.setCurrentIndex(self.state.findData(review.state.value) if review else -1)

    def review(self) -> NewReview | None:
        """Return what was found, None while nothing is chosen."""
        key = self.state.current_key()
        return NewReview(self.promise.id, PromiseState(key)) if key else None


class PromisesCard(Card):
    """« Promis le 27 octobre »; not shown when nothing is waited for."""

    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Promis auparavant")
        self.lines: list[PromiseLine] = []

    def show_promises(self, material: VisitMaterial, reviews: tuple[NewReview, ...]) -> None:
        """Show what is waited for, with what was already found."""
        for line in self.lines:
            line.hide()
            self.body.removeWidget(line)
            line.deleteLater()
        self.lines = []
        found = {each.promise_id: each for each in reviews}
        self.title.setText(promises_title(material))
        self.setAccessibleName(self.title.text())
        for promise in material.promises:
            line = PromiseLine(promise, material.day)
            line.show_review(found.get(promise.id))
            line.edited.connect(self._changed)
            self.lines.append(line)
            self.add(line)
        self.setVisible(bool(self.lines))
        self._count()

    def reviews(self) -> tuple[NewReview, ...]:
        """Return what was found of each, those looked at."""
        return tuple(each for line in self.lines if (each := line.review()) is not None)

    def _changed(self) -> None:
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        kept = sum(each.state is PromiseState.KEPT for each in self.reviews())
        words = "tenue" if kept < 2 else "tenues"
        self.remark.setText(f"{kept} {words} sur {len(self.lines)}" if self.lines else "")


class NewPromiseLine(QWidget):
    """Something promised today: what, who, for when."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, promise: NewPromise) -> None:
        """Show a promise."""
        super().__init__()
        self._state = promise.state
        self._actor_name = promise.actor_name
        self.text = Entry("Ce qui est convenu", height=28)
        self.text.setText(promise.text)
        self.text.setAccessibleName("Ce qui est convenu")
        self.actor = Choice(height=28)
        self.actor.setAccessibleName("Qui s’en charge")
        for actor in Actor:
            self.actor.add(actor.value, ACTOR_LABELS[actor].capitalize())
        self.actor.choose(promise.actor.value)
        self.due = Entry("pour le\u2026", height=28, tabular=True)
        self.due.setAccessibleName("Pour quelle date")
        self.due.setText(format_date(promise.due_on) if promise.due_on else "")
        self.shareable = Check("Proposable au bailleur")
        self.shareable.setChecked(promise.shareable)
        self._lay_out()
        self.actor.activated.connect(lambda _index: self.edited.emit())
        self.shareable.clicked.connect(lambda _on: self.edited.emit())
        self.text.textEdited.connect(self.edited)
        self.due.textEdited.connect(self._due_typed)

    def read(self, near: date, *, strict: bool) -> NewPromise:
        """Return the promise. Raises InvalidEntry when `strict` and its date cannot be read."""
        due = None
        try:
            due = parse_day(self.due.text(), near, "promises") if self.due.text().strip() else None
        except InvalidEntry:
            if strict:
                self.due.set_refused(True)
                raise
        actor = Actor(self.actor.current_key())
        return NewPromise(
            " ".join(self.text.text().split()),
            actor,
            self._actor_name,
            due,
            self.shareable.isChecked(),
            self._state,
        )

    def _due_typed(self) -> None:
        self.due.set_refused(False)
        self.edited.emit()

    def _lay_out(self) -> None:
        remove = IconButton("x", "Retirer ce qui est convenu", size=28, icon_size=14)
        remove.clicked.connect(lambda: self.removed.emit(self))
        top = QHBoxLayout()
        top.setSpacing(px(4))
        top.addWidget(self.text, 1)
        top.addWidget(remove)
        below = QHBoxLayout()
        below.setSpacing(px(8))
        below.setContentsMargins(0, 0, px(32), 0)
        below.addWidget(self.actor, 1)
        self.due.setFixedWidth(px(104))
        below.addWidget(self.due)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(px(4))
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self.shareable)


class NewPromisesCard(Card):
    """« Convenu aujourd’hui »."""

    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Convenu aujourd’hui")
        self.lines: list[NewPromiseLine] = []
        self.add_button = Button("Ajouter", "ghost", "plus", compact=True)
        self.add_button.setAccessibleName("Ajouter ce qui est convenu")
        self.add_button.clicked.connect(
            lambda: self._add(NewPromise("")).text.setFocus(Qt.FocusReason.OtherFocusReason)
        )
        self.add_action(self.add_button)
        self._none = Label("Qui fait quoi, et pour quand.", 13, tone="muted")
        self.error = SentenceLine()
        self.error.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(8))
        self.add(self._none)
        self.body.addLayout(self._rows)
        self.add(self.error)

    def show_promises(self, promises: tuple[NewPromise, ...], typed: Mapping[str, object]) -> None:
        """Show promises; `typed` are their dates as a draft kept them."""
        for line in list(self.lines):
            self._drop(line)
        for number, promise in enumerate(promises):
            line = self._add(promise)
            if isinstance(typed.get(str(number)), str):
                line.due.setText(str(typed[str(number)]))
        self.error.hide()

    def read(self, near: date, *, strict: bool) -> tuple[NewPromise, ...]:
        """Return the promises; not `strict`, those half-typed too."""
        return tuple(line.read(near, strict=strict) for line in self.lines)

    def typed(self) -> dict[str, str]:
        """Return the dates as typed, for a draft."""
        return {str(number): line.due.text() for number, line in enumerate(self.lines)}

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self.error.show()
        self.error.refuse(sentence)
        if self.lines:
            self.lines[0].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, promise: NewPromise) -> NewPromiseLine:
        line = NewPromiseLine(promise)
        line.edited.connect(self._changed)
        line.removed.connect(self._removed)
        self.lines.append(line)
        self._rows.addWidget(line)
        self._none.hide()
        return line

    def _drop(self, line: NewPromiseLine) -> None:
        self.lines.remove(line)
        line.hide()
        self._rows.removeWidget(line)
        line.deleteLater()
        self._none.setVisible(not self.lines)

    def _removed(self, line: NewPromiseLine) -> None:
        self._drop(line)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _changed(self) -> None:
        self.error.hide()
        self.edited.emit()
