"""Colours can be read by everyone, follow the system, and change in open windows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import DARK, LIGHT, Tokens, colour, px, theme
from tests.ui_kit.inspection import contrast

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("bg", "side", "surface", "sunken", "raised")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "muted")
      for ground in (*GROUNDS, "chip", "accent_soft", "note_soft")),
    *((ink, ground) for ink in ("accent", "danger", "warn", "ok", "note") for ground in GROUNDS),
    *((ink, f"{ink}_soft") for ink in ("accent", "danger", "warn", "ok", "note")),
    ("on_accent", "accent"), ("on_accent", "accent_strong"),
    # What a row says keeps its tone when the row is selected.
    *((ink, "accent_soft") for ink in ("danger", "warn", "ok", "note")),
]  # fmt: skip


def ratio(tokens: Tokens, one: str, other: str) -> float:
    return contrast(QColor(getattr(tokens, one)), QColor(getattr(tokens, other)))


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_every_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert ratio(tokens, ink, ground) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", [*GROUNDS, "note_soft"])
@pytest.mark.parametrize("edge", ["field", "accent", "danger"])
def test_borders_of_fields_and_rings_are_seen(tokens: Tokens, edge: str, ground: str) -> None:
    assert ratio(tokens, edge, ground) >= 3


@THEMES
def test_the_ring_of_a_primary_button_is_seen_on_it(tokens: Tokens) -> None:
    assert ratio(tokens, "on_accent", "accent") >= 3


def test_an_appearance_can_be_forced(dressed) -> None:
    dressed("dark")
    assert theme().dark
    assert colour("bg") == QColor(DARK.bg)
    dressed("light")
    assert not theme().dark


def test_the_system_is_followed(dressed, qapp) -> None:
    dressed("system")
    # The offscreen platform has no scheme of its own: the signal is the system's voice.
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme().dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not theme().dark


def test_a_forced_appearance_does_not_follow_the_system(dressed, qapp) -> None:
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme().dark


def test_a_label_of_an_open_window_changes_with_the_theme(dressed, qtbot) -> None:
    label = Label("Ménages", tone="warn")
    qtbot.addWidget(label)
    assert label.palette().color(label.foregroundRole()) == QColor(LIGHT.warn)
    dressed("dark")
    qtbot.waitUntil(lambda: label.palette().color(label.foregroundRole()) == QColor(DARK.warn))


def test_greyed_text_keeps_its_contrast(dressed, qapp) -> None:
    for appearance in ("light", "dark"):
        dressed(appearance)
        greyed = qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        assert contrast(greyed, colour("sunken")) >= 4.5


@pytest.mark.parametrize(("asked", "held"), [(50, 100), (100, 100), (125, 125), (150, 150), (400, 150)])
def test_the_scale_is_held_between_100_and_150(dressed, asked: int, held: int) -> None:
    dressed("light", asked)
    assert theme().scale == held
    assert px(20) == 20 * held // 100
