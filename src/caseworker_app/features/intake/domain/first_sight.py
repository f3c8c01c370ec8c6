"""What a file is a list of at first sight: the kind the person told, else what its columns look like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from caseworker_app.features.intake.domain.list_kind import IMPORTABLE, OF_BODIES, ListKind
from caseworker_app.features.intake.domain.listing import Listed, listed_as, read_as
from caseworker_app.features.intake.domain.profile import Profile, fitting
from caseworker_app.features.intake.domain.referral_columns import knows_referral, looks_like_referrals
from caseworker_app.features.intake.domain.tracker_columns import looks_like_tracker
from caseworker_app.sheets.form import read_form
from caseworker_app.sheets.reading import read_table
from caseworker_app.sheets.records import holds_records
from caseworker_app.sheets.sheet import Sheet

_READ_AS = {
    ListKind.STRUCTURES: ListKind.PARTNERS,
    ListKind.CONTACTS: ListKind.PARTNERS,
    ListKind.OPERATIONS: ListKind.DWELLINGS,
}
# A tracker and referrals name people and bodies too: their own columns tell them apart.
_MAY_BE_MORE = frozenset(
    {ListKind.TENANTS, ListKind.PEOPLE, ListKind.UNKNOWN, ListKind.PARTNERS, ListKind.LANDLORDS}
)
# Kinds whose sheets are joined or chosen in a way of their own.
_READ_ANEW = frozenset({ListKind.TRACKER, ListKind.REFERRALS, *OF_BODIES})


class Opened(NamedTuple):
    """A file as it was read: its sheets, what it is a list of, and whether that is sure."""

    sheets: list[Sheet]
    kind: ListKind
    sure: bool


def opened(
    path: Path, day: date, profiles: Sequence[Profile], kind: ListKind | None, sheets: tuple[str, ...]
) -> Opened:
    """Read a file as the kind told, else as what it looks like. Raises UnreadableFile."""
    if kind is not None:
        return Opened(read_as(path, kind, sheets), kind, True)
    if holds_records(path):
        return Opened([read_table(path)], ListKind.PARTNERS, True)
    form = None if sheets else read_form(path, knows_referral)
    if form is not None and looks_like_referrals(form.header):
        return Opened([form], ListKind.REFERRALS, True)
    return _recognised(path, day, profiles, sheets)


def _recognised(path: Path, day: date, profiles: Sequence[Profile], sheets: tuple[str, ...]) -> Opened:
    read = read_as(path, None, sheets)
    kind = _kind_of(listed_as(read, None, day), profiles)
    if kind not in IMPORTABLE:
        return Opened(read, ListKind.PEOPLE, False)
    return Opened(read_as(path, kind, sheets) if kind in _READ_ANEW else read, kind, True)


def _kind_of(listed: Listed, profiles: Sequence[Profile]) -> ListKind:
    """Return what a list is; one that a profile fits is what its columns say, nothing more."""
    kind, header = _READ_AS.get(listed.kind, listed.kind), listed.sheet.header
    if kind not in _MAY_BE_MORE or fitting(profiles, header) is not None:
        return kind
    if looks_like_tracker(header):
        return ListKind.TRACKER
    return ListKind.REFERRALS if looks_like_referrals(header) else kind
