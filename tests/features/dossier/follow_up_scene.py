"""Invented households for the follow-up file: one with a name only, one with too much."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.dossier.domain.follow_up_content import (
    AutonomyPart,
    BudgetPart,
    FollowUpFile,
    Line,
)
from caseworker_app.features.dossier.domain.follow_up_of import follow_up_of
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial, PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import COMPLETE, FollowUpPreset
from caseworker_app.features.handover.service.follow_up import follow_up_material
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.encrypted_file import EncryptedFile

# What the program words by itself, whatever was typed: keys, and dates that head columns.
_DATES_AND_KEYS = {Line: ("label",), AutonomyPart: ("before", "now"), BudgetPart: ("month", "before")}
IDENTITY = Identity("Les Amarres", lines=("Accompagnement et logement",))
MARK = PrintMark("DOS-2026-A7K4-0002", datetime.fromisoformat("2026-11-24T14:32"), "Claire Lenoir")


def read(
    file: EncryptedFile, who: Who, household_id: str, preset: FollowUpPreset = COMPLETE
) -> FollowUpMaterial:
    """Read a household for its file."""
    with file.reading() as connection:
        return follow_up_material(connection, who, household_id, mark=MARK, preset=preset)


def content(
    file: EncryptedFile, who: Who, household_id: str, preset: FollowUpPreset = COMPLETE
) -> FollowUpFile:
    """Return a household's file as it will print."""
    return follow_up_of(read(file, who, household_id, preset))


def only_a_name(file: EncryptedFile, who: Who) -> str:
    """Make a household of which nothing but a name is known."""
    return households.create_household(file, who, NewHousehold((NewMember("Dervieux", None),)))[0]


def write_entries(file: EncryptedFile, who: Who, household_id: str, count: int) -> None:
    """Add so many calls, a day apart, of a few sentences each."""
    last = datetime.fromisoformat("2026-11-20T09:30")
    batch = [
        NewEntry(
            household_id,
            EntryKind.CALL,
            last - timedelta(days=number),
            observed=f"Appel numéro {number}. " + "Point sur les démarches en cours. " * (number % 9),
            analysis="À suivre." if number % 2 else "",
        )
        for number in range(count)
    ]
    with file.unit_of_work(who.worker_id, "add_entries") as uow:
        diary.add_entries(uow, batch)


def with_words(value: Any, words: str) -> Any:
    """Return a content every text of which is `words`, dates and figures kept."""
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(with_words(each, words) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = _DATES_AND_KEYS.get(type(value), ())
        changed = {
            f.name: with_words(getattr(value, f.name), words) for f in fields(value) if f.name not in kept
        }
        return replace(value, **changed)
    return value


def multiplied(value: FollowUpFile, times: int) -> FollowUpFile:
    """Return a content with every list of its sections so many times as long."""

    def longer(part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(longer(each) for each in part) * times
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{f.name: longer(getattr(part, f.name)) for f in fields(part)})
        return part

    return replace(longer(value), head=value.head)
