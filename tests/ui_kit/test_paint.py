"""Words painted from lines laid out once look as Qt writes them, and are laid out once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour

WORDS = (
    "Ménage Okonski-Dubœuf",
    "1\u202f234,56\u00a0€",
    "il y a 3\u00a0jours",
    "",
    "Àjy «\u00a0Çelik\u00a0»",
)
LEFT, CENTRE, RIGHT = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
Write = Callable[[QPainter, QRect, str, QFont, str, Qt.AlignmentFlag], None]


def as_qt_writes(
    painter: QPainter, rect: QRect, words: str, font: QFont, tone: str, align: Qt.AlignmentFlag
) -> None:
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(colour(tone))
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)


def painted(write: Write, words: str, font: QFont, rect: QRect, align: Qt.AlignmentFlag) -> QImage:
    image = QImage(260, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    write(painter, rect, words, font, "danger", align)
    painter.end()
    return image


@pytest.mark.parametrize("align", [LEFT, CENTRE, RIGHT])
@pytest.mark.parametrize("size", [11, 12, 13, 14, 15, 16, 20, 24])
def test_a_line_stands_to_the_pixel_where_qt_writes_it(dressed, size: int, align: Qt.AlignmentFlag) -> None:
    for words in WORDS:
        for weight in (fonts.REGULAR, fonts.SEMI_BOLD):
            for tabular in (False, True):
                face = fonts.font(size, weight, tabular=tabular)
                # Wide enough, too narrow, lower than a line.
                for rect in (QRect(7, 3, 240, 35), QRect(2, 4, 61, 36), QRect(5, 9, 200, 12)):
                    ours = painted(paint.text, words, face, rect, align)
                    assert ours == painted(as_qt_writes, words, face, rect, align), (words, weight, rect)


def test_a_line_too_long_is_cut_with_an_ellipsis(dressed) -> None:
    face, rect = fonts.font(13), QRect(0, 0, 80, 20)
    whole = painted(paint.text, "Ménage Okonski-Dubœuf", face, rect.adjusted(0, 0, 160, 0), LEFT)
    cut = painted(paint.text, "Ménage Okonski-Dubœuf", face, rect, LEFT)
    assert cut != whole
    assert all(cut.pixelColor(x, y) == Qt.GlobalColor.white for x in range(81, 260) for y in range(60))


def test_a_line_is_laid_out_once_however_often_it_is_painted(dressed) -> None:
    def laid_out() -> int:
        return paint._line.cache_info().misses + paint._cut.cache_info().misses

    before = laid_out()
    for rect in (QRect(0, 0, 200, 20), QRect(0, 0, 40, 20)):
        painted(paint.text, "Une ligne encore jamais vue", fonts.font(13), rect, LEFT)
    first = laid_out()
    # Whole; then the same cut, and what is left of it.
    assert first == before + 3
    for rect in (QRect(9, 0, 200, 20), QRect(0, 9, 40, 20)) * 5:
        painted(paint.text, "Une ligne encore jamais vue", fonts.font(13), rect, RIGHT)
    paint.width("Une ligne encore jamais vue", fonts.font(13))
    assert laid_out() == first


def test_the_width_of_a_line_is_what_qt_measures_and_one_more(dressed) -> None:
    for words in filter(None, WORDS):
        face = fonts.font(13, fonts.MEDIUM)
        assert paint.width(words, face) == QFontMetrics(face).horizontalAdvance(words) + 1
    assert paint.width("", fonts.font(13)) == 0


def test_nothing_painted_is_remembered_once_it_must_be_forgotten(dressed) -> None:
    painted(paint.text, "Une ligne de quelqu’un", fonts.font(13), QRect(0, 0, 40, 20), LEFT)
    paint.forget_lines()
    assert paint._line.cache_info().currsize == paint._cut.cache_info().currsize == 0
