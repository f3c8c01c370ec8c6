"""From « Nouvelle visite » to a printed report of ten lines, by keys alone, each key but the letters counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.office import open_demonstration
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.ui_kit.dress import dress
from tests.desk.day import FOLLOWED, Papers, day
from tests.desk.edges import edges
from tests.desk.hands import ALT, CTRL
from tests.ground import NOW

pytestmark = pytest.mark.slow

# The bound of the plan: keys other than the text, and clicks.
MOST = 25
ZONES = (
    (
        "Logement clair et tenu.",
        "Courrier ouvert ensemble.",
        "Compteur lu avec Nadia.",
        "Balcon vide.",
        "Joint refait.",
    ),
    ("Le loyer est parti le 5.", "Elle attend le plombier.", "La CAF a repondu."),
    ("Le plan tient.", "Revoir le budget en mars."),
)
Key = Qt.Key


def test_a_report_of_ten_lines_is_printed_in_few_actions(qapp_cls: Any, tmp_path: Path) -> None:
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", 100)
    papers = Papers.of(tmp_path)
    with (
        open_demonstration(clock=FixedClock(NOW)) as office,
        day(app, office, tmp_path) as played,
        edges(papers.tenants, papers.review, papers.printed),
    ):
        hands = played.hands
        hands.go(FOLLOWED)
        played._arrive("dossier")
        with hands.stage("report"):
            _write_and_print(played)
        stage = hands.stages[-1]
    assert played.faults == []
    assert stage.actions <= MOST, f"{stage.actions} actions"
    assert stage.actions == 16, "docs/performance.md tells this figure"
    assert len(pypdf.PdfReader(papers.printed).pages) >= 1
    assert sum(len(zone) for zone in ZONES) == 10


def _write_and_print(played: Any) -> None:
    hands = played.hands
    hands.press(Key.Key_N, ALT)
    played._arrive("visit")
    hands.rest()
    for number, zone in enumerate(ZONES):
        if number:
            hands.press(Key.Key_Tab, times=3)
        for line in zone[:-1]:
            hands.write(line)
            hands.press(Key.Key_Return)
        hands.write(zone[-1])
    written = [widget.text() for widget in played.page.body.zones.values()]
    assert written == ["\n".join(zone) for zone in ZONES]
    hands.press(Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    played._arrive("document")
    hands.until(played.page.head.print_button.isEnabled, "the pages are laid out")
    hands.press(Key.Key_I, ALT)
    hands.until(lambda: "imprimante" in played.window.confirmation.accessibleName(), "it is printed")
