"""The first look at a file: what it is a list of, which column is which, how sure that is, what else it may be.

All but `understand` works on what was kept of the file in memory: a choice of the person is answered at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.column_reading import (
    TO_CHOOSE,
    ColumnReading,
    Kept,
    column_readings,
    judged_rows,
    kept_of,
)
from caseworker_app.features.intake.domain.first_sight import opened
from caseworker_app.features.intake.domain.headings import WITHHELD
from caseworker_app.features.intake.domain.keys import without_keys
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.listing import Listed, listed_as, read_as
from caseworker_app.features.intake.domain.mapping import remapped
from caseworker_app.features.intake.domain.profile import Profile, ProfileInfo, fingerprint_of, fitting

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
    read, kind_found, sure = opened(path, day, profiles, kind, sheets)
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
    sheet = replace(kept.listed.sheet, rows=judged_rows(kept))
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


def chosen(listed: Listed, choices: Choices) -> Listed:
    """Return a list whose columns are read as the person chose."""
    return replace(listed, matching=remapped(listed.matching, listed.sheet.header, choices.columns))


def _understanding(
    name: str, listed: Listed, choices: Choices, info: ProfileInfo | None, day: date, *, sure: bool
) -> Understanding:
    sheet, kept = listed.sheet, kept_of(listed)
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
    listed = chosen(kept.listed, choices)
    # A profile has settled every column of its files.
    columns = column_readings(listed, kept, asks=info is None)
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


def _warnings(listed: Listed, columns: Sequence[ColumnReading]) -> list[str]:
    warnings = [KEY_COLUMN.format(name=c.theirs) for c in columns if c.withheld and c.why == WITHHELD["key"]]
    if any(without_keys(title) != title for title in listed.sheet.titles):
        warnings.append(KEY_TITLE)
    if not listed.has_names:
        warnings.append(NO_NAMES)
    return warnings
