"""The import contracts hold, and each of them does fail when it is violated."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import contracts

ROOT = Path(contracts.__file__).parent.parent

# A house in small: every floor, two rooms, every part of a room.
HOUSE = [
    "__main__",
    "cli",
    "bootstrap",
    "shell.window",
    "features.budget.screen",
    "features.budget.documents",
    "features.budget.service",
    "features.budget.store",
    "features.budget.domain",
    "features.households.service",
    "features.households.store",
    "features.households.domain",
    "sync.exchange",
    "ui_kit.form",
    "pdf.page",
    "sheets.reading",
    "storage.engine",
    "security.vault",
    "kernel.money",
]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty house under the package's own name, found before the real one."""
    for module in HOUSE:
        write_module(tmp_path, module, "")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def write_module(house: Path, module: str, text: str) -> None:
    """Write a module of the house, and the packages it lies in."""
    path = house / "caseworker_app" / (module.replace(".", "/") + ".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    for folder in path.relative_to(house).parents[:-1]:
        (house / folder / "__init__.py").touch()


def write_import(house: Path, module: str, imported: str) -> None:
    """Let a module of the house import another; a name with a dot in front is one of the house."""
    target = f"caseworker_app{imported}" if imported.startswith(".") else imported
    write_module(house, module, f"import {target}\n")


def import_linter(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package found from a folder, with the contracts of pyproject.toml."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


def own_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run our own contracts on the package found from a folder."""
    command = [sys.executable, ROOT / "tools" / "contracts.py"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


def test_the_house_keeps_the_contracts_of_import_linter() -> None:
    outcome = import_linter(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_house_keeps_our_own_contracts() -> None:
    assert contracts.violations() == []


def test_an_empty_house_keeps_them_all(house: Path) -> None:
    assert import_linter(house).returncode == 0
    assert own_contracts(house).returncode == 0


@pytest.mark.parametrize(
    ("module", "imported", "contract"),
    [
        ("kernel.money", ".storage.engine", "Floors"),
        ("security.vault", ".storage.engine", "Floors"),
        ("ui_kit.form", ".storage.engine", "Floors"),
        ("storage.engine", ".features.budget.store", "Floors"),
        ("sync.exchange", ".features.budget.domain", "Floors"),
        ("cellar", ".kernel.money", "Floors"),
        ("features.households.service", ".features.budget.service", "Rooms"),
        ("features.gossip.domain", ".kernel.money", "Rooms"),
        ("features.budget.domain", ".features.budget.store", "Inside every room"),
        ("features.budget.store", ".features.budget.service", "Inside every room"),
        ("features.budget.service", ".features.budget.screen", "Inside every room"),
        ("features.budget.service", ".features.budget.documents", "Inside every room"),
        ("features.budget.manager", ".kernel.money", "Inside every room"),
    ],
)
def test_import_linter_sees_a_violation(house: Path, module: str, imported: str, contract: str) -> None:
    write_import(house, module, imported)
    outcome = import_linter(house)
    broken = [line for line in outcome.stdout.splitlines() if line.endswith("BROKEN")]
    assert outcome.returncode == 1
    assert any(line.startswith(contract) for line in broken), outcome.stdout + outcome.stderr


def test_import_linter_sees_a_cycle(house: Path) -> None:
    write_import(house, "kernel.money", ".kernel.dates")
    write_import(house, "kernel.dates", ".kernel.money")
    outcome = import_linter(house)
    assert outcome.returncode == 1
    assert "No cycles anywhere BROKEN" in outcome.stdout


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("features.budget.service", ".features.households.store"),
        ("features.budget.store", ".features.households.store"),
        ("features.budget.domain", ".features.households"),
        ("features.budget.domain", "PySide6.QtCore"),
        ("features.budget.documents", "PySide6.QtGui"),
        ("kernel.money", "PySide6"),
        ("features.budget.service", "sqlalchemy"),
        ("features.budget.screen", "sqlalchemy.sql"),
        ("features.budget.store", "alembic"),
        ("sync.exchange", "alembic.command"),
        ("features.budget.screen", "reportlab.graphics.shapes"),
        ("sheets.reading", "reportlab"),
        ("kernel.money", "urllib.request"),
        ("storage.engine", "socket"),
        ("shell.window", "http.client"),
        ("cli", "ssl"),
        ("features.budget.service", "obstore"),
    ],
)
def test_our_own_contracts_see_a_violation(house: Path, module: str, imported: str) -> None:
    write_import(house, module, imported)
    outcome = own_contracts(house)
    assert outcome.returncode == 1
    assert f"caseworker_app.{module} imports" in outcome.stdout, outcome.stdout + outcome.stderr


def test_what_is_in_its_place_is_let_through(house: Path) -> None:
    write_import(house, "features.budget.screen", "PySide6.QtWidgets")
    write_import(house, "features.households.screens.list", "PySide6.QtWidgets")
    write_import(house, "features.budget.store", "sqlalchemy")
    write_import(house, "features.budget.service", ".features.households.service")
    write_import(house, "features.budget.documents", "reportlab.platypus")
    write_import(house, "storage.engine", "alembic")
    write_import(house, "sync.exchange", "ssl")
    outcome = own_contracts(house)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_a_room_is_not_taken_for_its_part() -> None:
    assert contracts.lies_in("features.budget.screens.list", "features.*.screens")
    assert not contracts.lies_in("features.budget.screening", "features.*.screen")
    assert not contracts.lies_in("shell", "shell.window")
