"""What the dated tables say of measures on a day: kinds, reasons for an end, usual visits."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.measures.domain.measure import ExitReason, Intensity, MeasureKind
from caseworker_app.kernel.parameters import all_dated, dated


def list_kinds(day: date) -> list[MeasureKind]:
    """Return the kinds of measures that may be opened on a day, in the order of the dated table."""
    return [
        MeasureKind(
            row.value["code"],
            row.value["label"],
            row.value["short_label"],
            row.value["basis"],
            row.value.get("default_months"),
            row.value.get("max_months"),
            row.source,
            row.verified,
        )
        for row in all_dated("measure_kinds", "kind", day)
    ]


def exit_reasons(day: date) -> list[ExitReason]:
    """Return the reasons for which a measure may end on a day."""
    rows = all_dated("exit_reasons", "reason", day)
    return [ExitReason(row.value["code"], row.value["label"]) for row in rows]


def usual_visits(intensity: Intensity, day: date) -> int:
    """Return the home visits a month expected by default for an intensity."""
    return int(dated("visit_intensity", intensity, day).value)
