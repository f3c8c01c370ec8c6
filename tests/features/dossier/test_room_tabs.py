"""Tabs other rooms bring to the dossier: made when seen, told the household, left before another."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import HouseholdTab, Navigator, RoomTab, Route
from caseworker_app.ui_kit.tasks import Tasks


class _Told(HouseholdTab):
    """Keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, ...]] = []

    def show_household(self, household: str, subject: str = "") -> None:
        self.told.append(("show", household, subject))

    def leave(self) -> None:
        self.told.append(("leave",))


def test_a_tab_is_made_when_first_seen_and_left_before_another(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
    followed: str,
) -> None:  # fmt: skip
    made: list[_Told] = []

    def build() -> HouseholdTab:
        made.append(_Told())
        return made[-1]

    page = DossierPage(file, who, tasks, changes, navigator, tabs=(RoomTab("trial", "Essai", build),))
    qtbot.addWidget(page)
    page.show()
    page.enter(Route("dossier", followed))
    qtbot.waitUntil(lambda: page.dossier is not None and not tasks.busy)
    assert not made

    page.enter(Route("dossier", followed, "row-1", "trial"))
    tab = made[0]
    assert tab.told == [("show", followed, "row-1")]
    assert tab.isVisible()

    tab.counted.emit(3)
    assert page.band.tabs.accessibleTabName(1) == "Essai, 3"

    page.band.tabs.choose("diary")
    page.band.tabs.choose("trial")
    page.leave()
    assert tab.told[1:] == [("leave",), ("show", followed, "row-1"), ("leave",)]
    assert len(made) == 1
    qtbot.waitUntil(lambda: not tasks.busy)
