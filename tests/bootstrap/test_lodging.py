"""From the palette to a lease: a dwelling where nobody lives is found, shown, and somebody is housed there by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import create_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.screens.dwelling_card import DwellingCard
from caseworker_app.features.housing.screens.tab import HousingTab
from caseworker_app.features.housing.service import homes, landlords
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.tasks import Tasks
from tests.desk.hands import Hands
from tests.ground import NOW
from tests.ui_kit.inspection import cut_words, nameless, unreachable

pytestmark = pytest.mark.slow


@pytest.fixture(params=[100, 150])
def hands(request: Any, qapp_cls: Any, tmp_path: Path) -> Iterator[Hands]:
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", request.param)
    tasks = Tasks()
    new = NewOffice("Les Amarres", "Claire Lenoir")
    made, _ = create_office(tmp_path, "girafe tambour cerise", new, clock=FixedClock(NOW), kdf=THROW_AWAY)
    with made as office:
        for name in ("Zelmat", "Kowal"):
            households.create_household(office.file, office.who, NewHousehold((NewMember(name, "Ana"),)))
        home = NewDwelling(None, "VH-42", "8 allée des Glycines", None, "59100", "Roubaix", "T3", 620, "2")
        landlords.add_dwelling(office.file, office.who, home)
        window = build_main_window(office, tasks)
        window.resize(1366, 690)
        window.show()
        yield Hands(app, window, tasks)
        window.hide()
        tasks.close()
    dress(app, "light", 100)


def test_somebody_is_housed_where_nobody_lived(hands: Hands) -> None:
    window = hands.window
    window.navigator.open("households")
    hands.rest()
    # Standing on somebody else: who is to live there is asked all the same.
    hands.go("kowal")
    hands.rest()
    hands.go("glycines")
    hands.until(lambda: QApplication.activeWindow() is not window, "the dwelling is shown")
    card = QApplication.activeWindow()
    assert isinstance(card, DwellingCard)
    assert card.accessibleName().startswith("8 allée des Glycines")
    assert (cut_words(card), nameless(card), unreachable(card)) == ([], [], [])
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: window.finder._pending is not None, "somebody is asked for")
    hands.write("zelmat")
    hands.until(hands._answered, "found")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: window.findChild(HousingTab) is not None, "the tab of the home")
    tab = window.findChild(HousingTab)
    hands.until(lambda: tab.panel.form is not None, "the form of the lease")
    assert cut_words(tab.panel) == []
    tab.panel.form.submit()
    hands.until(lambda: tab.shown is not None and tab.shown.home is not None, "the lease is written")
    with tab.desk.file.reading() as connection:
        lived = homes.housing_of(connection, tab.desk.who, tab.household, tab.desk.today)
    assert lived.leases[0].dwelling.street == "8 allée des Glycines"
