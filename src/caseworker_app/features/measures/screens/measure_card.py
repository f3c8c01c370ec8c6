"""One measure that runs: what it rests on, how it goes, its renewals, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.features.measures.domain.relay import to_come
from caseworker_app.features.measures.domain.shown_measures import (
    ShownMeasures,
    follow_facts,
    former_words,
    frame_facts,
    handed_words,
    measure_state,
    renewal_words,
    suspension_words,
)
from caseworker_app.features.measures.domain.suspension import suspended_on
from caseworker_app.features.measures.screens import forms
from caseworker_app.features.measures.screens.desk import AskedFor, MeasuresDesk
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.fact_grid import FactGrid
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import Pill, State
from caseworker_app.ui_kit.theme import px


class MeasureCard(Card):
    """`form_asked(SideForm)`: to be opened at the side."""

    form_asked = Signal(object)

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty."""
        super().__init__("Mesure")
        self.desk = desk
        self._shown: ShownMeasures | None = None
        self.file: MeasureFile | None = None
        self.pill = Pill(State(""))
        self.add_action(self.pill)
        self.follow, self.frame = FactGrid(), FactGrid()
        self.renew = Button("Reno&uveler", "secondary", "refresh", compact=True)
        self.rhythm = Button("Chan&ger l’intensité", "secondary", "adjustments-horizontal", compact=True)
        self.hand_over = Button("Passer le re&lais", "secondary", "users", compact=True)
        self.suspend = Button("Suspen&dre", "secondary", "clock", compact=True)
        self.resume = Button("&Reprendre", "secondary", "player-play", compact=True)
        self.end = Button("&Terminer", "quiet", "flag", compact=True)
        self.record = Button("&Fiche de fin", "quiet", "printer", compact=True)
        self.record.setVisible(desk.may_print)
        self.renewals = RowList("Renouvellements, suspensions, relais", height=48, fit=True)
        self.renewals.opened.connect(self._open_row)
        self._lay_out()
        self.renew.clicked.connect(self._renew)
        self.rhythm.clicked.connect(self._change_rhythm)
        self.hand_over.clicked.connect(self._hand_over)
        self.suspend.clicked.connect(self._suspend)
        self.resume.clicked.connect(self._resume)
        self.end.clicked.connect(self._end)
        self.record.clicked.connect(self._open_record)

    def show_measure(self, shown: ShownMeasures, file: MeasureFile, held: Sequence[date]) -> None:
        """Show a measure that runs; `held` are the days of the meetings of late."""
        self._shown, self.file = shown, file
        self.title.setText(file.measure.kind_label)
        self.setAccessibleName(file.measure.kind_label)
        words, tone = measure_state(file, shown.day)
        self.pill.set_state(State(words, tone))
        self.follow.show_facts(follow_facts(shown, file, held))
        self.frame.show_facts(frame_facts(shown, file))
        may_change = self.desk.may_write and file.measure.ended_on is None
        away = suspended_on(file, shown.day) is not None
        for button in self.acts:
            fits = away if button is self.resume else not away if button is self.suspend else True
            button.setVisible(may_change and fits)
        self.buttons.setVisible(may_change or self.desk.may_print)
        rows = _rows(shown, file, may_write=self.desk.may_write)
        self.renewals.set_rows(rows)
        self._renewed.setVisible(bool(rows))

    def _lay_out(self) -> None:
        facts = QWidget()
        columns = Columns(facts, gap=32)
        for grid in (self.follow, self.frame):
            columns.addWidget(_at_top(grid))
        self.buttons = QWidget()
        line = Flow(self.buttons, gap=8)
        for button in self.acts:
            line.addWidget(button)
        line.addWidget(self.record)
        self.add(facts)
        self.add(self.buttons)
        self._renewed = QWidget()
        column = QVBoxLayout(self._renewed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addWidget(self.renewals)
        self.add_rows(self._renewed, rule=False)

    @property
    def acts(self) -> tuple[Button, ...]:
        """What may be done with a measure that runs."""
        return self.renew, self.rhythm, self.hand_over, self.suspend, self.resume, self.end

    def _open_record(self) -> None:
        if self.file is not None:
            self.desk.open_record(self.file.measure.household_id, self.file.measure.id)

    def _renew(self) -> None:
        if self._shown is not None and self.file is not None:
            self.form_asked.emit(forms.renew_form(self.desk, self._shown, self.file))

    def _change_rhythm(self) -> None:
        if self.file is not None:
            self.form_asked.emit(forms.intensity_form(self.desk, self.file.measure))

    def _hand_over(self) -> None:
        if self._shown is not None and self.file is not None:
            self.form_asked.emit(forms.hand_over_form(self.desk, self._shown, self.file))

    def _open_row(self, key: str) -> None:
        """Show a relay to come; the other rows only tell."""
        if self._shown is None or self.file is None or not self.desk.may_write:
            return
        for each in to_come(self.file.relays, self._shown.day):
            if each.id == key:
                self.form_asked.emit(forms.call_off_form(self.desk, self._shown, each))

    def _suspend(self) -> None:
        if self.file is not None:
            self.form_asked.emit(forms.suspend_form(self.desk, self.file.measure))

    def _resume(self) -> None:
        held = suspended_on(self.file, self.desk.today) if self.file is not None else None
        if self.file is not None and held is not None:
            self.form_asked.emit(forms.resume_form(self.desk, self.file.measure, held))

    def _end(self) -> None:
        if self._shown is not None and self.file is not None:
            self.form_asked.emit(forms.end_form(self.desk, self._shown, self.file.measure))


class FormerCard(Card):
    """The measures that are over: their days, why each ended, where the household went; one opens its end record."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty."""
        super().__init__("Mesures passées")
        self.desk = desk
        self.rows = RowList("Mesures passées", fit=True)
        self._household = ""
        if desk.may_print:
            self.rows.opened.connect(lambda key: desk.open_record(self._household, key))
        self.add_rows(self.rows)

    def show_measures(self, shown: ShownMeasures) -> None:
        """Show them, the latest first; the card goes when there is none."""
        rows = []
        for each in shown.former:
            title, detail = former_words(shown, each)
            rows.append(Row(each.measure.id, title, detail, icon="flag", chevron=self.desk.may_print))
        self._household = shown.household_id
        self.rows.set_rows(rows)
        self.setVisible(bool(rows))


class ReferralsCard(Card):
    """The referrals a measure came from, or may come from. `opened(id)`, `asked()` for a new one."""

    opened = Signal(str)
    asked = Signal()

    def __init__(self, *, may_write: bool) -> None:
        """Make it empty."""
        super().__init__("Demandes reçues")
        self.new = Button("Nouvelle demande", "ghost", "plus", compact=True)
        self.new.setVisible(may_write)
        self.new.clicked.connect(self.asked)
        self.add_action(self.new)
        self.rows = RowList("Demandes reçues", fit=True)
        self.rows.opened.connect(self.opened)
        self.add_rows(self.rows)

    def show_referrals(self, found: Sequence[AskedFor]) -> None:
        """Show them, the latest first; the card goes when there is none."""
        self.rows.set_rows([Row(each.id, each.title, each.detail, icon="mail") for each in found])
        self.setVisible(bool(found))


class WatchesCard(Card):
    """The calls and visits somebody makes without a measure (« veille »). `opened(id)`."""

    opened = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Veille")
        self.rows = RowList("Veille", fit=True)
        self.rows.opened.connect(self.opened)
        self.add_rows(self.rows)

    def show_watches(self, found: Sequence[AskedFor]) -> None:
        """Show them, the latest first; the card goes when there is none."""
        self.rows.set_rows([Row(each.id, each.title, each.detail, icon="phone-call") for each in found])
        self.setVisible(bool(found))


def _rows(shown: ShownMeasures, file: MeasureFile, *, may_write: bool) -> list[Row]:
    """Return a row a renewal, a suspension, a relay, the latest first; a relay to come opens to be called off."""
    told = [(each.from_date, each.id, *renewal_words(each), "refresh") for each in file.renewals]
    told += [(each.from_date, each.id, *suspension_words(each), "clock") for each in file.suspensions]
    told += [(each.from_date, each.id, *handed_words(shown, each), "users") for each in file.relays]
    coming = {each.id for each in to_come(file.relays, shown.day)} if may_write else set()
    return [
        Row(key, title, detail, icon=icon, chevron=key in coming)
        for _on, key, title, detail, icon in sorted(told, reverse=True)
    ]


def _at_top(grid: FactGrid) -> QWidget:
    """Return a holder in which the lines stay close, however tall the neighbour is."""
    holder = QWidget()
    holder.setMinimumWidth(px(300))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(grid)
    column.addStretch(1)
    return holder
