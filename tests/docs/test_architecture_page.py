"""`docs/architecture.md` names only what is there, and leaves out no room nor floor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "caseworker_app"
MODULE = re.compile(r"`((?:[a-z_]+\.)+(?!py`|md`|db`|cle`|toml`|verrou`|tenu`|effaces`)[a-z_]+)`")


def tree() -> dict[int, list[str]]:
    """Return the names of the tree of the page by their indentation."""
    block = re.search(r"^src/caseworker_app/\n((?:  .*\n)+)", PAGE, re.MULTILINE)
    assert block is not None
    found: dict[int, list[str]] = {}
    for line in block[1].splitlines():
        if match := re.match(r"( +)([\w.]+/?)  ", line):
            found.setdefault(len(match[1]), []).append(match[2])
    return found


def folders(place: Path) -> set[str]:
    return {f"{path.name}/" for path in place.iterdir() if (path / "__init__.py").is_file()}


def test_every_floor_is_drawn() -> None:
    assert {name for name in tree()[2] if name.endswith("/")} == folders(SOURCE)


def test_every_room_is_drawn_in_the_order_of_the_contracts() -> None:
    drawn = [name.removesuffix("/") for name in tree()[4] if name.endswith("/")]
    assert {f"{name}/" for name in drawn} == folders(SOURCE / "features")
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    order = re.findall(r'"\((\w+)\)"', contracts.split('id = "rooms"')[1].split("exhaustive")[0])
    assert drawn == [name for name in order if name in drawn]


@pytest.mark.parametrize("name", [name for name in tree()[4] if name.endswith(".py")])
def test_a_part_of_bootstrap_that_is_drawn_is_there(name: str) -> None:
    assert (SOURCE / "bootstrap" / name).is_file()


@pytest.mark.parametrize(
    "place", sorted(set(re.findall(r"`((?:src|tests|tools|docs|resources|storage|intake)/[\w./*-]+)`", PAGE)))
)
def test_a_path_that_is_named_is_there(place: str) -> None:
    below = [ROOT, SOURCE, SOURCE / "features"]
    assert any(list(top.glob(place.removesuffix("/"))) for top in below)


@pytest.mark.parametrize("name", sorted(set(MODULE.findall(PAGE))))
def test_a_module_that_is_named_is_there(name: str) -> None:
    place = name.replace(".", "/")
    tops = (SOURCE, SOURCE / "features")
    found = [top / place for top in tops if (top / place).is_dir() or (top / f"{place}.py").is_file()]
    inside = [top / f"{place.rpartition('/')[0]}.py" for top in tops]
    attribute = place.rpartition("/")[2]
    assert found or any(path.is_file() and attribute in path.read_text(encoding="utf-8") for path in inside)
