"""The head of a letter: sender and logo, references, recipient where a DL window envelope shows it, title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib.units import mm

from caseworker_app.pdf import colours
from caseworker_app.pdf.fonts import BOLD, shorten, text_width
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.styles import (
    LEFT,
    REFERENCE,
    SENDER,
    SMALL_MUTED,
    STRONG_VALUE,
    SUBTITLE,
    TITLE,
    VALUE,
    Align,
    TextStyle,
)
from caseworker_app.pdf.tagging import Element
from caseworker_app.pdf.text import Text, Words, bold, coloured, plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

# A logo is 13 mm high at most, 34 mm wide; initials stand in a square of that height.
_LOGO, _WIDEST_LOGO, _LOGO_GAP = 38.0, 96.0, 10.0
# A window of a DL envelope starts about 100 mm from the left edge and 45 mm from the top (AFNOR Z11-001).
_WINDOW_LEFT = 105 * mm - LEFT + 3 * mm
_RECIPIENT_DROP, _REFERENCE_DROP = 25 * mm, 27 * mm
# Longer lines are mistakes of typing or of import; a letterhead must still hold on its page.
LONGEST_LINE, _MOST_LINES = 120, 8


class Letterhead(Block):
    """Logo and sender at the left; references below; recipient in the window, or a mark at the right."""

    def __init__(
        self,
        identity: Identity,
        *,
        recipient: Sequence[str] = (),
        references: Sequence[tuple[str, str]] = (),
        mark: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> None:
        """`mark` (« Document interne » and what it means) and `notes` stand at the right of the sender."""
        super().__init__(0, 10)
        self._logo = Logo(identity)
        self._sender = Stack([Text(shorten(identity.name, LONGEST_LINE), SENDER), *_sender_lines(identity)])
        self._references = Stack([_reference(key, value) for key, value in references])
        self._recipient = Stack(_recipient_lines(recipient))
        self._right = Stack(_right_lines(mark, notes))

    def measure(self, width: float) -> float:
        """Return the height of the tallest of the columns; the recipient never leaves its window."""
        heights = [
            _LOGO,
            self._sender.measure(width * 0.62 - self._logo.width - _LOGO_GAP),
            self._right.measure(width * 0.38),
        ]
        if self._references.children:
            heights.append(_REFERENCE_DROP + self._references.measure(_WINDOW_LEFT - 10))
        if self._recipient.children:
            heights.append(_RECIPIENT_DROP + self._recipient.measure(width - _WINDOW_LEFT))
        return max(heights)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw sender, mark, references, then recipient: the order in which they are read aloud."""
        self._logo.paint(canvas, x, top)
        self._sender.paint(canvas, x + self._logo.width + _LOGO_GAP, top + 3)
        self._right.paint(canvas, x + self.width * 0.62, top + 3)
        self._references.paint(canvas, x, top - _REFERENCE_DROP)
        self._recipient.paint(canvas, x + _WINDOW_LEFT, top - _RECIPIENT_DROP)


class TitleBlock(Block):
    """The title of the document and what it is about, under an accent rule."""

    keep_with_next = True

    def __init__(self, title: Words, subtitles: Sequence[Words] = ()) -> None:
        """The title is the document's only first-level heading."""
        super().__init__(4, 8)
        lines = [Text(line, replace(SUBTITLE, after=0)) for line in subtitles]
        self._stack = Stack(
            [
                Text(shorten(plain(title), LONGEST_LINE), TITLE),
                *(line for line in lines if not line.is_empty),
            ]
        )

    def measure(self, width: float) -> float:
        """Measure title and subtitles."""
        return 12 + self._stack.measure(width)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the rule, then the words."""
        with canvas.artifact():
            canvas.setFillColor(colours.PRIMARY)
            canvas.rect(x, top - 3, 34, 3, stroke=0, fill=1)
            canvas.setFillColor(colours.HAIRLINE)
            canvas.rect(x + 34, top - 2, self.width - 34, 0.6, stroke=0, fill=1)
        self._stack.paint(canvas, x, top - 8)


class Logo:
    """The association's picture, or its initials in a square when there is none or it cannot be read."""

    def __init__(self, identity: Identity, *, on_dark: bool = False) -> None:
        """`on_dark`: stands on a dark ground, so that the square is light."""
        self._image = _readable_image(identity.logo_png) if identity.logo_png else None
        self.width, self.height = _printed_size(self._image.getSize()) if self._image else (_LOGO, _LOGO)
        self._initials = _initials(identity.name)
        self._on_dark = on_dark
        self._element = Element("Figure", alt=plain(f"Logo : {shorten(identity.name, LONGEST_LINE)}"))

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it, its left edge at `x`, in the middle of the 13 mm below `top`."""
        if self._image is None:
            with canvas.artifact():
                self._paint_initials(canvas, x, top)
            return
        bottom = top - (_LOGO + self.height) / 2
        self._element.box = (
            *canvas.absolutePosition(x, bottom),
            *canvas.absolutePosition(x + self.width, bottom + self.height),
        )
        if self._on_dark:
            with canvas.artifact():
                canvas.setFillColor(colours.WHITE)
                canvas.roundRect(x - 3, bottom - 3, self.width + 6, self.height + 6, 7.5, stroke=0, fill=1)
        with canvas.content(self._element):
            canvas.drawImage(self._image, x, bottom, self.width, self.height, mask="auto")

    def _paint_initials(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        canvas.setFillColor(colours.WHITE if self._on_dark else colours.PRIMARY)
        canvas.roundRect(x, top - _LOGO, _LOGO, _LOGO, 7.5, stroke=0, fill=1)
        canvas.setFillColor(colours.PRIMARY if self._on_dark else colours.WHITE)
        size = 17 if len(self._initials) > 1 else 20
        canvas.setFont(BOLD, size)
        wide = text_width(self._initials, BOLD, size)
        canvas.drawString(x + (_LOGO - wide) / 2, top - _LOGO / 2 - size * 0.33, self._initials)


def _printed_size(points: tuple[int, int]) -> tuple[float, float]:
    """Return the width and height at which a picture is printed, its proportions kept."""
    wide, high = points
    scale = min(_LOGO / high, _WIDEST_LOGO / wide)
    return wide * scale, high * scale


def _readable_image(png: bytes) -> Any:
    """Return the picture, reduced to what 13 mm can show; None when these bytes are no picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(BytesIO(png)) as picture:
            picture.thumbnail((480, 480))
            return ImageReader(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


_SMALL_WORDS = frozenset({"association", "le", "la", "les", "de", "du", "des", "et", "d", "l", "pour"})


def _initials(name: str) -> str:
    words = [word for word in plain(name).replace("’", " ").split() if word[0].isalnum()]
    telling = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    return "".join(word[0].upper() for word in telling[:2])


def _sender_lines(identity: Identity) -> list[Block]:
    lines = [line for line in (*identity.lines, identity.phone) if line.strip()]
    return [Text(shorten(line, LONGEST_LINE), SMALL_MUTED) for line in lines[:_MOST_LINES]]


def _reference(key: str, value: str) -> Block:
    value = shorten(value, LONGEST_LINE)
    label = coloured(f"{key} : ", colours.MUTED)
    return Text([label, bold(value) if key == "Référence" else value], REFERENCE)


def _recipient_lines(lines: Sequence[str]) -> list[Block]:
    kept = [shorten(line, LONGEST_LINE) for line in lines if line.strip()][:_MOST_LINES]
    address = Element("P")
    return [Text(line, VALUE if i else STRONG_VALUE, element=address) for i, line in enumerate(kept)]


def _right_lines(mark: Sequence[str], notes: Sequence[str]) -> list[Block]:
    strong = TextStyle(12, 15, BOLD, colours.INTERNAL_TEXT, align=Align.RIGHT)
    small = replace(SMALL_MUTED, align=Align.RIGHT)
    warned = replace(small, colour=colours.INTERNAL_TEXT)
    marks = [Text(line, strong if i == 0 else warned) for i, line in enumerate(mark)]
    return [*marks, *(Text(line, small) for line in notes)]
