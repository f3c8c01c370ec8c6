"""The command line on a real data folder, made once with a cheap key derivation and copied for each test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.cli import main
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from tests.cli.ground import PASSPHRASE, Command, Imported, Outcome


@pytest.fixture(scope="session")
def blank_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    create_office(folder, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
    return folder


@pytest.fixture
def data(blank_office: Path, tmp_path: Path) -> Path:
    """A data folder with an empty file, opened by PASSPHRASE."""
    folder = Path(shutil.copytree(blank_office, tmp_path / "data"))
    # A copied file mints a mark of its own when first opened: from here on, bytes can be compared.
    open_office(folder, PASSPHRASE).close()
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process, exactly as written, the passphrase in the environment."""
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert "Une erreur du programme" not in captured.err, captured.err
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def command(run: Command, data: Path) -> Command:
    """Run a command on the test's data folder."""

    def command(*arguments: object) -> Outcome:
        return run(*arguments, "--data", data)

    return command


@pytest.fixture
def imported(command: Command, tmp_path: Path) -> Imported:
    """Import a list and return its report, read from the file that `--report` wrote."""

    def imported(path: Path, *options: str) -> dict[str, Any]:
        out = tmp_path / "rapport.json"
        outcome = command("import", path, "--report", out, *options)
        assert outcome.code == 0, outcome.err
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        out.unlink()
        return report

    return imported
