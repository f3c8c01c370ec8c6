"""Inter, loaded from our resources, in the few sizes and weights of the window."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from caseworker_app.kernel.paths import resources
from caseworker_app.ui_kit.theme import theme

REGULAR, MEDIUM, SEMI_BOLD = 400, 500, 600
_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
_TIGHT_FROM = 20


@cache
def load() -> str:
    """Load the font files once and return the family; needs a running application."""
    folder = resources() / "fonts" / "inter"
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise FileNotFoundError(f"font not readable: {name}")
    return "Inter"


def font(size: float, weight: int = REGULAR, *, tabular: bool = False, distinct: bool = False) -> QFont:
    """Return Inter at `size` pixels (at 100 %) under the text scale in force.

    `tabular` gives figures one width, for columns of dates and amounts; `distinct` draws l, I and 0 apart,
    for fields where someone copies a reference or corrects an amount.
    """
    return QFont(_font(round(size * theme().scale / 100), weight, tabular, distinct))


@lru_cache(maxsize=128)
def _font(pixels: int, weight: int, tabular: bool, distinct: bool) -> QFont:
    made = QFont(load())
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if pixels >= _TIGHT_FROM:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.015 * pixels)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    if distinct:
        made.setFeature(QFont.Tag("ss02"), 1)
    return made
