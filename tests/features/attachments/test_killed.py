"""A real process killed while it adds, describes and removes: whatever was confirmed is there, with its content."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caseworker_app.features.attachments import service as attachments
from caseworker_app.storage.attachments import contents_of
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from tests.ground import KEY

_WORKER = """
import os, sys
from pathlib import Path
from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.team import service as team
from caseworker_app.storage.encrypted_file import EncryptedFile
load_stores()
file = EncryptedFile.open(Path(sys.argv[1]), sys.argv[2])
who, household, number = team.owner(file), sys.argv[3], 0
print("ready", flush=True)
while True:
    number += 1
    content = (f"{os.getpid()} {number} " * 9000).encode()
    kept, _ = attachments.keep_file(file, who, content, f"{number}.txt")
    ids, _ = attachments.add_attachments(file, who, household, [NewAttachment(kept, usual_form(kept))])
    print("+", ids[0], flush=True)
    if number % 3 == 0:
        attachments.remove_attachment(file, who, ids[0])
        print("-", ids[0], flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="killed as Linux kills")
def test_killed_at_random_instants_nothing_confirmed_is_lost(
    file, who, household, clock, tmp_path: Path
) -> None:
    folder, chance = file.folder, random.Random(20261124)
    file.close()
    told: list[tuple[str, str]] = []
    # Removed just before the kill, and not told of: one a life at most.
    uncertain: set[str] = set()
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(folder), KEY, household], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == "ready"
            # The instant itself is what is tried: anywhere in the second that follows.
            time.sleep(chance.random())
            child.send_signal(signal.SIGKILL)
            for line in child.stdout:
                if line.endswith("\n"):
                    sign, row = line.split()
                    told.append((sign, row))
        uncertain |= {told[-1][1]} if told else set()
    added = {row for sign, row in told if sign == "+"}
    removed = {row for sign, row in told if sign == "-"}
    with EncryptedFile.open(folder, KEY, clock) as again, Drafts(tmp_path, KEY, clock) as drafts:
        with again.reading() as connection:
            assert verify(connection).sound
            assert attachments.damaged_attachments(again, connection) == []
            there = {each.id for each in attachments.attachments_of(connection, who, household)}
        assert added - removed - uncertain <= there
        assert not removed & there
        again.contents = contents_of(again.access)
        attachments.sweep_contents(again, drafts)
        for row in there:
            assert attachments.content_of(again, who, row)[1]
        assert not list(again.contents.folder.glob("*.part"))
    assert added
