"""One byte turned over somewhere in somebody's folder, then everything opened, verified and read: what became of it.

The folder is as a kill leaves it: the write-ahead logs still hold the last changes and the last draft.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.backups import back_up, check_all, choose_second_place, restore_backup
from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.attachments.service.adding import add_attachments, keep_file
from caseworker_app.features.attachments.service.contents import damaged_attachments
from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.vault import open_with_passphrase
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.storage.attachments import ContentDamaged, ContentMissing
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.backups.second_place import read_standing
from caseworker_app.storage.backups.shelf import list_backups
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import snapshot
from tests.ground import NOW

PASSPHRASE = "girafe tambour cerise lampadaire"
CHOSEN = Preferences("dark", 125, 5)
DRAFTS = tuple({"observed": f"Rappeler l’école, {number}"} for number in range(3))
# Changes that are in the write-ahead log alone.
LATE_CHANGES = 10
_CLOCK = FixedClock(NOW)
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Ground:
    """A folder to be harmed copies of, and what it holds: its rows after each of the last changes."""

    place: Path
    states: tuple[Rows, ...]
    at_backup: Rows
    contents: frozenset[bytes]

    @property
    def folder(self) -> Path:
        return self.place / "data"

    def files(self) -> dict[str, list[Path]]:
        """Return the files that may be harmed, by what they are."""
        data, kept = self.folder, self.place / "data-sauvegardes"
        sorts = {
            "file": [data / "passerelle.db"],
            "log": [data / "passerelle.db-wal"],
            "headers": [data / "passerelle.cle", data / "passerelle.cle.copie"],
            "attachments": sorted((data / "pieces").iterdir()),
            "drafts": sorted(data.glob("brouillons.db*")),
            "backup": [each for each in sorted(kept.rglob("*")) if each.is_file()],
            "beside": [
                data / "passerelle.db-temoin", data / "passerelle.db-shm", data / "window.json",
                data / "sauvegardes.json",
            ],
        }  # fmt: skip
        return {sort: [each for each in found if each.stat().st_size] for sort, found in sorts.items()}


@dataclass(frozen=True)
class Flip:
    """One byte of one file, and what is mixed into it."""

    sort: str
    file: Path
    offset: int
    mask: int

    def apply(self, place: Path) -> None:
        with (place / self.file).open("r+b") as stream:
            stream.seek(self.offset)
            there = stream.read(1)[0]
            stream.seek(self.offset)
            stream.write(bytes([there ^ self.mask]))


def prepare(place: Path) -> Ground:
    """Make a folder with households, attachments, drafts, settings, a backup, and a day cut short by a kill."""
    folder, live = place / "data", place / "live"
    (place / "stick").mkdir(parents=True)
    keep_preferences(live, CHOSEN)
    office, _ = create_office(live, PASSPHRASE, DEMONSTRATION_OFFICE, clock=_CLOCK, kdf=THROW_AWAY)
    with office:
        fill(office.file, office.who, households=4, seed=3)
        _attach(office)
        held = office.file.contents
        # Those of the demonstration's papers among them.
        contents = frozenset(held.read(digest) for digest in held.hashes())
        choose_second_place(live, place / "stick")
        back_up(office.file.access, ASKED)
        at_backup = rows_of(office)
    with open_office(live, PASSPHRASE, clock=_CLOCK) as office:
        states = [rows_of(office)]
        for number in range(LATE_CHANGES):
            new = NewHousehold((NewMember(f"Marchadier-{number}", "Solène"),))
            households.create_household(office.file, office.who, new)
            states.append(rows_of(office))
        for number, content in enumerate(DRAFTS):
            office.drafts.keep(f"note:{number}", content)
        shutil.copytree(live, folder)
    shutil.copytree(place / "live-sauvegardes", place / "data-sauvegardes")
    return Ground(place, tuple(states), at_backup, contents)


def draw(ground: Ground, seed: int, count: int) -> list[Flip]:
    """Draw so many flips, anywhere in each sort of file; twice as many in the encrypted file and its log."""
    chance, of_sort = random.Random(seed), ground.files()
    sorts = ["file", "log", *of_sort]
    flips = []
    for number in range(count):
        sort = sorts[number % len(sorts)]
        file = chance.choice(of_sort[sort])
        offset = chance.randrange(file.stat().st_size)
        flips.append(Flip(sort, file.relative_to(ground.place), offset, chance.randrange(1, 256)))
    return flips


def suffer(ground: Ground, flip: Flip, place: Path) -> str:
    """Harm a copy of the folder in `place`, look at all of it, and return what became of the flip.

    « refused »: it does not open, with a sentence; « told »: it opens, and says what is wrong; « mended »: written
    right again; « harmless »: all is there. AssertionError for anything else.
    """
    data = harmed(ground, flip, place)
    try:
        office = open_office(data, PASSPHRASE, clock=_CLOCK)
    except CaseworkerError as error:
        return _spoken(error.sentence, "refused")
    with office:
        told = _looked_at(ground, flip, office)
    if told:
        return "told"
    return "mended" if flip.sort == "headers" and _is_mended(data) else "harmless"


def harmed(ground: Ground, flip: Flip, place: Path) -> Path:
    """Return a copy of the data folder, its backups beside it, with one byte turned over."""
    shutil.copytree(ground.folder, place / "data")
    if flip.sort == "backup":
        shutil.copytree(ground.place / "data-sauvegardes", place / "data-sauvegardes")
    flip.apply(place)
    return place / "data"


def rows_of(office: Office) -> Rows:
    """Return every row of every table of an open file."""
    with office.file.reading() as connection:
        return snapshot(connection)


def _attach(office: Office) -> None:
    with office.file.reading() as connection:
        household = store.households.all(connection)[0].id
    contents = [b"Quittance de novembre " * 40, b"Courrier du bailleur " * 9000]
    for number, content in enumerate(contents):
        kept, _ = keep_file(office.file, office.who, content, f"courrier-{number}.txt")
        add_attachments(office.file, office.who, household, [NewAttachment(kept, usual_form(kept))])


def _looked_at(ground: Ground, flip: Flip, office: Office) -> bool:
    """Look at everything of an open file; say whether anything was told."""
    told = [_spoken(notice, notice) for notice in office.notices]
    looks: list[Callable[[Ground, Flip, Office], list[str]]] = [_rows, _drafts, _contents, _settings]
    if flip.sort == "backup":
        looks.append(_backups)
    for look in looks:
        told += look(ground, flip, office)
    return bool(told)


def _rows(ground: Ground, flip: Flip, office: Office) -> list[str]:
    try:
        with office.file.reading() as connection:
            found = verify(connection)
        rows = rows_of(office)
    except CaseworkerError as error:
        return [_spoken(error.sentence, "told")]
    assert rows in ground.states, f"wrong rows after {flip}"
    lost = len(ground.states) - 1 - ground.states.index(rows)
    missing = office.file.missing
    assert lost == (missing.changesets if missing else 0), f"{lost} changes gone without a word after {flip}"
    if missing is not None:
        _work_goes_on(office)
    return [] if found.sound else ["verify"]


def _work_goes_on(office: Office) -> None:
    """What is left of a file that lost its end can be worked on, and is told of once."""
    households.create_household(office.file, office.who, NewHousehold((NewMember("Okonski"),)))
    with office.file.reading() as connection:
        assert verify(connection).sound
    office.file.close()
    office.drafts.close()
    office.hold.release()
    with open_office(office.folder, PASSPHRASE, clock=_CLOCK) as again:
        assert again.file.missing is None


def _drafts(ground: Ground, flip: Flip, office: Office) -> list[str]:
    if office.file.missing is not None:  # closed by the work that went on
        return []
    drafts = {each.key: each.content for each in office.drafts.all()}
    whole = drafts == {f"note:{number}": content for number, content in enumerate(DRAFTS)}
    assert whole or office.drafts.notice, f"drafts gone without a word after {flip}"
    return []


def _contents(ground: Ground, flip: Flip, office: Office) -> list[str]:
    if office.file.missing is not None:
        return []
    try:
        with office.file.reading() as connection:
            hashes = [row[0] for row in connection.exec_driver_sql("SELECT content_hash FROM attachment")]
            told = [each.sentence for each in damaged_attachments(office.file, connection)]
    except CaseworkerError as error:
        return [_spoken(error.sentence, "told")]
    failed = 0
    for digest in hashes:
        try:
            assert office.file.contents.read(digest) in ground.contents
        except (ContentDamaged, ContentMissing) as error:
            failed += bool(_spoken(error.sentence, "told"))
    assert failed == len(told), f"attachments after {flip}"
    return told


def _settings(ground: Ground, flip: Flip, office: Office) -> list[str]:
    assert read_preferences(office.folder) in (CHOSEN, Preferences()), f"settings after {flip}"
    standing = read_standing(office.folder)
    if standing.place:
        assert standing == read_standing(ground.folder), f"second place after {flip}"
        return []
    return [_spoken(standing.to_tell(NOW, NOW.date()), "told")]


def _backups(ground: Ground, flip: Flip, office: Office) -> list[str]:
    told = [_spoken(fault, fault) for _, fault in check_all(office.file.access) if fault]
    if flip.file.name.endswith(".verrou"):
        return told
    assert told, f"a backup harmed by {flip} passes for sound"
    try:
        restored = _restored(office)
    except CaseworkerError as error:
        return [*told, _spoken(error.sentence, error.sentence)]
    # A header copy is mended on the way; contents are all there, or counted.
    rows, contents, lost = restored
    assert rows == ground.at_backup, f"restored wrong after {flip}"
    assert contents < ground.contents if lost else contents == ground.contents, f"contents lost by {flip}"
    return told


def _restored(office: Office) -> tuple[Rows, frozenset[bytes], int]:
    """Restore the backup elsewhere; return its rows, the contents that can be read, and how many it says are lost."""
    elsewhere = office.folder.with_name("restored")
    backup = list_backups(office.folder.with_name("data-sauvegardes"))[0]
    done = restore_backup(elsewhere, backup, lambda each: open_with_passphrase(each, PASSPHRASE), _CLOCK)
    with open_office(elsewhere, PASSPHRASE, clock=_CLOCK) as restored:
        held = restored.file.contents
        contents = frozenset(held.read(digest) for digest in held.hashes())
        return rows_of(restored), contents, done.lost_pieces


def _is_mended(data: Path) -> bool:
    return (data / "passerelle.cle").read_bytes() == (data / "passerelle.cle.copie").read_bytes()


def _spoken(sentence: str, outcome: str) -> str:
    assert len(sentence) > 20, sentence
    return outcome
