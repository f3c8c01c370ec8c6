"""What caseworkers read is typeset like the rest of the program, and speaks of buttons that are there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from caseworker_app.kernel.french import typeset

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs" / "guide").glob("*.md")), ROOT / "CHANGELOG.md"]
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)")
# Words in bold that are no words of the window: what the guide itself stresses, or a field's value.
WINDOW_WORDS = re.compile(r"\*\*([A-ZÀ-Ý][^*]+?…?)\*\*(?! :)")

# Stressed by the guide, and no words of the window.
KNOWN_ELSEWHERE = {
    "Elle n’est montrée qu’une fois",
    "Interne",
    "La recherche",
    "Promis",
    "Rien n’est encore écrit.",
    "Sans l’une ni l’autre, le fichier ne s’ouvre plus, pour personne.",
}


@cache
def words_of_the_window() -> str:
    """Return the source of everything a person sees in the window."""
    places = ("shell", "ui_kit", "features")
    files = [path for place in places for path in (ROOT / "src" / "caseworker_app" / place).rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return text.replace("&", "").replace("\\u00a0", "\u00a0").replace("\\u202f", "\u202f")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_typeset(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    for line in text.splitlines():
        assert typeset(line) == line


@pytest.mark.parametrize("page", PAGES[:-1], ids=lambda page: page.name)
def test_the_buttons_a_page_names_are_in_the_window(page: Path) -> None:
    named = {
        step.strip()
        for bold in WINDOW_WORDS.findall(page.read_text(encoding="utf-8"))
        for step in bold.split("›")
        if not bold.endswith((".", "\u00a0?"))
    }
    missing = {name for name in named if name.removesuffix("…") not in words_of_the_window()}
    assert missing <= KNOWN_ELSEWHERE
