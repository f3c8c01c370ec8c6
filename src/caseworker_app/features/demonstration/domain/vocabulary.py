"""The words of the demonstration, read once from `resources/demonstration`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from caseworker_app.features.demonstration.domain.chance import chance
from caseworker_app.kernel.french import typeset
from caseworker_app.kernel.paths import resources

# How many wordings are drawn from each sentence of the grammar.
WORDINGS = 24
_SLOT = re.compile(r"(?:\b(de|à) )?\{(\w+)\}")
_CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}

# For each sentence of the grammar, its wordings.
Pool = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences ready to be put together, by where they are used; `{name}` is left to fill in."""

    observed: Pool
    said: Pool
    analysis: Pool
    contact: Pool
    purpose: Pool


@cache
def words(name: str) -> dict[str, Any]:
    """Return what `resources/demonstration/NAME.toml` says, in French typography."""
    with (resources() / "demonstration" / f"{name}.toml").open("rb") as stream:
        found: dict[str, Any] = _printed(tomllib.load(stream))
    return found


@cache
def last_names() -> tuple[str, ...]:
    """Return every last name: those written out, and those put together from stems and endings."""
    people = words("people")
    made = [stem + ending for stem in people["stems"] for ending in people["endings"]]
    # Written out ones come up more often: they are the ones that try searches and lists.
    return (*people["last_names"] * 12, *made)


@cache
def sentences(seed: int) -> Sentences:
    """Return the sentences drawn for a seed."""
    source = words("sentences")
    lists = source["lists"]
    pools = {
        name: _wordings(chance(seed, "sentences", name), source[name]["templates"], lists)
        for name in ("observed", "said", "analysis", "contact", "purpose")
    }
    return Sentences(**pools)


def _wordings(rng: Random, templates: list[str], lists: dict[str, list[str]]) -> Pool:
    return tuple(
        tuple(dict.fromkeys(_worded(rng, template, lists) for _ in range(WORDINGS))) for template in templates
    )


def _worded(rng: Random, template: str, lists: dict[str, list[str]]) -> str:
    text = _SLOT.sub(lambda slot: _filled(slot, rng, lists), template)
    first = 2 if text.startswith("«") else 0
    return typeset(text[:first] + text[first].upper() + text[first + 1 :])


def _filled(slot: re.Match[str], rng: Random, lists: dict[str, list[str]]) -> str:
    preposition, name = slot.groups()
    if name not in lists:
        return slot[0]
    word = rng.choice(lists[name])
    if preposition is None:
        return word
    article, _, rest = word.partition(" ")
    joined = _CONTRACTED.get((preposition, article))
    return f"{joined} {rest}" if joined else f"{preposition} {word}"


def _printed(value: Any) -> Any:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list):
        return [_printed(each) for each in value]
    if isinstance(value, dict):
        return {key: _printed(each) for key, each in value.items()}
    return value
