"""Pasting into a zone: plain text from whatever is on the clipboard, taken back in one step."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from caseworker_app.ui_kit.text_zone import TextZone


def _zone(qtbot) -> TextZone:
    zone = TextZone("Constaté", "", "eye", may_share=False)
    qtbot.addWidget(zone)
    zone.set_text("Avant. ")
    return zone


def test_a_page_of_a_word_processor_is_pasted_as_plain_lines(qtbot) -> None:
    zone, page = _zone(qtbot), QMimeData()
    page.setText("Titre\r\n•\tun\r\n•\tdeux")
    page.setHtml("<h1 style='color:red'>Titre</h1><ul><li>un</li><li>deux</li></ul>")
    zone.editor.insertFromMimeData(page)
    assert zone.text() == "Avant. Titre\n– un\n– deux"
    assert "red" not in zone.editor.toHtml()
    zone.editor.undo()
    assert zone.text() == "Avant. "


def test_a_page_without_plain_text_keeps_its_lists(qtbot) -> None:
    zone, page = _zone(qtbot), QMimeData()
    page.setHtml("<p>Titre</p><ul><li>un</li><li>deux</li></ul>")
    zone.editor.insertFromMimeData(page)
    assert zone.text() == "Avant. Titre\n– un\n– deux"
