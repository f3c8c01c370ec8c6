"""Whom the names of a follow-up table mean: « Claire », « C. Lenoir », « CL », « Mme LENOIR » are one worker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from caseworker_app.features.intake.domain.names import take_civility
from caseworker_app.kernel.folding import fold

SURE, PROBABLE, NEW, MINE = "sure", "probable", "new", "mine"


@dataclass(frozen=True, slots=True)
class WorkerMatch:
    """A name of the table and the worker it means; without `worker_id`, one who will be added (`new`)."""

    name: str
    worker_id: str | None
    worker_name: str
    how: str


def match_workers(
    names: Iterable[str],
    workers: Sequence[tuple[str, str]],
    mine: tuple[str, str],
    *,
    may_add: bool,
    chosen: Sequence[tuple[str, str]] = (),
) -> tuple[WorkerMatch, ...]:
    """Return whom each name means, once, in their order; `workers` and `mine` are ids and names.

    `chosen`: ids a person gave to names. A name nobody bears is a new worker where the person may add one, else
    the households stay theirs.
    """
    by_id = dict(workers)
    told = {fold(name): worker for name, worker in chosen if worker in by_id}
    found: dict[str, WorkerMatch] = {}
    for name in names:
        key = fold(name)
        if not key or key in found:
            continue
        if key in told:
            found[key] = WorkerMatch(name, told[key], by_id[told[key]], SURE)
            continue
        found[key] = _matched(name, workers) or (
            WorkerMatch(name, None, proper_name(name), NEW)
            if may_add and _is_a_name(name)
            else WorkerMatch(name, mine[0], mine[1], MINE)
        )
    return tuple(found.values())


def proper_name(name: str) -> str:
    """Return a worker's name as a team list writes it: without civility, capitals only at the beginning."""
    bare, _, _ = take_civility(" ".join(name.split()))
    return " ".join(word.capitalize() if word.isupper() and len(word) > 2 else word for word in bare.split())


def _matched(name: str, workers: Sequence[tuple[str, str]]) -> WorkerMatch | None:
    words = fold(take_civility(name)[0]).split()
    joined = "".join(words)
    for is_same, how in ((_whole, SURE), (_initialled, PROBABLE), (_part, PROBABLE), (_initials, PROBABLE)):
        alike = [worker for worker in workers if is_same(words, joined, fold(worker[1]).split())]
        if len(alike) == 1:
            return WorkerMatch(name, alike[0][0], alike[0][1], how)
        if alike:
            return None
    return None


def _whole(words: list[str], _joined: str, known: list[str]) -> bool:
    return bool(words) and sorted(words) == sorted(known)


def _initialled(words: list[str], _joined: str, known: list[str]) -> bool:
    """Say whether « C. Lenoir » or « Claire L » is Claire Lenoir."""
    if len(words) != len(known) or len(words) < 2 or all(len(word) == 1 for word in words):
        return False
    return any(
        all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(order, known, strict=True))
        for order in permutations(words)
    )


def _part(words: list[str], _joined: str, known: list[str]) -> bool:
    return len(words) == 1 and len(words[0]) > 2 and words[0] in known


def _initials(words: list[str], joined: str, known: list[str]) -> bool:
    return len(joined) == len(known) >= 2 and joined == "".join(word[0] for word in known) and len(words) <= 2


def _is_a_name(name: str) -> bool:
    """Say whether a text can be somebody's name: two words or more, without figures."""
    words = fold(take_civility(name)[0]).split()
    return (
        2 <= len(words) <= 4 and all(len(word) > 1 for word in words) and not any(c.isdigit() for c in name)
    )
