"""Values that an import makes by the hundred thousand: unchangeable to the type checker, quick to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

__all__ = ["quick_dataclass"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as quick_dataclass
else:

    def quick_dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """Return `dataclass(frozen=True, slots=True)`, but for Python's own refusal to assign its fields.

        That refusal makes each of them take five times as long to be made; mypy refuses the same beforehand.
        Equal values are equal keys, as if frozen.
        """
        if not (frozen and slots):
            raise ValueError("only what nobody changes is made this way")
        return dataclass(slots=True, unsafe_hash=True)
