"""The Windows installer: really compiled, its list read back; what it may never do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caseworker_app import __version__
from tests.installer.conftest import needs_program
from tools.packaging import names, windows

compiles = needs_program("makensis", "7z")
SCRIPT = windows.SCRIPT.read_text(encoding="utf-8")
CODE = "\n".join(line for line in SCRIPT.splitlines() if not line.lstrip().startswith(";"))


@pytest.fixture
def staged(frozen: Path, tmp_path: Path) -> Path:
    return windows.stage(frozen, tmp_path / "staged")


def test_a_linux_folder_is_laid_out_as_on_windows(staged: Path) -> None:
    assert windows.files(staged) == {
        "passerelle.exe",
        "caseworker-app.exe",
        "_internal/lib/libone.so.1",
        "_internal/données du poste.toml",
    }


@compiles
@pytest.mark.usefixtures("qapp")
def test_the_installer_holds_the_folder_and_nothing_else(staged: Path, places: Path) -> None:
    target = places / "results" / windows.installer_name()
    built = windows.build(staged, names.WORK / "icons" / "passerelle.ico", target, quick=True)
    assert windows.contents(built) == windows.files(staged)
    assert __version__ in built.name


@compiles
@pytest.mark.slow
@pytest.mark.usefixtures("qapp")
def test_the_one_handed_over_is_squeezed(staged: Path, places: Path) -> None:
    icon = names.WORK / "icons" / "passerelle.ico"
    quick = windows.build(staged, icon, places / "quick.exe", quick=True)
    close = windows.build(staged, icon, places / "close.exe")
    assert windows.contents(close) == windows.contents(quick)
    assert close.stat().st_size < quick.stat().st_size


def test_no_administrator_is_asked_for() -> None:
    assert "RequestExecutionLevel user" in CODE
    assert "Target amd64-unicode" in CODE
    assert not re.search(r"\bHKLM\b|\bHKCR\b|SetShellVarContext all|\$PROGRAMFILES|\$WINDIR|\$SYSDIR", CODE)


def test_whole_folders_are_removed_only_where_we_alone_write() -> None:
    removed = re.findall(r"RMDir /r(?: /REBOOTOK)? (\S.*)", CODE)
    assert removed == ['"$INSTDIR\\_internal"'] * 2


def test_it_is_never_installed_over_the_person_s_data() -> None:
    # platformdirs puts a person's data in %LOCALAPPDATA%\Passerelle.
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\Passerelle"' in CODE
    assert not re.search(r"(Delete|RMDir)[^\n]*(APPDATA|DOCUMENTS|PROFILE)", CODE)


def test_every_question_has_an_answer_for_a_silent_installation() -> None:
    boxes = [line for line in CODE.splitlines() if "MessageBox" in line]
    assert len(boxes) == 3
    assert all(" /SD ID" in line for line in boxes)


def test_the_version_is_written_nowhere_in_the_script() -> None:
    assert not re.search(r"\d+\.\d+\.\d+", CODE)
