"""The page of a follow-up file: what is chosen is what prints, and each copy has its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.handover.domain.follow_up_sections import (
    COMPLETE,
    DIARY_ONLY,
    EVERY_SECTION,
    WITHOUT_WRITINGS,
    FollowUpSection,
    chosen_sections,
)
from caseworker_app.features.handover.screens.follow_up_page import FollowUpPage
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.features.handover import rich_household
from tests.features.handover.rich_household import Rich
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

PATIENCE = 30_000
Make = Callable[[], tuple[FollowUpPage, Rich]]


@pytest.fixture(scope="module")
def tasks(qapp_cls: Any) -> Iterator[Tasks]:
    QApplication.instance() or qapp_cls([])
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def make(
    qtbot: Any, qapp: Any, file: Any, who: Any, clock: Any, tasks: Tasks, tmp_path: Path, said: list[str]
) -> Iterator[Make]:
    dress(qapp, "light")
    drafts, navigator = Drafts(tmp_path, KEY, clock), Navigator()
    navigator.confirmed.connect(lambda words, _undo: said.append(words))
    rich = rich_household.build(file, who)

    def made(subject: str = "") -> tuple[FollowUpPage, Rich]:
        desk = DocumentDesk(file, who, drafts, tasks, ChangeBroadcast(), navigator, renderers())
        page = FollowUpPage(desk)
        qtbot.addWidget(page)
        page.resize(1174, 638)
        bring_up(qtbot, page)
        page.enter(Route("follow-up", rich.household_id, subject))
        qtbot.waitUntil(lambda: bool(page.pdf) and not tasks.busy, timeout=PATIENCE)
        return page, rich

    yield made
    qtbot.waitUntil(lambda: not tasks.busy, timeout=PATIENCE)
    drafts.close()


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_parts_are_chosen_one_by_one(qtbot: Any, make: Make, tasks: Tasks) -> None:
    page, _ = make()
    assert "Journal" in words_of(page.pdf)
    whole = page.pdf
    page.panel.sections[FollowUpSection.DIARY].setChecked(False)
    qtbot.waitUntil(lambda: page.pdf != whole and not tasks.busy, timeout=PATIENCE)
    assert page.panel.choice.currentText() == "Parties choisies"
    assert len(words_of(page.pdf)) < len(words_of(whole))


def test_nothing_ticked_prints_nothing(make: Make) -> None:
    page, _ = make()
    for box in page.panel.sections.values():
        box.setChecked(False)
    assert not page.head.print_button.isEnabled()
    assert page.preview.said.text() == "Cochez au moins une partie"


def test_each_copy_has_its_number(
    qtbot: Any, make: Make, tasks: Tasks, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _ = make("synthese")
    assert len(pypdf.PdfReader(BytesIO(page.pdf)).pages) == 1
    numbers = []
    for name in ("un.pdf", "deux.pdf"):
        out = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, out=out: (str(out), ""))
        page.export()
        qtbot.waitUntil(lambda out=out: out.exists() and not tasks.busy, timeout=PATIENCE)
        number = said[-1].split()[1]
        assert number in words_of(out.read_bytes())
        numbers.append(number)
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize(("look", "scale"), [("light", 100), ("dark", 100), ("light", 150)])
def test_nothing_is_cut_nor_out_of_reach(qapp: Any, make: Make, look: Any, scale: int) -> None:
    dress(qapp, look, scale)
    page, _ = make()
    assert cut_words(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []


def test_the_usual_choices_are_known_again() -> None:
    assert chosen_sections(EVERY_SECTION, writings=True) == COMPLETE
    assert chosen_sections(EVERY_SECTION, writings=False) == WITHOUT_WRITINGS
    assert chosen_sections(frozenset({FollowUpSection.DIARY}), writings=True) == DIARY_ONLY
