"""No word cut, no control nameless or out of reach, at each step, in each size and at large text."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.intake.screens.page import ImportPage
from caseworker_app.features.intake.screens.steps import Stage
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.dress import dress
from tests.features.intake.screens.walk import (
    KOWAL,
    LEFEVRE,
    MASUREL,
    PATIENCE,
    Listed,
    Make,
    settle,
    to_check,
    to_columns,
)
from tests.ui_kit.inspection import cut_words, nameless, unreachable

WRONG_DAY = ("Masurel", "Corentin", "31/02/1987", *MASUREL[3:])
SIZES = [((1174, 638), 100), ((1174, 716), 100), ((1728, 1028), 100), ((1174, 638), 150)]


def faults(page: ImportPage) -> list[str]:
    return cut_words(page) + nameless(page) + unreachable(page)


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_nothing_is_cut_nameless_or_out_of_reach(
    qapp: QApplication,
    qtbot: Any,
    page: Make,
    listed: Listed,
    file: EncryptedFile,
    who: Who,
    size: tuple[int, int],
    scale: int,
) -> None:
    importing.import_list(file, who, listed(LEFEVRE, KOWAL, name="premiere.csv"))
    dress(qapp, "light", scale)
    try:
        made = page(size)
        made.choose.refuse("Ce fichier n’est pas une liste.")
        made.choose.offer_kept("suivi.xlsx")
        assert faults(made) == []
        path = listed(LEFEVRE, KOWAL, WRONG_DAY)
        to_columns(qtbot, made, path)
        assert faults(made) == []
        to_check(qtbot, made, path)
        assert faults(made) == []
        made.check.tabs.choose("duplicates")
        made.check.duplicates.take(next(iter(made.check.duplicates.tiles)), go_on=False)
        settle(qtbot, made)
        assert faults(made) == []
        made.foot.primary.click()
        qtbot.waitUntil(lambda: made.stage is Stage.DONE, timeout=PATIENCE)
        assert faults(made) == []
    finally:
        dress(qapp, "light", 100)
