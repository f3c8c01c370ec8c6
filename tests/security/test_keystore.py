"""The key store of the system: a real Secret Service where there is one, and every way it can be missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError

from caseworker_app.security import keystore, vault
from caseworker_app.security.keystore import Keystore
from tests.security.stores import Failing, Remembering

# Reached by a test that fails, and by no other.
PATIENCE_S = 300
FILE, OTHER = "ab" * 16, "cd" * 16
SECRET = bytes(range(32))


def test_a_secret_is_kept_per_file_under_a_name_that_tells_nothing() -> None:
    backend = Remembering()
    store = Keystore(backend)
    assert store.fetch(FILE) is None
    assert store.store(FILE, SECRET)
    assert store.fetch(FILE) == SECRET
    assert store.fetch(OTHER) is None
    assert list(backend.kept) == [("Passerelle", FILE)]
    assert store.forget(FILE)
    assert store.fetch(FILE) is None
    assert store.forget(FILE)


@pytest.mark.parametrize(
    "error", [NoKeyringError(), KeyringLocked(), KeyringError(), OSError(), RuntimeError("prompt dismissed")]
)
def test_a_store_that_fails_is_a_store_that_is_not_there(error: Exception) -> None:
    store = Keystore(Failing(error))
    assert store.fetch(FILE) is None
    assert not store.store(FILE, SECRET)
    assert store.forget(FILE)


@pytest.mark.parametrize("left", ["", "zz", "é", "abc"])
def test_what_another_program_left_there_is_nothing(left: str) -> None:
    backend = Remembering()
    backend.kept["Passerelle", FILE] = left
    assert Keystore(backend).fetch(FILE) is None


def test_a_store_that_is_not_known_to_encrypt_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [Remembering()])
    assert keystore._best_trusted() is None
    assert not Keystore().store(FILE, SECRET)


def test_a_slot_opens_with_the_secret_kept_and_not_once_it_is_forgotten(made: object) -> None:
    store = Keystore(Remembering())
    state = vault.read_state(made.folder)  # type: ignore[attr-defined]
    store.store(state.file_id, SECRET)
    vault.add_slot(
        made.folder,  # type: ignore[attr-defined]
        made.data_key,  # type: ignore[attr-defined]
        kind="keyring",
        kdf={"name": "keystore"},
        wrapping_key=SECRET,
    )

    def opened() -> object:
        secret = store.fetch(state.file_id)
        return secret and vault.open_slot(made.folder, "keyring", lambda _: secret)  # type: ignore[attr-defined]

    assert opened() == made.data_key  # type: ignore[attr-defined]
    store.forget(state.file_id)
    assert opened() is None


# The real one

UNLOCKED = 'eval "$(printf %s mot-de-session | gnome-keyring-daemon --unlock --components=secrets)"; '
START = "from caseworker_app.security.keystore import Keystore; s = Keystore(); x = bytes(range(32)); "
FIRST = START + "print(s.fetch('a1'), s.store('a1', x), s.fetch('a1') == x)"
SECOND = START + "print(s.fetch('a1') == x, s.forget('a1'), s.fetch('a1'))"
ABSENT = START + "print(s.store('a1', x), s.fetch('a1'), s.forget('a1'))"

needs_session = pytest.mark.skipif(
    shutil.which("dbus-run-session") is None, reason="needs dbus-run-session (Debian: dbus)"
)
needs_service = pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None, reason="needs gnome-keyring-daemon (Debian: gnome-keyring)"
)


def in_session(home: Path, before: str, *programs: str) -> list[str]:
    """Run programs one after the other in one new session of the desktop; return what each printed."""
    script = before + "; ".join(f'"$PYTHON" -c "$PROGRAM{i}"' for i in range(len(programs)))
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "DISPLAY", "XDG_", "GNOME_"))}
    environment = kept | {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PYTHON": sys.executable}
    environment |= {f"PROGRAM{i}": program for i, program in enumerate(programs)}
    command = ["dbus-run-session", "--", "bash", "-c", script]
    # Into files: a daemon that outlives its session would hold a pipe open.
    told, wrong = runtime / "told", runtime / "wrong"
    with told.open("w") as stdout, wrong.open("w") as stderr:
        code = subprocess.run(
            command, env=environment, stdout=stdout, stderr=stderr, timeout=PATIENCE_S, check=False
        ).returncode
    assert code == 0, wrong.read_text(encoding="utf-8")
    return told.read_text(encoding="utf-8").splitlines()


@needs_session
@needs_service
def test_a_real_secret_service_keeps_the_secret_between_processes(tmp_path: Path) -> None:
    assert in_session(tmp_path, UNLOCKED, FIRST, SECOND) == ["None True True", "True True None"]


@needs_session
@needs_service
def test_a_real_locked_secret_service_is_no_store(tmp_path: Path) -> None:
    in_session(tmp_path, UNLOCKED, FIRST)
    locked = "gnome-keyring-daemon --start --components=secrets > /dev/null; "
    assert in_session(tmp_path, locked, ABSENT) == ["False None True"]


@needs_session
def test_a_session_without_secret_service_is_no_store(tmp_path: Path) -> None:
    assert in_session(tmp_path, "", ABSENT) == ["False None True"]


def test_no_session_at_all_is_no_store() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DBUS_")}
    environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    told = subprocess.run(
        [sys.executable, "-c", ABSENT], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert told.stdout.strip() == "False None True"


WITH_PIN = """
import sys
from pathlib import Path
from caseworker_app.security import quick_unlock, vault
from caseworker_app.security.errors import PinNotThere, WrongPin
from caseworker_app.security.keystore import Keystore
from caseworker_app.security.passphrase import THROW_AWAY
folder, store = Path(FOLDER), Keystore()
def tried(pin):
    try:
        return quick_unlock.open_with_pin(folder, pin, store).fingerprint()
    except (PinNotThere, WrongPin) as refused:
        return type(refused).__name__
"""
SET_PIN = """
key = vault.open_with_passphrase(folder, "pivoine tabouret 47 orage")
quick_unlock.set_pin(folder, key, "294715", store, kdf=THROW_AWAY)
print(tried("294715") == key.fingerprint())
"""
SPEND_IT = "print(*(tried('000001') for _ in range(5)), tried('294715'))"


@needs_session
@needs_service
def test_a_real_secret_service_keeps_the_pin_and_loses_it_after_five_tries(
    made: object, tmp_path: Path
) -> None:
    start = WITH_PIN.replace("FOLDER", repr(str(made.folder)))  # type: ignore[attr-defined]
    home = tmp_path / "home"
    home.mkdir()
    answers = in_session(home, UNLOCKED, start + SET_PIN, start + SPEND_IT)
    assert answers == ["True", " ".join(["WrongPin"] * 5 + ["PinNotThere"])]


@needs_session
@needs_service
def test_a_real_locked_secret_service_only_means_the_passphrase(made: object, tmp_path: Path) -> None:
    start = WITH_PIN.replace("FOLDER", repr(str(made.folder)))  # type: ignore[attr-defined]
    home = tmp_path / "home"
    home.mkdir()
    in_session(home, UNLOCKED, start + SET_PIN)
    locked = "gnome-keyring-daemon --start --components=secrets > /dev/null; "
    assert in_session(home, locked, start + "print(tried('294715'))") == ["PinNotThere"]
