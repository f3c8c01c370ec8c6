"""A backup of before a change of data key comes back: drafts of the present file stay with it, and that is said."""

from __future__ import annotations

import shutil
from pathlib import Path

from caseworker_app.bootstrap.backups import back_up, restore_and_open
from caseworker_app.bootstrap.new_key import change_open_office
from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey
from caseworker_app.storage.backups.manifest import ASKED

BEFORE, AFTER = "girafe tambour cerise lampadaire", "girafe tambour cerise lanterne"


def test_drafts_under_another_key_are_set_aside_with_their_file_and_open_there(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    office, _ = create_office(folder, BEFORE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)
    made = back_up(office.file.access, ASKED).backup
    office, refused = change_open_office(office, BEFORE, AFTER, RecoveryKey.generate(), kdf=THROW_AWAY)
    assert refused is None
    office.drafts.keep("note", {"observed": "Rappeler l’école"})
    office.close()
    with restore_and_open(folder, made.folder, BEFORE) as restored:
        assert restored.drafts.notice is None
        assert restored.drafts.all() == []
        assert ["brouillons" in each for each in restored.notices] == [True]
    (aside,) = (folder / "mis-de-cote").iterdir()
    shutil.copytree(aside, tmp_path / "former")
    with open_office(tmp_path / "former", AFTER) as former:
        assert [each.content for each in former.drafts.all()] == [{"observed": "Rappeler l’école"}]


def test_under_the_same_key_drafts_stay(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    office, _ = create_office(folder, BEFORE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)
    made = back_up(office.file.access, ASKED).backup
    office.drafts.keep("note", {"observed": "Rappeler l’école"})
    office.close()
    with restore_and_open(folder, made.folder, BEFORE) as restored:
        assert restored.notices == []
        assert [each.key for each in restored.drafts.all()] == ["note"]
