"""The guide: opened at the page one stands on, searched, read without any network; its shortcuts are true."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from caseworker_app.kernel import paths
from caseworker_app.shell.catalogue import GUIDE_PAGES, KEYS, SCREENS, guide_page
from caseworker_app.shell.guide import GuideText, GuideWindow
from caseworker_app.shell.guide_pages import SHORTCUTS_PAGE, find_in_guide, guide_pages, page_of
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.page import Navigator, Page
from tests.ui_kit.inspection import bring_up, cut_words, nameless

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def guide(qtbot, dressed) -> Iterator[GuideWindow]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = GuideWindow(parent)
    made.open_page("une-visite")
    yield made
    parent.close()


def test_every_page_of_the_guide_is_listed_with_its_title() -> None:
    files = {file.stem for file in paths.guide().glob("*.md")}
    assert {page.key for page in guide_pages()} == files | {SHORTCUTS_PAGE}
    assert all(page.title and not page.title.startswith("#") for page in guide_pages())


def test_every_page_of_the_window_has_a_page_of_the_guide() -> None:
    known = {page.key for page in guide_pages()}
    assert set(GUIDE_PAGES.values()) <= known
    for screen in SCREENS:
        for page in screen.pages:
            assert guide_page(page) in known


def test_the_page_of_a_tab_comes_before_that_of_its_page(monkeypatch) -> None:
    monkeypatch.setitem(GUIDE_PAGES, "dossier/budget", "un-budget")
    assert guide_page("dossier", "budget") == "un-budget"
    assert guide_page("dossier", "history") == "un-dossier"
    assert guide_page("elsewhere") == "prise-en-main"


def test_shortcuts_are_a_page_of_it() -> None:
    text = page_of(SHORTCUTS_PAGE).markdown
    assert all(key.shown in text and key.does in text for key in KEYS)


@pytest.mark.parametrize(
    ("typed", "page"), [("brouillon", "une-visite"), ("CLE DE SECOURS", "prise-en-main")]
)
def test_its_words_are_found_without_accents(typed, page) -> None:
    hits = find_in_guide(guide_pages(), typed)
    assert page in [hit.page.key for hit in hits]
    assert all(len(hit.excerpt) < 120 and "](" not in hit.excerpt for hit in hits)


def test_a_page_whose_title_says_it_comes_first() -> None:
    assert find_in_guide(guide_pages(), "visite")[0].page.key == "une-visite"
    assert find_in_guide(guide_pages(), "") == []
    assert find_in_guide(guide_pages(), "zzzz") == []


def test_it_opens_at_its_page_from_the_top(guide) -> None:
    assert guide.isVisible()
    assert guide.page == "une-visite"
    assert guide.pages.rows.key_at(guide.pages.currentIndex().row()) == "une-visite"
    assert guide.text.toPlainText().startswith("Une visite")
    assert guide.text.verticalScrollBar().value() == 0


def test_a_page_is_shown_once_whatever_the_size(guide) -> None:
    guide.resize(700, 500)
    guide.resize(900, 600)
    assert guide.text.toPlainText().count("Les trois zones") == 1


def test_what_is_looked_for_is_marked_and_brought_into_sight(qtbot, guide) -> None:
    qtbot.keyClicks(guide.search, "brouillon")
    qtbot.keyClick(guide.search, Qt.Key.Key_Return)
    marked = [each.cursor.selectedText() for each in guide.text.extraSelections()]
    assert marked
    assert all(words.lower() == "brouillon" for words in marked)
    assert 0 <= guide.text.cursorRect().top() < guide.text.viewport().height()
    guide.search.clear()
    assert guide.text.extraSelections() == []
    assert guide.pages.rows.rowCount() == len(guide_pages())


def test_nothing_found_is_said(qtbot, guide) -> None:
    qtbot.keyClicks(guide.search, "zzzz")
    assert guide.count.isVisible()
    assert guide.pages.rows.rowCount() == 0


def test_links_lead_from_page_to_page_and_nowhere_else(guide) -> None:
    guide.text.anchorClicked.emit(QUrl("prise-en-main.md"))
    assert guide.page == "prise-en-main"
    guide.text.anchorClicked.emit(QUrl("https://example.org/une-visite.md"))
    assert guide.page == "prise-en-main"


def test_pictures_come_from_the_guide_and_from_nowhere_else(guide) -> None:
    name = re.search(r"\((\.\./pictures/[^)]+)\)", page_of("une-visite").markdown)
    assert name is not None
    assert guide.text.loadResource(IMAGE, QUrl(name[1])).width() <= guide.text.viewport().width()
    for elsewhere in ("https://example.org/x.png", "file:///etc/hostname", "../../pyproject.toml"):
        assert guide.text.loadResource(IMAGE, QUrl(elsewhere)) is None


def test_words_follow_a_picture_at_once(guide) -> None:
    guide.open_page("la-veille")
    document = guide.text.document()
    layout, block = document.documentLayout(), document.begin()
    while block.text() != "\ufffc":
        block = block.next()
    name = block.begin().fragment().charFormat().toImageFormat().name()
    picture = guide.text.loadResource(IMAGE, name)
    tall = picture.height() / picture.devicePixelRatio()
    assert tall <= layout.blockBoundingRect(block).height() <= tall + 24


def test_dark_pages_show_dark_pictures(dressed, guide) -> None:
    light = guide.text.loadResource(IMAGE, QUrl("../pictures/visite.png"))
    dressed("dark")
    assert guide.text.loadResource(IMAGE, QUrl("../pictures/visite.png")) != light


@pytest.mark.parametrize("scale", [100, 150])
def test_it_shows_every_word_and_names_every_control(qtbot, dressed, scale) -> None:
    dressed("dark", scale)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = GuideWindow(parent)
    made.open_page(SHORTCUTS_PAGE)
    assert (cut_words(made), nameless(made)) == ([], [])
    assert isinstance(made.text, GuideText)


def test_f1_opens_it_at_the_page_one_stands_on_and_escape_closes_it(qtbot, dressed, tasks) -> None:
    pages = dict.fromkeys([page for screen in SCREENS for page in screen.pages], Page)
    window = MainWindow("Claire Lenoir", pages, tasks, Navigator())
    qtbot.addWidget(window)
    bring_up(qtbot, window)
    window.navigator.open("visit", household="a")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.guide.page == "une-visite"
    qtbot.waitUntil(window.guide.isActiveWindow)
    qtbot.keyClick(window.guide, Qt.Key.Key_Escape)
    assert not window.guide.isVisible()
    bring_up(qtbot, window)
    window.navigator.open("households")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.guide.page == guide_page("households")
