"""Keys that mean one thing, and lead where they say: no letter given twice on a page, the cursor in the tab chosen."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from caseworker_app.features.goals.screens.goal_tree import GoalTree
from caseworker_app.features.handover.screens.head import DocumentHead
from tests.desk.hands import ALT, Hands

pytestmark = pytest.mark.slow

TABS = ("", "composition", "measure", "housing", "goals", "budget", "diary", "documents", "history")
PLACES = [
    *(("dossier", tab) for tab in TABS), ("households", ""), ("visit", ""), ("document", ""), ("follow-up", ""),
    ("import", ""), ("settings", ""),
]  # fmt: skip
OF_NOBODY = frozenset({"households", "import", "settings"})
# What a person works on in a tab, where the cursor is to be once the palette led there.
BEGINS = {
    "goals": "Objectifs et étapes", "budget": "Budget mois par mois", "diary": "Journal",
    "history": "Historique du dossier",
}  # fmt: skip
WORDS = {"goals": "objectifs", "budget": "budget", "diary": "journal", "history": "historique"}


@pytest.mark.parametrize("tab", BEGINS)
def test_the_palette_puts_the_cursor_in_the_tab_it_opens(hands: Hands, tab: str) -> None:
    hands.go("vue d'ensemble")
    hands.rest()
    hands.go(WORDS[tab])
    hands.rest()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == BEGINS[tab]


def test_keys_typed_in_the_form_of_a_goal_never_act_on_the_tree_under_it(hands: Hands) -> None:
    hands.go("objectifs")
    hands.rest()
    tree = hands.window.page.findChild(GoalTree)
    hands.press(Qt.Key.Key_Down, times=2)
    hands.press(Qt.Key.Key_O, ALT)
    hands.until(lambda: tree.form is not None, "the form opens")
    form = tree.form
    hands.write("Trouver un stage")
    hands.press(Qt.Key.Key_Tab)
    # On the choice of a domain, which wants none of these.
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Delete):
        hands.press(key)
        assert tree.form is form
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert tree.form is form
    assert form.fields["domain"].sentence
    hands.press(Qt.Key.Key_Escape)
    hands.rest()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(filter(None, place)))
def test_no_letter_is_given_twice_on_a_page(hands: Hands, place: tuple[str, str]) -> None:
    page, tab = place
    window = hands.window
    household = window.finder.recent[0]
    window.navigator.open(page, "" if page in OF_NOBODY else household, tab=tab)
    hands.rest()
    head = window.page.findChild(DocumentHead)
    if head is not None:
        hands.until(head.print_button.isEnabled, "the pages are laid out")
    assert {keys: words for keys, words in _letters(window).items() if len(words) > 1} == {}


def _letters(window: QWidget) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and not button.shortcut().isEmpty():
            found[button.shortcut().toString()].append(button.text())
    for label in window.findChildren(QLabel):
        keys = QKeySequence.mnemonic(label.text())
        if label.isVisible() and label.buddy() is not None and not keys.isEmpty():
            found[keys.toString()].append(label.text())
    return found
