"""A folder that goes away under an open file: nothing that would be lost is confirmed; all goes on once it is back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.failures import FileGone
from tests.ground import KEY

NEW = NewHousehold((NewMember("Marchadier", "Solène"),))

# Windows lets nobody move or remove a file that is open.
posix = pytest.mark.skipif(os.name == "nt", reason="the system itself keeps an open file in place")


def count(file, who) -> int:
    with file.reading() as connection:
        return households.count_households(connection, who)


@posix
def test_a_folder_moved_away_refuses_the_save_and_takes_it_once_back(file, who) -> None:
    households.create_household(file, who, NEW)
    away = file.folder.with_name("ailleurs")
    file.folder.rename(away)
    with pytest.raises(FileGone) as refused:
        households.create_household(file, who, NEW)
    assert "rien n’a été enregistré" in refused.value.sentence
    away.rename(file.folder)
    households.create_household(file, who, NEW)
    assert count(file, who) == 2


@posix
def test_a_file_removed_or_replaced_refuses_every_save(file, who) -> None:
    path = file.folder / "passerelle.db"
    copy = Path(shutil.copy2(path, path.with_name("copie.db")))
    path.unlink()
    with pytest.raises(FileGone):
        households.create_household(file, who, NEW)
    copy.rename(path)
    with pytest.raises(FileGone):
        households.create_household(file, who, NEW)
    assert count(file, who) == 0


@posix
def test_a_draft_is_not_said_kept_where_nobody_will_find_it(tmp_path, clock) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    with Drafts(folder, KEY, clock) as drafts:
        folder.rename(tmp_path / "ailleurs")
        with pytest.raises(FileGone):
            drafts.keep("visit:1", {"observed": "après"})
        (tmp_path / "ailleurs").rename(folder)
        drafts.keep("visit:1", {"observed": "après"})
        assert drafts.find("visit:1") is not None


@posix
def test_reading_goes_on_while_the_folder_is_away(file, who) -> None:
    households.create_household(file, who, NEW)
    away = file.folder.with_name("ailleurs")
    file.folder.rename(away)
    assert count(file, who) == 1
    away.rename(file.folder)
