"""Pasting into a zone: plain text from whatever is on the clipboard, taken back in one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

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
