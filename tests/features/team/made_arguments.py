"""Arguments for any service function, made from what its annotations say."""

from __future__ import annotations

import inspect
import sys
import types
from collections import abc
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pikepdf

DAY = date(2026, 11, 24)
_PLAIN: dict[Any, Callable[[], Any]] = {
    str: lambda: "amarante",
    int: lambda: 1,
    bool: lambda: False,
    bytes: lambda: b"",
    date: lambda: DAY,
    datetime: lambda: datetime.combine(DAY, time(14, 0)),
    time: lambda: time(14, 0),
    type(None): lambda: None,
    object: object,
    Any: lambda: None,
}


class _NothingTyped:
    """Stands for drafts when nobody types anything."""

    notice = None

    def erase(self, _household_ids: Collection[str]) -> int:
        """Remove nothing."""
        return 0

    def all(self) -> list[Any]:
        """List nothing."""
        return []


_HELD: dict[str, Callable[[], Any]] = {"OpenCopies": object, "Drafts": _NothingTyped}
_EMPTY = {
    list: list, set: set, frozenset: frozenset, dict: dict,
    Sequence: tuple, Iterable: tuple, Collection: tuple, Mapping: dict,
}  # fmt: skip


def hints_of(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the types of a function's arguments, those imported for the checker's eyes left as text."""
    names = dict(vars(sys.modules[function.__module__]))
    while True:
        try:
            return get_type_hints(function, names)
        except NameError as missing:
            names[str(missing.name)] = object


def _blank_page() -> bytes:
    """Return the PDF of an empty page: what a renderer gives."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


class Makes:
    """Makes values of a type; `named` are given to arguments and fields of that name."""

    def __init__(self, named: Mapping[str, Any]) -> None:
        """Remember what is given by name."""
        self._named = dict(named)

    def arguments(self, function: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a call needs, beyond what is `given`; what has a default is left to it."""
        hints = hints_of(function)
        asked = inspect.signature(function).parameters.values()
        return {
            p.name: given[p.name] if p.name in given else self.value(p.name, hints[p.name])
            for p in asked
            if p.name in given or p.default is p.empty
        }

    def value(self, name: str, kind: Any) -> Any:
        """Return a value of a kind. Raises TypeError for one that nothing here makes: add it."""
        if name in self._named:
            return self._named[name]
        origin = get_origin(kind) or kind
        if origin in (Union, types.UnionType):
            options = get_args(kind)
            return None if type(None) in options else self.value(name, options[0])
        makes = _PLAIN.get(origin) or _EMPTY.get(origin)
        return self._special(name, kind, origin) if makes is None else makes()

    def _special(self, name: str, kind: Any, origin: Any) -> Any:
        parts = get_args(kind)
        if origin is Literal:
            return parts[0]
        if origin is tuple:
            return () if Ellipsis in parts else tuple(self.value("", part) for part in parts)
        if origin is abc.Callable:
            answer = _blank_page() if parts[-1] is bytes else None
            return lambda *_args, **_more: answer
        return self._instance(name, origin)

    def _instance(self, name: str, kind: Any) -> Any:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return next(iter(kind))
        if isinstance(kind, type) and kind.__name__ in _HELD:
            return _HELD[kind.__name__]()
        if isinstance(kind, type) and issubclass(kind, Path):
            raise TypeError(f"no place given for {name}")
        if getattr(kind, "_is_protocol", False):
            return lambda *_args, **_more: None
        if not is_dataclass(kind):
            raise TypeError(f"nothing makes a {kind!r} for {name}: add it to made_arguments")
        hints = hints_of_class(kind)
        return kind(
            **{
                f.name: self.value(f.name, hints[f.name])
                for f in fields(kind)
                if f.init and f.default is MISSING and f.default_factory is MISSING
            }
        )


def hints_of_class(kind: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields."""
    return get_type_hints(kind)
