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
# Ctrl+N, back to the households, one Enter each for two more, Ctrl+Enter.
NOTE_ACTIONS = 5
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


def test_a_note_for_several_households_is_five_actions(qapp_cls: Any, tmp_path: Path) -> None:
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", 100)
    with open_demonstration(clock=FixedClock(NOW)) as office, day(app, office, tmp_path) as played:
        hands = played.hands
        hands.go(FOLLOWED)
        played._arrive("dossier")
        with hands.stage("note"):
            _note_for_three(played)
    assert played.faults == []
    assert hands.stages[-1].actions == NOTE_ACTIONS <= 5


def _note_for_three(played: Any) -> None:
    hands = played.hands
    hands.press(Key.Key_N, CTRL)
    hands.until(lambda: played.window.sheet is not None and played.window.sheet.save.isEnabled(), "it opens")
    note = played.window.sheet
    hands.write("Atelier budget, puis affiches posees au rez-de-chaussee.")
    # Back from the text to whom it is about; what is typed there is text too.
    hands.press(Key.Key_Backtab)
    for number, name in enumerate(("noelvin", "hennequinval"), 2):
        hands.write(name)
        hands.until(note.form.households.found.isVisible, "the household is found")
        hands.press(Key.Key_Return)
        hands.until(lambda count=number: len(note.form.households.ids) == count, "it is on the note")
    hands.press(Key.Key_Return, CTRL)
    hands.until(lambda: not note.isVisible(), "the note is written")
    assert "3\u00a0dossiers" in played.window.confirmation.accessibleName()


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
