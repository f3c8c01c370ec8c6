"""A program of a test is put away without a question, whatever still runs in it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.dialogs import StillWorking
from tests.bootstrap.programs import retire

PASSPHRASE = "girafe tambour cerise lampadaire"


def test_a_program_at_work_is_put_away_without_a_question(qtbot: object, tmp_path: Path) -> None:
    folder, gate = tmp_path / "fichier", threading.Event()
    create_office(folder, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
    program = Program(QApplication.instance(), folder)
    program.enter(open_office(folder, PASSPHRASE))
    window = program.window
    assert window is not None
    task = program.tasks.background(lambda _progress: gate.wait(120), words="Sauvegarde")
    retire(program)
    gate.set()
    assert task.cancelled
    assert not window.isVisible()


def test_a_question_no_test_answers_fails_it(qtbot: object) -> None:
    dialog = StillWorking("Sauvegarde")
    with pytest.raises(pytest.fail.Exception, match="StillWorking asks"):
        dialog.exec()
    dialog.deleteLater()
