"""Frozen values as text, numbers, lists and mappings, and back: what drafts and the register keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Unreadable(Exception):
    """What was kept has no meaning here."""


def written(value: Any) -> Any:
    """Turn a value into what JSON holds."""
    if is_dataclass(value):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [written(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def read(kind: type[T], content: Mapping[str, Any]) -> T:
    """Return the value of a dataclass that was written; a field added since takes its usual value.

    Raises Unreadable.
    """
    value = read_value(kind, content)
    if not isinstance(value, kind):
        raise Unreadable
    return value


def read_value(hint: Any, value: Any) -> Any:
    """Read a value as the type a field declares. Raises Unreadable."""
    if get_origin(hint) is tuple:
        return _read_tuple(get_args(hint), value)
    if get_origin(hint) is UnionType:
        chosen = next(each for each in get_args(hint) if each is not NoneType)
        return None if value is None else read_value(chosen, value)
    if is_dataclass(hint):
        return _read_dataclass(hint, value)
    if issubclass(hint, Enum | date):
        return _read_word(hint, value)
    if type(value) is not hint:
        raise Unreadable
    return value


@cache
def field_kinds(kind: type) -> dict[str, Any]:
    """Return the declared type of every field."""
    return get_type_hints(kind)


def _read_tuple(hints: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise Unreadable
    return tuple(read_value(hints[0], each) for each in value)


def _read_dataclass(hint: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise Unreadable
    kinds, found = field_kinds(hint), {}
    for field in fields(hint):
        if field.name in value:
            found[field.name] = read_value(kinds[field.name], value[field.name])
        elif field.default is MISSING:
            raise Unreadable
    return hint(**found)


def _read_word(hint: Any, value: Any) -> Any:
    try:
        return hint(value) if issubclass(hint, Enum) else hint.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Unreadable from error
