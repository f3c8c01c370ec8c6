"""Pasting and dropping into texts: plain words from whatever is on the clipboard, taken back in one step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

import caseworker_app
from caseworker_app.ui_kit.entries import Entry, PassphraseEntry
from caseworker_app.ui_kit.page_pictures import picture
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


# As a word processor puts a page on the clipboard: its styles, its own elements, lists told by spaces, a table.
PAGE_OF_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<style><!-- p.MsoNormal {color:red} @page WordSection1 {size:21cm} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=FR><!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:18pt;color:red'>Compte rendu<o:p></o:p></span></b></p>
<p class=MsoNormal>Le logement est aéré,<br>chauffé à 19&nbsp;°C<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp;
</span></span><![endif]>séjour propre</p>
<p class=MsoListParagraph><![if !supportLists]><span>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>appeler
la CAF</p>
<ul><li>cuisine</li></ul><ol><li>un</li><li>deux</li></ol>
<table border=1><tr><td><p>Pièce</p></td><td><p>État</p></td></tr>
<tr><td>Cuisine</td><td><p>bon</p><p>propre</p></td></tr></table>
<p>Après <a href="http://lien.example">le lien</a></p><!--EndFragment--></body></html>"""


def test_a_page_of_word_that_comes_as_a_web_page_alone_becomes_plain_lines(qtbot) -> None:
    zone, page = _zone(qtbot), QMimeData()
    page.setHtml(PAGE_OF_WORD)
    zone.editor.insertFromMimeData(page)
    assert [line for line in zone.text().split("\n") if line] == [
        "Avant. Compte rendu",
        "Le logement est aéré,",
        "chauffé à 19\u00a0°C",
        "– séjour propre",
        "1. appeler la CAF",
        "– cuisine",
        "1. un",
        "2. deux",
        "Pièce | État",
        "Cuisine | bon propre",
        "Après le lien",
    ]
    html = zone.editor.toHtml()
    assert "red" not in html
    assert "lien.example" not in html
    zone.editor.undo()
    assert zone.text() == "Avant. "


def test_the_path_of_a_file_is_no_text(qtbot, tmp_path: Path) -> None:
    zone, files, link = _zone(qtbot), QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])
    assert not zone.editor.canInsertFromMimeData(files)
    zone.editor.insertFromMimeData(files)
    assert zone.text() == "Avant. "
    link.setUrls([QUrl("https://lien.example/page")])
    assert zone.editor.canInsertFromMimeData(link)
    zone.editor.insertFromMimeData(link)
    assert zone.text() == "Avant. https://lien.example/page"


def test_what_a_reviewer_struck_out_is_not_pasted_as_if_it_held(qtbot) -> None:
    zone, page = _zone(qtbot), QMimeData()
    page.setText("Le loyer est réglé impayé.")
    page.setHtml('<p>Le loyer est <del cite="x"><span>réglé </span></del><ins>impayé</ins>.</p>')
    zone.editor.insertFromMimeData(page)
    assert zone.text() == "Avant. Le loyer est impayé."


def _entry(qtbot, made: Entry | None = None) -> Entry:
    entry = made or Entry()
    qtbot.addWidget(entry)
    entry.resize(240, 36)
    entry.show()
    return entry


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Compte rendu\r\n\r\n•\tun\r\n•\tdeux\r\n", "Compte rendu  – un – deux"),
        ("Marchadier\tSol\u00adène\n", "Marchadier Solène"),
        ("06 39 98 12 34\r\n", "06 39 98 12 34"),
        ("un\u2028deux", "un deux"),
        ("«\u00a0resté\u00a0»", "«\u00a0resté\u00a0»"),
    ],
)
def test_a_page_pasted_into_one_line_keeps_its_words_and_is_taken_back(qtbot, pasted: str, kept: str) -> None:
    entry, told = _entry(qtbot), list[str]()
    entry.setText("Avant ")
    entry.textEdited.connect(told.append)
    QApplication.clipboard().setText(pasted)
    QTest.keyClick(entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert entry.text() == f"Avant {kept}"
    assert told == [f"Avant {kept}"]
    entry.undo()
    assert entry.text() == "Avant "


def test_a_passphrase_is_pasted_to_the_letter(qtbot) -> None:
    entry = _entry(qtbot, PassphraseEntry())
    QApplication.clipboard().setText("deux  espaces \n")
    QTest.keyClick(entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert entry.text() == "deux  espaces "


def test_a_whole_book_is_refused_with_a_sentence_and_what_was_there_stays(qtbot) -> None:
    zone, entry, book = _zone(qtbot), _entry(qtbot), QMimeData()
    entry.setText("Avant")
    zone.resize(400, 200)
    zone.show()
    for most, paste in (("40", zone.editor.insertFromMimeData), ("5", entry.insert_words)):
        book.setText("Un mot de trop. " * 100_000)
        paste(book)
        assert f"{most}\u202f000\u00a0caractères au plus" in QToolTip.text()
        assert "Rien n’a changé" in QToolTip.text()
        QToolTip.hideText()
    assert (zone.text(), entry.text()) == ("Avant. ", "Avant")
    page = QMimeData()
    page.setHtml(f"<p>{'<b></b>' * 600_000}mot</p>")
    zone.editor.insertFromMimeData(page)
    assert "40\u202f000" in QToolTip.text()
    # What a field can keep, and twice as much, comes in.
    book.setText("mot " * 9_000)
    zone.editor.insertFromMimeData(book)
    assert len(zone.text()) > 35_000


def test_files_dropped_on_one_line_are_left_to_whatever_is_around(qtbot, tmp_path: Path) -> None:
    entry, files, words = _entry(qtbot), QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])
    files.setText(str(tmp_path / "photo.jpg"))
    words.setText("un\ndeux")
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for mime, kept in ((files, ""), (words, "un deux")):
        entering = QDragEnterEvent(QPoint(9, 9), action, mime, left, none)
        QApplication.sendEvent(entry, entering)
        assert entering.isAccepted() is bool(kept)
        QApplication.sendEvent(entry, QDropEvent(QPointF(9, 9), action, mime, left, none))
        assert entry.text() == kept
    QApplication.clipboard().setMimeData(files)
    QTest.keyClick(entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert entry.text() == "un deux"


def test_every_text_of_the_program_is_one_of_those_that_paste_so() -> None:
    """The cell of the budget has its own way of pasting, many cells at a time."""
    known = {"ui_kit/text_zone.py", "ui_kit/entries.py", "ui_kit/sheet_editor.py"}
    root = Path(caseworker_app.__file__).parent
    editor = "(?:QLineEdit|QTextEdit|QPlainTextEdit)"
    made = re.compile(rf"\b{editor}\)?\(|\((?:.*, )?{editor}\):")
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if any(made.search(line) for line in path.read_text(encoding="utf-8").splitlines())
    }
    assert found <= known


def test_a_page_as_large_as_a_wall_is_seen_smaller() -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    kept = BytesIO()
    canvas = Canvas(kept, pagesize=(14_000, 14_000))
    canvas.showPage()
    canvas.save()
    seen = picture(kept.getvalue(), 0, 150)
    assert seen.width * seen.height <= 40_100_000
