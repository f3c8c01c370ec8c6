"""The pages of the guide: read from the folder shipped with the program, searched by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from caseworker_app.kernel import paths
from caseworker_app.kernel.folding import fold, words_of
from caseworker_app.shell.catalogue import GUIDE_ORDER, KEYS

SHORTCUTS_PAGE = "raccourcis"
# Characters shown around the first word found.
_BEFORE, _CONTEXT = 8, 80
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`#\[|>]|^\s*-{3,}\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page: its key (the name of its file), its title, its Markdown."""

    key: str
    title: str
    markdown: str

    @property
    def words(self) -> str:
        """Return its text without the marks of Markdown, on one line."""
        return " ".join(_MARKUP.sub(" ", self.markdown).split())


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A page that holds the words looked for, and where."""

    page: GuidePage
    excerpt: str


@cache
def guide_pages() -> tuple[GuidePage, ...]:
    """Return the pages in reading order, the keyboard shortcuts last; none when the guide was not shipped."""
    files = sorted(paths.guide().glob("*.md"), key=lambda file: (_place(file.stem), file.stem))
    pages = [_page(file.stem, file.read_text(encoding="utf-8")) for file in files]
    return (*pages, _page(SHORTCUTS_PAGE, _shortcuts()))


def page_of(key: str) -> GuidePage:
    """Return a page by its key, the first one when there is none so named."""
    return next((page for page in guide_pages() if page.key == key), guide_pages()[0])


def find_in_guide(pages: Sequence[GuidePage], typed: str) -> list[GuideHit]:
    """Return the pages that hold every word typed (beginnings count), those whose title does first."""
    words = words_of(typed)
    if not words:
        return []
    found = []
    for page in pages:
        text = f" {fold(page.words)}"
        if all(f" {word}" in text for word in words):
            in_title = all(f" {word}" in f" {fold(page.title)}" for word in words)
            found.append((not in_title, GuideHit(page, _excerpt(page.words, words[0]))))
    return [hit for _, hit in sorted(found, key=lambda pair: pair[0])]


def _excerpt(text: str, word: str) -> str:
    place = next((m.start() for m in re.finditer(r"\w+", text) if fold(m.group()).startswith(word)), 0)
    start, end = max(0, place - _BEFORE), min(len(text), place + _CONTEXT)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _page(key: str, markdown: str) -> GuidePage:
    first = next((line for line in markdown.splitlines() if line.startswith("# ")), key)
    return GuidePage(key, first.removeprefix("# ").strip(), markdown)


def _place(key: str) -> int:
    return GUIDE_ORDER.index(key) if key in GUIDE_ORDER else len(GUIDE_ORDER)


def _shortcuts() -> str:
    rows = "\n".join(f"| **{key.shown}** | {key.does} |" for key in KEYS)
    return (
        "# Raccourcis clavier\n\n"
        "Tout se fait au clavier. La touche Tab passe d’un élément à l’autre\u202f; la lettre soulignée d’un bouton "
        "l’actionne avec Alt.\n\n"
        f"| Touches | Ce qu’elles font |\n|---|---|\n{rows}\n"
    )
