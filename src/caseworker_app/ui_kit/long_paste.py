"""A text too long to be pasted where it is: a whole book would stop the window, and no field could keep it."""

from __future__ import annotations

from PySide6.QtWidgets import QToolTip, QWidget

from caseworker_app.ui_kit.announce import announce

# Characters. A long text keeps 20,000 of them, a line 500 at most; what is pasted may hold more, to be cut down there.
MOST_TEXT, MOST_LINE = 40_000, 5_000
# A web page tells a hundred times more about its looks than it has words.
_PAGE_TIMES = 100
_SHOWN_MS = 12_000


def refused_as_too_long(widget: QWidget, pasted: str, most: int, page: str = "") -> bool:
    """Say whether a text, or the web page it comes as, is longer than what may be pasted; then a sentence says so."""
    if len(pasted) <= most and len(page) <= most * _PAGE_TIMES:
        return False
    sentence = (
        f"Ce texte est trop long pour être collé ici\u00a0: {most // 1000}\u202f000\u00a0caractères au plus. "
        "Rien n’a changé\u202f; joignez plutôt le document dans l’onglet Pièces."
    )
    QToolTip.showText(
        widget.mapToGlobal(widget.rect().bottomLeft()), sentence, widget, msecShowTime=_SHOWN_MS
    )
    announce(widget, sentence, urgent=True)
    return True
