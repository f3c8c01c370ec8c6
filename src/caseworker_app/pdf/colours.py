"""The colours of printed pages; every text colour keeps at least 4.5:1 on its ground (tested)."""

from __future__ import annotations

from reportlab.lib.colors import HexColor, white

WHITE = white
INK = HexColor("#1C2733")
MUTED = HexColor("#4A5763")
PRIMARY = HexColor("#0E4D64")
ACCENT = HexColor("#2B7F97")
DEEP = HexColor("#0B3848")
TINT = HexColor("#EDF3F5")
TRACK = HexColor("#D8E6EB")
HAIRLINE = HexColor("#C5CFD6")
BORDER = HexColor("#6D7B87")

# « Interne » and « Partageable »: never told by colour alone, a word and a mark always stand beside.
INTERNAL_TEXT = HexColor("#6B4200")
INTERNAL_GROUND = HexColor("#FFF5E3")
INTERNAL_RULE = HexColor("#D99A2B")
SHAREABLE_TEXT = HexColor("#1D5B3A")
SHAREABLE_GROUND = HexColor("#E9F4EC")
SHAREABLE_RULE = HexColor("#5BA37B")
