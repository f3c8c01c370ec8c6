"""The measure a row of a follow-up table tells: its kind, its days, why it ended; what cannot be is told."""

from __future__ import annotations

from datetime import date, timedelta

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.follow_up_words import (
    KindOfMeasure,
    exit_label,
    exit_named,
    kinds_on,
    measure_named,
)
from caseworker_app.features.intake.domain.proposal import WARNING
from caseworker_app.features.intake.domain.tracker_cells import TrackerCells
from caseworker_app.features.intake.domain.tracking import ProposedMeasure
from caseworker_app.kernel.dates import add_months

NO_START = (
    "Mesure sans date de début\u00a0: elle n’est pas créée. Donnez la date, ou laissez le ménage sans mesure."
)
NO_KIND = "Sorte de mesure non reconnue\u00a0: elle n’est pas créée. Choisissez-en une de la liste."
DOUBTFUL_KIND = "Sorte de mesure incertaine\u00a0: «\u00a0{label}\u00a0» retenue."
ENDS_FIRST = "La fin précède le début de la mesure\u00a0: cette date n’est pas reprise."
NO_REASON = "Motif de sortie non indiqué ou non reconnu\u00a0: «\u00a0{label}\u00a0» retenu."
TOO_LONG = "Cette mesure dépasserait les {months}\u00a0mois que la loi permet\u00a0: sa fin est ramenée à cette limite."
TOO_EARLY = "Cette mesure commence dans plus d’un an ou avant 1980\u00a0: vérifiez l’année."

DATES = ("measure_start_date", "measure_planned_end_date", "measure_end_date")
_DATE_WORDS = ("depuis le", "fin prévue", "sorti le")


class MeasureReader:
    """Reads the measure of each row. `without_kind`: rows that give dates of a measure and nowhere say which."""

    def __init__(self, of: TrackerCells, usual_kind: str | None) -> None:
        """Read these cells; `usual_kind`: code of the measure where neither the row nor its sheet names one."""
        self._of, self._cells, self._usual_kind = of, of.cells, usual_kind
        self.without_kind = 0

    def measure(self) -> ProposedMeasure | None:
        """Return the measure of the row; None where it tells none, or not enough to open it."""
        days = {key: self._of.day(key) for key in DATES}
        start, planned, ended = (days[key] for key in DATES)
        code = self._kind_code(any_date=any(days.values()))
        if code is None:
            if any(days.values()):
                self.without_kind += 1
                told = [
                    f"{name} {day:%d/%m/%Y}"
                    for name, day in zip(_DATE_WORDS, days.values(), strict=True)
                    if day
                ]
                self._cells.notes.append(f"Suivi d’après le tableau\u00a0: {', '.join(told)}")
            return None
        if self._cells.in_error:
            return None  # the row waits to be corrected: its measure is read then
        if start is None:
            place = self._cells.first.get("measure_start_date")
            self._cells.tell(WARNING, place[1] if place else "", "", NO_START)
            self._keep_measure(code, planned, ended)
            return None
        return self._fitting(code, start, planned, ended)

    def _keep_measure(self, code: str, planned: date | None, ended: date | None) -> None:
        """Keep in the note what is known of a measure that is not created."""
        label = kinds_on(self._of.today)[code].label if code in kinds_on(self._of.today) else code
        told = [
            f"fin prévue {planned:%d/%m/%Y}" if planned else "",
            f"sortie {ended:%d/%m/%Y}" if ended else "",
        ]
        self._cells.notes.append(", ".join(filter(None, (f"Mesure du tableau\u00a0: {label}", *told))))

    def _kind_code(self, *, any_date: bool) -> str | None:
        place = self._cells.first.get("measure_kind")
        text = self._cells.text(place) if place else ""
        if text and place is not None:
            named = measure_named(text, self._of.today)
            if named is None:
                self._cells.keep_aside(place[1], text, NO_KIND)
                return self._usual_kind
            if named.probable:
                label = kinds_on(self._of.today)[named.code].label
                self._cells.tell(WARNING, place[1], text, DOUBTFUL_KIND.format(label=label))
            return named.code
        if not any_date:
            return None
        return self._usual_kind or self._kind_of_sheet()

    def _kind_of_sheet(self) -> str | None:
        for text in (self._of.sheet_name(), *self._of.titles):
            named = measure_named(text, self._of.today)
            if named is not None:
                return named.code
        return None

    def _fitting(
        self, code: str, start: date, planned: date | None, ended: date | None
    ) -> ProposedMeasure | None:
        """Return the measure as its room will take it, what it would refuse told here."""
        kind = kinds_on(start).get(code)
        if kind is None or not date(1980, 1, 1) <= start <= add_months(self._of.today, 12):
            self._cells.tell(WARNING, self._cells.first["measure_start_date"][1], "", TOO_EARLY)
            self._keep_measure(code, planned, ended)
            return None
        planned = self._after_start("measure_planned_end_date", start, planned) or self._planned(kind, start)
        planned = self._within_law(kind, start, planned)
        ended = self._after_start("measure_end_date", start, ended)
        if ended is not None and ended > self._of.today:
            # A table that gives a day to come means when the measure should end.
            planned, ended = ended, None
        reason = self._reason(ended) if ended else None
        prescriber = " ".join(self._cells.plain("prescriber").split())[:200] or None
        return ProposedMeasure(code, start, planned, ended, reason, prescriber)

    def _after_start(self, key: str, start: date, day: date | None) -> date | None:
        if day is None or day >= start:
            return day
        self._cells.keep_aside(self._cells.first[key][1], f"{day:%d/%m/%Y}", ENDS_FIRST)
        return None

    def _planned(self, kind: KindOfMeasure, start: date) -> date | None:
        months = self._cells.read("measure_months", values.parse_count) or kind.default_months
        return add_months(start, min(months, 120)) - timedelta(days=1) if months else None

    def _within_law(self, kind: KindOfMeasure, start: date, planned: date | None) -> date | None:
        if planned is None or kind.max_months is None:
            return planned
        limit = add_months(start, kind.max_months) - timedelta(days=1)
        if planned <= limit:
            return planned
        place = self._cells.first.get("measure_planned_end_date")
        self._cells.tell(
            WARNING, place[1] if place else "", f"{planned:%d/%m/%Y}", TOO_LONG.format(months=kind.max_months)
        )
        return limit

    def _reason(self, ended: date) -> str:
        place = self._cells.first.get("exit_reason")
        text = self._cells.text(place) if place else ""
        code = exit_named(text) if text else None
        if code is None:
            code = "term_reached"
            message = NO_REASON.format(label=exit_label(code, ended))
            if text and place is not None:
                self._cells.keep_aside(place[1], text, message)
            else:
                self._cells.tell(WARNING, place[1] if place else "", text, message)
        return code
