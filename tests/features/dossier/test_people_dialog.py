"""The dialog that makes two records of a person one, on a real file: proposed, chosen, merged, undone in one click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.screens.page import DossierDoors, DossierPage
from caseworker_app.features.dossier.screens.people_dialog import PeopleDialog
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable


@dataclass
class Scene:
    """The dialog in front of a person, and what was said."""

    window: QWidget
    dialog: PeopleDialog
    qtbot: Any
    tasks: Tasks
    said: list[tuple[str, Any]] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.tasks.busy)


Make = Callable[..., Scene]


@pytest.fixture
def make(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
) -> Make:
    def build(household: str, size: tuple[int, int] = (1366, 690)) -> Scene:
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(*size)
        bring_up(qtbot, window)
        desk = JoiningDesk(file, who, tasks, changes, navigator, service.take_back_last)
        scene = Scene(window, PeopleDialog(desk, household, window), qtbot, tasks)
        navigator.confirmed.connect(lambda words, undo, *_: scene.said.append((words, undo)))
        scene.dialog.open()
        qtbot.waitUntil(lambda: not tasks.busy)
        scene.settle()
        return scene

    return build


def names(file: EncryptedFile, who: Who, household: str) -> list[str]:
    with file.reading() as connection:
        return [m.full_name() for m in households.open_household(connection, who, household).everyone]


def test_the_likely_pair_is_there_and_made_one_and_two_again(
    make: Make,
    twice: str,
    file: EncryptedFile,
    who: Who,
) -> None:
    before = names(file, who, twice)
    scene = make(twice)
    assert scene.dialog.proposal is not None
    assert "même nom" in scene.dialog.why.text()
    scene.dialog.confirm.click()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 1)
    assert len(names(file, who, twice)) == len(before) - 1
    scene.said[0][1]()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 2)
    assert names(file, who, twice) == before


def test_the_value_chosen_is_written(
    make: Make,
    twice: str,
    file: EncryptedFile,
    who: Who,
) -> None:
    scene = make(twice)
    key = next(each.key for each in scene.dialog.proposal.fields if each.label == "nom")
    scene.dialog.fields.radios[key][1].click()
    scene.dialog.merge()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 1)
    assert any("ZELMAT" in name for name in names(file, who, twice))


def test_either_record_may_stay(make: Make, twice: str) -> None:
    scene = make(twice)
    kept = scene.dialog.proposal.kept.id
    scene.dialog.turn.click()
    scene.qtbot.waitUntil(lambda: scene.dialog.proposal.absorbed.id == kept)


def test_the_same_record_twice_is_refused_before_anything(make: Make, twice: str) -> None:
    scene = make(twice)
    scene.dialog.absorbed.choose(scene.dialog.kept.current_key())
    scene.dialog.absorbed.activated.emit(0)
    scene.qtbot.waitUntil(scene.dialog.refusal.isVisible)
    assert not scene.dialog.confirm.isEnabled()


def test_somebody_alone_is_told_so(make: Make, file: EncryptedFile, who: Who) -> None:
    alone, _ = households.create_household(file, who, NewHousehold((NewMember("Zelmat", "Ana"),)))
    scene = make(alone)
    assert scene.dialog.refusal.isVisible()
    assert not scene.dialog.confirm.isEnabled()


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("size", [(1366, 690), (1920, 1040)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    make: Make,
    twice: str,
    qapp: QApplication,
    scale: int,
    size: tuple[int, int],
) -> None:
    dress(qapp, "light", scale)
    scene = make(twice, size)
    dialog = scene.dialog
    assert cut_words(dialog) == []
    assert nameless(dialog) == []
    assert unreachable(dialog) == []


def test_the_menu_of_the_dossier_opens_it(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
    twice: str,
) -> None:  # fmt: skip
    page = DossierPage(file, who, tasks, changes, navigator, doors=DossierDoors())
    qtbot.addWidget(page)
    page.resize(1174, 716)
    bring_up(qtbot, page)
    page.enter(Route("dossier", twice))
    qtbot.waitUntil(lambda: page.dossier is not None and not tasks.busy)
    words = "Réunir deux fiches d’une même personne…"
    actions = page.band.more_menu().actions()
    next(each for each in actions if each.text().replace("&", "") == words).trigger()
    assert page.joining.dialog is not None
    assert page.joining.dialog.accessibleName() == words.rstrip("…")
    qtbot.waitUntil(lambda: not tasks.busy)
    page.leave()
