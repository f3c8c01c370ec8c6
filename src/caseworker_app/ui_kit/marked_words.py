"""Words somebody looked for, marked in the texts of a page, and the first of them brought in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from caseworker_app.kernel.marking import marks_in
from caseworker_app.ui_kit.theme import colour, px

# Room left above and below a word brought in sight.
_AROUND = 80


def mark_words(labels: Iterable[QLabel], sought: Sequence[str]) -> list[tuple[QLabel, float]]:
    """Put the folded words `sought` in bold on a tinted ground; return the labels that hold some, in order.

    With each, how far down its text the first stands, from 0 to 1.
    """
    marked = []
    for label in labels:
        text = label.text()
        marks = marks_in(text, sought)
        if marks:
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setText(_as_markup(text, marks))
            label.setAccessibleName(text)
            marked.append((label, marks[0][0] / len(text)))
    return marked


def bring_in_sight(area: QScrollArea, label: QWidget, part: float) -> None:
    """Scroll so that what stands `part` of the way down a label is seen."""
    body = area.widget()
    if body is not None:
        at = label.mapTo(body, QPoint(0, round(label.height() * part)))
        area.ensureVisible(at.x(), at.y(), 0, px(_AROUND))


def _as_markup(text: str, marks: Sequence[tuple[int, int]]) -> str:
    # What people typed is shown as typed: only our own marks are markup.
    ground, parts, done = colour("warn_soft").name(), [], 0
    for first, last in marks:
        parts.append(escape(text[done:first]))
        parts.append(f'<b style="background-color:{ground}">{escape(text[first:last])}</b>')
        done = last
    parts.append(escape(text[done:]))
    return f'<span style="white-space:pre-wrap">{"".join(parts)}</span>'
