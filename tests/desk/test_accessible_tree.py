"""The window as a screen reader finds it: every control named, of the right role; errors heard.

On the real accessibility tree, over AT-SPI, under a virtual screen.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desk.tree import nodes

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
NEEDED = ("dbus-run-session", "xvfb-run")
missing = [name for name in NEEDED if shutil.which(name) is None] + (
    [] if LAUNCHER.exists() else [LAUNCHER.name]
)
pytestmark = [
    pytest.mark.screen,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing), reason=f"needs {missing} (Linux, installed by run.py test)"),
]

TABS = (
    "overview",
    "composition",
    "measure",
    "housing",
    "goals",
    "budget",
    "attachments",
    "rights",
    "diary",
    "documents",
    "history",
)
PLACES = [
    {"page": "households"},
    *({"page": "dossier", "tab": tab} for tab in TABS),
    {"page": "visit"},
    {"page": "document"},
    {"page": "follow-up"},
    {"page": "import"},
    {"page": "agenda"},
    {"page": "settings"},
]
NAMES = ["/".join(filter(None, place.values())) for place in PLACES]
# What a person can act on is of one of these: never a mere panel.
ROLES = {
    "cell", "check box", "combo box", "list", "list item", "page tab", "page tab list", "push button", "radio button",
    "table", "text", "column header", "row header", "menu item", "spin button", "slider", "tree", "tree item",
    "scroll pane", "toggle button", "document text", "document frame", "paragraph", "link", "button menu", "image",
    "graphic", "chart", "label",
}  # fmt: skip
# Cells may be empty, also those of a tree; the field, the button and the list may not be nameless.
CELLS = {"cell", "tree item"}
# A region that only scrolls has no role of its own in Qt; its name tells what it shows.
REGIONS = {"Aperçu du document"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Open the window once, go everywhere, and keep what was found."""
    folder = tmp_path_factory.mktemp("desk")
    folder.chmod(0o700)
    places, trees, told = (folder / name for name in ("places.json", "trees.json", "told.txt"))
    places.write_text(json.dumps([*PLACES, {"page": "households"}, {"do": "refuse"}]))
    command = ["dbus-run-session", "--", "xvfb-run", "-a", sys.executable, "-m", "tests.desk.tree"]
    # Into a file: the buses outlive who began them, and would hold a pipe open.
    with told.open("w") as stream:
        subprocess.run(
            [*command, str(places), str(trees)], env=os.environ | {"XDG_RUNTIME_DIR": str(folder)},
            cwd=Path(__file__).parents[2], stdout=stream, stderr=stream, timeout=400, check=False,
        )  # fmt: skip
    assert trees.exists(), told.read_text()[-2000:]
    answer: dict[str, Any] = json.loads(trees.read_text())
    return answer


@pytest.mark.parametrize("place", NAMES)
def test_every_control_has_a_name_and_a_role_of_its_own(found: dict[str, Any], place: str) -> None:
    controls = [node for node in nodes(found[place]) if "focusable" in node["states"]]
    assert len(controls) > 5
    unnamed = [node["role"] for node in controls if not node["name"] and node["role"] not in CELLS]
    assert unnamed == []
    assert {node["role"] for node in controls if node["name"] not in REGIONS} <= ROLES


def test_the_list_is_a_table_with_its_headers(found: dict[str, Any]) -> None:
    every = list(nodes(found["households"]))
    table = next(node for node in every if node["role"] == "table")
    assert table["name"] == "Ménages"
    assert {"Ménage", "Commune", "Mesure"} <= {n["name"] for n in every if n["role"] == "column header"}
    assert any(node["role"] == "text" and "editable" in node["states"] for node in every)


def test_a_dossier_is_told_by_its_tabs(found: dict[str, Any]) -> None:
    every = list(nodes(found["dossier/overview"]))
    tabs = next(n for n in every if n["role"] == "page tab list")
    assert [tab["name"].split(",")[0] for tab in tabs["children"] if tab["role"] == "page tab"] == [
        "Vue d’ensemble", "Composition", "Mesure", "Logement", "Objectifs", "Budget", "Orientations",
        "Démarches", "Pièces", "Droits", "Journal", "Documents", "Historique",
    ]  # fmt: skip


def test_the_title_of_the_window_names_nobody(found: dict[str, Any]) -> None:
    for place in NAMES:
        frames = [node["name"] for node in nodes(found[place]) if node["role"] == "frame"]
        assert frames == ["Passerelle"]


def test_an_error_is_heard_at_once(found: dict[str, Any]) -> None:
    assert found["refuse"].endswith(".")
    assert "nom" in found["refuse"].casefold()
