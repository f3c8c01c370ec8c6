"""A caseworker's day without end, told act by act: everything a program writes, on the threads it writes from.

Whoever plays it is killed at any instant. Each line of the journal is written once what it tells is committed, so that
what the last lines tell must be found again. `python -m tests.endurance.day` plays one where processes are not forked.
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from caseworker_app.bootstrap.backups import back_up
from caseworker_app.bootstrap.new_key import change_open_office
from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewPhoto, NewPromise, NewVisit
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import NewGoal
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.intake.service import importing
from caseworker_app.kernel.clock import SystemClock, today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey
from caseworker_app.security.ways_in import WaysIn
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.encrypted_file import Access, EncryptedFile
from caseworker_app.storage.undo import undo_last
from caseworker_app.ui_kit.tasks import Lane
from tests.endurance.ground import phrase

T = TypeVar("T")
# A draft is kept every two seconds; the day is lived forty times as fast.
KEPT_EVERY_SECONDS = 2 / 40
ROWS, BATCH = 48, 12
DRAFT = "visit:household"
ACTS = (
    "note", "visit", "household", "budget", "goal", "photo", "undo", "copy", "passphrase", "import", "backup",
    "new_key", "undo_import", "reopen",
)  # fmt: skip
SYLLABLES = ("ba", "cho", "du", "fé", "gri", "lou", "mer", "nan", "pou", "ri", "sol", "tan", "vé", "zi")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a day begins: the data folder, where lists lie, the passphrase's number, which act comes first."""

    folder: str
    lists: str
    journal: str
    phrase: int
    seed: int
    first: str


class Journal:
    """Tells what is done, once it is: the lines outlive whoever is killed."""

    def __init__(self, path: Path) -> None:
        """Go on after what is there."""
        self.path = path
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(self, kind: str, **facts: Any) -> None:
        """Write one line, at once."""
        os.write(self._descriptor, json.dumps({"kind": kind, **facts}).encode() + b"\n")


# Begins a function in another process, as a window does for what takes long.
Apart = Callable[..., Future[Any]]


class Day:
    """One person at work on one folder until something stops them."""

    def __init__(self, start: Start, journal: Journal, apart: Apart) -> None:
        """Open the file, on this thread as the window does, then begin to type."""
        self._journal, self._apart, self._phrase = journal, apart, start.phrase
        self._chance, self._lists = random.Random(start.seed), Path(start.lists)
        self._writer, self._reader = Lane("writer"), Lane("reader")
        self._typing = threading.Lock()
        journal.tell("act", name="open")
        self.office: Office = open_office(Path(start.folder), phrase(start.phrase))
        journal.tell("opened")
        self._first = start.first
        draft = self.office.drafts.find(DRAFT)
        self._typed: str = draft.content["observed"] if draft else ""

    def live(self, acts: int | None = None) -> None:
        """Go through the acts in an order of their own, again and again, or so many of them."""
        threading.Thread(target=self._type, name="hands", daemon=True).start()
        for number, name in enumerate(self._order()):
            if number == acts:
                return
            self.act(name)

    def act(self, name: str) -> None:
        """Do one act; a refusal is an answer too (nothing to undo), for the judge to weigh."""
        self._journal.tell("act", name=name)
        try:
            getattr(self, f"_{name}")()
        except CaseworkerError as error:
            self._journal.tell("refused", what=type(error).__name__)

    def rest(self) -> None:
        """Close the file and end every thread."""
        with self._typing:
            self.office.close()
        for lane in (self._writer, self._reader):
            lane.close(10)

    def _order(self) -> Iterator[str]:
        yield self._first
        while True:
            yield from self._chance.sample(ACTS, len(ACTS))

    # --- Typing ------------------------------------------------------------------------------------

    def _type(self) -> None:
        while True:
            time.sleep(KEPT_EVERY_SECONDS)
            with self._typing:
                self._on(self._reader, self._draft)

    def _draft(self) -> None:
        """Type three letters more and keep all of them."""
        self._typed += "e" * 3
        self.office.drafts.keep(DRAFT, {"observed": self._typed})
        self._journal.tell("draft", length=len(self._typed))

    # --- What is written through the services --------------------------------------------------------

    def _note(self) -> None:
        token = self._word()
        self._write(lambda o: diary.add_note(o.file, o.who, self._entry(EntryKind.CALL, token)), word=token)

    def _visit(self) -> None:
        token, photo = self._word(), self._content()

        def confirm(o: Office) -> object:
            kept, _ = attachments.keep_file(o.file, o.who, photo, "photo.txt")
            self._journal.tell("content", hash=kept.content_hash)
            entry = self._entry(EntryKind.HOME_VISIT, token)
            new = NewVisit(
                entry,
                promises=(NewPromise("Rappeler le bailleur"),),
                photos=(NewPhoto("Séjour", kept),),
            )
            return diary.confirm_visit(o.file, o.who, new)

        self._write(confirm, word=token)

    def _household(self) -> None:
        name = self._word()
        new = NewHousehold((NewMember(name, "Aya"), NewMember(name, "Noé")))
        self._write(lambda o: households.create_household(o.file, o.who, new), name=name)

    def _budget(self) -> None:
        month = date(2026, self._chance.randint(1, 9), 1)
        lines = (NewLine("net_wage", self._chance.randint(1, 200_000)), NewLine("rent", 50_000))
        new = NewMonth(self._someone(), month, lines)
        self._write(lambda o: budget.write_month(o.file, o.who, new))

    def _goal(self) -> None:
        new = NewGoal(self._someone(), f"Demander {self._word()}", "housing_status")
        self._write(lambda o: goals.add_goal(o.file, o.who, new))

    def _photo(self) -> None:
        content, household = self._content(), self._someone()

        def add(o: Office) -> object:
            kept, _ = attachments.keep_file(o.file, o.who, content, "courrier.txt")
            batch = [NewAttachment(kept, usual_form(kept))]
            done = attachments.add_attachments(o.file, o.who, household, batch)
            self._journal.tell("content", hash=kept.content_hash)
            return done

        self._write(add)

    def _undo(self) -> None:
        self._write(lambda o: undo_last(o.file, o.who.worker_id))

    def _copy(self) -> None:
        self._on(self._reader, lambda: self.office.copies.put(self._content(), "piece.txt"))

    # --- What changes the ways in ----------------------------------------------------------------------

    def _passphrase(self) -> None:
        ways = WaysIn(self.office.folder, kdf=THROW_AWAY)
        ways.change_passphrase(phrase(self._phrase), phrase(self._phrase + 1))
        self._phrase_changed()

    def _new_key(self) -> None:
        with self._typing:
            self.office, refused = change_open_office(
                self.office,
                phrase(self._phrase),
                phrase(self._phrase + 1),
                RecoveryKey.generate(),
                kdf=THROW_AWAY,
            )
        if refused is not None:
            raise refused
        self._phrase_changed()

    def _phrase_changed(self) -> None:
        self._phrase += 1
        self._journal.tell("phrase", number=self._phrase)

    def _reopen(self) -> None:
        with self._typing:
            self.office.close()
            self.office = open_office(self.office.folder, phrase(self._phrase))

    # --- What takes long, in another process -------------------------------------------------------------

    def _backup(self) -> None:
        made = self._apart(back_up_now, self.office.file.access)
        self._note()
        self._journal.tell("backup", name=made.result())

    def _import(self) -> None:
        path = self._lists / f"{self._chance.randrange(1 << 32):08x}.csv"
        write_people(path, self._chance)
        self._journal.tell("list", path=str(path))
        done = self._apart(import_now, self.office.file.access, path, self._journal.path)
        for _ in range(3):
            self._note()
        done.result()

    def _undo_import(self) -> None:
        self._apart(undo_import_now, self.office.file.access).result()

    # --- Furniture ---------------------------------------------------------------------------------------

    def _write(self, work: Callable[[Office], object], **facts: str) -> None:
        """Do one intention on the writer's thread, and tell it once it is confirmed."""
        self._on(self._writer, lambda: work(self.office))
        self._journal.tell("saved", changeset=last_changeset(self.office.file), **facts)

    @staticmethod
    def _on(lane: Lane, work: Callable[[], T]) -> T:
        answer: Future[T] = Future()

        def job() -> None:
            try:
                answer.set_result(work())
            except BaseException as error:  # noqa: BLE001  (a lane goes on whatever happens; who waits is told)
                answer.set_exception(error)

        lane.put(job)
        return answer.result()

    def _someone(self) -> str:
        with self.office.file.reading() as connection:
            raw: Any = connection.connection.driver_connection
            return str(self._chance.choice(raw.execute("SELECT id FROM household").fetchall())[0])

    def _entry(self, kind: EntryKind, word: str) -> NewEntry:
        moment = wall_clock(SystemClock()) - timedelta(minutes=self._chance.randint(1, 60))
        return NewEntry(self._someone(), kind, moment, 30, observed=f"Vu {word} ce matin. " * 8)

    def _content(self) -> bytes:
        return self._chance.randbytes(self._chance.choice((40, 3_000, 90_000))).hex().encode()

    def _word(self) -> str:
        return invented(self._chance)


def invented(chance: random.Random) -> str:
    """Return a name nobody has."""
    return "".join(chance.choice(SYLLABLES) for _ in range(8)).capitalize()


def last_changeset(file: EncryptedFile) -> str:
    """Return the id of the last changeset that is committed."""
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        return str(raw.execute("SELECT id FROM changeset ORDER BY number DESC LIMIT 1").fetchone()[0])


def write_people(path: Path, chance: random.Random) -> None:
    """Write a list of invented people, each there once; the disk holds it before it is imported."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(("Nom", "Prénom", "Né(e) le", "Adresse", "CP", "Ville"))
        for _ in range(ROWS):
            born = date(1940, 1, 1) + timedelta(days=chance.randrange(22_000))
            street = f"{chance.randint(1, 300)} rue {invented(chance)}"
            out.writerow((invented(chance), "Aya", f"{born:%d/%m/%Y}", street, "59100", "Valmère"))
        stream.flush()
        os.fsync(stream.fileno())


def back_up_now(access: Access) -> str:
    """Make a backup, as the program does in its other process."""
    return back_up(access, ASKED).backup.name


def import_now(access: Access, path: Path, journal: Path) -> None:
    """Import a list in batches, telling each one that is committed."""
    journal_ = Journal(journal)
    with small_batches(), EncryptedFile.beside(access) as file:

        def tell(row: int, _last: int) -> None:
            journal_.tell("saved", changeset=last_changeset(file), row=row)
            give_way()

        importing.import_list(file, owner_of(file), path, progress=tell)


def undo_import_now(access: Access) -> None:
    """Take the last import back."""
    with EncryptedFile.beside(access) as file:
        importing.undo_import(file, owner_of(file), progress=lambda _done, _all: give_way())


class Alone(CaseworkerError):
    """Whoever asked is gone: what nobody waits for does not go on writing."""


asked_by: int | None = None


def give_way() -> None:
    """Leave the file free for a moment, as `bootstrap.apart` does. Raises Alone in a process nobody waits for."""
    if asked_by is not None and os.getppid() != asked_by:
        raise Alone("")
    time.sleep(0.005)


def owner_of(file: EncryptedFile) -> Any:
    """Return whose file it is."""
    from caseworker_app.features.team import service as team

    return team.owner(file)


@contextmanager
def small_batches() -> Iterator[None]:
    """Have imports written in batches of twelve rows: a list is then several transactions long."""
    usual, importing.BATCH = importing.BATCH, BATCH  # type: ignore[misc]
    try:
        yield
    finally:
        importing.BATCH = usual  # type: ignore[misc]


def here(function: Callable[..., T], *arguments: Any) -> Future[T]:
    """Run what is for another process in this one."""
    done: Future[T] = Future()
    try:
        done.set_result(function(*arguments))
    except CaseworkerError as error:
        done.set_exception(error)
    return done


def live(start: Start, apart: Apart = here) -> None:
    """Live a day that only a kill ends; a fault of the program is told in the journal."""
    journal = Journal(Path(start.journal))
    try:
        Day(start, journal, apart).live()
    except BaseException as error:  # noqa: BLE001  (whatever it is, whoever judges the day is told)
        import traceback

        journal.tell("fault", what=repr(error), where=traceback.format_exc())


if __name__ == "__main__":
    from caseworker_app.bootstrap.stores import load_stores

    load_stores()
    today(SystemClock())
    live(Start(**json.loads(sys.argv[1])))
