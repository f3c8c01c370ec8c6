"""The second check of a text before it leaves: what 2,000 characters of it take of the processor."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle

from caseworker_app.features.handover.domain.word_check import check_words
from tools.benchmarks.table import WARM_UP, Line, limit_line, p95
from tools.second_check_rates import MAY_BE_READ, PEOPLE, sentences_of

LENGTH, TIMES, LIMIT_MS = 2_000, 120, 10
_DAY = date(2026, 11, 24)
_WORD = re.compile(r"\w+")


def checking_words() -> list[Line]:
    """Return the row: texts of the building sets, one after the other; the floor cuts them into words and no more."""
    texts = _texts()
    mine, floor = list[float](), list[float]()
    for number in range(TIMES + WARM_UP):
        text = texts[number % len(texts)]
        mine.append(_milliseconds(lambda text=text: check_words("", text, PEOPLE, _DAY)))
        floor.append(_milliseconds(lambda text=text: _WORD.findall(text.casefold())))
    return [
        limit_line(
            "second check of 2 000 characters: p95 (CPU)",
            p95(mine[WARM_UP:]),
            LIMIT_MS,
            floor=p95(floor[WARM_UP:]),
        )
    ]


def _texts() -> list[str]:
    """Return texts of 2,000 characters, no two alike, so that nothing remembered of one serves another."""
    sentences = [each.text for name in MAY_BE_READ for each in sentences_of(name)]
    words, found = cycle(sentences), list[str]()
    while len(found) < len(sentences) // 12:
        text = ""
        while len(text) < LENGTH:
            text += f"{next(words)} "
        found.append(text[:LENGTH])
    return found


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000
