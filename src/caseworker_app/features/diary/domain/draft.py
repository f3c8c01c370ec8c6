"""A visit being typed, as a draft holds it; older drafts and damaged ones give back all they can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from caseworker_app.features.attachments.domain.attachment import KeptContent
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewPhoto, NewVisit

FORMAT = 1


class _Unreadable(Exception):
    """A value of a draft has no meaning here: its field keeps what it would be without it."""


def visit_draft_key(household_id: str) -> str:
    """Return the key of a household's visit page in the file of drafts."""
    return f"visit:{household_id}"


def draft_of_visit(visit: NewVisit) -> dict[str, Any]:
    """Return what the file of drafts keeps of a visit: text, numbers, lists and mappings only."""
    return {"format": FORMAT, **_written(visit)}


def visit_from_draft(content: Mapping[str, Any], household_id: str, opened_at: datetime) -> NewVisit:
    """Return the visit a draft holds. Never refuses one: what was typed must come back.

    Fields that are missing, unknown or unreadable take their usual value; `household_id` and `opened_at`
    serve where the draft does not say.
    """
    blank = NewVisit(NewEntry(household_id, EntryKind.HOME_VISIT, opened_at))
    typed = content.get("entry")
    known = {name: value for name, value in _written(blank.entry).items() if value is not None}
    entry = {**known, **_legible(NewEntry, typed)} if isinstance(typed, Mapping) else known
    visit = _read(NewVisit, {**content, "entry": entry})
    return visit if isinstance(visit, NewVisit) else blank


def with_photos(content: Mapping[str, Any], room: str, photos: tuple[KeptContent, ...]) -> dict[str, Any]:
    """Return what a draft holds with photos of a room added."""
    known = content.get("photos")
    before = known if isinstance(known, list) else []
    return {**content, "photos": [*before, *(_written(NewPhoto(room, each)) for each in photos)]}


def _written(value: Any) -> Any:
    """Turn a value into what JSON holds, every field of it, so that a draft reads by itself."""
    if is_dataclass(value):
        return {field.name: _written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _legible(kind: type, content: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the fields that can be read, so that what serves in their absence is not covered by nonsense."""
    kept = {}
    for field in fields(kind):
        try:
            _read(_hints(kind)[field.name], content[field.name])
        except (_Unreadable, KeyError):
            continue
        kept[field.name] = content[field.name]
    return kept


def _read(hint: Any, value: Any) -> Any:
    """Read a value as the type a field declares. Raises _Unreadable."""
    if get_origin(hint) is tuple:
        return _read_tuple(get_args(hint)[0], value)
    if get_origin(hint) is UnionType:
        chosen = next(each for each in get_args(hint) if each is not NoneType)
        return None if value is None else _read(chosen, value)
    if is_dataclass(hint):
        return _read_dataclass(hint, value)
    if issubclass(hint, Enum):
        # An unknown word, from another version, must not take the text beside it along: the first
        # one stands in.
        return next((each for each in hint if each.value == value), next(iter(hint)))
    if issubclass(hint, date):
        return _read_date(hint, value)
    if type(value) is not hint:
        raise _Unreadable
    return value


def _read_tuple(hint: Any, value: Any) -> tuple[Any, ...]:
    found = []
    for each in value if isinstance(value, list | tuple) else ():
        try:
            found.append(_read(hint, each))
        except _Unreadable:
            continue
    return tuple(found)


def _read_dataclass(hint: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise _Unreadable
    return hint(**{field.name: _read_field(hint, field, value) for field in fields(hint)})


def _read_field(hint: Any, field: Field[Any], value: Mapping[str, Any]) -> Any:
    try:
        return _read(_hints(hint)[field.name], value[field.name])
    except (_Unreadable, KeyError):
        if field.default is MISSING:
            raise _Unreadable from None
        return field.default


def _read_date(hint: type[date], value: Any) -> date:
    try:
        return hint.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _Unreadable from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
