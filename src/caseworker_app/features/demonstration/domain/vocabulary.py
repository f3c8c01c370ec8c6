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
_SLOT = re.compile(r"\{(\w+)\}")
_CONTRACTIONS = tuple(
    (re.compile(rf"\b{first} {second} ", re.IGNORECASE), f"{joined} ")
    for first, second, joined in (("de", "le", "du"), ("de", "les", "des"), ("à", "le", "au"), ("à", "les", "aux"))
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences ready to be put together, by where they are used; `{name}` is left to fill in."""

    observed: tuple[str, ...]
    said: tuple[str, ...]
    analysis: tuple[str, ...]
    contact: tuple[str, ...]
    purpose: tuple[str, ...]


@cache
def words(name: str) -> dict[str, Any]:
    """Return the lists of `resources/demonstration/NAME.toml`, with the apostrophes and spaces of French print."""
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


def _wordings(rng: Random, templates: list[str], lists: dict[str, list[str]]) -> tuple[str, ...]:
    drawn = [_worded(rng, template, lists) for template in templates for _ in range(WORDINGS)]
    return tuple(dict.fromkeys(drawn))


def _worded(rng: Random, template: str, lists: dict[str, list[str]]) -> str:
    text = _SLOT.sub(lambda slot: rng.choice(lists[slot[1]]) if slot[1] in lists else slot[0], template)
    for pattern, joined in _CONTRACTIONS:
        text = pattern.sub(joined, text)
    return typeset(text[:1].upper() + text[1:])


def _printed(value: Any) -> Any:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list):
        return [_printed(each) for each in value]
    if isinstance(value, dict):
        return {key: _printed(each) for key, each in value.items()}
    return value
