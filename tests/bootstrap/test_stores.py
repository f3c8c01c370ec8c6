"""No room's tables are forgotten."""

from __future__ import annotations

from pathlib import Path

from caseworker_app import features
from caseworker_app.bootstrap.stores import ROOMS_WITH_TABLES


def test_every_room_with_a_store_is_loaded():
    folder = Path(features.__path__[0])
    packages = {path.parents[1].name for path in folder.glob("*/store/__init__.py")}
    assert set(ROOMS_WITH_TABLES) == packages | {path.parent.name for path in folder.glob("*/store.py")}
