"""Settings: the library of goals the association reuses, searched, rewritten, added to, put away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.grid import Grid, grid_on
from caseworker_app.features.goals.domain.library import GoalModel, NewModel, found_models
from caseworker_app.features.goals.domain.model_steps import HOW, steps_read, steps_text
from caseworker_app.features.goals.screens.settings_desk import GoalSettingsDesk
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural, typeset
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry, SearchField
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import ListedSection

_LONGEST_MONTHS = 3
_LIST = 468


@dataclass(frozen=True, slots=True)
class _Held:
    """What was read: the models, the grid in force."""

    models: tuple[GoalModel, ...]
    grid: Grid


class LibrarySection(ListedSection):
    """The models beside the card of one. What is typed stays until it is saved."""

    def __init__(self, desk: GoalSettingsDesk) -> None:
        """Make it empty."""
        super().__init__("Objectifs", "Ajouter un objectif à la bibliothèque", "plus")
        self._desk = desk
        self._held = _Held((), grid_on(desk.today))
        self.search = SearchField("Chercher")
        self.search.setAccessibleName("Chercher dans la bibliothèque")
        self.put_away = Button("Ran&ger", "quiet", "ban")
        self._make_fields()
        self.list.setFixedHeight(px(_LIST))
        self._lay_out()
        self._join()

    def show_card(self, key: str) -> None:
        """Show a model; empty: a new one."""
        self.shown, self.touched = key, False
        found = self._found(key)
        self.title.setText(found.title if found else "Nouvel objectif")
        self.entries["title"].setText(found.title if found else "")
        self.entries["indicator"].setText(found.indicator or "" if found else "")
        self.entries["months"].setText(str(found.months) if found and found.months else "")
        self.domain.choose(found.domain if found else "")
        self.housing.setChecked(bool(found and found.housing))
        self.steps.set_text(steps_text(found.steps) if found else "")
        self.accept_all()
        self.put_away.setVisible(found is not None and self._desk.may_write)
        self.save.setText("Enre&gistrer" if found else "A&jouter à la bibliothèque")
        self.save.setEnabled(False)

    def writing(self) -> Callable[[], object]:
        """Return the writing of the model."""
        new, desk, found = self._new(), self._desk, self._found(self.shown)
        key, version = (found.key, found.version or None) if found else ("", None)
        return lambda: desk.tasks.run(
            lambda: service.write_model(desk.file, desk.who, new, key, version),
            lambda done: self._kept(done[1], "Bibliothèque enregistrée", done[0]),
            self.refused,
            owner=self,
        )

    def retire(self) -> None:
        """Put the model shown away."""
        desk, key = self._desk, self.shown
        desk.tasks.run(
            lambda: service.retire_model(desk.file, desk.who, key),
            lambda changes: self._kept(changes, "Objectif rangé", ""),
            self.refused,
            owner=self,
        )

    def read_again(self) -> None:
        """Read the library."""
        desk = self._desk

        def read() -> _Held:
            with desk.file.reading() as connection:
                grid = service.grids(connection, desk.who).on(desk.today)
                return _Held(tuple(service.goal_library(connection, desk.who, desk.today)), grid)

        desk.tasks.read(read, self._show, owner=self)

    def _new(self) -> NewModel:
        typed = self.entries["months"].text().strip()
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_MONTHS):
            raise InvalidEntry("Écrivez un nombre de mois, comme 6.", "months")
        code = self.domain.current_key()
        if not code:
            raise InvalidEntry("Choisissez le domaine de la grille.", "domain")
        return NewModel(
            self.entries["title"].text(),
            code,
            self.housing.isChecked(),
            self.entries["indicator"].text() or None,
            int(typed) if typed else None,
            steps_read(self.steps.words()),
        )

    def _found(self, key: str) -> GoalModel | None:
        return next((each for each in self._held.models if each.key == key), None)

    def _kept(self, changes: Changes, words: str, key: str) -> None:
        self.shown, self.touched = key, False
        self.read_again()
        self._desk.done(changes, words)

    def _show(self, held: _Held) -> None:
        self._held = held
        may = self._desk.may_write
        self.set_writable(may)
        self.steps.setReadOnly(not may)
        for part in (self.domain, self.housing):
            part.setEnabled(may)
        self._show_found()
        if self.touched:
            return
        self.domain.clear()
        for each in held.grid.domains:
            self.domain.add(each.code, each.label)
        shown = self.shown if self._found(self.shown) else held.models[0].key if held.models else ""
        self.show_card(shown)
        if shown:
            self.list.stand_on(shown)

    def _show_found(self) -> None:
        found = found_models(self._held.models, self.search.text(), self._held.grid)
        self.list.set_rows([self._row(each) for each in found])
        # A long list scrolls by itself: the card stays beside it.
        self.list.setFixedHeight(px(_LIST))
        self.listed.remark.setText(plural(len(found), "objectif"))

    def _row(self, model: GoalModel) -> Row:
        grid = self._held.grid
        domain = grid.domain(model.domain).label if grid.holds(model.domain) else ""
        whose = "" if model.proposed else "de l’association"
        steps = plural(len(model.steps), "étape")
        return Row(model.key, model.title, f"{domain}, {steps}", icon="flag", trailing=whose)

    def _make_fields(self) -> None:
        self.entries = {"title": Entry(), "indicator": Entry(), "months": Entry(tabular=True)}
        self.domain, self.housing = Choice(), Check("Concerne le logement")
        self.steps = PlainText()
        self.steps.setFixedHeight(px(134))
        self.steps.setAccessibleName("Étapes")
        framed = Surface("surface", "field", 6)
        framed.setFocusProxy(self.steps)
        inner = QVBoxLayout(framed)
        inner.setContentsMargins(px(10), px(6), px(6), px(6))
        inner.addWidget(self.steps)
        self.fields = {
            "title": Field("&Objectif, avec un verbe d’abord", self.entries["title"]),
            "domain": Field("D&omaine", self.domain),
            "months": Field("À atteindre en (&mois)", self.entries["months"]),
            "indicator": Field("On &saura que c’est atteint quand", self.entries["indicator"]),
            "steps": Field("É&tapes", framed),
        }

    def _lay_out(self) -> None:
        self.listed.add(self.search)
        self.listed.add_rows(self.list)
        pair = QWidget()
        columns = Columns(pair, gap=px(12), weights=(3, 2))
        columns.addWidget(self.fields["domain"])
        columns.addWidget(self.fields["months"])
        for part in (self.title, self.fields["title"], pair, self.fields["indicator"], self.housing):
            self.card.add(part)
        self.card.add(Label(typeset(HOW), 12, tone="muted", wrap=True))
        self.card.add(self.fields["steps"])
        self.card.add(self.rest)
        self.card.body.addLayout(self.foot(self.put_away))
        self.side_by_side()

    def _join(self) -> None:
        self.join_entries()
        self.domain.activated.connect(lambda _index: self.typed())
        self.housing.clicked.connect(lambda _on: self.typed())
        self.steps.textChanged.connect(self._steps_typed)
        self.search.textChanged.connect(lambda _text: self._show_found())
        self.put_away.clicked.connect(self.retire)
        concerned = ("goal_model", "grid_edition")
        self._desk.changes.listen(
            self, lambda c: any(c.concerns(table=t) for t in concerned), self.read_again
        )

    def _steps_typed(self) -> None:
        if self.steps.document().isModified():
            self.typed()
