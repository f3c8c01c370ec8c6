"""A service in another process on the file that is open here: both write, each in its turn."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.apart import Apart
from caseworker_app.bootstrap.backups import back_up, back_up_before_import, state_of
from caseworker_app.bootstrap.office import create_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.intake.domain.run import NothingToGoOn
from caseworker_app.features.team.domain import NewOffice, Who
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.shelf import list_backups
from caseworker_app.storage.changesets import broken_links
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.work import Progress

Tell = Callable[[int, int], None]
THERE, HERE = 12, 12


@pytest.fixture
def tasks(qtbot: Any) -> Any:
    made = Tasks()
    yield made
    made.close()


def add_there(file: EncryptedFile, who: Who, count: int, *, name: str, progress: Tell) -> int:
    for number in range(count):
        households.create_household(file, who, NewHousehold((NewMember(name, f"Essai {number}"),)))
        progress(number + 1, count)
    return os.getpid()


def refuse_there(file: EncryptedFile, *, progress: Tell) -> None:
    raise NothingToGoOn


@pytest.mark.slow
def test_both_processes_write_and_the_chain_holds(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks
) -> None:
    answers: list[int] = []
    apart = Apart(file, tasks)
    task = apart(add_there, who, THERE, options={"name": "Ailleurs"}, then=answers.append, words="Essai")
    begun: list[object] = []
    task.stepped.connect(begun.append)
    qtbot.waitUntil(lambda: bool(begun))
    for number in range(HERE):
        households.create_household(file, who, NewHousehold((NewMember("Ici", f"Essai {number}"),)))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0] != os.getpid()
    with file.reading() as connection:
        assert households.count_households(connection, who) == THERE + HERE
        assert broken_links(connection) == []


@pytest.mark.slow
def test_a_refusal_comes_back_as_itself(qtbot: Any, file: EncryptedFile, tasks: Tasks) -> None:
    refused: list[Exception] = []
    Apart(file, tasks)(refuse_there, failed=refused.append, words="Essai")
    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], NothingToGoOn)
    assert refused[0].sentence == NothingToGoOn().sentence


def test_the_key_is_never_shown(file: EncryptedFile) -> None:
    assert file.access.key_hex not in repr(file.access)


@pytest.mark.slow
def test_a_backup_is_made_there_before_a_list_is_written_when_something_changed(
    qtbot: Any, tmp_path: Path, tasks: Tasks
) -> None:
    new = NewOffice("Les Amarres", "Claire Lenoir")
    office, _key = create_office(tmp_path / "fichier", "girafe tambour cerise", new, kdf=THROW_AWAY)
    with office:
        apart = Apart(office.file, tasks, {add_there: back_up_before_import})
        place = place_of(office.folder)
        for before in (0, 2):
            answers: list[int] = []
            apart(add_there, office.who, 2, options={"name": "Essai"}, then=answers.append, words="Essai")
            qtbot.waitUntil(lambda answers=answers: bool(answers))
            made = list_backups(place)
            assert [each.manifest.reason for each in made if each.manifest] == ["import"] * len(made)
            # The newest holds what was there before this import, and not what it brought.
            assert made[0].manifest is not None
            assert made[0].manifest.households == before
        back_up(office.file.access, "asked")
        assert not state_of(office.file).changed
        back_up_before_import(office.file, Progress(lambda _step: None, lambda: False))
        assert next(each.manifest.reason for each in list_backups(place) if each.manifest) == "asked"
