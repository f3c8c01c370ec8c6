"""The figures an agreement reports over a period: read, printed, taken out as a list. They name nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.figures import figures, figures_together
from caseworker_app.features.measures.domain.indicators import (
    FIGURES_CODE,
    HEADINGS,
    AgreementFigures,
    Counted,
    CountedMeasure,
    Indicator,
    LandlordFigures,
    reported,
    sheet_rows,
    usual_period,
)
from caseworker_app.features.measures.domain.indicators_around import CountedReferral
from caseworker_app.features.measures.domain.measure import Agreement, SupportMeasure
from caseworker_app.features.measures.domain.places import places_taken
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.sheets.writing import delimited, workbook
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# The days of the meetings held, or missed, with a household in a period, which a room above this one knows.
Meetings = Callable[[Connection, Who, str, Period], list[date]]
# The referrals under some agreements, of a room above this one too.
ReferralsUnder = Callable[[Connection, Who, frozenset[str]], list[CountedReferral]]
TITLE = "Indicateurs"


@dataclass(frozen=True, slots=True)
class FiguresSources:
    """What figures are counted from beside the measures, in rooms above this one."""

    meetings: Meetings
    missed: Meetings
    referrals: ReferralsUnder


Render = Callable[[AgreementFigures, date], bytes]


def figures_of(
    connection: Connection,
    who: Who,
    agreement_id: str,
    sources: FiguresSources,
    *,
    day: date,
    period: Period | None = None,
) -> AgreementFigures:
    """Return what an agreement reports over a period, by default the year of `day` up to it.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    agreement = store.agreements.one(connection, agreement_id)
    counted = _counted(connection, who, [agreement], period or usual_period(agreement, day), sources)
    return AgreementFigures(
        agreement, counted.period, tuple(figures(counted)), team.the_association(connection, who)
    )


def figures_of_landlord(
    connection: Connection,
    who: Who,
    landlord_id: str,
    sources: FiguresSources,
    *,
    day: date,
    period: Period | None = None,
) -> LandlordFigures:
    """Return what the agreements with a landlord report together, by default over the year of `day` up to it.

    Raises NotFound where there is none, NotAllowed.
    """
    who.require(Right.READ_FILES)
    name = landlords.open_landlord(connection, who, landlord_id).landlord.name
    found = [each for each in store.all_agreements(connection) if each.landlord_id == landlord_id]
    if not found:
        raise NotFound(f"Aucune convention n’est passée avec {name}\u00a0: choisissez un autre bailleur.")
    over = period or Period(date(day.year, 1, 1), day)
    counted = _counted(connection, who, found, over, sources)
    names = tuple(each.name for each in found)
    return LandlordFigures(name, names, over, tuple(figures_together(counted)))


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
    connection: Connection,
    who: Who,
    agreements: Sequence[Agreement],
    period: Period,
    sources: FiguresSources,
) -> Counted:
    """Return what is counted of agreements, together where there are several: their rules and places are of one."""
    alone = agreements[0] if len(agreements) == 1 else None
    rules = tuple(store.rules_of(connection, alone.id)) if alone else ()
    asked = reported(rules, period.end or period.start)
    ids = [each.id for each in agreements]
    measures = [measure for key in ids for measure in store.measures_under(connection, key)]
    within = [each for each in measures if Period(each.starts_on, each.ended_on).overlaps(period)]
    followed = list(dict.fromkeys(each.household_id for each in within))
    people = households.summaries(connection, who, followed)
    actions = [each.id for key in ids for each in store.actions_of(connection, key)]
    taken = places_taken([alone], store.measure_lines(connection)) if alone else {}

    def days(read: Meetings, indicator: Indicator) -> tuple[date, ...]:
        return tuple(_held(connection, who, within, period, read)) if indicator in asked else ()

    return Counted(
        agreements[0],
        period,
        rules,
        tuple(_counted_measure(each) for each in measures),
        tuple(birth for each in people.values() for _relation, birth in each.births),
        tuple(day for key in ids for day in store.renewals_decided(connection, key)),
        days(sources.meetings, Indicator.MEETINGS),
        tuple((each.spent_on, each.spent_cents) for each in store.spendings_of(connection, actions)),
        taken.get(alone.id) if alone else None,
        days(sources.missed, Indicator.MISSED),
        tuple(day for key in ids for day in store.relays_under(connection, key)),
        tuple(sources.referrals(connection, who, frozenset(ids))),
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
