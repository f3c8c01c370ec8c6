"""Paragraphs: French typography, superscript ordinals, lines that break at ordinary spaces only.

ReportLab's own paragraph parses markup and breaks lines on U+202F. Here a text is plain words and `Span`s,
so what a person typed can never be read as markup, and a line only breaks at an ordinary space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.fonts import BOLD, ITALIC, drawable, printable, text_width
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.styles import BODY, Align, TextStyle
from caseworker_app.pdf.tagging import Element

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in a face other than its paragraph's, or in another colour."""

    text: str
    face: str = ""
    colour: object = None


Words = str | Span | Sequence[str | Span]

# Joins spans while typography is applied to the whole, so that « <b>À jour</b> : » keeps its no-break space.
_JOINT = "\ue000"
_ORDINAL = re.compile(r"(?<![\w/.,-])(\d{1,4})(er|re|e|nd|nde)(?![\w-])")
# Proportions of the size: ascent of the face, size and rise of superscripts (7.5 pt at least).
_ASCENT, _SUPER_SIZE, _SUPER_RISE = 0.95, 0.68, 0.35
_FEWEST_LINES = 2


def bold(text: str) -> Span:
    """Return a piece of text in semibold."""
    return Span(text, BOLD)


def italic(text: str) -> Span:
    """Return a piece of text in italic, kept for the household's own words."""
    return Span(text, ITALIC)


def coloured(text: str, colour: object, face: str = "") -> Span:
    """Return a piece of text in another colour (which never says something alone)."""
    return Span(text, face, colour)


def mixed(*pieces: str | Span) -> Words:
    """Return pieces of different faces as one text."""
    return pieces


def strong_then(strong: str, rest: str) -> Words:
    """Return words in semibold and what follows them, with a space save before a comma."""
    return (bold(strong), rest if not rest or rest[0] == "," else f" {rest}")


def plain(words: Words) -> str:
    """Return the words as printed, without faces: for outlines, alternatives and running heads."""
    return typeset(printable("".join(span.text for span in _spans(words)))).strip()


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one look; `rise` in points above the baseline."""

    text: str
    face: str
    size: float
    rise: float
    colour: object

    @property
    def width(self) -> float:
        return text_width(self.text, self.face, self.size)

    def saying(self, text: str) -> _Run:
        return _Run(text, self.face, self.size, self.rise, self.colour)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line ready to draw: its runs, spaces included, and its width."""

    runs: tuple[_Run, ...]
    width: float


class Text(Block):
    """A paragraph, a heading, a cell: typeset, broken into lines, drawn as one structure element."""

    def __init__(
        self,
        words: Words,
        style: TextStyle = BODY,
        *,
        element: Element | None = None,
        bullet: str = "",
        anchor: str = "",
    ) -> None:
        """Take the words; `element` puts them in an existing structure element instead of a new one.

        `anchor` names a heading for the table of contents.
        """
        super().__init__(style.before, style.after)
        self.style, self.bullet, self._anchor = style, bullet, anchor
        self.keep_with_next = style.keep_with_next
        self.element = element or Element(style.role)
        self._shares_element = element is not None
        self._runs = _runs(words, style)
        self._lines: list[_Line] = []
        self._for_width = -1.0
        # `_continues`: a part made by `cut`, whose lines stay; `_goes_on`: not the first of them.
        self._continues = self._goes_on = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be printed."""
        return not any(run.text.strip() for run in self._runs)

    def measure(self, width: float) -> float:
        """Break the lines for a width, once; a part made by `cut` keeps its lines."""
        if not self._continues and width != self._for_width:
            self._for_width = width
            self._lines = _broken(self._runs, width - self.style.indent)
        return len(self._lines) * self.style.leading

    def cut(self, width: float, height: float) -> tuple[Text, Text] | None:
        """Cut between lines, never leaving a single line alone."""
        self.measure(width)
        count, fitting = len(self._lines), int((height + 0.01) // self.style.leading)
        if count - fitting < _FEWEST_LINES:
            fitting = count - _FEWEST_LINES
        if fitting < _FEWEST_LINES:
            return None
        return self._part(0, fitting), self._part(fitting, count)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the lines inside this text's element."""
        if self.style.outline is not None and not self._goes_on:
            canvas.note_heading(self.printed, self.style.outline, top + 10, self._anchor)
        if not self._lines:
            return
        with canvas.content(self.element):
            self._paint_lines(canvas, x + self.style.indent, top)

    @property
    def printed(self) -> str:
        """Return what is printed, without faces."""
        return "".join(run.text for run in self._runs)

    def _part(self, start: int, stop: int) -> Text:
        changes: dict[str, Any] = {"_continues": True, "_lines": self._lines[start:stop]}
        if start:
            changes |= {"spaceBefore": 0, "bullet": "", "_goes_on": True}
        if stop < len(self._lines):
            changes |= {"spaceAfter": 0, "keep_with_next": False}
        return self.twin(**changes)

    def _paint_lines(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        style = self.style
        baseline = top - _ASCENT * style.size - (style.leading - 1.2 * style.size) / 2
        pen = canvas.beginText()
        look: tuple[object, ...] = ()
        risen = 0.0
        if self.bullet:
            pen.setTextOrigin(x - style.indent + 1, baseline)
            pen.setFont(style.face, style.size)
            pen.setFillColor(style.colour)
            pen.textOut(self.bullet)
            look = (style.face, style.size, style.colour, 0.0)
        last = None if self._shares_element else self._lines[-1]
        for line in self._lines:
            pen.setTextOrigin(x + self._offset(line), baseline)
            for run in line.runs:
                if (run.face, run.size, run.colour, run.rise) != look:
                    pen.setFont(run.face, run.size)
                    pen.setFillColor(run.colour)
                    if run.rise != risen:
                        pen.setRise(run.rise)
                        risen = run.rise
                    look = (run.face, run.size, run.colour, run.rise)
                ends = run is line.runs[-1] and line is not last
                # A space at the end of a line, so that text read aloud or copied keeps its words apart.
                pen.textOut(f"{run.text} " if ends else run.text)
            baseline -= style.leading
        if risen:
            pen.setRise(0)
        canvas.drawText(pen)

    def _offset(self, line: _Line) -> float:
        if self.style.align is Align.LEFT:
            return 0.0
        spare = self.width - self.style.indent - line.width
        return max(0.0, spare if self.style.align is Align.RIGHT else spare / 2)


def heading(words: Words, style: TextStyle) -> Text:
    """Return a heading: an element of its level and an entry of the outline (« signets »)."""
    return Text(words, style)


def bullets(items: Sequence[Words], style: TextStyle) -> list[Block]:
    """Return a list (« liste à tirets ») as real list elements."""
    whole = Element("L")
    return [
        Text(item, style, bullet="–", element=Element("LBody", parent=Element("LI", parent=whole)))
        for item in items
    ]


def _spans(words: Words) -> list[Span]:
    pieces = [words] if isinstance(words, str | Span) else words
    return [piece if isinstance(piece, Span) else Span(piece) for piece in pieces]


def _runs(words: Words, style: TextStyle) -> list[_Run]:
    """Turn words into typeset runs; ordinals get their superscript."""
    if isinstance(words, str):
        return list(_with_ordinals(_Run(typeset(printable(words)), style.face, style.size, 0, style.colour)))
    spans = _spans(words)
    texts = typeset(_JOINT.join(printable(span.text) for span in spans)).split(_JOINT)
    found: list[_Run] = []
    for span, text in zip(spans, texts, strict=True):
        face = drawable(text, span.face or style.face)
        found.extend(_with_ordinals(_Run(text, face, style.size, 0, span.colour or style.colour)))
    return found


def _with_ordinals(run: _Run) -> Iterator[_Run]:
    text, done = run.text, 0
    if run.face == ITALIC:
        run = _Run(text, drawable(text, ITALIC), run.size, 0, run.colour)
    for found in _ORDINAL.finditer(text) if any(c.isdigit() for c in text) else ():
        yield run.saying(text[done : found.start(2)])
        yield _Run(found[2], run.face, max(7.5, run.size * _SUPER_SIZE), run.size * _SUPER_RISE, run.colour)
        done = found.end()
    if done < len(text):
        yield run.saying(text[done:]) if done else run


def _broken(runs: list[_Run], width: float) -> list[_Line]:
    """Break runs into lines no wider than `width` points."""
    if len(runs) == 1 and "\n" not in runs[0].text:
        taken = runs[0].width
        if taken <= width:
            return [_Line((runs[0],), taken)] if runs[0].text.strip() else []
    lines: list[_Line] = []
    for paragraph in _hard_lines(runs):
        lines.extend(_filled(_word_list(paragraph), width))
    return lines


def _hard_lines(runs: list[_Run]) -> list[list[_Run]]:
    """Cut runs at the line breaks a person typed; blank lines are dropped."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        for index, piece in enumerate(run.text.split("\n")):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(run.saying(piece))
    return lines


def _word_list(runs: list[_Run]) -> list[list[_Run]]:
    """Cut runs at ordinary spaces; a word may pass through several runs."""
    words: list[list[_Run]] = [[]]
    for run in runs:
        for index, piece in enumerate(run.text.split(" ")):
            if index:
                words.append([])
            if piece:
                words[-1].append(run.saying(piece))
    return [word for word in words if word]


def _filled(words: list[list[_Run]], width: float) -> list[_Line]:
    """Fill lines greedily; a word wider than the line is cut between two characters."""
    lines: list[_Line] = []
    line: list[list[_Run]] = []
    used = 0.0
    for word in words:
        taken = _width(word)
        space = text_width(" ", word[0].face, word[0].size)
        if line and used + space + taken > width:
            lines.append(_joined(line, used))
            line, used = [], 0.0
        *full, last = _chopped(word, width) if taken > width else [word]
        lines.extend(_joined([piece], _width(piece)) for piece in full)
        used += _width(last) if full else taken + (space if line else 0.0)
        line.append(last)
    return [*lines, _joined(line, used)] if line else lines


def _width(word: list[_Run]) -> float:
    return sum(run.width for run in word)


def _joined(words: list[list[_Run]], width: float) -> _Line:
    """Put words back together, one run per change of look."""
    pieces: list[_Run] = list(words[0])
    for previous, word in pairwise(words):
        space = word[0] if word[0].rise == 0 else previous[-1]
        pieces += [space.saying(" "), *word]
    merged: list[_Run] = []
    for piece in pieces:
        if merged and _same_look(merged[-1], piece):
            merged[-1] = piece.saying(merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return _Line(tuple(merged), width)


def _same_look(one: _Run, other: _Run) -> bool:
    return (
        one.face == other.face
        and one.rise == other.rise
        and one.size == other.size
        and one.colour is other.colour
    )


def _chopped(word: list[_Run], width: float) -> list[list[_Run]]:
    """Cut a word wider than a line into pieces that fit, at least one character each."""
    pieces: list[list[_Run]] = [[]]
    used = 0.0
    for run in word:
        start = 0
        for index, character in enumerate(run.text):
            advance = text_width(character, run.face, run.size)
            if used + advance > width and (pieces[-1] or index > start):
                pieces[-1].append(run.saying(run.text[start:index]))
                pieces.append([])
                start, used = index, 0.0
            used += advance
        pieces[-1].append(run.saying(run.text[start:]))
    return [[run for run in piece if run.text] for piece in pieces]
