"""Resources are found in a checkout and in an installed wheel alike."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import platformdirs
import pytest

from caseworker_app.kernel import paths


def _installed(package: Path) -> ModuleType:
    """Load the module from where a copy of it lies."""
    place = package / "kernel" / "paths.py"
    place.parent.mkdir(parents=True)
    shutil.copy(paths.__file__, place)
    spec = importlib.util.spec_from_file_location("paths_elsewhere", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_checkout_has_its_resources_at_the_top(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    module = _installed(tmp_path / "src" / "caseworker_app")
    assert module.resources() == tmp_path / "resources"


def test_a_wheel_has_its_resources_inside(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "caseworker_app"
    (package / "_resources").mkdir(parents=True)
    assert _installed(package).resources() == package / "_resources"


def test_the_resources_of_this_program_are_there() -> None:
    assert (paths.resources() / "parameters").is_dir()


def test_the_data_folder_bears_the_name_of_the_program_and_is_not_made() -> None:
    folder = paths.default_data_folder()
    assert folder.name == "Passerelle"
    assert folder.is_absolute()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("asked", [None, "", "  ", "relative/folder", "/home/claire/donnees"])
def test_the_data_folder_is_the_one_platformdirs_gives(
    monkeypatch: pytest.MonkeyPatch, asked: str | None
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if asked is not None:
        monkeypatch.setenv("XDG_DATA_HOME", asked)
    assert str(paths.default_data_folder()) == platformdirs.user_data_dir("Passerelle", appauthor=False)


def test_the_guide_lies_beside_the_resources_once_installed_and_in_the_documents_before(
    tmp_path: Path,
) -> None:
    package = tmp_path / "site-packages" / "caseworker_app"
    (package / "_resources" / "guide").mkdir(parents=True)
    assert _installed(package).guide() == package / "_resources" / "guide"
    assert any(paths.guide().glob("*.md"))
