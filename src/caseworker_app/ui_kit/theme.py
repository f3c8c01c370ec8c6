"""The colours of the window, light and dark, and the text scale; the only place that knows either."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

Appearance = Literal["system", "light", "dark"]
Tone = Literal["text", "muted", "accent", "danger", "warn", "ok", "note", "on_accent"]

TEXT_SCALES = (100, 110, 125, 150)


class Tokens(NamedTuple):
    """Every colour in use, as `#rrggbb`; a tone such as `warn` has its tinted ground `warn_soft`."""

    bg: str
    side: str
    surface: str
    sunken: str
    raised: str
    border: str
    line: str
    field: str
    text: str
    muted: str
    chip: str
    accent: str
    accent_strong: str
    accent_soft: str
    accent_line: str
    on_accent: str
    danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    note: str
    note_soft: str
    note_line: str


LIGHT = Tokens(
    bg="#F7F6F3", side="#F0EEE9", surface="#FFFFFF", sunken="#FAF9F6", raised="#FFFFFF",
    border="#DFDBD3", line="#ECE9E3", field="#8C8779",
    text="#1D1B18", muted="#5F5A52", chip="#EFEDE8",
    accent="#1F5FA8", accent_strong="#184E8C", accent_soft="#E5EEF8",
    accent_line="#B4CDEA", on_accent="#FFFFFF",
    danger="#B3261E", danger_soft="#FCEDEB", warn="#8A5200", warn_soft="#FBF0DC",
    ok="#1E7144", ok_soft="#E6F3EB", note="#5B4B8A", note_soft="#F0EDF8", note_line="#D3CBEA",
)  # fmt: skip

DARK = Tokens(
    bg="#171613", side="#1B1A17", surface="#211F1C", sunken="#1C1B18", raised="#292723",
    border="#3B3833", line="#302D29", field="#857F74",
    text="#EFECE6", muted="#B1AA9E", chip="#2D2A26",
    accent="#84B6F2", accent_strong="#A3C8F6", accent_soft="#22354C",
    accent_line="#3A5878", on_accent="#0B1A2B",
    danger="#FFB0A8", danger_soft="#40221F", warn="#F0C078", warn_soft="#3A2D17",
    ok="#84D6A5", ok_soft="#1D3527", note="#C5B8F0", note_soft="#2D2840", note_line="#4A4268",
)  # fmt: skip

# A label takes its colour from a palette role, so that a change of theme repaints it without being told.
# The four roles at the end are unused by Fusion for anything we show.
TONE_ROLES: dict[str, QPalette.ColorRole] = {
    "text": QPalette.ColorRole.WindowText,
    "muted": QPalette.ColorRole.PlaceholderText,
    "accent": QPalette.ColorRole.Link,
    "on_accent": QPalette.ColorRole.HighlightedText,
    "note": QPalette.ColorRole.LinkVisited,
    "danger": QPalette.ColorRole.BrightText,
    "warn": QPalette.ColorRole.Shadow,
    "ok": QPalette.ColorRole.Midlight,
}


class Theme(QObject):
    """What is in force: the tokens, the appearance asked for, the text scale in per cent (100 to 150)."""

    changed = Signal()

    def __init__(self) -> None:
        """Start light, at 100 %."""
        super().__init__()
        self.tokens = LIGHT
        self.colours = _colours(LIGHT)
        self.appearance: Appearance = "system"
        self.scale = 100
        self._following: QApplication | None = None

    @property
    def dark(self) -> bool:
        """Say whether the dark tokens are in force."""
        return self.tokens is DARK

    def apply(self, app: QApplication, appearance: Appearance = "system", scale: int = 100) -> None:
        """Set colours and scale (held between 100 and 150 %); `dress.dress` does this and the font."""
        self.appearance = appearance
        self.scale = min(150, max(100, scale))
        if self._following is not app:
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
            self._following = app
        app.styleHints().setColorScheme(_SCHEMES[appearance])
        self._dress(app, app.styleHints().colorScheme())

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._following is not None and self.appearance == "system":
            self._dress(self._following, scheme)

    def _dress(self, app: QApplication, scheme: Qt.ColorScheme) -> None:
        self.tokens = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        if self.appearance != "system":
            self.tokens = DARK if self.appearance == "dark" else LIGHT
        self.colours = _colours(self.tokens)
        app.setPalette(_palette(self.colours))
        self.changed.emit()


_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


@cache
def theme() -> Theme:
    """Return the one theme of this process."""
    return Theme()


def colour(token: str) -> QColor:
    """Return the colour of a token, e.g. `colour("warn_soft")`, in the theme in force."""
    return theme().colours[token]


def px(size: float) -> int:
    """Return a measure given at 100 % in pixels of the text scale in force."""
    return round(size * theme().scale / 100)


def _colours(tokens: Tokens) -> dict[str, QColor]:
    return {name: QColor(code) for name, code in tokens._asdict().items()}


def _palette(colours: dict[str, QColor]) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(colours["surface"], colours["bg"])
    grounds = {
        role.Window: "bg", role.Base: "surface", role.AlternateBase: "sunken", role.Button: "surface",
        role.Text: "text", role.ButtonText: "text", role.ToolTipBase: "raised", role.ToolTipText: "text",
        role.Highlight: "accent", role.Accent: "accent", role.Light: "raised",
        role.Mid: "border", role.Dark: "border",
    }  # fmt: skip
    for tone, tone_role in TONE_ROLES.items():
        palette.setColor(tone_role, colours[tone])
    for ground, token in grounds.items():
        palette.setColor(ground, colours[token])
    for greyed in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, greyed, colours["muted"])
    return palette
