"""How this person likes the window on this PC: appearance and size of text. Nothing of the households."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, get_args

from caseworker_app.ui_kit.theme import TEXT_SCALES, Appearance

# How goals are shown: one under the other, or in a column a state.
GOAL_VIEWS = ("list", "board")
_FILE, _CHECKSUM = "window.json", "checksum"
# Minutes. « Never » is not offered: a PC left alone in an open office shows whole families.
LOCK_DELAYS = (5, 10, 15, 30, 60)


class Preferences(NamedTuple):
    """Appearance (as the system, light, dark), text scale in per cent, minutes without a key before the lock, how
    goals are shown.
    """

    appearance: Appearance = "system"
    text_scale: int = 100
    lock_after: int = 10
    goal_view: str = "list"


def read_preferences(folder: Path) -> Preferences:
    """Read the preferences kept in a folder; whatever is absent or damaged takes its usual value."""
    file = folder / _FILE
    if not file.is_file():
        return Preferences()
    # Here, because most people keep no preferences and the window starts the sooner.
    import json

    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    found = Preferences()
    # A byte turned over must not make ten minutes before the lock sixty; a former version wrote no checksum.
    if isinstance(kept, dict) and kept.pop(_CHECKSUM, None) in (None, _checksum(kept)):
        if kept.get("appearance") in get_args(Appearance):
            found = found._replace(appearance=kept["appearance"])
        if kept.get("text_scale") in TEXT_SCALES:
            found = found._replace(text_scale=kept["text_scale"])
        if kept.get("lock_after") in LOCK_DELAYS:
            found = found._replace(lock_after=kept["lock_after"])
        if kept.get("goal_view") in GOAL_VIEWS:
            found = found._replace(goal_view=kept["goal_view"])
    return found


def keep_preferences(folder: Path, preferences: Preferences) -> None:
    """Keep the preferences; a folder that cannot be written only loses them."""
    import json

    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = preferences._asdict()
        whole = {**kept, _CHECKSUM: _checksum(kept)}
        (folder / _FILE).write_text(json.dumps(whole), encoding="utf-8")
    except OSError:
        return


def _checksum(kept: dict[str, Any]) -> int:
    import json
    import zlib

    return zlib.crc32(json.dumps(kept, sort_keys=True).encode())
