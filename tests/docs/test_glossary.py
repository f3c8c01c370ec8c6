"""Every identifier of the glossary is in the code under that name; names kept for later are not there yet."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
KEPT = "## Names kept for what is to come"


def identifiers(text: str) -> list[str]:
    """Return what stands in the second column of the tables of a text."""
    return re.findall(r"^\|[^|]+\| `([A-Za-z_.]+)` \|", text, re.MULTILINE)


@cache
def known() -> dict[str, set[str]]:
    """Return the names the code defines, each with the names defined inside it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, set()).update(_names_of(node.body))
            elif isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, set())
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                for name in _names_of([node]):
                    found.setdefault(name, set())
    return found


def _names_of(body: list[ast.stmt]) -> set[str]:
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
    return names


def is_known(identifier: str) -> bool:
    """Say whether the code defines a name, or a name inside another."""
    owner, _, inner = identifier.partition(".")
    return owner in known() and (not inner or inner in known()[owner])


@pytest.mark.parametrize("identifier", identifiers(PAGE.split(KEPT)[0]))
def test_a_name_of_the_glossary_is_in_the_code(identifier: str) -> None:
    assert is_known(identifier)


@pytest.mark.parametrize("identifier", identifiers(PAGE.split(KEPT)[1]))
def test_a_name_kept_for_later_moves_up_once_it_is_there(identifier: str) -> None:
    assert not is_known(identifier)


def test_no_name_stands_twice() -> None:
    names = re.findall(r"^\|[^|]+\| `([A-Za-z_.]+)` \|", PAGE, re.MULTILINE)
    assert len(names) == len(set(names)) > 60


@pytest.mark.parametrize(
    "name", ["Households", "Relation.MOTHER", "Household.nothing", "nothing_of_the_kind"]
)
def test_a_name_that_is_not_there_is_seen(name: str) -> None:
    assert not is_known(name)
