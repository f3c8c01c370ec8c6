"""The first look at a file: what it is a list of, which column is which, how sure that is, what else it may be.

All but `understand` works on what was kept of the file in memory: a choice of the person is answered at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caseworker_app.features.intake.domain.alternatives import alternatives_of
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.columns import PROBABLE, SURE
from caseworker_app.features.intake.domain.content import Profile as Content
from caseworker_app.features.intake.domain.field_choices import field_label
from caseworker_app.features.intake.domain.headings import WITHHELD, is_set_aside
from caseworker_app.features.intake.domain.keys import without_keys
from caseworker_app.features.intake.domain.list_kind import IMPORTABLE, OF_BODIES, ListKind
from caseworker_app.features.intake.domain.listing import Listed, listed_as, read_as
from caseworker_app.features.intake.domain.mapping import CHOSEN, remapped
from caseworker_app.features.intake.domain.plan import plan_of
from caseworker_app.features.intake.domain.profile import Profile, ProfileInfo, fingerprint_of, fitting
from caseworker_app.features.intake.domain.proposal import Problem
from caseworker_app.features.intake.domain.referral_columns import knows_referral, looks_like_referrals
from caseworker_app.features.intake.domain.referral_rows import asking_fields
from caseworker_app.features.intake.domain.summary import (
    Fields,
    dwelling_fields,
    household_fields,
    proposed_body_fields,
    tracking_fields,
)
from caseworker_app.features.intake.domain.tracker_columns import looks_like_tracker
from caseworker_app.features.intake.domain.tracking import by_row
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.form import read_form
from caseworker_app.sheets.reading import read_table
from caseworker_app.sheets.records import holds_records
from caseworker_app.sheets.sheet import Sheet, SheetRow

TO_CHOOSE, LEFT_OUT = "to_choose", "left_out"
CONFIDENCE_LABELS = {
    SURE: "sûre",
    PROBABLE: "probable",
    TO_CHOOSE: "à choisir",
    CHOSEN: "choisie",
    LEFT_OUT: "non reprise",
}
# Enough for whoever checks a column by eye, and for what a column looks like.
_SAMPLED, _SAMPLES, _PREVIEWED = 300, 5, 200
_READ_AS = {
    ListKind.STRUCTURES: ListKind.PARTNERS,
    ListKind.CONTACTS: ListKind.PARTNERS,
    ListKind.OPERATIONS: ListKind.DWELLINGS,
}
_RUNNING_NUMBERS = frozenset({"n", "no", "num", "rang", "ordre", "ligne", "n ligne", "n ordre"})
# What has no place of its own: asking where it goes would be asking for nothing.
_NOT_KEPT = re.compile(
    r"\bnotification\b|\brenouvellement\b|mise a jour|^(?:nature|type|objet|origine)\b.*\bdettes?\b"
)
NO_NAMES = "Aucune colonne de nom n’est reconnue\u00a0: choisissez celle qui dit qui est sur chaque ligne."
KEY_COLUMN = (
    "La colonne «\u00a0{name}\u00a0» ressemble à une clé de chiffrement ou à un mot de passe\u00a0:"
    " elle n’est jamais gardée. Retirez-la aussi du fichier."
)
KEY_TITLE = (
    "Une clé de chiffrement est écrite au-dessus du tableau\u00a0: elle n’est pas gardée,"
    " retirez-la aussi du fichier."
)


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column as it is read. `ours` is empty where it is left out or to be chosen; `why` says the reason.

    A `withheld` column holds what is never kept: it cannot be chosen.
    """

    index: int
    theirs: str
    ours: str
    label: str
    confidence: str
    alternatives: tuple[str, ...]
    samples: tuple[str, ...]
    filled: int
    why: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a file in memory: its first rows, and for each column the cells it is judged by."""

    listed: Listed
    columns: tuple[tuple[str, ...], ...]
    filled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """A file at first sight, and the choices made of it so far."""

    file_name: str
    file_kind: str
    encoding: str | None
    separator: str | None
    sheet: str | None
    sheets_read: tuple[str, ...]
    other_sheets: tuple[str, ...]
    header_row: int
    titles: tuple[str, ...]
    row_count: int
    kind: ListKind
    kind_sure: bool
    columns: tuple[ColumnReading, ...]
    fingerprint: str
    profile: ProfileInfo | None
    warnings: tuple[str, ...]
    choices: Choices
    day: date
    sample: Kept

    @property
    def to_choose(self) -> int:
        """Return how many columns wait for a choice."""
        return sum(1 for column in self.columns if column.confidence == TO_CHOOSE)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it would be imported: labelled lines, and what is wrong in it."""

    row: int
    cells: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def understand(
    path: Path,
    day: date,
    profiles: Sequence[Profile] = (),
    kind: ListKind | None = None,
    sheet: str | None = None,
) -> Understanding:
    """Look at a file; the profile that fits is applied, `kind` and `sheet` go before what would be recognised.

    Raises UnreadableFile.
    """
    sheets = (sheet,) if sheet is not None else ()
    read, kind_found, sure = _opened(path, day, profiles, kind, sheets)
    header = read[0].header if len(read) == 1 else listed_as(read, kind_found, day).sheet.header
    profile = fitting(profiles, header)
    if profile is not None and kind is None and profile.kind is not kind_found:
        read, kind_found = read_as(path, profile.kind, sheets), profile.kind
    listed = listed_as(read, kind_found, day)
    choices = replace(NO_CHOICES, kind=kind_found, sheets=sheets)
    if profile is not None and profile.kind is kind_found:
        choices = replace(choices, columns=profile.chosen(listed.sheet.header))
    else:
        profile = None
    info = ProfileInfo(profile.id, profile.name, profile.ready) if profile else None
    return _understanding(path.name, listed, choices, info, day, sure=sure or info is not None)


def understand_apart(
    _progress: object,
    path: Path,
    day: date,
    profiles: Sequence[Profile] = (),
    kind: ListKind | None = None,
    sheet: str | None = None,
) -> Understanding:
    """Do the same in another process, where nothing is told on the way."""
    return understand(path, day, profiles, kind, sheet)


def with_kind(understanding: Understanding, kind: ListKind) -> Understanding:
    """Return the file read as another kind of list; choices of columns and any profile are forgotten.

    Answers from memory; `understand(path, …, kind=kind)` also looks at the other sheets of the file.
    """
    kept = understanding.sample
    sheet = replace(kept.listed.sheet, rows=_judged_rows(kept))
    listed = listed_as([sheet], kind, understanding.day)
    listed = replace(listed, sheet=kept.listed.sheet, sheets=kept.listed.sheets)
    choices = replace(NO_CHOICES, kind=kind, sheets=understanding.choices.sheets)
    return _again(understanding, replace(kept, listed=listed), choices, None)


def with_column(understanding: Understanding, index: int, ours: str) -> Understanding:
    """Return the file with one column read as `ours`, empty to leave it out."""
    return _again(
        understanding,
        understanding.sample,
        understanding.choices.with_column(index, ours),
        understanding.profile,
    )


def with_profile(understanding: Understanding, profile: Profile | None) -> Understanding:
    """Return the file read by a profile, or as the program recognises it by itself."""
    kind = profile.kind if profile is not None else understanding.kind
    found = with_kind(understanding, kind)
    if profile is None:
        return found
    header = found.sample.listed.sheet.header
    info = ProfileInfo(profile.id, profile.name, profile.ready)
    return _again(found, found.sample, replace(found.choices, columns=profile.chosen(header)), info)


def preview(understanding: Understanding, limit: int = 20) -> tuple[PreviewRow, ...]:
    """Return the first rows as they would be imported with the choices made so far; names of columns may lack."""
    listed = _chosen(understanding.sample.listed, understanding.choices)
    if not listed.has_names:
        return ()
    sheet = replace(listed.sheet, rows=listed.sheet.rows[:limit])
    plan = plan_of(replace(listed, sheet=sheet), (), understanding.day, understanding.choices)
    fields: dict[int, Fields] = {
        **{p.row: household_fields(p) for p in plan.households},
        **{d.row: dwelling_fields(d) for d in plan.dwellings},
        **{b.row: proposed_body_fields(b) for b in plan.bodies},
    }
    for each in plan.asked:
        fields[each.row] = fields.get(each.row, {}) | asking_fields([each])
    told = by_row(plan.tracked)
    for proposal in plan.households if told else ():
        fields[proposal.row] |= tracking_fields([each for row in proposal.rows for each in told.get(row, ())])
    return tuple(
        PreviewRow(
            row.number,
            tuple((label, text) for label, text in fields.get(row.number, {}).items() if text),
            tuple(problem for problem in plan.problems if problem.row == row.number),
        )
        for row in sheet.rows
        if row.number not in plan.skipped_rows
    )


def _opened(
    path: Path,
    day: date,
    profiles: Sequence[Profile],
    kind: ListKind | None,
    sheets: tuple[str, ...],
) -> tuple[list[Sheet], ListKind, bool]:
    """Read a file as the kind told, else as what it looks like; the last value says whether that is sure."""
    if kind is not None:
        return read_as(path, kind, sheets), kind, True
    if holds_records(path):
        return [read_table(path)], ListKind.PARTNERS, True
    if (
        not sheets
        and (form := read_form(path, knows_referral)) is not None
        and looks_like_referrals(form.header)
    ):
        return [form], ListKind.REFERRALS, True
    read = read_as(path, None, sheets)
    recognised = listed_as(read, None, day)
    found = _READ_AS.get(recognised.kind, recognised.kind)
    profile = fitting(profiles, recognised.sheet.header)
    if profile is None and looks_like_tracker(recognised.sheet.header) and found in _MAY_BE_TRACKER:
        found = ListKind.TRACKER
    if profile is None and looks_like_referrals(recognised.sheet.header) and found in _MAY_BE_TRACKER:
        found = ListKind.REFERRALS
    sure = found in IMPORTABLE
    found = found if sure else ListKind.PEOPLE
    if found in (ListKind.TRACKER, ListKind.REFERRALS) or found in OF_BODIES:
        read = read_as(path, found, sheets)
    return read, found, sure


_MAY_BE_TRACKER = frozenset(
    {ListKind.TENANTS, ListKind.PEOPLE, ListKind.UNKNOWN, ListKind.PARTNERS, ListKind.LANDLORDS}
)


def _understanding(
    name: str, listed: Listed, choices: Choices, info: ProfileInfo | None, day: date, *, sure: bool
) -> Understanding:
    sheet = listed.sheet
    width = range(len(sheet.header))
    cells = tuple(tuple(_first_filled(sheet, index)) for index in width)
    filled = tuple(sum(1 for row in sheet.rows if row.cells[index]) for index in width)
    kept = Kept(replace(listed, sheet=replace(sheet, rows=sheet.rows[:_PREVIEWED])), cells, filled)
    blank = Understanding(
        file_name=name,
        file_kind=sheet.file_kind,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet=sheet.sheet_name,
        sheets_read=listed.sheets,
        other_sheets=tuple(other.name for other in sheet.other_sheets if other.rows > 1),
        header_row=sheet.header_row,
        titles=tuple(map(without_keys, sheet.titles)),
        row_count=len(sheet.rows),
        kind=listed.kind,
        kind_sure=sure,
        columns=(),
        fingerprint=fingerprint_of(sheet.header),
        profile=info,
        warnings=(),
        choices=choices,
        day=day,
        sample=kept,
    )
    return _again(blank, kept, choices, info)


def _again(
    understanding: Understanding, kept: Kept, choices: Choices, info: ProfileInfo | None
) -> Understanding:
    listed = _chosen(kept.listed, choices)
    columns = tuple(
        # A profile has settled every column of its files.
        _column(listed, kept, index, asks=info is None)
        for index in range(len(listed.sheet.header))
    )
    return replace(
        understanding,
        kind=listed.kind,
        kind_sure=understanding.kind_sure or listed.kind is not understanding.kind,
        columns=columns,
        profile=info,
        warnings=tuple(_warnings(listed, columns)),
        choices=choices,
        sample=kept,
    )


def _chosen(listed: Listed, choices: Choices) -> Listed:
    return replace(listed, matching=remapped(listed.matching, listed.sheet.header, choices.columns))


def _judged_rows(kept: Kept) -> list[SheetRow]:
    """Return rows that hold the cells each column is judged by, whatever rows these come from."""
    height = max(map(len, kept.columns), default=0)
    columns = [[*cells, *[""] * (height - len(cells))] for cells in kept.columns]
    return [SheetRow(i + 1, [column[i] for column in columns]) for i in range(height)]


def _first_filled(sheet: Sheet, index: int) -> list[str]:
    found = []
    for row in sheet.rows:
        if row.cells[index]:
            found.append(row.cells[index])
            if len(found) == _SAMPLED:
                break
    return found


def _column(listed: Listed, kept: Kept, index: int, *, asks: bool) -> ColumnReading:
    theirs = listed.sheet.header[index]
    match = next((m for m in listed.matching.matches if m.index == index), None)
    left = next((entry for entry in listed.matching.left_out if entry.index == index), None)
    withheld = left is not None and left.withheld
    content = Content(kept.columns[index])
    alternatives = () if withheld else alternatives_of(content, listed.kind, match.ours if match else "")
    reading = ColumnReading(
        index,
        theirs,
        match.ours if match else "",
        field_label(match.ours) if match else "",
        match.confidence if match else LEFT_OUT,
        alternatives,
        () if withheld else _samples(kept.columns[index]),
        kept.filled[index],
        left.why if left else "",
        withheld,
    )
    waits = match is None and not withheld and _may_be_wanted(theirs, left.why if left else "", alternatives)
    waits = waits and not _is_counted(kept.columns[index])
    return replace(reading, confidence=TO_CHOOSE) if waits and asks else reading


def _may_be_wanted(theirs: str, why: str, alternatives: tuple[str, ...]) -> bool:
    """Say whether a column nobody understood is worth a question: what it holds is something we keep."""
    if why == "son contenu ne correspond pas à son titre":
        return True
    counted = fold(theirs) in _RUNNING_NUMBERS or bool(_NOT_KEPT.search(fold(theirs)))
    return why == "non utilisée" and len(alternatives) > 1 and not (counted or is_set_aside(theirs))


def _is_counted(cells: Sequence[str]) -> bool:
    """Say whether a column only numbers its rows: 1, 2, 3…"""
    filled = [cell for cell in cells if cell][:20]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    distinct = dict.fromkeys(" ".join(without_keys(cell).split())[:80] for cell in cells)
    return tuple(distinct)[:_SAMPLES]


def _warnings(listed: Listed, columns: Sequence[ColumnReading]) -> list[str]:
    warnings = [KEY_COLUMN.format(name=c.theirs) for c in columns if c.withheld and c.why == WITHHELD["key"]]
    if any(without_keys(title) != title for title in listed.sheet.titles):
        warnings.append(KEY_TITLE)
    if not listed.has_names:
        warnings.append(NO_NAMES)
    return warnings
