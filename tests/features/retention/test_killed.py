"""A real process killed at each step of an erasure: nothing is gone, or all is once the file is opened again."""

from __future__ import annotations

import subprocess
import sys

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.retention import service
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from tests.features.retention.conftest import DRAFTS_KEY, Ground
from tests.ground import KEY

_CHILD = """
import os, signal, sys
from pathlib import Path
from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.retention import service
from caseworker_app.features.retention.service import cleaning
from caseworker_app.features.team import service as team
from caseworker_app.storage import encrypted_file, unit_of_work
from caseworker_app.storage.drafts import Drafts
load_stores()
folder, key, drafts_key, household, step = sys.argv[1:]
def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)
holder, name = {
    "writing": (unit_of_work.UnitOfWork, "flush"),
    "written": (Drafts, "erase"),
    "drafts": (attachments, "sweep_contents"),
    "contents": (encrypted_file.EncryptedFile, "wipe_freed"),
    "wiped": (cleaning, "forget_cleaning"),
}[step]
file = encrypted_file.EncryptedFile.open(Path(folder), key)
drafts = Drafts(Path(folder), drafts_key, file.clock)
setattr(holder, name, die)
service.erase_at_request(file, team.owner(file), household, drafts)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="killed as Linux kills")
@pytest.mark.parametrize("step", ["writing", "written", "drafts", "contents", "wiped"])
def test_killed_it_is_untouched_or_finished_at_the_next_opening(ground: Ground, step: str) -> None:
    folder, household = ground.file.folder, ground.going.household_id
    ground.file.close()
    ground.drafts.close()
    child = [sys.executable, "-c", _CHILD, str(folder), KEY, DRAFTS_KEY, household, step]
    assert subprocess.run(child, check=False).returncode == -9
    with EncryptedFile.open(folder, KEY) as file, Drafts(folder, DRAFTS_KEY, file.clock) as drafts:
        ground.file, ground.drafts = file, drafts
        assert service.finish_erasures(file, drafts)
        with file.reading() as connection:
            assert verify(connection).sound
            if step == "writing":
                assert households.open_household(connection, ground.who, household)
                assert ground.in_drafts(ground.going.every)
                return
            with pytest.raises(NotFound):
                households.open_household(connection, ground.who, household)
        assert ground.in_file(ground.going.every) == set()
        assert ground.in_drafts(ground.going.every) == set()
