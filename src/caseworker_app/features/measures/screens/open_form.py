"""The form that opens a measure: its kind proposes a length, its agreement bounds it."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import (
    INTENSITY_LABELS,
    Agreement,
    Intensity,
    MeasureKind,
    NewMeasure,
)
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures, length_hint
from caseworker_app.features.measures.domain.terms import AgreementRule, first_end, visits_a_month
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.side_form import SideForm, Work


class OpenForm(SideForm):
    """Kind, agreement, dates, lead worker, intensity; the planned end follows the choices until it is typed."""

    def __init__(self, desk: MeasuresDesk, shown: ShownMeasures) -> None:
        """Make it for a household, with what is usual already chosen."""
        super().__init__(
            "open", "Ouvrir une mesure", desk.today, "La sorte et le début suffisent.", "&Ouvrir la mesure"
        )
        self.worth_a_draft = True
        self._desk, self._shown = desk, shown
        self._kinds = {each.code: each for each in service.list_kinds(desk.today)}
        self._agreements = {each.id: each for each in shown.agreements}
        self._usual = {each: service.usual_visits(each, desk.today) for each in Intensity}
        self._proposed = ""
        self._add_fields()
        self.intend(self._work, "Mesure ouverte")

    def _add_fields(self) -> None:
        desk, day = self._desk, self._desk.today
        kinds = {each.code: each.label for each in self._kinds.values()}
        self._kind = self.choice("kind_code", "&Sorte de mesure", kinds)
        self._agreement = self.choice(
            "agreement_id", "&Convention", _names(self._shown.agreements), nothing="Aucune"
        )
        self.side_by_side()
        self._start = self.day("starts_on", "&Début le", day)
        self._end = self.day("planned_end_on", "&Fin prévue le")
        self._length = self.note("La durée proposée vient de la sorte de mesure.")
        self.line("prescriber", "&Prescripteur", placeholder="SIAO, bailleur, conseil départemental…")
        workers = {each.id: each.name for each in self._shown.workers if each.active}
        self.choice("lead_worker_id", "&Référent·e", workers, desk.who.worker_id)
        self.side_by_side()
        self._intensity = self.choice("intensity", "&Intensité", INTENSITY_LABELS, Intensity.MEDIUM)
        self._visits = self.number(
            "visits_per_month", "&Visites par\u00a0mois", self._usual[Intensity.MEDIUM]
        )
        for choice in (self._kind, self._agreement):
            choice.activated.connect(lambda _index: self._propose())
        self._agreement.activated.connect(lambda _index: self._propose_visits())
        self._start.editingFinished.connect(self._propose)
        self._intensity.activated.connect(lambda _index: self._propose_visits())

    def _propose(self) -> None:
        """Propose the end that follows from what is chosen, unless another was typed."""
        kind = self._kinds.get(self._kind.current_key())
        if kind is None:
            return
        try:
            start = self.date_of("starts_on")
        except InvalidEntry:
            return
        rule = self._rule()
        self._length.setText(length_hint(kind, rule))
        if start is None or self._end.text().strip() != self._proposed:
            return
        end = first_end(kind, start, self._chosen_agreement(), rule)
        self._proposed = format_date(end) if end else ""
        self._end.setText(self._proposed)

    def _propose_visits(self) -> None:
        """Propose the visits of the agreement's rhythm, else those of the intensity."""
        usual = self._usual[Intensity(self._intensity.current_key())]
        self._visits.setText(str(visits_a_month(self._rule()) or usual))

    def _rule(self) -> AgreementRule | None:
        """Return the rules of the agreement chosen, on the day the measure starts."""
        try:
            start = self.date_of("starts_on")
        except InvalidEntry:
            return None
        return self._shown.rule(self._agreement.current_key(), start or self._desk.today)

    def _chosen_agreement(self) -> Agreement | None:
        return self._agreements.get(self._agreement.current_key())

    def _chosen_kind(self) -> MeasureKind:
        kind = self._kinds.get(self.text("kind_code") or "")
        if kind is None:
            raise InvalidEntry("Choisissez la sorte de mesure dans la liste.", "kind_code")
        return kind

    def _work(self) -> Work:
        desk = self._desk
        new = NewMeasure(
            self._shown.household_id,
            self._chosen_kind().code,
            self.needed_date("starts_on"),
            self.date_of("planned_end_on"),
            self.text("agreement_id"),
            self.text("prescriber"),
            self.text("lead_worker_id"),
            self.needed("intensity", Intensity),
            self.whole("visits_per_month"),
        )
        return lambda: service.open_measure(desk.file, desk.who, new)


def _names(agreements: Sequence[Agreement]) -> dict[str, str]:
    return {
        each.id: f"{each.name} (jusqu’au {format_date(each.ends_on)})" if each.ends_on else each.name
        for each in agreements
    }
