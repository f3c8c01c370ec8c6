"""The page « Importer une liste » on a real file: read, checked, imported, taken back, gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.households import service as households
from caseworker_app.features.intake.screens.notice import InterruptedNotice
from caseworker_app.features.intake.screens.page import ImportPage, Stage
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.work import Cancelled
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[..., ImportPage]
LIST = (
    "Nom;Prénom;Né(e) le;Téléphone;Adresse;Code postal;Ville\n"
    "Lefèvre;Gaël;14/03/1979;06 39 98 22 10;6 rue des Fileuses;59510;Hem\n"
    "Kowal;Élise;02/07/1985;06 39 98 31 07;9 rue de la Filature;59100;Roubaix\n"
    "Masurel;Corentin;23/02/1987;06 39 98 40;1 quai du Sartel;59100;Roubaix\n"
)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)  # so that three rows can be stopped in the middle


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "locataires.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def page(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
) -> Make:
    def make(size: tuple[int, int] = (1174, 716)) -> ImportPage:
        made = ImportPage(file, who, tasks, changes, navigator)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.enter(Route("import"))
        qtbot.waitUntil(lambda: not tasks.busy)
        return made

    return make


def count(file: EncryptedFile, who: Who) -> int:
    with file.reading() as connection:
        return households.count_households(connection, who)


def imported(qtbot: Any, page: ImportPage, path: Path) -> None:
    page.read_list(path)
    qtbot.waitUntil(lambda: page.stage is Stage.CHECK)
    page.primary.click()
    qtbot.waitUntil(lambda: page.stage is Stage.DONE)


def stop_in_the_middle(file: EncryptedFile, who: Who, path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_list(file, who, path, progress=stop)


def test_a_list_is_checked_before_anything_is_written(
    qtbot: Any, page: Make, listing: Path, file: EncryptedFile, who: Who
) -> None:
    made = page()
    made.read_list(listing)
    qtbot.waitUntil(lambda: made.stage is Stage.CHECK)
    assert made.outcome.text() == "3\u00a0ménages à créer"
    assert made.primary.text() == "&Importer 3\u00a0ménages"
    assert made.found.problems.rows.rowCount() == 1
    assert not made.policy.isVisible()
    assert count(file, who) == 0


def test_an_import_reports_and_is_taken_back(
    qtbot: Any, page: Make, listing: Path, file: EncryptedFile, who: Who, navigator: Navigator
) -> None:
    said: list[str] = []
    navigator.confirmed.connect(lambda words, _undo: said.append(words))
    made = page()
    imported(qtbot, made, listing)
    assert made.outcome.text() == "3\u00a0ménages créés"
    assert count(file, who) == 3
    made.undo.click()
    qtbot.waitUntil(lambda: made.stage is Stage.CHOOSE)
    assert count(file, who) == 0
    assert said == ["Import de «\u00a0locataires.csv\u00a0» annulé"]


def test_people_already_known_are_told_and_left_to_choose(
    qtbot: Any, page: Make, listing: Path, file: EncryptedFile, who: Who
) -> None:
    importing.import_list(file, who, listing)
    made = page()
    made.read_list(listing)
    qtbot.waitUntil(lambda: made.stage is Stage.CHECK)
    assert made.found.duplicates.rows.rowCount() == 3
    assert "même date de naissance" in made.found.duplicates.rows.row_at(0).detail
    assert not made.primary.isEnabled()
    made.duplicates._options["merge"].click()
    assert made.primary.isEnabled()
    made.duplicates._options["create"].click()
    made.primary.click()
    qtbot.waitUntil(lambda: made.stage is Stage.DONE)
    assert count(file, who) == 6


def test_a_file_that_is_no_list_is_refused_in_a_sentence(qtbot: Any, page: Make, tmp_path: Path) -> None:
    path = tmp_path / "vide.csv"
    path.write_bytes(b"")
    made = page()
    made.read_list(path)
    qtbot.waitUntil(made.refusal.isVisible)
    assert made.stage is Stage.CHOOSE
    assert "vide.csv" in made.refusal.accessibleName()


def test_an_interrupted_import_is_offered_and_finished(
    qtbot: Any, page: Make, listing: Path, file: EncryptedFile, who: Who
) -> None:
    stop_in_the_middle(file, who, listing)
    made = page()
    qtbot.waitUntil(made.interrupted.isVisible)
    assert count(file, who) == 2
    made.finish(listing)
    qtbot.waitUntil(lambda: made.stage is Stage.DONE)
    assert count(file, who) == 3


def test_another_list_waits_for_the_interrupted_one(
    qtbot: Any, page: Make, listing: Path, file: EncryptedFile, who: Who
) -> None:
    stop_in_the_middle(file, who, listing)
    made = page()
    made.read_list(listing)
    qtbot.waitUntil(lambda: made.stage is Stage.CHOOSE and made.interrupted.isVisible())
    assert not made.refusal.isVisible()


def test_an_interrupted_import_is_taken_back(
    qtbot: Any, page: Make, listing: Path, file: EncryptedFile, who: Who
) -> None:
    stop_in_the_middle(file, who, listing)
    made = page()
    qtbot.waitUntil(made.interrupted.isVisible)
    made.take_back()
    qtbot.waitUntil(lambda: made.stage is Stage.CHOOSE)
    assert count(file, who) == 0


def test_the_list_of_households_tells_of_an_interrupted_import(
    qtbot: Any,
    listing: Path,
    file: EncryptedFile,
    who: Who,
    tasks: Tasks,
    changes: ChangeBroadcast,
    navigator: Navigator,
) -> None:
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    stop_in_the_middle(file, who, listing)
    notice = InterruptedNotice(file, who, tasks, changes, navigator)
    qtbot.addWidget(notice)
    qtbot.waitUntil(notice.isVisible)
    notice.button.click()
    assert asked == [Route("import")]


@pytest.mark.parametrize(("size", "scale"), [((1174, 716), 100), ((1728, 1028), 100), ((1150, 690), 150)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    qapp: QApplication,
    qtbot: Any,
    page: Make,
    listing: Path,
    file: EncryptedFile,
    who: Who,
    size: tuple[int, int],
    scale: int,
) -> None:
    importing.import_list(file, who, listing)
    dress(qapp, "light", scale)
    try:
        made = page(size)
        assert cut_words(made) + nameless(made) + unreachable(made) == []
        made.read_list(listing)
        qtbot.waitUntil(lambda: made.stage is Stage.CHECK)
        made.duplicates._options["create"].click()
        made.found.duplicates.setCurrentIndex(made.found.duplicates.rows.index(0, 0))
        QApplication.processEvents()
        assert cut_words(made) + nameless(made) + unreachable(made) == []
    finally:
        dress(qapp, "light", 100)
