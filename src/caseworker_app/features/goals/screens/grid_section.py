"""Settings: the autonomy grid, its domains and anchors, what each measure asks about, and its versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain import edition
from caseworker_app.features.goals.domain.edition import GridDraft
from caseworker_app.features.goals.domain.grid import MOST_DOMAINS, Grid, GridDomain, Grids, grid_on
from caseworker_app.features.goals.domain.ordering import neighbour
from caseworker_app.features.goals.screens.grid_domain_card import GridDomainCard
from caseworker_app.features.goals.screens.grid_sets_card import GridSetsCard
from caseworker_app.features.goals.screens.settings_desk import GoalSettingsDesk
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import MeasureKind
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import bring_into_sight
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LEAST = 300
_KEY = "autonomy-grid"
_READ_ONLY = "Votre rôle permet de lire ces réglages, pas de les modifier."
_NOTHING = "Aucune modification en attente."
_WAITS = (
    "Vous aviez commencé à modifier la grille\u00a0: voici où vous en étiez, rien n’est encore enregistré."
)


@dataclass(frozen=True, slots=True)
class _Held:
    """What was read: the versions, how many evaluations each has, the kinds of measures, a draft."""

    grids: Grids
    made: dict[str, int]
    kinds: tuple[MeasureKind, ...]
    draft: Draft | None


class GridSection(SettingsSection):
    """The domains beside the card of one; under them the sets by measure and the versions."""

    def __init__(self, desk: GoalSettingsDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        self._held: _Held | None = None
        self._now: Grid = grid_on(desk.today)
        self.draft = edition.draft_of(self._now)
        self.shown = ""
        self._touched = self._saving = False
        self.list = RowList("Domaines de la grille", height=44, fit=True)
        self.domain, self.sets = GridDomainCard(), GridSetsCard()
        self.versions = RowList("Versions de la grille", height=50, fit=True)
        self.add = Button("A&jouter", "ghost", "plus", compact=True)
        self.add.setAccessibleName("Ajouter un domaine")
        self.said = Label(_NOTHING, 13, tone="muted", wrap=True)
        self.rest = SentenceLine()
        self.rest.setMinimumHeight(0)
        self.save = Button("Enre&gistrer la nouvelle version", "primary", "check")
        self.drop = Button("Écarter les m&odifications", "quiet")
        self.banner = Banner(_READ_ONLY, "accent")
        self._lay_out()
        self.keeper = DraftKeeper(self, desk.tasks, self._content, self._keep)
        self._join()

    def show_section(self) -> None:
        """Read the versions, unless something is being written."""
        if not self._touched:
            self._read()

    def leave(self) -> None:
        """Keep what is written so far."""
        self.keeper.keep_before_leaving()

    def show_domain(self, code: str) -> None:
        """Show the card of a domain."""
        found = self.draft.domain(code)
        if found is not None:
            self.shown = code
            self.domain.show_domain(found, may_edit=self._desk.may_manage)

    def begin_domain(self) -> None:
        """Begin a new domain."""
        try:
            draft, code = edition.added(self.draft, "Nouveau domaine")
        except InvalidEntry as error:
            self.rest.refuse(error.sentence)
            return
        self.shown = code
        self._edit(draft)
        self.domain.focus_first()
        self.domain.entry("label").selectAll()
        bring_into_sight(self.domain.heading)

    def keep(self) -> None:
        """Record the grid as a new version, or say beside its field what is wrong."""
        if self._saving or not self._touched:
            return
        desk, draft, begun = self._desk, self.draft, self._now.version
        self.rest.clear()
        self._hold(saving=True)
        desk.tasks.run(
            lambda: service.edit_grid(desk.file, desk.who, draft, begun),
            lambda answer: self._kept(answer[1]), self._refused, owner=self,
        )  # fmt: skip

    def begin_again(self) -> None:
        """Put aside what was written; it can be had back."""
        before = self.draft
        self._rest()
        self._edit_nothing()
        self._desk.navigator.confirm("Modifications écartées", lambda: self._edit(before))

    def _read(self) -> None:
        desk = self._desk

        def read() -> _Held:
            with desk.file.reading() as connection:
                return _Held(
                    service.grids(connection, desk.who),
                    service.evaluations_by_version(connection, desk.who),
                    tuple(measures.list_kinds(desk.today)),
                    desk.drafts.find(_KEY),
                )

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, held: _Held) -> None:
        self._held = held
        self._now = held.grids.on(self._desk.today)
        may = self._desk.may_manage
        self.banner.setVisible(not may)
        for part in (self.add, self.save, self.drop):
            part.setVisible(may)
        self._show_versions(held)
        kept = _kept_draft(held.draft) if may and not self._touched else None
        if kept is not None and held.draft is not None:
            self.banner.show_sentence(_WAITS, "accent", "file-pencil")
            self.banner.show()
            self._edit(edition.onto(kept, self._now))
        elif not self._touched:
            self._edit_nothing()
        else:
            self._edit(edition.onto(self.draft, self._now))

    def _edit_nothing(self) -> None:
        self.draft = edition.draft_of(self._now)
        self._refresh()

    def _edit(self, draft: GridDraft) -> None:
        """Take what was just written."""
        self.draft, self._touched = draft, True
        self.keeper.touch()
        self._refresh()

    def _refresh(self) -> None:
        may = self._desk.may_manage
        self.list.set_rows([_row(each) for each in self.draft.domains])
        if self.draft.domain(self.shown) is None:
            self.shown = self.draft.domains[0].code
        self.list.stand_on(self.shown)
        self.show_domain(self.shown)
        kinds = self._held.kinds if self._held else ()
        self.sets.show_draft(self.draft, kinds, may_edit=may)
        self.add.setEnabled(len(self.draft.used) < MOST_DOMAINS)
        self.listed.remark.setText(f"{len(self.draft.used)} sur {MOST_DOMAINS} au plus")
        self._say()

    def _say(self) -> None:
        words = edition.difference_words(self._now, self.draft)
        self.said.setText(f"{words}." if words else _NOTHING)
        self.save.setEnabled(bool(words) and not self._saving)
        self.drop.setEnabled(self._touched and not self._saving)

    def _show_versions(self, held: _Held) -> None:
        rows = [_version_row(each, held, self._now) for each in reversed(held.grids.editions)]
        self.versions.set_rows([*rows, _version_row(grid_on(self._desk.today), held, self._now)])

    def _domain_edited(self, domain: GridDomain) -> None:
        self.draft, self._touched = edition.reworded(self.draft, domain), True
        self.keeper.touch()
        self.rest.clear()
        self.list.rows.set_rows([_row(each) for each in self.draft.domains])
        self.list.stand_on(domain.code)
        kinds = self._held.kinds if self._held else ()
        self.sets.show_draft(self.draft, kinds, may_edit=self._desk.may_manage)
        self._say()

    def _move(self, places: int) -> None:
        order = [each.code for each in self.draft.domains]
        before = neighbour(order, self.shown, later=places > 0)
        if before != self.shown:
            self._edit(edition.put_before(self.draft, self.shown, before))

    def _leave_out(self, out: bool) -> None:
        change = edition.left_out if out else edition.taken_back
        self._edit(change(self.draft, self.shown))

    def _choose_set(self, kind: str, codes: tuple[str, ...] | None) -> None:
        self._edit(edition.with_set(self.draft, kind, codes))

    def _take_version(self, version: str) -> None:
        """Begin from the words of an older version; those in force can be had back."""
        if self._held is None or not self._desk.may_manage or version == self._now.version:
            return
        before = self.draft
        older = self._held.grids.of_version(version)
        self._edit(edition.onto(edition.draft_of(older), self._now))
        words = f"Mots repris de la {edition.version_words(older)}, à enregistrer"
        self._desk.navigator.confirm(words, lambda: self._edit(before))

    def _kept(self, changes: Changes) -> None:
        self._rest()
        self._hold(saving=False)
        self._desk.done(changes, "Nouvelle version de la grille enregistrée")

    def _rest(self) -> None:
        self._touched = False
        self.banner.hide()
        self.keeper.rest()
        drafts = self._desk.drafts
        self._desk.tasks.read(lambda: drafts.forget(_KEY), words="Brouillon")

    def _refused(self, error: CaseworkerError) -> None:
        self._hold(saving=False)
        code, _, name = (
            (error.field or "").rpartition(":") if isinstance(error, InvalidEntry) else ("", "", "")
        )
        if self.draft.domain(code) is not None:
            self.list.stand_on(code)
            self.show_domain(code)
            if self.domain.refuse(name, error.sentence):
                return
        self.rest.refuse(error.sentence)
        if not isinstance(error, InvalidEntry):
            self._read()  # somebody edited the grid meanwhile: what is typed goes on from theirs

    def _hold(self, *, saving: bool) -> None:
        self._saving = saving
        self._say()

    def _content(self) -> dict[str, Any]:
        return {"draft": edition.content_of(self.draft)}

    def _keep(self, content: dict[str, Any]) -> str:
        return self._desk.drafts.keep(_KEY, content)

    def _lay_out(self) -> None:
        self.listed = Card("Domaines")
        self.listed.add_action(self.add)
        self.listed.add_rows(self.list)
        older = Card("Versions")
        older.add(Label("Entrée, ou un clic, reprend les mots d’une version.", 12, tone="muted", wrap=True))
        older.add_rows(self.versions)
        for card in (self.listed, older):
            card.setMinimumWidth(px(_LEAST))
        both = QWidget()
        columns = Columns(both, weights=(5, 7))
        columns.addWidget(_stacked(self.listed, older))
        columns.addWidget(_stacked(self.domain, self.sets))
        foot, ways = QWidget(), QWidget()
        buttons = Flow(ways, gap=8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.drop)
        sides = Columns(foot, gap=px(12), weights=(4, 5))
        sides.addWidget(self.said)
        sides.addWidget(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.banner)
        column.addWidget(foot)
        column.addWidget(self.rest)
        column.addWidget(both)
        column.addStretch(1)
        self.banner.hide()

    def _join(self) -> None:
        joined: tuple[tuple[Any, Callable[..., None]], ...] = (
            (self.list.stood_on, self.show_domain), (self.list.opened, self._open),
            (self.domain.edited, self._domain_edited), (self.domain.moved, self._move),
            (self.domain.left_out, self._leave_out), (self.sets.chosen, self._choose_set),
            (self.versions.opened, self._take_version), (self.add.clicked, self.begin_domain),
            (self.save.clicked, self.keep), (self.drop.clicked, self.begin_again),
        )  # fmt: skip
        for signal, done in joined:
            signal.connect(done)
        concerned = ("grid_edition", "autonomy_evaluation")
        self._desk.changes.listen(self, lambda c: any(c.concerns(table=t) for t in concerned), self._read)

    def _open(self, code: str) -> None:
        self.show_domain(code)
        self.domain.focus_first()
        bring_into_sight(self.domain.heading)


def _row(domain: GridDomain) -> Row:
    pill = State("laissé de côté", "muted", "ban") if domain.left_out else None
    words = ["interne"] if domain.internal else []
    words += ["logement"] if domain.housing else []
    return Row(
        domain.code, domain.label or "Nouveau domaine", icon="lock" if domain.internal else "target",
        icon_tone="note" if domain.internal else "muted", trailing="" if pill else ", ".join(words), pill=pill,
        done=domain.left_out,
    )  # fmt: skip


def _version_row(grid: Grid, held: _Held, now: Grid) -> Row:
    words = edition.version_words(grid)
    made = held.made.get(grid.version, 0)
    pill = State("en vigueur", "ok", "circle-check") if grid.version == now.version else None
    told = plural(made, "évaluation faite", "évaluations faites") if made else "aucune évaluation"
    detail = f"{plural(len(grid.domains), 'domaine')}, {told}"
    return Row(grid.version, words[:1].upper() + words[1:], detail, icon="history", pill=pill, chevron=False)


def _kept_draft(draft: Draft | None) -> GridDraft | None:
    content = draft.content.get("draft") if draft is not None else None
    return edition.draft_from_content(content) if isinstance(content, str) else None


def _stacked(*cards: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(16))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder
