"""The review of what was promised names tests that are there, and says of each sentence whether it is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security-review.md").read_text(encoding="utf-8")
ROWS = [
    line.split(" | ")
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| Sentence")
]


@pytest.mark.parametrize("place", sorted(set(re.findall(r"`(tests/[\w/.]+)`", PAGE))))
def test_what_shows_it_is_there(place: str) -> None:
    assert (ROOT / place).exists()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("| ")[:40])
def test_each_sentence_has_its_answer_and_what_shows_it(row: list[str]) -> None:
    answer, shown = row[1].strip(), row[2].strip(" |")
    assert re.match(r"(yes|partly|no)\b", answer)
    assert shown
    assert answer.startswith(("partly", "no")) or "tests/" in shown or "endurance" in shown
