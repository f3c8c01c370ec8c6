"""The forms of a goal, of a step, and of why a goal is given up; each keeps what is typed in a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.goal import (
    ACTOR_LABELS,
    Actor,
    Goal,
    GoalStep,
    GoalWording,
    NewStep,
    StepState,
    checked_title,
    require_reason,
)
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.library import GoalModel, steps_from, wording_from
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px

_LINE = 32
_VERB = "Avec un verbe d’abord\u00a0: payer, obtenir, apprendre…"


class InlineForm(Surface):
    """What the three forms share: a title, fields, « Enregistrer » (Enter, Ctrl+Enter) and « Annuler » (Esc).

    `saved()`, `cancelled()`, `edited()`; `read` gives what was typed, `content` and `show_content` a draft.
    """

    saved = Signal()
    cancelled = Signal()
    edited = Signal()

    def __init__(self, title: str, save_words: str) -> None:
        """Make it empty."""
        super().__init__("accent_soft", None, 0)
        self.fields: dict[str, Field] = {}
        self.touched = False
        self.edited.connect(self._touch)
        self.title = Label(title, 13, fonts.SEMI_BOLD)
        self.setAccessibleName(title)
        self.rest = SentenceLine()
        self.rest.hide()
        self.save = Button(save_words, "secondary", "check", compact=True)
        self.cancel = Button("Annuler", "quiet", compact=True)
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(16), px(10), px(16), px(10))
        self.column.setSpacing(px(4))
        self.column.addWidget(self.title)

    def add_entry(
        self, key: str, label: str, wide: int = 0, *, hint: str = "", tabular: bool = False
    ) -> Field:
        """Add a field of one line; `wide` 0: the whole width."""
        entry = Entry(height=_LINE, tabular=tabular)
        entry.textEdited.connect(self.edited)
        entry.installEventFilter(self)
        return self._field(key, label, entry, wide, hint)

    def add_text(self, key: str, label: str) -> Field:
        """Add a field of three lines for words that stay inside, tinted as all of them are."""
        text = _InsideText()
        text.editor.setAccessibleName(label)
        text.editor.textChanged.connect(self.edited)
        text.editor.installEventFilter(self)
        return self._field(key, label, text, 0, "")

    def holds_focus(self) -> bool:
        """Say whether one types in this form."""
        window = self.window()
        return window.isActiveWindow() and self.isAncestorOf(window.focusWidget())

    def add_choice(self, key: str, label: str, lines: Mapping[str, str], wide: int) -> Field:
        """Add a choice in a list."""
        choice = Choice(height=_LINE)
        for each, words in lines.items():
            choice.add(each, words)
        choice.activated.connect(lambda _index: self.edited.emit())
        choice.installEventFilter(self)
        return self._field(key, label, choice, wide, "")

    def typed(self, key: str) -> str:
        """Return what stands in a field: its text, or the key chosen."""
        editor = self.fields[key].editor
        if isinstance(editor, _InsideText):
            return editor.editor.words()
        return editor.current_key() if isinstance(editor, Choice) else _entry(editor).text()

    def put(self, key: str, value: str) -> None:
        """Fill a field."""
        editor = self.fields[key].editor
        if isinstance(editor, Choice):
            editor.choose(value)
        elif isinstance(editor, _InsideText):
            blocked = editor.editor.blockSignals(True)
            editor.editor.set_text(value)
            editor.editor.blockSignals(blocked)
        else:
            _entry(editor).setText(value)

    def day(self, key: str, near: date) -> date | None:
        """Read the date typed in a field, None when there is none. Raises InvalidEntry."""
        text = self.typed(key).strip()
        return parse_day(text, near, key) if text else None

    def content(self) -> dict[str, Any]:
        """Return what is typed, as a draft keeps it."""
        return {key: self.typed(key) for key in self.fields}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Fill the form with what a draft kept."""
        self.touched = True
        for key in self.fields:
            if isinstance(content.get(key), str):
                self.put(key, content[key])

    def _touch(self) -> None:
        self.touched = True

    def refuse(self, error: CaseworkerError) -> None:
        """Say what is wrong, beside the field it names."""
        self.rest.setVisible(not (isinstance(error, InvalidEntry) and error.field in self.fields))
        place_error(error, self.fields, self.rest)
        self.updateGeometry()

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        first = next(iter(self.fields.values())).editor
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save with Enter in a line, give up with Esc anywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, Entry):
            self.saved.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter from a choice or a tick too; keep every key from the tree, which would act on its row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            chosen = focused if isinstance(focused, Button) and self.isAncestorOf(focused) else self.save
            chosen.click()
        event.accept()

    def finish_layout(self, line: Flow) -> None:
        """Put the buttons after the last line of fields."""
        self.column.addWidget(self.rest)
        buttons = QWidget()
        inner = QHBoxLayout(buttons)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addWidget(self.save)
        inner.addWidget(self.cancel)
        inner.addStretch(1)
        self.buttons = inner
        self.column.addWidget(buttons)
        for each in (self.save, self.cancel):
            each.installEventFilter(self)

    def _field(self, key: str, label: str, editor: QWidget, wide: int, hint: str) -> Field:
        field = Field(label, editor, hint=hint)
        if wide:
            field.setFixedWidth(px(wide))
        field.line.setMinimumHeight(px(18) if hint else 0)
        self.fields[key] = field
        return field


class StepForm(InlineForm):
    """A step: what, who, for when; the day it was done, once it is."""

    def __init__(self, step: GoalStep | None, goal_title: str) -> None:
        """Show a step, or an empty one."""
        super().__init__(
            f"Nouvelle étape de «\u00a0{goal_title}\u00a0»" if step is None else "Modifier l’étape",
            "Enregistrer",
        )
        self._state = step.state if step else StepState.TO_DO
        self.column.addWidget(self.add_entry("title", "Ce qu’il y a à faire"))
        line = QWidget()
        flow = Flow(line, gap=12)
        actors = {each.value: words.capitalize() for each, words in ACTOR_LABELS.items()}
        flow.addWidget(self.add_choice("actor", "Qui", actors, 150))
        flow.addWidget(self.add_entry("actor_name", "Nom (facultatif)", 170))
        flow.addWidget(self.add_entry("due_on", "Pour le", 130, tabular=True))
        if self._state is StepState.DONE:
            flow.addWidget(self.add_entry("done_on", "Faite le", 130, tabular=True))
        self.column.addWidget(line)
        self.finish_layout(flow)
        self._fill(step)

    def read(self, today: date) -> NewStep:
        """Return the step typed. Raises InvalidEntry."""
        done = self.day("done_on", today) if self._state is StepState.DONE else None
        return NewStep(
            checked_title(self.typed("title")),
            Actor(self.typed("actor")),
            " ".join(self.typed("actor_name").split()) or None,
            self.day("due_on", today),
            done,
            self._state,
        )

    def _fill(self, step: GoalStep | None) -> None:
        self.put("actor", (step.actor if step else Actor.HOUSEHOLD).value)
        if step is None:
            return
        self.put("title", step.title)
        self.put("actor_name", step.actor_name or "")
        self.put("due_on", _day(step.due_on))
        if step.state is StepState.DONE:
            self.put("done_on", _day(step.done_on))


class GoalForm(InlineForm):
    """A goal: its title, domain, dates, whether it concerns the dwelling, a note *interne*."""

    library_asked = Signal()

    def __init__(self, goal: Goal | None, today: date, grid: Grid, models: Sequence[GoalModel] = ()) -> None:
        """Show a goal, or an empty one, with the domains of a grid; that of the goal even where it is left out.

        `models`: the library a new goal may be taken from.
        """
        super().__init__("Nouvel objectif" if goal is None else "Modifier l’objectif", "Enregistrer")
        self._today = today
        self._models = tuple(models)
        self.model: GoalModel | None = None
        self.column.addWidget(self.add_entry("title", "Ce que le ménage veut atteindre", hint=_VERB))
        line = QWidget()
        flow = Flow(line, gap=12)
        self._grid = grid
        own = goal.domain if goal is not None else ""
        domains = {each.code: each.label for each in grid.known if not each.left_out or each.code == own}
        flow.addWidget(self.add_choice("domain", "Domaine", domains, 232))
        flow.addWidget(self.add_entry("target_on", "À atteindre pour le", 140, tabular=True))
        flow.addWidget(self.add_entry("opened_on", "Ouvert le", 120, tabular=True))
        self.column.addWidget(line)
        self.column.addWidget(self.add_entry("indicator", "On saura que c’est atteint quand (facultatif)"))
        self.housing = Check("Concerne le logement (proposable au bailleur)")
        self.column.addWidget(self.housing)
        self.column.addWidget(self.add_text("note", "Note interne (facultatif)"))
        self.with_steps = Label("", 12, tone="muted", wrap=True)
        self.with_steps.hide()
        self.column.addWidget(self.with_steps)
        self.finish_layout(flow)
        self.library = Button("Depuis la &bibliothèque…", "quiet", "bookmark", compact=True)
        self.library.clicked.connect(self.library_asked)
        self.library.installEventFilter(self)
        self.buttons.insertWidget(2, self.library)
        self.library.setVisible(bool(self._models) and goal is None)
        self._join()
        self._fill(goal)

    def read(self, today: date) -> GoalWording:
        """Return the goal typed. Raises InvalidEntry."""
        domain = self.typed("domain")
        if not domain:
            raise InvalidEntry("Choisissez le domaine de la grille.", "domain")
        return GoalWording(
            checked_title(self.typed("title")),
            domain,
            self.housing.isChecked(),
            self.day("opened_on", today) or today,
            self.day("target_on", today),
            self.typed("note").strip() or None,
            self.typed("indicator").strip() or None,
        )

    def steps(self, today: date) -> tuple[NewStep, ...]:
        """Return the steps that come with the model taken, none without one."""
        return steps_from(self.model, today) if self.model is not None else ()

    def take_model(self, model: GoalModel) -> None:
        """Fill the form with a goal of the library; its steps come with it."""
        self.model = model
        wording = wording_from(model, self._today)
        self.put("title", wording.title)
        self.put("domain", wording.domain)
        self.put("target_on", _day(wording.target_on))
        self.put("indicator", wording.indicator or "")
        self._show_housing(wording.housing)
        self._show_model()
        self.edited.emit()
        self.updateGeometry()

    def content(self) -> dict[str, Any]:
        """Return what is typed, as a draft keeps it."""
        key = self.model.key if self.model is not None else ""
        return {**super().content(), "housing": self.housing.isChecked(), "model": key}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Fill the form with what a draft kept."""
        super().show_content(content)
        self._show_housing(bool(content.get("housing")))
        key = content.get("model")
        self.model = next((each for each in self._models if each.key == key), None)
        self._show_model()

    def _show_model(self) -> None:
        steps = self.model.steps if self.model is not None else ()
        self.with_steps.setVisible(bool(steps))
        told = ", ".join(step.title for step in steps)
        self.with_steps.setText(f"Avec {plural(len(steps), 'étape')}\u00a0: {told}")

    def _join(self) -> None:
        self.housing.installEventFilter(self)
        self.housing.clicked.connect(lambda _on: self.edited.emit())
        choice = self.fields["domain"].editor
        if isinstance(choice, Choice):
            choice.activated.connect(lambda _index: self._domain_chosen())

    def _domain_chosen(self) -> None:
        self._show_housing(self._grid.domain(self.typed("domain")).housing)

    def _show_housing(self, housing: bool) -> None:
        code = self.typed("domain")
        internal = bool(code) and self._grid.domain(code).internal
        self.housing.setEnabled(not internal)
        self.housing.setChecked(housing and not internal)
        self.housing.setToolTip("Santé et parentalité restent internes." if internal else "")

    def _fill(self, goal: Goal | None) -> None:
        self.put("opened_on", _day(goal.opened_on if goal else self._today))
        if goal is None:
            return
        self.put("title", goal.title)
        self.put("domain", goal.domain)
        self.put("target_on", _day(goal.target_on))
        self.put("note", goal.note or "")
        self.put("indicator", goal.indicator or "")
        self._show_housing(goal.housing)


class ReasonForm(InlineForm):
    """Why a goal is given up, and since when."""

    def __init__(self, goal: Goal, today: date) -> None:
        """Ask about a goal."""
        super().__init__(f"Abandonner «\u00a0{goal.title}\u00a0»", "Abandonner l’objectif")
        self.column.addWidget(self.add_entry("reason", "Pourquoi (interne)"))
        line = QWidget()
        flow = Flow(line, gap=12)
        flow.addWidget(self.add_entry("closed_on", "Abandonné le", 140, tabular=True))
        self.column.addWidget(line)
        self.finish_layout(flow)
        self.put("closed_on", _day(today))

    def read(self, today: date) -> tuple[str, date]:
        """Return the reason and the day. Raises InvalidEntry."""
        return require_reason(self.typed("reason")), self.day("closed_on", today) or today


class _InsideText(Surface):
    """Three lines on a violet ground."""

    def __init__(self) -> None:
        super().__init__("note_soft", "note_line", 6)
        self.editor = PlainText()
        self.editor.setFixedHeight(px(3 * 20))
        self.setFocusProxy(self.editor)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(px(10), px(6), px(6), px(6))
        inner.addWidget(self.editor)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _entry(editor: QWidget) -> Entry:
    if not isinstance(editor, Entry):
        raise TypeError(f"{type(editor).__name__} is no entry")
    return editor
