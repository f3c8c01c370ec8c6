"""The figures an agreement reports over a period: read, printed, taken out as a list. They name nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from caseworker_app.features.households import service as households
from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.indicators import (
    FIGURES_CODE,
    HEADINGS,
    AgreementFigures,
    Counted,
    CountedMeasure,
    Indicator,
    figures,
    reported,
    sheet_rows,
    usual_period,
)
from caseworker_app.features.measures.domain.measure import Agreement, SupportMeasure
from caseworker_app.features.measures.domain.places import places_taken
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.sheets.writing import delimited, workbook
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# The days of the meetings held with a household in a period, which a room above this one knows.
Meetings = Callable[[Connection, Who, str, Period], list[date]]
TITLE = "Indicateurs"


Render = Callable[[AgreementFigures, date], bytes]


def figures_of(
    connection: Connection,
    who: Who,
    agreement_id: str,
    meetings: Meetings,
    *,
    day: date,
    period: Period | None = None,
) -> AgreementFigures:
    """Return what an agreement reports over a period, by default the year of `day` up to it.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    agreement = store.agreements.one(connection, agreement_id)
    counted = _counted(connection, who, agreement, period or usual_period(agreement, day), meetings)
    return AgreementFigures(
        agreement, counted.period, tuple(figures(counted)), team.the_association(connection, who)
    )


def export_figures(file: EncryptedFile, who: Who, shown: AgreementFigures, out: Path) -> Path:
    """Write figures as a list, CSV or XLSX by the name of `out`. Raises PlaceNotWritable, NotAllowed."""
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    write = delimited if out.suffix.lower() == ".csv" else workbook
    write_atomically(write(TITLE, HEADINGS, sheet_rows(shown.figures)), out)
    file.accesses.note(who.worker_id, AccessKind.EXPORTED, None, FIGURES_CODE)
    return out


def print_figures(
    file: EncryptedFile, who: Who, shown: AgreementFigures, out: Path, render: Render, day: date
) -> Path:
    """Write figures as a PDF page at `out`. Raises PlaceNotWritable, NotAllowed."""
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    write_atomically(render(shown, day), out)
    file.accesses.note(who.worker_id, AccessKind.PRINTED, None, FIGURES_CODE)
    return out


def _counted(
    connection: Connection, who: Who, agreement: Agreement, period: Period, meetings: Meetings
) -> Counted:
    rules = tuple(store.rules_of(connection, agreement.id))
    last = period.end or period.start
    measures = store.measures_under(connection, agreement.id)
    within = [each for each in measures if Period(each.starts_on, each.ended_on).overlaps(period)]
    ids = list(dict.fromkeys(each.household_id for each in within))
    asked = Indicator.MEETINGS in reported(rules, last)
    people = households.summaries(connection, who, ids)
    actions = [each.id for each in store.actions_of(connection, agreement.id)]
    taken = places_taken([agreement], store.measure_lines(connection))
    return Counted(
        agreement,
        period,
        rules,
        tuple(_counted_measure(each) for each in measures),
        tuple(birth for each in people.values() for _relation, birth in each.births),
        tuple(store.renewals_decided(connection, agreement.id)),
        tuple(_held(connection, who, within, period, meetings)) if asked else (),
        tuple((each.spent_on, each.spent_cents) for each in store.spendings_of(connection, actions)),
        taken.get(agreement.id),
    )


def _counted_measure(each: SupportMeasure) -> CountedMeasure:
    return CountedMeasure(
        each.id, each.household_id, each.starts_on, each.planned_end_on, each.ended_on, each.exit_reason_label
    )


def _held(
    connection: Connection, who: Who, measures: Sequence[SupportMeasure], period: Period, meetings: Meetings
) -> list[date]:
    """Return the day of each meeting held while a measure ran, each counted once whatever the measures."""
    spans: dict[str, list[Period]] = {}
    for each in measures:
        spans.setdefault(each.household_id, []).append(Period(each.starts_on, each.ended_on))
    return [
        day
        for household, ran in spans.items()
        for day in meetings(connection, who, household, period)
        if any(span.holds(day) for span in ran)
    ]
