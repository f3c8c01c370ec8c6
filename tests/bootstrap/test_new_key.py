"""The data key changed after a theft: old headers open nothing new, and a kill at any instant leaves a whole file."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from caseworker_app.bootstrap.new_key import change_open_office
from caseworker_app.bootstrap.office import create_office, open_office, open_office_with_recovery_key
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security import vault
from caseworker_app.security.errors import SamePassphrase, WrongPassphrase, WrongSecret
from caseworker_app.security.folder_look import COPY_NAME, HEADER_NAME
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey
from caseworker_app.storage.engine import WrongKey
from caseworker_app.storage.integrity import verify

OLD, NEW = "girafe tambour cerise lampadaire", "verger plume cargo fanfare"


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> tuple[Path, str]:
    """A folder with a worker, a draft and an attachment, and its recovery key."""
    folder = tmp_path_factory.mktemp("fonde") / "fichier"
    office, recovery = create_office(folder, OLD, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)
    with office:
        office.drafts.keep("visit:1", {"observed": "Fenêtre réparée"})
        office.file.contents.put(b"une photo")
    return folder, recovery


@pytest.fixture
def folder(founded, tmp_path) -> Path:
    return Path(shutil.copytree(founded[0], tmp_path / "fichier"))


def change(folder: Path, recovery: RecoveryKey) -> None:
    with open_office(folder, OLD) as office:
        again, refused = change_open_office(office, OLD, NEW, recovery, kdf=THROW_AWAY)
        assert refused is None
        again.close()


def whole(office) -> bool:
    with office.file.reading() as connection:
        sound = verify(connection).sound
    kept = office.drafts.find("visit:1")
    contents = [office.file.contents.read(each) for each in office.file.contents.hashes()]
    return (
        sound
        and kept is not None
        and kept.content == {"observed": "Fenêtre réparée"}
        and contents == [b"une photo"]
    )


def test_only_the_new_ways_open_and_all_is_there(folder, founded) -> None:
    recovery = RecoveryKey.generate()
    change(folder, recovery)
    with pytest.raises(WrongPassphrase):
        open_office(folder, OLD)
    with pytest.raises(WrongSecret):
        open_office_with_recovery_key(folder, founded[1])
    with open_office(folder, NEW) as office:
        assert whole(office)
    with open_office_with_recovery_key(folder, recovery.text) as office:
        assert whole(office)


def test_an_old_header_put_back_opens_nothing_and_harms_nothing(folder) -> None:
    stolen = {name: (folder / name).read_bytes() for name in (HEADER_NAME, COPY_NAME)}
    change(folder, RecoveryKey.generate())
    now = {name: (folder / name).read_bytes() for name in stolen}
    for name, content in stolen.items():
        (folder / name).write_bytes(content)
    with pytest.raises(WrongKey):
        open_office(folder, OLD)
    for name, content in now.items():
        (folder / name).write_bytes(content)
    with open_office(folder, NEW) as office:
        assert whole(office)


def test_one_old_copy_put_back_is_written_over(folder) -> None:
    stolen = (folder / COPY_NAME).read_bytes()
    change(folder, RecoveryKey.generate())
    (folder / COPY_NAME).write_bytes(stolen)
    open_office(folder, NEW).close()
    assert (folder / COPY_NAME).read_bytes() == (folder / HEADER_NAME).read_bytes() != stolen


def test_the_passphrase_of_before_is_refused_and_nothing_is_closed(folder) -> None:
    with open_office(folder, OLD) as office:
        with pytest.raises(SamePassphrase):
            change_open_office(office, OLD, OLD, RecoveryKey.generate(), kdf=THROW_AWAY)
        assert whole(office)


def test_a_wrong_proof_changes_nothing(folder) -> None:
    with open_office(folder, OLD) as office:
        with pytest.raises(WrongPassphrase):
            change_open_office(office, "pas la bonne", NEW, RecoveryKey.generate(), kdf=THROW_AWAY)
        assert whole(office)


def test_the_recovery_key_proves_it_too(folder, founded) -> None:
    with open_office(folder, OLD) as office:
        again, refused = change_open_office(office, founded[1], NEW, RecoveryKey.generate(), kdf=THROW_AWAY)
        assert refused is None
        again.close()
    open_office(folder, NEW).close()


def test_no_room_for_the_new_file_leaves_the_old_one_open(folder, monkeypatch) -> None:
    from caseworker_app.storage import rekeying

    def full(*_arguments) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rekeying, "_make_durable", full)
    with open_office(folder, OLD) as office:
        again, refused = change_open_office(office, OLD, NEW, RecoveryKey.generate(), kdf=THROW_AWAY)
        assert isinstance(refused, CaseworkerError)
        assert "plein" in refused.sentence
        with again:
            assert whole(again)
    open_office(folder, OLD).close()


PROGRAM = """
import sys
from pathlib import Path
from caseworker_app.bootstrap.new_key import change_open_office
from caseworker_app.bootstrap.office import open_office
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey
folder, old, new = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
office = open_office(folder, old)
print("open", flush=True)
sys.stdin.readline()
while True:
    office, refused = change_open_office(office, old, new, RecoveryKey.generate(), kdf=THROW_AWAY)
    assert refused is None
    print("changed", flush=True)
    old, new = new, old
"""


@pytest.mark.parametrize("seed", range(12))
def test_a_killed_change_leaves_a_file_that_opens_whole(folder: Path, seed: int) -> None:
    command = [sys.executable, "-c", PROGRAM, str(folder), OLD, NEW]
    random_instant = random.Random(seed).uniform(0.0, 1.2)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.stdin.write("\n")
        process.stdin.flush()
        end = threading.Timer(random_instant, process.kill)
        end.start()
        confirmed = len(process.stdout.readlines())
        end.join()
    opened = [passphrase for passphrase in (OLD, NEW) if opens_whole(folder, passphrase)]
    expected = (OLD, NEW)[confirmed % 2], (OLD, NEW)[(confirmed + 1) % 2]
    assert opened in ([expected[0]], [expected[1]])
    assert not [path.name for path in folder.iterdir() if path.name.endswith(".nouveau")]
    assert vault.read_state(folder).both_copies_good


def opens_whole(folder: Path, passphrase: str) -> bool:
    try:
        with open_office(folder, passphrase) as office:
            assert whole(office)
    except WrongPassphrase:
        return False
    return True


def test_work_goes_on_under_the_new_key(folder) -> None:
    change(folder, RecoveryKey.generate())
    with open_office(folder, NEW) as office:
        office.drafts.keep("visit:2", {"observed": "après"})
    with open_office(folder, NEW) as office:
        assert office.drafts.find("visit:2") is not None
