"""Amounts that make a whole, as bars on one scale (« ressources, et ce qu’elles couvrent »), keys below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor

from caseworker_app.kernel.money import format_euros
from caseworker_app.pdf import colours
from caseworker_app.pdf.charts import dashed_box
from caseworker_app.pdf.figures import LABEL_SIZE, Figure
from caseworker_app.pdf.fonts import BOLD, REGULAR, shorten_to_width, text_width
from caseworker_app.pdf.styles import CONTENT_WIDTH
from caseworker_app.pdf.text import plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

_HEAD, _BAR, _KEY_ROW = 18.0, 24.0, 30.0
_SWATCH, _KEY_GAP = 14.0, 14.0
_WIDEST_KEY = CONTENT_WIDTH / 2 - _KEY_GAP
BLUES = (colours.PRIMARY, HexColor("#3F8AA0"), HexColor("#9FC8D4"), HexColor("#DCEAEF"), HexColor("#6E8895"))
AMBERS = (
    HexColor("#7A4A00"),
    HexColor("#CF9336"),
    HexColor("#EBC988"),
    HexColor("#FAEBD0"),
    HexColor("#A67C4E"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, in cents; `rest`: what is left, drawn in green; `missing`: what lacks, dashed."""

    label: str
    cents: int
    rest: bool = False
    missing: bool = False


class SharesBar(Figure):
    """A bar of shares in order, its title and total above, its keys below in columns of measured width."""

    def __init__(
        self, title: str, total: int, shares: Sequence[Share], scale: int, ramp: Sequence[Any]
    ) -> None:
        """`scale`: the amount that takes the whole width, common to the bars of a page; all in cents."""
        self._title, self._total = plain(title), format_euros(total)
        self._shares = [share for share in shares if share.cents > 0]
        self._scale, self._ramp = max(1, scale), ramp
        self._keys = [
            (
                shorten_to_width(plain(s.label), REGULAR, LABEL_SIZE, _WIDEST_KEY - _SWATCH),
                format_euros(s.cents),
            )
            for s in self._shares
        ]
        self._rows = _rows(self._keys)
        said = " ; ".join(f"{share.label}, {format_euros(share.cents)}" for share in self._shares)
        alt = f"{title}, {self._total}" + (f" : {said}." if said else ".")
        super().__init__(_HEAD + _BAR + 6 + _KEY_ROW * len(self._rows), alt, after=4)

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw title and total, the bar, the keys."""
        top = self._own_height
        canvas.setFillColor(colours.INK)
        canvas.setFont(BOLD, LABEL_SIZE + 0.5)
        canvas.drawString(0, top - 12, self._title)
        canvas.drawRightString(self.width, top - 12, self._total)
        x, y = 0.0, top - _HEAD - _BAR
        for index, share in enumerate(self._shares):
            wide = max(1.0, self.width * share.cents / self._scale)
            self._sketch_share(canvas, share, index, (x, y, min(wide, self.width - x), _BAR))
            x += wide
        self._sketch_keys(canvas, y - 6)

    def _colour(self, index: int) -> Any:
        return self._ramp[index % len(self._ramp)]

    def _sketch_share(
        self, canvas: TaggedCanvas, share: Share, index: int, box: tuple[float, float, float, float]
    ) -> None:
        x, y, wide, high = box
        if wide <= 0:
            return
        if share.missing:
            dashed_box(canvas, x + 0.5, y + 0.5, max(1.0, wide - 1), high - 1)
            return
        canvas.setFillColor(colours.SHAREABLE_TEXT if share.rest else self._colour(index))
        canvas.rect(x, y, max(0.5, wide - 1), high, stroke=0, fill=1)

    def _sketch_keys(self, canvas: TaggedCanvas, top: float) -> None:
        index = 0
        for row in self._rows:
            gap = (self.width - sum(row)) / max(1, len(row) - 1) if len(row) > 2 else 2 * _KEY_GAP
            x = 0.0
            for wide in row:
                self._sketch_key(canvas, index, x, top)
                x += wide + min(gap, 5 * _KEY_GAP)
                index += 1
            top -= _KEY_ROW

    def _sketch_key(self, canvas: TaggedCanvas, index: int, x: float, top: float) -> None:
        label, amount = self._keys[index]
        share = self._shares[index]
        if share.missing:
            dashed_box(canvas, x + 0.5, top - 10.5, 9, 9)
        else:
            canvas.setFillColor(colours.SHAREABLE_TEXT if share.rest else self._colour(index))
            canvas.setStrokeColor(colours.BORDER)
            canvas.setLineWidth(0.5)
            canvas.rect(x + 0.3, top - 10.5, 9, 9, fill=1)
        canvas.setFillColor(colours.INK)
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.drawString(x + _SWATCH, top - 9.5, f"{label} ")
        canvas.setFont(BOLD, LABEL_SIZE)
        canvas.drawString(x + _SWATCH, top - 22, f"{amount} ")


def _rows(keys: Sequence[tuple[str, str]]) -> list[list[float]]:
    """Return the widths of the keys, in as many rows as they need."""
    rows: list[list[float]] = []
    room = 0.0
    for label, amount in keys:
        wide = _SWATCH + max(text_width(label, REGULAR, LABEL_SIZE), text_width(amount, BOLD, LABEL_SIZE))
        if not rows or wide + _KEY_GAP > room:
            rows.append([])
            room = CONTENT_WIDTH + _KEY_GAP
        rows[-1].append(wide)
        room -= wide + _KEY_GAP
    return rows
