"""A list opened: its sheet (or sheets), which of its columns is which, and what it is a list of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caseworker_app.features.intake.domain.body_columns import knows_body, match_body_columns
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.columns import Matching, match_columns
from caseworker_app.features.intake.domain.headings import knows
from caseworker_app.features.intake.domain.list_kind import (
    IMPORTED,
    OF_BODIES,
    OF_HOUSEHOLDS,
    ListKind,
    recognise_kind,
    refuse,
)
from caseworker_app.features.intake.domain.mapping import remapped
from caseworker_app.features.intake.domain.referral_columns import knows_referral, match_referral_columns
from caseworker_app.features.intake.domain.rows import joined_sheets
from caseworker_app.features.intake.domain.tracker_columns import knows_tracker, match_tracker_columns
from caseworker_app.features.intake.domain.tracker_sheet import filled_down, without_sections
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets import refusals
from caseworker_app.sheets.form import read_form
from caseworker_app.sheets.reading import read_sheet, read_sheets, read_table
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.sheets.sheet import OtherSheet, Sheet

# A register of operations names its columns unlike a list of dwellings.
_OPERATION = (
    ("landlord", re.compile(r"^moa nom|^maitre d ouvrage$")),
    ("residence", re.compile(r"^nom (?:de l )?operation$")),
    ("street", re.compile(r"^adresse (?:de l )?operation")),
    ("dwelling_count", re.compile(r"^nb log(?:ement|t)s$")),
    ("address_complement", re.compile(r"^n operation|^produit$")),
)


@dataclass(frozen=True)
class Listed:
    """A list as it was opened, before its rows are read; `sheets`: the names of those it was read from."""

    sheet: Sheet
    matching: Matching
    kind: ListKind
    sheets: tuple[str, ...] = ()

    @property
    def has_names(self) -> bool:
        """Say whether there is a column of names where the kind needs one."""
        fields = self.matching.fields()
        if self.kind in OF_HOUSEHOLDS:
            return bool(fields & {"last_name", "full_name"})
        if self.kind is ListKind.LANDLORDS:
            return "body_name" in fields
        return self.kind is not ListKind.PARTNERS or bool(fields & {"body_name", "contact_last_name"})


def open_list(path: Path, today: date, choices: Choices = NO_CHOICES) -> Listed:
    """Open a list as the kind that was chosen, or as what it is recognised to be.

    Raises UnreadableFile (no list can be read), NotThisKind (the list is about something else, or lacks names).
    """
    sheets = read_as(path, choices.kind, choices.sheets)
    listed = listed_as(sheets, choices.kind, today, choices.columns)
    if choices.kind is None and listed.kind not in IMPORTED:
        raise refuse(listed.kind, path.name, listed.sheet.header)
    if not listed.has_names:
        raise refuse(ListKind.UNKNOWN, path.name, listed.sheet.header)
    return listed


_KNOWN = {**dict.fromkeys(OF_BODIES, knows_body), ListKind.REFERRALS: knows_referral}


def read_as(path: Path, kind: ListKind | None, names: Sequence[str] = ()) -> list[Sheet]:
    """Return the sheets to read: of a follow-up table those named, else all alike; of the rest that named, or the best.

    Raises UnreadableFile.
    """
    if kind is ListKind.TRACKER:
        return _alike(path, read_sheets(path, knows_tracker), names)
    if kind is ListKind.REFERRALS and not names and (form := read_form(path, knows_referral)) is not None:
        return [form]
    known = _KNOWN.get(kind, knows) if kind is not None else knows
    if names:
        return [_named_sheet(path, read_sheets(path, known), names[0])]
    return [read_table(path, known) if kind in OF_BODIES else read_sheet(path, known)]


def _named_sheet(path: Path, sheets: list[Sheet], name: str) -> Sheet:
    chosen = next((sheet for sheet in sheets if sheet.sheet_name == name), None)
    if chosen is None:
        raise UnreadableFile(path.name, refusals.NO_TABLE)
    others = tuple(OtherSheet(s.sheet_name or "", len(s.rows) + 1) for s in sheets if s is not chosen)
    return replace(chosen, other_sheets=others)


def listed_as(
    sheets: Sequence[Sheet], kind: ListKind | None, today: date, columns: Sequence[tuple[int, str]] = ()
) -> Listed:
    """Return sheets already read as a list of a kind (None: as recognised), their columns matched."""
    sheet = joined_sheets(sheets)
    matching = remapped(_matched(sheet, kind, today), sheet.header, columns)
    if kind is None:
        kind = recognise_kind(matching, sheet.header, sheet.sheet_name)
    if kind is ListKind.TRACKER:
        sheet = filled_down(without_sections(sheet, matching), matching)
    return Listed(sheet, matching, kind, tuple(s.sheet_name or "" for s in sheets))


def _matched(sheet: Sheet, kind: ListKind | None, today: date) -> Matching:
    rows = [row.cells for row in sheet.rows]
    if kind is ListKind.TRACKER:
        return match_tracker_columns(sheet.header, rows, today)
    if kind is ListKind.REFERRALS:
        return match_referral_columns(sheet.header, rows, today)
    if kind in OF_BODIES:
        return match_body_columns(sheet.header, rows)
    if kind is ListKind.DWELLINGS:
        return match_columns(sheet.header, rows, today, _operation_field)
    return match_columns(sheet.header, rows, today)


def _operation_field(name: str) -> str | None:
    words = fold(name)
    return next((field for field, pattern in _OPERATION if pattern.search(words)), None)


def _alike(path: Path, sheets: list[Sheet], names: Sequence[str]) -> list[Sheet]:
    """Return the sheets named, else those that share most of the columns known of the best one, as they stand."""
    if names:
        sheets = [sheet for sheet in sheets if sheet.sheet_name in names]
        if not sheets:
            raise UnreadableFile(path.name, refusals.NO_TABLE)
    known = [{fold(name) for name in sheet.header if knows_tracker(name)} for sheet in sheets]
    best = max(range(len(sheets)), key=lambda i: (len(known[i]), len(sheets[i].rows)))
    alike = [
        sheet
        for sheet, own in zip(sheets, known, strict=True)
        if names or len(own & known[best]) * 2 >= len(known[best])
    ]
    left = tuple(OtherSheet(s.sheet_name or "", len(s.rows) + 1) for s in sheets if s not in alike)
    return [replace(alike[0], other_sheets=left), *alike[1:]]
