"""The page « Importer une liste » from the file to the report, on a real file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from caseworker_app.features.intake.screens.notice import InterruptedNotice
from caseworker_app.features.intake.screens.steps import Stage
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.work import Cancelled
from tests.features.intake.screens.walk import (
    KOWAL,
    LEFEVRE,
    MASUREL,
    PATIENCE,
    Listed,
    Make,
    report,
    settle,
    tallied,
    to_check,
    to_columns,
    to_done,
)

Count = Callable[[], int]
Said = list[tuple[str, Any]]


def stop_in_the_middle(file: EncryptedFile, who: Who, path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_list(file, who, path, progress=stop)


def test_a_list_is_verified_before_anything_is_written(
    qtbot: Any, page: Make, listed: Listed, count: Count
) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, KOWAL, MASUREL))
    assert tallied(made) == {"prêtes": 3, "lignes en tout": 3}
    assert made.foot.primary.text() == "&Importer 3\u00a0ménages"
    assert count() == 0


def test_an_import_reports_each_row_and_is_taken_back(
    qtbot: Any, page: Make, listed: Listed, count: Count, said: Said
) -> None:
    made = page()
    to_done(qtbot, made, listed(LEFEVRE, KOWAL, MASUREL))
    assert count() == 3
    assert [line.number for line in report(made)] == ["2", "3", "4"]
    assert tallied(made) == {"créées": 3, "lignes en tout": 3}
    made.foot.undo.click()
    qtbot.waitUntil(lambda: made.stage is Stage.CHOOSE, timeout=PATIENCE)
    assert count() == 0
    assert said[-1][0] == "Import de «\u00a0locataires.csv\u00a0» annulé"


def test_a_past_import_is_taken_back_from_the_list_of_imports(
    qtbot: Any, page: Make, listed: Listed, count: Count, file: EncryptedFile, who: Who
) -> None:
    importing.import_list(file, who, listed(LEFEVRE, KOWAL))
    made = page()
    line = made.choose.past.lines[0]
    assert line.undo.isVisible()
    line.undo.click()
    qtbot.waitUntil(lambda: made.stage is Stage.CHOOSE and count() == 0, timeout=PATIENCE)
    settle(qtbot, made)
    assert not made.choose.past.lines[0].undo.isVisible()


def test_a_file_that_is_no_list_is_refused_in_a_sentence_and_another_is_read(
    qtbot: Any, page: Make, listed: Listed, tmp_path: Path
) -> None:
    path = tmp_path / "bilan.pdf"
    path.write_bytes(b"%PDF-1.7 rien d\xe9chiffrable")
    made = page()
    made.read_list(path)
    qtbot.waitUntil(made.choose.refusal.isVisible, timeout=PATIENCE)
    assert made.stage is Stage.CHOOSE
    assert "bilan.pdf" in made.choose.refusal.accessibleName()
    to_columns(qtbot, made, listed(LEFEVRE))
    assert not made.choose.refusal.isVisible()


def test_a_file_dropped_on_the_page_is_read(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(listed(LEFEVRE)))])
    actions, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    made.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), actions, data, button, keys))
    assert made.choose.drop.title.text() == "Lâchez le fichier pour le lire"
    made.dropEvent(QDropEvent(QPointF(9, 9), actions, data, button, keys))
    qtbot.waitUntil(lambda: made.stage is Stage.COLUMNS, timeout=PATIENCE)


def test_one_goes_back_by_the_steps_and_the_choices_stay(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, KOWAL))
    made.steps.steps[1].click()
    assert made.stage is Stage.COLUMNS
    made.foot.back.click()
    assert made.stage is Stage.CHOOSE
    assert not made.steps.steps[3].isEnabled()


def test_a_stopped_import_offers_to_go_on_and_is_finished(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who, count: Count
) -> None:
    path = listed(LEFEVRE, KOWAL, MASUREL)
    stop_in_the_middle(file, who, path)
    made = page()
    assert made.choose.interrupted.isVisible()
    assert count() == 2
    made.finish(path)
    qtbot.waitUntil(lambda: made.stage is Stage.DONE, timeout=PATIENCE)
    assert count() == 3
    assert [line.number for line in report(made)] == ["2", "3", "4"]


def test_another_list_waits_for_the_interrupted_one(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who
) -> None:
    stop_in_the_middle(file, who, listed(LEFEVRE, KOWAL, MASUREL))
    made = page()
    to_columns(qtbot, made, listed(LEFEVRE, name="autre.csv"))
    made.foot.primary.click()
    qtbot.waitUntil(
        lambda: made.stage is Stage.CHOOSE and made.choose.interrupted.isVisible(), timeout=PATIENCE
    )
    assert not made.choose.refusal.isVisible()


def test_an_interrupted_import_is_taken_back(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who, count: Count
) -> None:
    stop_in_the_middle(file, who, listed(LEFEVRE, KOWAL, MASUREL))
    made = page()
    made.choose.undoing.click()
    qtbot.waitUntil(lambda: made.stage is Stage.CHOOSE and not made.foreground.busy, timeout=PATIENCE)
    assert count() == 0


def test_the_list_of_households_tells_of_an_interrupted_import(
    qtbot: Any,
    listed: Listed,
    file: EncryptedFile,
    who: Who,
    tasks: Tasks,
    changes: ChangeBroadcast,
    navigator: Navigator,
) -> None:
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    stop_in_the_middle(file, who, listed(LEFEVRE, KOWAL, MASUREL))
    notice = InterruptedNotice(file, who, tasks, changes, navigator)
    qtbot.addWidget(notice)
    qtbot.waitUntil(notice.isVisible, timeout=PATIENCE)
    notice.button.click()
    assert asked == [Route("import")]


def test_what_was_chosen_of_a_list_is_found_again_after_the_window_was_closed(
    qtbot: Any, page: Make, listed: Listed, drafts: Drafts
) -> None:
    path = listed(LEFEVRE, ("Kowal", "Élise", "31/02/1985", *KOWAL[3:]))
    first = page()
    to_check(qtbot, first, path)
    first.check.rows.typed.emit(3, 2, "02/07/1985")
    settle(qtbot, first)
    first.leave()
    qtbot.waitUntil(lambda: drafts.find("import") is not None, timeout=PATIENCE)
    second = page()
    qtbot.waitUntil(second.choose.kept.isVisible, timeout=PATIENCE)
    second.choose.resuming.click()
    qtbot.waitUntil(lambda: second.stage is Stage.COLUMNS, timeout=PATIENCE)
    second.foot.primary.click()
    qtbot.waitUntil(lambda: second.stage is Stage.CHECK, timeout=PATIENCE)
    settle(qtbot, second)
    assert tallied(second) == {"prêtes": 2, "lignes en tout": 2}


def test_a_preparation_given_up_is_not_offered_again(
    qtbot: Any, page: Make, listed: Listed, drafts: Drafts
) -> None:
    first = page()
    to_columns(qtbot, first, listed(LEFEVRE))
    first.leave()
    qtbot.waitUntil(lambda: drafts.find("import") is not None, timeout=PATIENCE)
    second = page()
    qtbot.waitUntil(second.choose.kept.isVisible, timeout=PATIENCE)
    second.choose.dropping.click()
    qtbot.waitUntil(lambda: drafts.find("import") is None, timeout=PATIENCE)
    assert not second.choose.kept.isVisible()
