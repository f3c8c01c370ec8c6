"""Every screen in its states, small and wide, at 100 and 150 %: no cut word, no nameless control, none out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.backup_keeper import BackupKeeper
from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import Office, create_office, open_demonstration
from caseworker_app.features.directory import service as directory
from caseworker_app.features.goals.screens.goal_board import BOARD, LIST
from caseworker_app.features.goals.screens.tab import GoalsTab
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import NOW
from tests.ui_kit.inspection import cut_words, nameless, unreachable

pytestmark = pytest.mark.slow

TABS = (
    "overview",
    "composition",
    "measure",
    "housing",
    "goals",
    "budget",
    "orientations",
    "procedures",
    "attachments",
    "rights",
    "diary",
    "documents",
    "history",
)
PLACES = [
    *(("dossier", tab) for tab in TABS),
    ("households", ""), ("visit", ""), ("document", ""), ("follow-up", ""), ("paper", ""), ("letter", ""),
    ("import", ""),
    ("referrals", ""), ("veille", ""), ("partners", ""), ("settings", ""), ("settings", "retention"),
    ("settings", "grid"),
    ("settings", "library"), ("settings", "sentences"), ("settings", "check-words"), ("agenda", ""),
    ("settings", "agenda"), ("settings", "papers"),
    ("settings", "dictionary"), ("week", ""), ("writings", ""),
]  # fmt: skip
OF_NOBODY = frozenset(
    {"week", "agenda", "households", "import", "referrals", "partners", "settings", "writings", "veille"}
)
# A laptop's window less its bars, and a large screen; the text as it comes and half larger.
LOOKS = [
    (1366, 690, 100, "light"),
    (1366, 690, 150, "light"),
    (1920, 1000, 100, "dark"),
    (1920, 1000, 150, "dark"),
]
PATIENCE = 30_000


@dataclass
class Stage:
    """A window on an office, and the household that is looked at in it."""

    office: Office
    window: MainWindow
    tasks: Tasks
    household: str


@pytest.fixture(scope="module", params=["full", "bare"])
def office(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """The demonstration; and a file in which one household has a name and nothing else."""
    if request.param == "full":
        with open_demonstration(clock=FixedClock(NOW)) as made:
            with made.file.reading() as connection:
                found = directory.search(connection, made.who, "Ferhaoui", 1)[0].household_id
            yield made, found
        return
    folder: Path = tmp_path_factory.mktemp("bare")
    new = NewOffice("Les Amarres", "Claire Lenoir")
    made, _key = create_office(folder, "girafe tambour cerise", new, clock=FixedClock(NOW), kdf=THROW_AWAY)
    with made:
        found, _ = households.create_household(
            made.file, made.who, NewHousehold((NewMember("Essai", "Zoé"),))
        )
        yield made, found


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}x{look[1]}-{look[2]}-{look[3]}")
def stage(request: Any, qapp_cls: Any, office: tuple[Office, str]) -> Iterator[Stage]:
    app = QApplication.instance() or qapp_cls([])
    wide, high, scale, look = request.param
    dress(app, look, scale)
    tasks = Tasks()
    window = build_main_window(office[0], tasks)
    window.resize(wide, high)
    # As it stands every day after the first backup, from the first screen on: nothing comes to the foot meanwhile.
    keeper = window.findChild(BackupKeeper)
    if keeper is not None:
        keeper.stop()
        keeper.told.disconnect()
    window.show_file_state(
        encrypted=True, saved_at="12\u00a0h\u00a048", late="Pas de copie depuis 12\u00a0jours"
    )
    window.show()
    yield Stage(office[0], window, tasks, office[1])
    window.hide()
    tasks.close()
    window.deleteLater()
    dress(app, "light", 100)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(filter(None, place)))
def test_nothing_is_cut_nameless_or_out_of_reach(qtbot: Any, stage: Stage, place: tuple[str, str]) -> None:
    page, tab = place
    subject = tab if page == "settings" else ""
    stage.window.navigator.open(page, "" if page in OF_NOBODY else stage.household, subject, tab=tab)
    qtbot.waitUntil(lambda: not stage.tasks.busy, timeout=PATIENCE)
    # What the last answer changed is laid out before it is painted.
    QApplication.processEvents()
    shown = stage.window.page
    assert shown is not None
    assert cut_words(shown) == []
    assert nameless(stage.window) == []
    assert unreachable(stage.window) == []


def test_goals_in_columns_are_whole_too(qtbot: Any, stage: Stage) -> None:
    stage.window.navigator.open("dossier", stage.household, "", tab="goals")
    qtbot.waitUntil(lambda: not stage.tasks.busy, timeout=PATIENCE)
    QApplication.processEvents()
    shown = stage.window.page
    assert shown is not None
    (tab,) = shown.findChildren(GoalsTab)
    tab.goals.choose_view(BOARD)
    tab.read_again()
    qtbot.waitUntil(lambda: not stage.tasks.busy, timeout=PATIENCE)
    QApplication.processEvents()
    assert tab.goals.board.isVisible() == bool(tab.goals.goals)
    assert cut_words(shown) == []
    assert nameless(stage.window) == []
    assert unreachable(stage.window) == []
    tab.goals.choose_view(LIST)
