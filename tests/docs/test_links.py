"""Links and pictures of the pages lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)|(?:src|srcset)=\"([^\"]+)\"")


def links(page: Path) -> list[str]:
    """Return the places of this repository that a page leads to."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [match[1] or match[3] for match in LINK.finditer(text)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    missing = [link for link in links(page) if not (page.parent / link).exists()]
    assert missing == []


def test_the_pages_of_the_guide_are_listed_in_the_readme() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    guide = sorted((ROOT / "docs" / "guide").glob("*.md"))
    assert len(guide) >= 6
    assert all(f"docs/guide/{page.name}" in told for page in guide)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_names_no_place_of_one_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"/home/\w|/root/|/work/|C:\\Users\\\w", text)
