"""The grid to fill: both views on one sheet, every level read in full, quick by keyboard; kept as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.autonomy import (
    VIEW_LABELS,
    EvaluationWithLevels,
    Level,
    View,
    rung,
)
from caseworker_app.features.goals.domain.comparing import of_view
from caseworker_app.features.goals.domain.evaluating import EvaluationSheet, ViewSheet
from caseworker_app.features.goals.domain.grid import Grid, GridDomain
from caseworker_app.features.goals.screens.capped import capped
from caseworker_app.features.goals.screens.domain_row import DomainRow
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band, Card, FoldRow, Rule
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

_WIDEST = 1480
_KEYS = (
    "1 à 5 choisit et passe au domaine suivant · 0 non évalué · 9 sans objet · ← → change de niveau · "
    "↑ ↓ change de domaine · C observation · Ctrl+Entrée enregistre"
)


class EvaluationForm(QWidget):
    """`saved()`, `cancelled()`, `edited()`; `sheet()` is what is filled, `asked()` the domains shown."""

    saved = Signal()
    cancelled = Signal()
    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.rows: dict[str, DomainRow] = {}
        self._base = EvaluationSheet("", View.WORKER, {})
        self._evaluations: Sequence[EvaluationWithLevels] = ()
        self._more: tuple[GridDomain, ...] = ()
        self._grid: Grid
        self._build_head()
        self.grid_card = Card()
        self.note = TextZone(
            "Ce que l’on retient", "pour l’ensemble de l’évaluation", "notes", may_share=False
        )
        self.note.editor.setFixedHeight(px(66))
        self.note.edited.connect(self._note_edited)
        self.fold = FoldRow("", "plus")
        self.fold.clicked.connect(self._unfold)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.saved)

    def show_sheet(
        self,
        sheet: EvaluationSheet,
        title: str,
        grid: Grid,
        asked: Sequence[GridDomain],
        evaluations: Sequence[EvaluationWithLevels],
    ) -> None:
        """Show a sheet: the domains asked about, and the others behind a fold; those it names are shown."""
        self._grid = grid
        self._base, self._evaluations = sheet, evaluations
        named = {code for each in sheet.views.values() for code in (*each.levels, *each.observations)}
        named |= {domain.code for domain in asked}
        self.title.setText(title)
        self.day.setText(sheet.day)
        self.day.set_refused(False)
        self.error.hide()
        self.draft.setText("")
        correcting = bool(sheet.evaluation_id)
        self.view.choose(sheet.view.value)
        self.view.setVisible(not correcting)
        self.fixed_view.setVisible(correcting)
        self.fixed_view.setText(f"Regard\u00a0: {VIEW_LABELS[sheet.view]}")
        self._make_rows(named)
        self._fill_view(sheet.view)

    def say_version(self, older: bool, words: str) -> None:
        """Say that the grid was edited since the sheet was begun; it keeps the words it was begun with."""
        self.older.setVisible(older)
        self.older.show_sentence(
            "La grille a été modifiée depuis que cette évaluation est commencée. Rien n’est perdu\u00a0: elle"
            f" garde les mots que vous avez lus ({words}).",
            "accent",
            "info-circle",
        )

    def sheet(self) -> EvaluationSheet:
        """Return the sheet as it is filled."""
        self._take_view(self._base.view)
        return replace(self._base, day=self.day.text())

    def asked(self) -> tuple[str, ...]:
        """Return the domains shown."""
        return tuple(self.rows)

    def read_day(self, near: date) -> date:
        """Return the day typed. Raises InvalidEntry."""
        return parse_day(self.day.text(), near, "evaluated_on")

    def refuse(self, error: CaseworkerError) -> None:
        """Say what is wrong, and put the cursor where it is put right."""
        self.error.show()
        self.error.refuse(error.sentence)
        if isinstance(error, InvalidEntry) and error.field == "evaluated_on":
            self.day.set_refused(True)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def set_busy(self, busy: bool) -> None:
        """Hold the button while the file writes."""
        self.save.setEnabled(not busy)

    def focus_first(self) -> None:
        """Stand on the first domain not evaluated yet, else on the first one."""
        rows = list(self.rows.values())
        waiting = [row for row in rows if row.level() is Level.NOT_ASSESSED]
        for row in (waiting or rows)[:1]:
            row.take_focus()

    def _build_head(self) -> None:
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.day = Entry("24/11/2026", height=32, tabular=True)
        self.day.setFixedWidth(px(128))
        self.day.setAccessibleName("Date de l’évaluation")
        self.day.textEdited.connect(self._day_edited)
        self.day_label = Label("Faite le", 13, tone="muted")
        self.day_label.setBuddy(self.day)
        self.view = Segment("Regard")
        self.view.add(View.HOUSEHOLD.value, "Regard du ménage", "users")
        self.view.add(View.WORKER.value, "Regard de l’intervenant·e", "user")
        self.view.chosen.connect(lambda key: self._choose_view(View(key)))
        self.fixed_view = Label("", 13, tone="muted")
        self.count = Label("", 12, tone="muted")
        self.draft = Label("", 12, tone="muted")
        self.cancel = Button("Annuler", "secondary")
        self.save = Button("&Enregistrer", "primary", "check")
        self.error = SentenceLine()
        self.error.hide()
        self.older = Banner("", "accent", "info-circle")
        self.older.hide()
        self.cancel.clicked.connect(self.cancelled)
        self.save.clicked.connect(self.saved)

    def _lay_out(self) -> None:
        head = Band()
        column = QVBoxLayout(head)
        column.setContentsMargins(24, px(10), 24, px(10))
        column.setSpacing(px(6))
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.draft)
        top.addWidget(self.cancel)
        top.addWidget(self.save)
        column.addLayout(top)
        column.addWidget(self._circumstances())
        column.addWidget(self.error)
        keys = Label(_KEYS, 12, tone="muted", wrap=True)
        self.page_scroll = ScrollBody(capped((self.older, keys, self.grid_card, self.note), _WIDEST, 16))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.page_scroll, 1)
        self.grid_card.add_foot(self.fold)

    def _circumstances(self) -> QWidget:
        """Return the line of the day, of who looks, and of how far one is."""
        line = QWidget()
        flow = Flow(line, gap=16)
        for parts in ((self.day_label, self.day), (self.view, self.fixed_view, self.count)):
            group = QWidget()
            inner = QHBoxLayout(group)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(px(12))
            for part in parts:
                inner.addWidget(part)
            group.setMinimumHeight(px(32))
            flow.addWidget(group)
        return line

    def _make_rows(self, codes: AbstractSet[str]) -> None:
        """Make the rows of these domains, in the order of the grid."""
        body = self.grid_card.body
        while body.count():
            item = body.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        self.rows = {}
        self._more = tuple(domain for domain in self._grid.domains if domain.code not in codes)
        for domain in self._grid.domains:
            if domain.code in codes:
                self._add_row(domain)
        self._show_fold()

    def _add_row(self, domain: GridDomain) -> None:
        if self.rows:
            self.grid_card.body.addWidget(Rule())
        row = DomainRow(domain)
        row.edited.connect(self._row_edited)
        row.stepped.connect(lambda places: self._step(domain.code, places))
        self.rows[domain.code] = row
        self.grid_card.body.addWidget(row)

    def _show_fold(self) -> None:
        names = ", ".join(domain.short_label for domain in self._more)
        more = "Ajouter un autre domaine" if len(self._more) == 1 else "Ajouter d’autres domaines"
        self.fold.setText(f"{more}\u00a0: {names}")
        self.fold.setVisible(bool(self._more))

    def _unfold(self) -> None:
        first = self._more[0].code
        self._take_view(self._base.view)
        self._make_rows({domain.code for domain in self._grid.domains})
        self._fill_view(self._base.view)
        self.rows[first].take_focus()

    def _step(self, code: str, places: int) -> None:
        codes = list(self.rows)
        place = codes.index(code) + places
        if place >= len(codes):
            self.note.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page_scroll.ensureWidgetVisible(self.note)
        elif place >= 0:
            row = self.rows[codes[place]]
            row.take_focus()
            self.page_scroll.ensureWidgetVisible(row, 0, px(24))

    def _choose_view(self, view: View) -> None:
        self._take_view(self._base.view)
        self._fill_view(view)
        self.edited.emit()

    def _take_view(self, view: View) -> None:
        """Keep what the rows say as what this view says."""
        known = self._base.sheet(view).levels
        levels = {
            code: row.level()
            for code, row in self.rows.items()
            if row.level() is not Level.NOT_ASSESSED or code in known
        }
        observations = {code: row.observation() for code, row in self.rows.items() if row.observation()}
        self._base = self._base.with_view(view, ViewSheet(levels, observations, self.note.text()))

    def _fill_view(self, view: View) -> None:
        """Show what a view says, with the marks of last time and of the other view."""
        self._base = replace(self._base, view=view)
        own = self._base.sheet(view)
        other = next(each for each in View if each is not view)
        theirs = self._base.sheet(other)
        last = self._last(view)
        for code, row in self.rows.items():
            row.show_level(own.level(code), own.observations.get(code, ""))
            level = theirs.level(code)
            marked = (level, VIEW_LABELS[other]) if level is not Level.NOT_ASSESSED else None
            row.show_marks(_last_mark(last, code), marked)
        self.note.set_text(own.note)
        self._count()

    def _last(self, view: View) -> EvaluationWithLevels | None:
        """Return the evaluation before this one, by the same view."""
        seen = of_view(self._evaluations, view)
        ids = [each.evaluation.id for each in seen]
        if self._base.evaluation_id in ids:
            seen = seen[: ids.index(self._base.evaluation_id)]
        return seen[-1] if seen else None

    def _row_edited(self) -> None:
        self.error.hide()
        self._count()
        self.edited.emit()

    def _note_edited(self) -> None:
        self.edited.emit()

    def _day_edited(self) -> None:
        self.day.set_refused(False)
        self.error.hide()
        self.edited.emit()

    def _count(self) -> None:
        placed = sum(rung(row.level()) is not None for row in self.rows.values())
        self.count.setText(f"{plural(placed, 'domaine situé', 'domaines situés')} sur {len(self.rows)}")


def _last_mark(last: EvaluationWithLevels | None, code: str) -> tuple[Level, str] | None:
    if last is None or rung(last.level(code)) is None:
        return None
    day = last.evaluation.evaluated_on
    return last.level(code), f"le {format_short_date(day)}\u00a0{day.year}"
