"""ADR 6 gives the reason of every library the wheel depends on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adr" / "0006-libraries-and-why-each.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMES = [re.split(r"[<>=;\[ ]", wanted)[0].lower() for wanted in PROJECT["dependencies"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_library_has_its_reason(name: str) -> None:
    assert re.search(rf"^\| {re.escape(name)}[ |]", PAGE, re.IGNORECASE | re.MULTILINE)


def test_no_reason_is_left_of_a_library_that_went() -> None:
    told = re.findall(r"^\| ([A-Za-z0-9-]+)", PAGE, re.MULTILINE)
    assert {name.lower() for name in told if name != "Library"} - {"---"} <= set(NAMES)
