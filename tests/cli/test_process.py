"""The program as a process: what goes where, in which encoding, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.intake.service.importing import import_list
from tests.cli.ground import PASSPHRASE
from tests.cli.lists import tenant, write_list


def start(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user would, in a plain environment."""
    return subprocess.run(
        [sys.executable, "-m", "caseworker_app", *map(str, arguments)],
        env={**os.environ, "CASEWORKER_PASSPHRASE": PASSPHRASE, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def filled(blank_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of sixty households; no test here writes into it."""
    folder = tmp_path_factory.mktemp("process")
    data = Path(shutil.copytree(blank_office, folder / "data"))
    path = write_list(folder / "liste.csv", [tenant(number) for number in range(1, 61)])
    with open_office(data, PASSPHRASE) as office:
        import_list(office.file, office.who, path)
    return data


def test_answers_go_out_and_refusals_go_to_the_error_stream(filled: Path) -> None:
    found = start("search", "le goff", "--json", "--data", filled)
    assert (found.returncode, found.stderr) == (0, b"")
    assert "Le Goff" in json.loads(found.stdout.decode("utf-8"))[0]["name"]
    refused = start("show", "2026-XXXX-0001", "--json", "--data", filled)
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.decode("utf-8").count("\n") == 1


@pytest.mark.parametrize("locale", ["C", "fr_FR.ISO-8859-1"])
def test_french_is_written_in_utf_8_whatever_the_locale(filled: Path, locale: str) -> None:
    told = {"LC_ALL": locale, "LANG": locale, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    found = start("search", "duboeuf", "--data", filled, **told)
    assert found.returncode == 0
    assert "Dubœuf" in found.stdout.decode("utf-8")
    assert "Chaque commande qui ouvre un fichier" in start("--help", **told).stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("inconnue",), 2), (("search",), 2), (("--version",), 0), (("documents",), 0)],
)
def test_the_exit_code_is_that_of_the_process(arguments: tuple[str, ...], code: int) -> None:
    assert start(*arguments).returncode == code


def test_a_wrong_passphrase_ends_with_3(filled: Path) -> None:
    outcome = start("search", "a", "--data", filled, CASEWORKER_PASSPHRASE="fausse")
    assert (outcome.returncode, outcome.stdout) == (3, b"")


def test_nobody_to_ask_ends_with_2(filled: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "CASEWORKER_PASSPHRASE"}
    command = [sys.executable, "-m", "caseworker_app", "verify", "--data", filled]
    outcome = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (outcome.returncode, outcome.stdout) == (2, b"")
    assert b"Traceback" not in outcome.stderr


def test_nothing_is_shown_of_progress_where_nobody_looks(data: Path, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", [tenant(number) for number in range(1, 20)])
    outcome = start("import", path, "--data", data)
    assert (outcome.returncode, outcome.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="closing a pipe is told otherwise on Windows")
@pytest.mark.parametrize(("words", "read"), [("rue", 10), ("rue", 0), ("zzz", 0)])
def test_a_reader_that_goes_away_ends_it_quietly(filled: Path, words: str, read: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "caseworker_app", "search", words, "--limit", "400", "--data", filled],
        env={**os.environ, "CASEWORKER_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    if read:
        process.stdout.read(read)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_answer_that_cannot_be_written_is_told(filled: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = subprocess.run(
            [sys.executable, "-m", "caseworker_app", "search", "le goff", "--data", filled],
            env={**os.environ, "CASEWORKER_PASSPHRASE": PASSPHRASE},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert outcome.returncode == 1
    assert b"Traceback" not in outcome.stderr
    assert outcome.stderr.decode().count("\n") == 1


def test_a_file_open_in_another_program_is_refused(filled: Path) -> None:
    with open_office(filled, PASSPHRASE):
        outcome = start("search", "le goff", "--data", filled)
    assert (outcome.returncode, outcome.stdout) == (1, b"")
    assert "déjà ouvert" in outcome.stderr.decode("utf-8")


def test_the_console_script_and_the_module_are_one(filled: Path) -> None:
    script = Path(sys.executable).with_name("caseworker-app")
    if not script.exists():
        pytest.skip("the package is not installed in this environment")
    outcome = subprocess.run([script, "--version"], capture_output=True, check=False)
    assert outcome.stdout == start("--version").stdout
