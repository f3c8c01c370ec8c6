"""Every page of samples, in both themes and at both ends of the text scale: nothing cut, nothing nameless."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from caseworker_app.ui_kit.theme import colour
from tests.ui_kit.inspection import cut_words, nameless, unreachable
from tests.ui_kit.samples import PAGES

LOOKS = [(a, s) for a in ("light", "dark") for s in (100, 150)]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("appearance", "scale"), LOOKS)
def test_a_page_shows_every_word(qtbot, dressed, name: str, appearance: str, scale: int) -> None:
    dressed(appearance, scale)
    page = PAGES[name]()
    qtbot.addWidget(page)
    # What a maximised window on a 1366 × 768 laptop leaves to a page; the narrowest navigation at 150 %.
    asked = QSize(1366 - (192 if scale == 100 else 262), 690 - round(52 * scale / 100))
    page.resize(asked)
    page.show()
    assert page.size() == asked
    assert cut_words(page) == []
    picture = page.grab()
    assert picture.size() == asked
    assert picture.toImage().pixelColor(2, page.height() - 60) in (colour("bg"), colour("surface"))


@pytest.mark.parametrize("name", PAGES)
def test_every_control_of_a_page_is_named_and_reached(qtbot, dressed, name: str) -> None:
    page = PAGES[name]()
    qtbot.addWidget(page)
    page.resize(1174, 638)
    page.show()
    assert nameless(page) == []
    assert unreachable(page) == []
