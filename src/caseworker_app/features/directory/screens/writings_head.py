"""The top of the search in one's writings: the words, and which writings are looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS
from caseworker_app.features.directory.domain.writings import (
    KIND_GROUP_LABELS,
    KIND_GROUPS,
    LATELY_LABELS,
    Lately,
    first_day,
    kinds_chosen,
)
from caseworker_app.features.directory.service import WritingsSought
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry, SearchField
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_EVERY, _BETWEEN = "", "between"


class WritingsHead(Band):
    """The band. `sought()` when the words or a filter change."""

    sought = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        """Make it with nothing asked."""
        super().__init__()
        self._today = today
        self.title = Label("Recherche dans mes écrits", 22, fonts.SEMI_BOLD)
        self.count = Label("", 13, tone="muted")
        self.count.setContentsMargins(0, 0, 0, px(5))
        self.words = SearchField("Un ou plusieurs mots, ou une expression entre guillemets")
        self.words.setAccessibleName("Mots cherchés dans les écrits")
        self.kind, self.days = Choice(), Choice()
        self.first, self.last = _day("Du"), _day("Au")
        self.household = Entry("Nom ou n°\u00a0de dossier", icon="users")
        self.household.setAccessibleName("Ménage")
        self.own = Check("Seulement ce que &j’ai écrit")
        self.clearing = Button("&Tout effacer", "quiet", "x", compact=True)
        self.line = SentenceLine()
        self._fill()
        self._lay_out()
        self._join()

    def wanted(self) -> WritingsSought:
        """Return what is asked. Raises InvalidEntry for a day that is not one."""
        since, until = self._between()
        return WritingsSought(
            self.words.text().strip(), kinds_chosen(self.kind.current_key()), since, until,
            self.household.text().strip(), self.own.isChecked(),
        )  # fmt: skip

    @property
    def narrowed(self) -> bool:
        """Say whether something besides the words is asked."""
        return (
            bool(self.kind.current_key() or self.days.current_key() or self.household.text().strip())
            or self.own.isChecked()
        )

    def clear(self) -> None:
        """Ask for nothing."""
        parts = (self.words, self.kind, self.days, self.first, self.last, self.household, self.own)
        for part in parts:
            part.blockSignals(True)
        for entry in (self.words, self.first, self.last, self.household):
            entry.clear()
        self.kind.choose(_EVERY)
        self.days.choose(_EVERY)
        self.own.setChecked(False)
        for part in parts:
            part.blockSignals(False)
            part.update()
        self._seek()

    def _between(self) -> tuple[date | None, date | None]:
        chosen, day = self.days.current_key(), self._today()
        if chosen == _BETWEEN:
            first, last = self.first.text().strip(), self.last.text().strip()
            since = parse_day(first, day, "first") if first else None
            until = parse_day(last, day, "last") if last else None
            if since is not None and until is not None and until < since:
                raise InvalidEntry("La fin précède le début\u00a0: corrigez l’une des deux dates.", "last")
            return since, until
        return (first_day(Lately(chosen), day) if chosen else None), None

    def refuse(self, error: InvalidEntry) -> None:
        """Say beside the days which one is not readable."""
        self.line.setVisible(True)
        self.line.refuse(error.sentence)
        (self.last if error.field == "last" else self.first).set_refused(True)

    def _seek(self) -> None:
        between = self.days.current_key() == _BETWEEN
        for entry in (self.first, self.last):
            entry.setVisible(between)
            entry.set_refused(False)
        self.line.clear()
        self.line.setVisible(False)
        self.clearing.setVisible(self.narrowed)
        self.sought.emit()

    def _fill(self) -> None:
        self.kind.setAccessibleName("Nature des écrits")
        self.kind.add(_EVERY, "Toutes les natures")
        for group, words in KIND_GROUP_LABELS.items():
            self.kind.add(group, words)
        self.kind.insertSeparator(self.kind.count())
        for kind, words in ENTRY_KIND_LABELS.items():
            if not any(kinds == {kind} for kinds in KIND_GROUPS.values()):
                self.kind.add(kind, capital(words))
        self.days.setAccessibleName("Dates des écrits")
        self.days.add(_EVERY, "Toutes les dates")
        for lately, words in LATELY_LABELS.items():
            self.days.add(lately, words)
        self.days.add(_BETWEEN, "Entre deux dates…")
        self.kind.choose(_EVERY)
        self.days.choose(_EVERY)
        self.kind.setMaxVisibleItems(22)
        for part, wide in ((self.kind, 240), (self.days, 190), (self.household, 240)):
            part.setFixedWidth(px(wide))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, px(10))
        column.setSpacing(px(10))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.title)
        top.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.words)
        filters = QWidget()
        flow = Flow(filters, gap=8)
        for lower in (self.own, self.clearing):
            lower.setFixedHeight(self.kind.sizeHint().height())
        for part in (self.kind, self.days, self.first, self.last, self.household, self.own, self.clearing):
            flow.addWidget(part)
        column.addWidget(filters)
        column.addWidget(self.line)
        for later in (self.first, self.last, self.line, self.clearing):
            later.hide()

    def _join(self) -> None:
        for entry in (self.words, self.first, self.last, self.household):
            entry.textChanged.connect(lambda _text: self._seek())
        for choice in (self.kind, self.days):
            choice.currentIndexChanged.connect(lambda _index: self._seek())
        self.own.toggled.connect(lambda _on: self._seek())
        self.clearing.clicked.connect(self.clear)


def _day(name: str) -> Entry:
    entry = Entry(f"{name} jj/mm/aaaa", tabular=True)
    entry.setAccessibleName(f"{name}, date")
    entry.setFixedWidth(px(140))
    return entry
