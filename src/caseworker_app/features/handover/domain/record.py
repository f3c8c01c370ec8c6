"""An internal record of a household as it prints: parts made of facts, tables and texts, all in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.kernel.french import capital


@dataclass(frozen=True, slots=True)
class Strong:
    """A cell whose first words stand out (« stabilisé », then what the grid says of it)."""

    first: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Keys with their values, in words."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `columns`: the share of the width and the head of each. The first cell heads its row."""

    columns: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str | Strong, ...], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, under the title of its field (empty: that of the part is enough); line breaks kept."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of the program about what stands around it."""

    text: str


RecordBlock = Facts | Table | Written | Remark


@dataclass(frozen=True, slots=True)
class RecordPart:
    """A numbered part; one without blocks is left out of the pages."""

    title: str
    blocks: tuple[RecordBlock, ...]


@dataclass(frozen=True, slots=True)
class InternalRecord:
    """A record about a household, *interne*.

    `about`: what stands under the title after the household's name; `notice`: what whoever reads must know first (a
    measure that still runs), empty otherwise; `signers`: as what somebody signs, and who.
    """

    head: PaperHead
    title: str
    about: str
    template: str
    parts: tuple[RecordPart, ...]
    signers: tuple[tuple[str, str], ...]
    notice: str = ""


def facts(rows: Iterable[tuple[str, str]]) -> tuple[Facts, ...]:
    """Return the facts that say something, in one block; none where nothing does."""
    told = tuple((label, capital(words)) for label, words in rows if words)
    return (Facts(told),) if told else ()


def table(
    columns: Iterable[tuple[float, str]], rows: Iterable[tuple[str | Strong, ...]]
) -> tuple[Table, ...]:
    """Return a table with its rows; none without a row."""
    told = tuple(rows)
    return (Table(tuple(columns), told),) if told else ()
