"""After a day's work and the lock, no word of anybody lies in clear on the disk nor in the memory of the program.

The program is a real one, looked at from outside, with folders of its own for all it may write: data, settings, caches,
temporary files. Words used nowhere else are sown in every field of a household.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from caseworker_app.bootstrap.fresh_start import FOLDER_VARIABLE, begin_anew, entrance_asked
from caseworker_app.bootstrap.office import create_office
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.folding import fold
from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.attachments import PURPOSE as OF_ATTACHMENTS
from caseworker_app.storage.drafts import PURPOSE as OF_DRAFTS
from tests.bootstrap.canary import Gardener
from tests.bootstrap.sowing import sow
from tests.ground import NOW

PASSPHRASE = "girafe tambour cerise zwirbelnde lampadaire"
ROOT = Path(__file__).parents[2]
# What a sown word looks like in the forms a program leaves words in: « Kébabadofu », folded, or in two bytes a letter.
_FORMS = (
    re.compile(rb"[Kk]\xc3\xa9[a-z]{8}"), re.compile(rb"[Kk]\xe9[a-z]{8}"), re.compile(rb"[Kk]e[a-z]{8}"),
    re.compile(rb"[Kk]\x00\xe9\x00(?:[a-z]\x00){8}"), re.compile(rb"[Kk]\x00e\x00(?:[a-z]\x00){8}"),
)  # fmt: skip
_CODES = ("utf-8", "latin-1", "ascii", "utf-16-le", "utf-16-le")


@dataclass(frozen=True)
class Secrets:
    """What must not be found: sown words, folded, and bytes."""

    words: frozenset[str]
    bytes: dict[str, bytes]

    def found_in(self, data: bytes) -> set[str]:
        """Return what lies in clear in some bytes, the secrets by their name."""
        found = {name for name, secret in self.bytes.items() if secret in data}
        for form, code in zip(_FORMS, _CODES, strict=True):
            found |= {fold(hit.decode(code)) for hit in set(form.findall(data))} & self.words
        return found


@dataclass(frozen=True)
class Sown:
    """A data folder, all that may be written beside it, and a household whose every field is told apart."""

    home: Path
    folder: Path
    household: str
    secrets: Secrets


@pytest.fixture
def sown(_stores: None, tmp_path: Path) -> Sown:
    home = tmp_path / "home"
    folder = home / "data" / "Passerelle"
    office, key = create_office(
        folder, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), clock=FixedClock(NOW), kdf=THROW_AWAY
    )
    with office:
        planted = sow(office, Gardener(), tmp_path / "review.pdf", protected=False)
        words = frozenset(fold(word) for word in planted.every if word.isalpha())
        data_key = DataKey(bytes.fromhex(office.file.access.key_hex))
    raw = {
        "data key": data_key.raw(),
        "drafts": derive(data_key, OF_DRAFTS),
        "pieces": derive(data_key, OF_ATTACHMENTS),
    }
    secrets = {f"{name}, raw": value for name, value in raw.items()}
    secrets |= {f"{name}, digits": value.hex().encode() for name, value in raw.items()}
    secrets |= {f"{name}, wide digits": value.hex().encode("utf-16-le") for name, value in raw.items()}
    for code in ("utf-8", "utf-16-le", "utf-32-le"):
        secrets |= {f"passphrase, {code}": PASSPHRASE.encode(code), f"recovery key, {code}": key.encode(code)}
    return Sown(home, folder, planted.household_id, Secrets(words, secrets))


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which whatever a program writes by itself lies under one folder."""
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    named = {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
    }
    places = {name: str(home / place) for name, place in named.items()}
    temporary = {name: str(home / "tmp") for name in ("TMPDIR", "TMP", "TEMP")}
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    kept = {name: value for name, value in os.environ.items() if name != FOLDER_VARIABLE}
    return {
        **kept,
        **places,
        **temporary,
        "HOME": str(home),
        "PYTHONPATH": path,
        "QT_QPA_PLATFORM": "offscreen",
    }


@dataclass
class Watched:
    """The program under way."""

    process: subprocess.Popen[str]

    def tell(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    def wait_for(self, word: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == word:
                return
        raise AssertionError(f"the program ended before it said « {word} »")

    def memory(self) -> Iterator[bytes]:
        """Yield what the process may write to: its heaps, stacks, and what it mapped. Linux tells and gives it."""
        with Path(f"/proc/{self.process.pid}/mem").open("rb", 0) as memory:
            for line in Path(f"/proc/{self.process.pid}/maps").read_text().splitlines():
                where, rights = line.split()[:2]
                first, end = (int(each, 16) for each in where.split("-"))
                if "rw" in rights:
                    memory.seek(first)
                    try:
                        read = memory.read(end - first)
                    except OSError:
                        continue  # given back to the system since it was listed
                    yield read


@pytest.fixture
def watched(sown: Sown, tmp_path: Path) -> Iterator[Watched]:
    command = [
        sys.executable,
        "-m",
        "tests.endurance.watched_program",
        str(sown.folder),
        str(tmp_path / "printed.pdf"),
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(sown.home),
        cwd=ROOT,
    ) as process:
        yield Watched(process)
        process.kill()


def all_found(secrets: Secrets, chunks: Iterable[bytes]) -> set[str]:
    return {each for chunk in chunks for each in secrets.found_in(chunk)}


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the memory of another process is read as Linux gives it"
)
def test_after_the_lock_nothing_is_left_in_memory_nor_in_clear_on_the_disk(
    sown: Sown, watched: Watched, tmp_path: Path
) -> None:
    watched.tell(PASSPHRASE, sown.household)
    watched.wait_for("open")
    exported = [tmp_path / f"exported.{kind}" for kind in ("csv", "xlsx")]
    assert all(each.stat().st_size for each in exported)
    assert sown.secrets.found_in(exported[0].read_bytes())
    # A piece is open in another program: it lies in clear in a private folder, until the lock.
    (copy,) = (sown.home / "tmp").rglob("piece.txt")
    assert sown.secrets.found_in(copy.read_bytes())
    # Otherwise the looking itself would find nothing, whatever is there.
    open_there = all_found(sown.secrets, watched.memory())
    assert "data key, digits" in open_there
    assert len(open_there & sown.secrets.words) > 20
    watched.tell("")
    watched.wait_for("locked")
    assert all_found(sown.secrets, watched.memory()) == set()
    files = [each for each in sown.home.rglob("*") if each.is_file()]
    assert sown.folder / "passerelle.db" in files
    for each in files:
        assert sown.secrets.found_in(each.read_bytes()) == set(), each
        assert sown.secrets.found_in(str(each).encode()) == set()
    watched.tell("")
    assert watched.process.wait(240) == 0


def test_the_looking_finds_a_word_in_each_form(sown: Sown) -> None:
    word = "Kébabadofu"
    secrets = Secrets(frozenset({"kebabadofu"}), {"key": b"\x01\x02"})
    for form in (word, word.lower(), "kebabadofu"):
        for code in ("utf-8", "latin-1", "utf-16-le"):
            assert secrets.found_in(b"\xff " + form.encode(code) + b" \x00") == {"kebabadofu"}
    assert secrets.found_in(b"a\x01\x02") == {"key"}
    assert secrets.found_in("Kébabadofi".encode()) == set()


def test_the_entrance_asked_is_forgotten_once_read(tmp_path: Path) -> None:
    asked = {FOLDER_VARIABLE: str(tmp_path)}
    assert entrance_asked(asked) == tmp_path
    assert asked == {}
    assert entrance_asked(asked) is None


@pytest.mark.skipif(os.name == "nt", reason="another process there, whose end cannot be waited for")
def test_what_begins_anew_is_the_same_command_in_the_same_process(tmp_path: Path) -> None:
    """A program that begins anew once, and says its arguments and process both times."""
    script = tmp_path / "begun.py"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from caseworker_app.bootstrap.fresh_start import begin_anew, entrance_asked\n"
        "asked = entrance_asked()\n"
        "print(os.getpid(), sys.argv[1:], asked, flush=True)\n"
        "asked or begin_anew(Path('/ailleurs'))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", str(script), "un mot"],
        capture_output=True, text=True, check=True, env=environment(tmp_path),
    )  # fmt: skip
    first, second = ran.stdout.splitlines()
    assert first.split()[0] == second.split()[0]
    assert first.endswith("['un mot'] None")
    assert second.endswith("['un mot'] /ailleurs")


def test_a_system_that_refuses_lets_the_program_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    begin_anew(tmp_path)
    assert FOLDER_VARIABLE not in os.environ
