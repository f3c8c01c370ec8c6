"""The page of the plan, the contract and the evaluation: chosen, shown as it will print, refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtWidgets import QFileDialog

from caseworker_app.features.handover.domain.kinds import CONTRACT, DIAGNOSIS, END_RECORD
from caseworker_app.features.handover.screens.paper_page import PaperPage
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.measures import service as measures
from caseworker_app.ui_kit.page import Route
from tests.features.handover import rich_household
from tests.features.handover.conftest import PATIENCE
from tests.ui_kit.inspection import cut_words, nameless, unreachable


@pytest.fixture
def page(open_page: Callable[[type[PaperPage]], PaperPage]) -> PaperPage:
    return open_page(PaperPage)


def words_of(pdf: bytes) -> str:
    return " ".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_the_plan_then_the_contract_are_shown_and_written(
    qtbot: Any, page: PaperPage, file: Any, who: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich = rich_household.build(file, who)
    page.enter(Route("paper", rich.household_id))
    qtbot.waitUntil(lambda: bool(page.pdf), timeout=PATIENCE)
    assert "Plan d’objectifs" in words_of(page.pdf)
    assert page.remark.isVisible()
    assert cut_words(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
    page._choose(CONTRACT.code)
    qtbot.waitUntil(lambda: "Fin anticipée" in (words_of(page.pdf) if page.pdf else ""), timeout=PATIENCE)
    out = tmp_path / "contrat.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    page.export()
    qtbot.waitUntil(out.exists, timeout=PATIENCE)
    assert "Fin anticipée" in words_of(out.read_bytes())


def test_what_is_missing_is_said_where_the_paper_would_be(
    qtbot: Any, page: PaperPage, file: Any, who: Any
) -> None:
    household, _ = households.create_household(file, who, NewHousehold((NewMember("Essai", "Zoé"),)))
    page.enter(Route("paper", household))
    qtbot.waitUntil(page.refusal.isVisible, timeout=PATIENCE)
    assert "Aucun objectif n’est ouvert" in page.refusal.accessibleName()
    assert not page.head.print_button.isEnabled()


def test_an_internal_record_names_which_and_opens_where_it_is_written(
    qtbot: Any, page: PaperPage, file: Any, who: Any
) -> None:
    rich = rich_household.build(file, who)
    with file.reading() as connection:
        measure = measures.measures_of(connection, who, rich.household_id, rich_household.DAY)[0].measure
    page.enter(Route("paper", rich.household_id, f"{END_RECORD.code}:{measure.id}"))
    qtbot.waitUntil(lambda: bool(page.pdf), timeout=PATIENCE)
    assert "Fiche de fin de mesure" in words_of(page.pdf)
    assert page.choice.current_key() == END_RECORD.code
    assert [place for place, button in page.sources.items() if button.isVisibleTo(page)] == ["measure"]
    with qtbot.waitSignal(page.desk.navigator.asked) as asked:
        page.sources["measure"].click()
    assert asked.args[0] == Route("dossier", rich.household_id, measure.id, "measure")
    page._choose(DIAGNOSIS.code)
    qtbot.waitUntil(page.refusal.isVisible, timeout=PATIENCE)
    assert "Aucun diagnostic" in page.refusal.accessibleName()
    assert page.subject == ""
