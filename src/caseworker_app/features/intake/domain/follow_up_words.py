"""What follow-up tables call measures, reasons to leave and debts, by words kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import all_dated
from caseworker_app.kernel.paths import resources


@dataclass(frozen=True, slots=True)
class Named:
    """What words mean: a code of one of our lists; `probable` where they leave a doubt."""

    code: str
    probable: bool


@dataclass(frozen=True, slots=True)
class KindOfMeasure:
    """A kind of measure as far as a table is concerned; months."""

    code: str
    label: str
    default_months: int | None
    max_months: int | None


def measure_named(text: str, day: date) -> Named | None:
    """Return the kind of measure a text names, by our words or by its label; None: it names none."""
    folded = fold(text[:200])
    for kind in kinds_on(day).values():
        if folded in (fold(kind.label), kind.code.replace("_", " ")):
            return Named(kind.code, probable=False)
    return _named("measure", folded)


def exit_named(text: str) -> str | None:
    """Return the code of the reason to leave a text names, None where it names none."""
    found = _named("exit", fold(text[:300]))
    return found.code if found else None


def debt_named(text: str) -> str | None:
    """Return the nature of a debt a text names, None where it names none."""
    found = _named("debt", fold(text[:200]))
    return found.code if found else None


def kinds_on(day: date) -> dict[str, KindOfMeasure]:
    """Return the kinds of measures that may be opened on a day, by their code."""
    return {
        row.value["code"]: KindOfMeasure(
            row.value["code"],
            row.value["label"],
            row.value.get("default_months"),
            row.value.get("max_months"),
        )
        for row in all_dated("measure_kinds", "kind", day)
    }


def exit_label(code: str, day: date) -> str:
    """Return the French label of a reason to leave."""
    rows = all_dated("exit_reasons", "reason", day)
    return next((row.value["label"] for row in rows if row.value["code"] == code), code)


def _named(group: str, folded: str) -> Named | None:
    padded = f" {folded} "
    best, best_length = None, 0
    for words, named in _words(group):
        if len(words) > best_length and f" {words} " in padded:
            best, best_length = named, len(words)
    return best


@cache
def _words(group: str) -> tuple[tuple[str, Named], ...]:
    with (resources() / "imports" / "follow_up_words.toml").open("rb") as stream:
        table: dict[str, list[dict[str, Any]]] = tomllib.load(stream)
    return tuple(
        (words, Named(entry["code"], entry.get("probable", False)))
        for entry in table[group]
        for words in entry["words"]
    )
