"""Icons are drawn in the colour asked for, sharp on dense screens, and shipped with their licence."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from caseworker_app.kernel.paths import resources
from caseworker_app.shell.catalogue import SCREENS
from caseworker_app.ui_kit import icons
from caseworker_app.ui_kit.states import TONE_ICONS
from caseworker_app.ui_kit.theme import colour

SHIPPED = sorted(path.stem for path in (resources() / "icons" / "tabler").glob("*.svg"))


def inks(image: QImage) -> set[str]:
    """Return the colours of the pixels that are fully painted."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {p.name() for p in pixels if p.alpha() == 255}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_icon_we_ship_draws_something(dressed, name: str) -> None:
    assert inks(icons.pixmap(name, 48, QColor("#123456")).toImage()) == {"#123456"}


def test_icons_named_by_the_kit_and_the_catalogue_are_shipped() -> None:
    for name in [*filter(None, TONE_ICONS.values()), *(screen.icon for screen in SCREENS)]:
        assert icons.source(name).startswith("<svg")


def test_an_icon_takes_the_colour_of_the_theme_in_force(dressed) -> None:
    light = inks(icons.pixmap("lock", 48, "note").toImage())
    dressed("dark")
    assert inks(icons.pixmap("lock", 48, "note").toImage()) == {colour("note").name()} != light


def test_a_dense_screen_gets_more_pixels_for_the_same_size(dressed) -> None:
    drawn = icons.pixmap("lock", 16, "text", 2.0)
    assert (drawn.width(), drawn.deviceIndependentSize().width()) == (32, 16)


def test_an_icon_is_drawn_once(dressed) -> None:
    assert icons.pixmap("lock", 16).cacheKey() == icons.pixmap("lock", 16).cacheKey()


def test_an_icon_we_do_not_ship_is_an_error(dressed) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", 16)


def test_the_licence_travels_with_the_icons() -> None:
    assert "MIT License" in (resources() / "icons" / "tabler" / "LICENSE").read_text(encoding="utf-8")
