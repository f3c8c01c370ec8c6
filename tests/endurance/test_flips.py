"""One byte turned over anywhere: refused, mended or told with a sentence; never a wrong value, never a silent loss.

A sample by default; `CASEWORKER_FLIPS=2000` (or `bench --only flips`) for the whole.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.window import Program
from caseworker_app.cli import main
from caseworker_app.shell.dialogs import ToRead
from caseworker_app.storage.witness import ENDING
from tests.bootstrap.programs import retire
from tests.endurance.flipping import PASSPHRASE, Flip, Ground, draw, harmed, prepare, suffer

FLIPS = int(os.environ.get("CASEWORKER_FLIPS", "180"))
SEED, PAGE = 2026, 4096


@pytest.fixture(scope="module")
def ground(_stores: None, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("flips") / "ground")


def test_whatever_byte_is_turned_over_nothing_is_wrong_nor_silently_gone(
    ground: Ground, tmp_path: Path
) -> None:
    outcomes: Counter[tuple[str, str]] = Counter()
    for number, flip in enumerate(draw(ground, SEED, FLIPS)):
        place = tmp_path / str(number)
        outcomes[flip.sort, suffer(ground, flip, place)] += 1
        shutil.rmtree(place)
    assert sum(outcomes.values()) == FLIPS
    harmless = {sort for sort, outcome in outcomes if outcome == "harmless"}
    # A page that the log holds again is mended when the log is folded back, on opening. Beside the rows lie what SQLite
    # makes again, drafts' logs already folded in, and settings that take their usual value.
    assert harmless <= {"beside", "drafts", "file"}
    assert outcomes["file", "told"] > 2 * outcomes["file", "harmless"]
    assert outcomes["headers", "mended"] > 0


def test_without_the_witness_the_end_of_the_log_would_go_without_a_word(
    ground: Ground, tmp_path: Path
) -> None:
    """The test above can fail: it does once the witness is taken away."""
    bare = Ground(tmp_path / "bare", ground.states, ground.at_backup, ground.contents)
    shutil.copytree(ground.folder, bare.folder)
    (bare.folder / f"passerelle.db{ENDING}").unlink()
    size = (bare.folder / "passerelle.db-wal").stat().st_size
    with pytest.raises(AssertionError, match="gone without a word"):
        suffer(bare, Flip("log", Path("data/passerelle.db-wal"), size // 2, 1), tmp_path / "harmed")


def sample(ground: Ground) -> list[Flip]:
    """Return a flip in the file, in its log, in a header and in an attachment."""
    log = (ground.folder / "passerelle.db-wal").read_bytes()
    again = {int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log), 24 + PAGE)}
    drawn = [
        each
        for each in draw(ground, SEED + 1, 90)
        # What the log holds again is mended on opening.
        if each.sort != "file" or each.offset // PAGE + 1 not in again
    ]
    return [
        next(each for each in drawn if each.sort == sort)
        for sort in ("file", "log", "headers", "attachments")
    ]


def test_the_command_line_answers_each_with_a_sentence_and_a_code(
    ground: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    answered = {}
    for flip in sample(ground):
        data = harmed(ground, flip, tmp_path / flip.sort)
        capsys.readouterr()
        code = main(["verify", "--data", str(data)])
        told = capsys.readouterr()
        assert "Une erreur du programme" not in told.err
        assert "Traceback" not in told.err
        answered[flip.sort] = (code, told.err)
    assert {sort: code for sort, (code, _) in answered.items()} == {
        "file": 1, "log": 1, "headers": 0, "attachments": 1,
    }  # fmt: skip
    assert "manque" in answered["log"][1]
    assert "à la fin du fichier" in answered["log"][1]
    assert answered["headers"][1] == ""
    # Told once, when it was found; what is there is sound.
    assert main(["verify", "--data", str(tmp_path / "log" / "data")]) == 0


@pytest.mark.parametrize("sort", ["log", "headers", "file"])
def test_the_window_opens_or_says_why_not(ground: Ground, tmp_path: Path, qtbot, sort: str) -> None:
    flip = next(each for each in sample(ground) if each.sort == sort)
    data = harmed(ground, flip, tmp_path)
    if sort == "file":  # its first page, which no log holds again: nothing opens
        (data / "passerelle.db-wal").unlink()
        Flip("file", Path("data/passerelle.db"), 50, 1).apply(tmp_path)
    program = Program(QApplication.instance(), data)
    try:
        program.begin()
        entrance = program.entrance
        entrance.passphrase.setText(PASSPHRASE)
        entrance.open_button.click()
        if sort == "file":
            qtbot.waitUntil(lambda: "abîmé" in entrance.passphrase_field.sentence)
            assert program.window is None
            return
        qtbot.waitUntil(lambda: program.window is not None)
        told = program.window.findChildren(ToRead)
        assert len(told) == (sort == "log")
        if told:
            assert told[0].isVisible()
            told[0].done(1)
    finally:
        retire(program)
