"""The analysis of a file, pure and picklable: what it is and proposes, what is wrong, who is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.body_rows import BodyReader, ProposedBody, join_bodies
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.content import Profile
from caseworker_app.features.intake.domain.duplicates import Duplicate, DuplicateFinder, Found, KnownPerson
from caseworker_app.features.intake.domain.dwelling_rows import repeated_dwellings
from caseworker_app.features.intake.domain.fitting import fit
from caseworker_app.features.intake.domain.joining import join_rows
from caseworker_app.features.intake.domain.key_cells import without_key_cells
from caseworker_app.features.intake.domain.keys import without_keys
from caseworker_app.features.intake.domain.list_kind import OF_BODIES, ListKind
from caseworker_app.features.intake.domain.listing import Listed, open_list
from caseworker_app.features.intake.domain.proposal import (
    ERROR,
    Problem,
    ProposedDwelling,
    ProposedHousehold,
)
from caseworker_app.features.intake.domain.referral_rows import ProposedReferral, ReferralReader
from caseworker_app.features.intake.domain.row_reader import RowReader
from caseworker_app.features.intake.domain.rows import corrected
from caseworker_app.features.intake.domain.tracker_rows import TrackerReader
from caseworker_app.features.intake.domain.tracking import ProposedTracking
from caseworker_app.kernel.collector import paused_collector
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.progress import Tell, counted
from caseworker_app.sheets.sheet import Sheet, SheetRow

# A person corrects a few rows at a time; the others come once these are settled.
MOST_TO_CHECK = 2_000
NO_SUCH_DAY_UNUSED = "Ce jour n’existe pas\u00a0: corrigez la ligne."


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. `row_count` counts rows of data: neither blank ones, titles, totals nor notes.

    Exactly one of `households`, `dwellings` and `bodies` is filled, by kind. `problems` come in the order of the
    rows. `tracked` is what a follow-up table tells beside the households, `asked` what referrals ask for;
    `sheets` those it was read from;
    `without_kind`: rows that give dates of a measure without saying which (see `Choices.measure_kind`);
    `rows_to_check` the rows that have problems, were corrected or left aside, as the file has them; `skipped_rows`
    those left aside by choice.
    """

    kind: ListKind
    file_kind: str
    encoding: str | None
    separator: str | None
    sheet_name: str | None
    header_row: int
    matching: Matching
    row_count: int
    households: tuple[ProposedHousehold, ...] = ()
    dwellings: tuple[ProposedDwelling, ...] = ()
    problems: tuple[Problem, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    related: tuple[Duplicate, ...] = ()
    titles: tuple[str, ...] = ()
    rows_aside: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = ()
    bodies: tuple[ProposedBody, ...] = ()
    tracked: tuple[ProposedTracking, ...] = ()
    asked: tuple[ProposedReferral, ...] = ()
    sheets: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows_to_check: tuple[SheetRow, ...] = ()
    without_kind: int = 0
    skipped_rows: tuple[int, ...] = ()

    def proposed(self) -> Iterator[tuple[int, int]]:
        """Yield the first row of every proposal, and how many rows it comes from."""
        for proposals in (self.households, self.bodies):
            yield from ((proposal.row, len(proposal.rows)) for proposal in proposals)
        yield from ((dwelling.row, 1) for dwelling in self.dwellings)


def analyse(
    path: Path | str,
    known: Iterable[KnownPerson] = (),
    today: date | None = None,
    choices: Choices = NO_CHOICES,
    tell: Tell | None = None,
) -> ImportPlan:
    """Read a file and return the plan of its import; writes nothing anywhere.

    `known` are the people already followed, `choices` what a person decided of the list; `tell` is told of the rows
    read, and may stop by raising. Raises UnreadableFile (no
    list can be read) or NotThisKind (the list is about something else), each with one French sentence.
    """
    today = today or date.today()  # noqa: DTZ011 - the day on the wall of the office
    with paused_collector():
        return plan_of(open_list(Path(path), today, choices), known, today, choices, tell)


def plan_of(
    listed: Listed,
    known: Iterable[KnownPerson],
    today: date,
    choices: Choices = NO_CHOICES,
    tell: Tell | None = None,
) -> ImportPlan:
    """Return the plan of a list that was opened, its cells corrected and rows left aside as chosen; see `analyse`."""
    whole, matching = listed.sheet, listed.matching
    sheet, keys = without_key_cells(corrected(whole, choices), matching)
    no_such_days = _impossible_days_elsewhere(sheet, matching, today)
    read = _READERS.get(listed.kind, _read_households)(
        _Opened(listed, sheet, counted(sheet.rows, len(sheet.rows), tell), today, choices),
        frozenset(problem.row for problem in no_such_days),
    )
    problems = tuple(sorted([*keys, *read.problems, *no_such_days], key=lambda problem: problem.row))
    found = Found(repeated_dwellings(read.dwellings), ())
    if read.households:
        found = DuplicateFinder(read.households, today).find(known)
    looked_at = {problem.row for problem in problems}
    looked_at |= {correction.row for correction in choices.corrections} | set(choices.skipped_rows)
    return ImportPlan(
        kind=listed.kind,
        file_kind=sheet.file_kind,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet_name=sheet.sheet_name,
        header_row=sheet.header_row,
        matching=matching,
        row_count=len(whole.rows),
        households=read.households,
        dwellings=read.dwellings,
        problems=problems,
        duplicates=found.duplicates,
        related=found.related,
        titles=tuple(map(without_keys, sheet.titles)),
        rows_aside=tuple(row.number for row in sheet.aside),
        other_sheets=tuple(other.name for other in sheet.other_sheets if other.rows > 1),
        bodies=read.bodies,
        tracked=read.tracked,
        asked=read.asked,
        without_kind=read.without_kind,
        sheets=listed.sheets if len(listed.sheets) > 1 else (),
        header=sheet.header,
        rows_to_check=tuple(_shown(row, matching) for row in whole.rows if row.number in looked_at)[
            :MOST_TO_CHECK
        ],
        skipped_rows=tuple(row.number for row in whole.rows if row.number in frozenset(choices.skipped_rows)),
    )


def _shown(row: SheetRow, matching: Matching) -> SheetRow:
    """Return a row as it may be shown: what is never kept is not shown either."""
    withheld = {entry.index for entry in matching.left_out if entry.withheld}
    return (
        SheetRow(row.number, ["" if i in withheld else c for i, c in enumerate(row.cells)])
        if withheld
        else row
    )


@dataclass(frozen=True)
class _Opened:
    """A list about to be read: `rows` are those of the sheet, counted as they go by."""

    listed: Listed
    sheet: Sheet
    rows: Iterable[SheetRow]
    today: date
    choices: Choices


@dataclass(frozen=True)
class _Read:
    """What the rows of a list gave, by kind."""

    problems: list[Problem]
    households: tuple[ProposedHousehold, ...] = ()
    dwellings: tuple[ProposedDwelling, ...] = ()
    bodies: tuple[ProposedBody, ...] = ()
    tracked: tuple[ProposedTracking, ...] = ()
    asked: tuple[ProposedReferral, ...] = ()
    without_kind: int = 0


def _read_households(of: _Opened, aside: frozenset[int]) -> _Read:
    reader = RowReader(of.sheet, of.listed.matching, of.today)
    joined = join_rows([p for p in map(reader.household, of.rows) if p is not None and p.row not in aside])
    households, refused = fit(joined, of.today)
    return _Read([*reader.problems, *refused], households)


def _read_dwellings(of: _Opened, aside: frozenset[int]) -> _Read:
    reader = RowReader(of.sheet, of.listed.matching, of.today)
    read = map(reader.dwelling, of.rows)
    return _Read(reader.problems, dwellings=tuple(d for d in read if d is not None and d.row not in aside))


def _read_bodies(of: _Opened, aside: frozenset[int]) -> _Read:
    professionals = of.listed.kind is ListKind.PARTNERS
    reader = BodyReader(of.sheet, of.listed.matching, of.today, professionals=professionals)
    bodies = join_bodies([b for b in map(reader.body, of.rows) if b is not None and b.row not in aside])
    return _Read(reader.problems, bodies=bodies)


def _read_tracker(of: _Opened, aside: frozenset[int]) -> _Read:
    listed = of.listed
    reader = TrackerReader(of.sheet, listed.matching, of.today, listed.sheets, of.choices.measure_kind)
    read = [p for row in of.rows if (p := reader.read(row, aside=row.number in aside)) is not None]
    households, refused = fit(reader.joined(join_rows(read)), of.today)
    kept = {row for household in households for row in household.rows}
    tracked = tuple(each for each in reader.tracked if each.row in kept)
    problems = [*reader.problems, *refused]
    return _Read(problems, households, tracked=tracked, without_kind=reader.without_kind)


def _read_referrals(of: _Opened, aside: frozenset[int]) -> _Read:
    reader = ReferralReader(of.sheet, of.listed.matching, of.today)
    joined = join_rows([p for p in map(reader.read, of.rows) if p is not None and p.row not in aside])
    households, refused = fit(joined, of.today)
    kept = {row for household in households for row in household.rows}
    asked = tuple(each for each in reader.asked if each.row in kept)
    return _Read([*reader.problems, *refused], households, asked=asked)


_READERS = {
    ListKind.REFERRALS: _read_referrals,
    ListKind.DWELLINGS: _read_dwellings,
    ListKind.TRACKER: _read_tracker,
    **dict.fromkeys(OF_BODIES, _read_bodies),
}


def _impossible_days_elsewhere(sheet: Sheet, matching: Matching, today: date) -> list[Problem]:
    """Find days that do not exist in date columns that are not imported: whoever typed them mistyped the row."""
    used = {match.index for match in matching.matches}
    withheld = {entry.theirs for entry in matching.left_out if entry.withheld}
    problems: list[Problem] = []
    for index, name in enumerate(sheet.header):
        if index in used or name in withheld:
            continue
        if Profile(row.cells[index] for row in sheet.rows).share("date") >= 60:
            problems += [
                Problem(row.number, name, values.shorten(row.cells[index]), NO_SUCH_DAY_UNUSED, ERROR)
                for row in sheet.rows
                if row.cells[index] and _is_impossible(row.cells[index], today)
            ]
    return problems


def _is_impossible(text: str, today: date) -> bool:
    try:
        values.parse_date(text, today)
    except InvalidEntry as error:
        return error.sentence == values.NO_SUCH_DAY
    return False
