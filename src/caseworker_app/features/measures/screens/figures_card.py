"""The figures of the agreement stood on over a period: read, chosen, printed, taken out as a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.indicators import (
    INDICATOR_LABELS,
    AgreementFigures,
    Figure,
    Indicator,
    checked_period,
    usual_period,
)
from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.dates import Period, format_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.saving import PDF, ask_place
from caseworker_app.ui_kit.theme import px

_TITLE = "Enregistrer les indicateurs"
_LISTS = "Classeur Excel (*.xlsx);;Tableau CSV (*.csv)"


class ChooseDialog(AskDialog):
    """Asks which figures an agreement reports."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Indicateurs de la convention", "&Enregistrer", "check", parent)
        self.ticks = {each: Check(INDICATOR_LABELS[each]) for each in Indicator}
        grid = QGridLayout()
        grid.setVerticalSpacing(px(2))
        half = (len(self.ticks) + 1) // 2
        for place, tick in enumerate(self.ticks.values()):
            grid.addWidget(tick, place % half, place // half)
        self.body.addLayout(grid)

    def ask(self, chosen: frozenset[Indicator]) -> None:
        """Show it with those chosen ticked."""
        self.say("Ceux que le financeur demande, sur la page comme dans ce qui s’imprime et s’exporte.")
        for each, tick in self.ticks.items():
            tick.setChecked(each in chosen)
        self.begin(next(iter(self.ticks.values())))

    def read(self) -> list[Indicator]:
        """Return those ticked."""
        return [each for each, tick in self.ticks.items() if tick.isChecked()]


class FiguresCard(Card):
    """Figures over a period, each with how it is counted; `ask_place` asks where a file goes."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty and hidden."""
        super().__init__("Indicateurs")
        self._desk = desk
        self._agreement: Agreement | None = None
        self.held: AgreementFigures | None = None
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.ask_place: Callable[[QWidget, str, str, str], Path | None] = ask_place
        self.choose = Button("Choisir", "ghost", "list-check", compact=True)
        self.choose.setAccessibleName("Choisir les indicateurs")
        self.print = Button("Imprimer", "ghost", "printer", compact=True)
        self.print.setAccessibleName("Imprimer les indicateurs")
        self.export = Button("Exporter", "ghost", "file-export", compact=True)
        self.export.setAccessibleName("Exporter les indicateurs")
        self.start, self.end = Entry("jj/mm/aaaa", tabular=True), Entry("jj/mm/aaaa", tabular=True)
        self.fields = {"start": Field("Indicateurs du", self.start), "end": Field("Indicateurs au", self.end)}
        self.rest = SentenceLine()
        self.rows = RowList("Indicateurs", height=52, fit=True)
        self.dialog = ChooseDialog(self)
        self._lay_out()
        self._join()
        self.hide()

    def show_figures(self, agreement: Agreement | None) -> None:
        """Show the figures of an agreement, to whoever reads files; None while a new one is being written."""
        other = agreement is None or self._agreement is None or agreement.id != self._agreement.id
        self._agreement = agreement
        if agreement is not None and other:
            period = usual_period(agreement, self._desk.today)
            self.start.setText(format_date(period.start))
            self.end.setText(format_date(period.end or period.start))
        self.read_again()

    def read_again(self) -> None:
        """Read the figures over the period typed, or say beside its field what is wrong with it."""
        desk, agreement = self._desk, self._agreement
        if agreement is None or not desk.who.may(Right.READ_FILES):
            return
        for field in self.fields.values():
            field.accept()
        try:
            period = self._period()
        except InvalidEntry as error:
            place_error(error, self.fields, self.rest)
            return

        def read() -> AgreementFigures:
            with desk.file.reading() as connection:
                return service.figures_of(
                    connection, desk.who, agreement.id, desk.sources, day=desk.today, period=period
                )

        self._reading.ask(read)

    def _period(self) -> Period:
        today = self._desk.today
        return checked_period(
            parse_day(self.start.text(), today, "start"), parse_day(self.end.text(), today, "end")
        )

    def _show(self, read: AgreementFigures) -> None:
        if self._agreement is None or read.agreement.id != self._agreement.id:
            return
        self.held = read
        may_print = self._desk.who.may(Right.PRINT)
        self.rows.set_rows([_row(place, each) for place, each in enumerate(read.figures)])
        self.choose.setVisible(self._desk.may_manage)
        self.print.setVisible(may_print)
        self.export.setVisible(may_print)

    def _lay_out(self) -> None:
        for button in (self.choose, self.print, self.export):
            self.add_action(button)
        dates = QWidget()
        line = QHBoxLayout(dates)
        line.setContentsMargins(INSET, 0, INSET, 0)
        line.setSpacing(px(12))
        for field in self.fields.values():
            line.addWidget(field, 1)
        self.add_rows(dates, rule=False)
        self.add_rows(self.rows)

    def _join(self) -> None:
        desk = self._desk
        for entry in (self.start, self.end):
            entry.editingFinished.connect(self.read_again)
        self.choose.clicked.connect(self._ask)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.dialog.confirm.clicked.connect(self._write)
        concerned = (
            "agreement_rule",
            "support_measure",
            "measure_renewal",
            "grant_spending",
            "diary_entry",
            "referral",
            "measure_relay",
        )
        desk.changes.listen(self, lambda c: any(c.concerns(table=t) for t in concerned), self.read_again)

    def _ask(self) -> None:
        if self.held is not None:
            self.dialog.ask(frozenset(each.indicator for each in self.held.figures))

    def _write(self) -> None:
        desk, agreement = self._desk, self._agreement
        if agreement is None:
            return
        chosen = self.dialog.read()

        def done(answer: object) -> None:
            self.dialog.accept()
            desk.done(answer, "Indicateurs choisis")

        desk.tasks.run(
            lambda: service.choose_indicators(desk.file, desk.who, agreement.id, chosen),
            done,
            self.dialog.refuse,
            owner=self,
        )

    def _print(self) -> None:
        desk, held = self._desk, self.held
        out = self.ask_place(self, _TITLE, self._file_name("pdf"), PDF) if held else None
        if held is not None and out is not None:
            desk.tasks.read(
                lambda: service.print_figures(desk.file, desk.who, held, out, desk.draw_figures, desk.today),
                self._written,
                self._not_written,
                owner=self,
            )

    def _export(self) -> None:
        desk, held = self._desk, self.held
        out = self.ask_place(self, _TITLE, self._file_name("xlsx"), _LISTS) if held else None
        if held is not None and out is not None:
            desk.tasks.read(
                lambda: service.export_figures(desk.file, desk.who, held, out),
                self._written,
                self._not_written,
                owner=self,
            )

    def _file_name(self, suffix: str) -> str:
        day: date = self._desk.today
        return f"indicateurs-{day.isoformat()}.{suffix}"

    def _written(self, out: Path) -> None:
        self._desk.navigator.confirm(f"Indicateurs enregistrés dans {out.name}")

    def _not_written(self, error: CaseworkerError) -> None:
        self._desk.navigator.confirm(error.sentence)


def _row(place: int, figure: Figure) -> Row:
    return Row(str(place), figure.label, figure.how, trailing=figure.words(), icon="chart-bar", chevron=False)
