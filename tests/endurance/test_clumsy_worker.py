"""A clumsy worker: everything a person does to their file, in any order, on a real encrypted file.

After each step the rows are what the changesets tell, the chain and the pages hold, search finds every household and
nobody who is gone, what was confirmed is there, and only the right passphrase opens. `CASEWORKER_CLUMSY=300` plays
three hundred longer days instead of the usual few.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from caseworker_app.bootstrap.backups import back_up, restore_backup
from caseworker_app.bootstrap.new_key import change_open_office
from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.attachments.service.adding import add_attachments, keep_file
from caseworker_app.features.attachments.service.contents import damaged_attachments, sweep_contents
from caseworker_app.features.diary.domain.note import NewNote, blank_note
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.diary.service.notes import write_note
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.dossier.domain.splitting import SplitChoices
from caseworker_app.features.dossier.domain.undoing import CannotUndo
from caseworker_app.features.dossier.service.merging import merge_households
from caseworker_app.features.dossier.service.splitting import split_household
from caseworker_app.features.dossier.service.undoing import take_back_last, undo_change
from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import (
    Household,
    HouseholdMember,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.retention import service as retention
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.security.errors import WrongPassphrase
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey
from caseworker_app.security.vault import change_passphrase, open_with_passphrase
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.backups.refusals import BackupMissing
from caseworker_app.storage.backups.shelf import list_backups
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Draft
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from caseworker_app.storage.search import find_households
from caseworker_app.storage.transactions import NothingToUndo, last_transactions
from caseworker_app.storage.undo import PayloadErased
from tests.endurance.clumsy_erasing import Going, words_in_pages
from tests.endurance.clumsy_reading import (
    TOKEN,
    Rows,
    by_id,
    columns_of,
    invented,
    tokens_in,
    told_by_changesets,
)
from tests.ground import NOW

DAYS = int(os.environ.get("CASEWORKER_CLUMSY", "0"))
PASSPHRASES = [f"girafe tambour cerise lampadaire {word}" for word in ("un", "deux", "trois", "quatre")]
PLACES = st.integers(0, 7)


@dataclass
class Done:
    """A transaction that stands: the rows before and after it, without their versions."""

    before: Rows
    after: Rows


@dataclass
class Kept:
    """What a backup must give back."""

    name: str
    passphrase: str
    rows: Rows
    tokens: frozenset[str]
    erased: frozenset[str]
    drafts: dict[str, Draft]


@dataclass
class Model:
    """What must be in the file, and what must be nowhere in it: tokens are words used once each.

    `gone`: the ids of all the households ever erased, whatever was restored since.
    """

    tokens: set[str] = field(default_factory=set)
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    backups: list[Kept] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    undone: list[Done] = field(default_factory=list)


_READY: dict[str, Path] = {}


def _ready(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder made once for all the days."""
    if name not in _READY:
        _READY[name] = Path(tempfile.mkdtemp(prefix="clumsy-")) / name
        make(_READY[name])
    return _READY[name]


def _office(folder: Path) -> None:
    new = NewOffice("Les Amarres", "Claire Lenoir")
    create_office(folder, PASSPHRASES[0], new, clock=FixedClock(NOW), kdf=THROW_AWAY)[0].close()


def _empty_file(folder: Path) -> None:
    folder.mkdir()
    EncryptedFile.create(folder, "00" * 32, FixedClock(NOW)).close()


@pytest.fixture(scope="module", autouse=True)
def _nothing_left() -> Any:
    yield
    for folder in _READY.values():
        shutil.rmtree(folder.parent, ignore_errors=True)
    _READY.clear()


class ClumsyWorker(RuleBasedStateMachine):
    """One person's day on their file."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="clumsy-"))
        self.folder = self.place / "data"
        shutil.copytree(_ready("office", _office), self.folder)
        self.clock, self.passphrase, self.used = FixedClock(NOW), PASSPHRASES[0], 0
        self.model = Model()
        self.office = self._open()

    # What a person does.

    @initialize()
    def first_household(self) -> None:
        self.create(2)

    @rule(members=st.integers(1, 3))
    def create(self, members: int) -> None:
        words = [self._token() for _ in range(members)]
        relations = [Relation.REFERENCE_PERSON, *[Relation.CHILD] * (members - 1)]
        people = tuple(
            NewMember(word, "Ada", relation=what) for word, what in zip(words, relations, strict=True)
        )
        self._do(lambda o: households.create_household(o.file, o.who, NewHousehold(people)), adds=words)

    @rule(place=PLACES)
    def rename(self, place: int) -> None:
        member, word = self._member(place), self._token()
        new = NewMember(word, member.first_name or "", relation=member.relation)
        self._do(
            lambda o: households.change_member(o.file, o.who, member.id, new),
            adds=[word],
            drops=[member.last_name],
        )

    @rule(place=PLACES)
    def remove(self, place: int) -> None:
        member = self._member(place)
        self._do(lambda o: households.remove_member(o.file, o.who, member.id), drops=[member.last_name])

    @rule(first=PLACES, second=PLACES)
    def note(self, first: int, second: int) -> None:
        word = self._token()
        blank = blank_note(tuple({self._household(first), self._household(second)}), wall_clock(self.clock))
        new = _said(blank, f"Vu {word} à l’école")
        self._do(lambda o: write_note(o.file, o.who, new), adds=[word])

    @rule(place=PLACES, same=st.booleans())
    def attach(self, place: int, same: bool) -> None:
        word, content = self._token(), b"Quittance" if same else f"Courrier {self.used}".encode()
        kept, _ = keep_file(self.office.file, self.office.who, content, f"{word}.txt")
        new = [NewAttachment(kept, usual_form(kept))]
        household = self._household(place)
        self._do(lambda o: add_attachments(o.file, o.who, household, new), adds=[word])

    @rule(first=PLACES, second=PLACES)
    def merge(self, first: int, second: int) -> None:
        ids = self._household(first), self._household(second)
        self._do(lambda o: merge_households(o.file, o.who, *ids, MergeChoices(), o.drafts))

    @rule(place=PLACES)
    def split(self, place: int) -> None:
        member = self._member(place)
        choices = SplitChoices((member.id,), member.id)
        self._do(lambda o: split_household(o.file, o.who, member.household_id, choices))

    @rule(place=PLACES, counted=st.booleans())
    def erase(self, place: int, counted: bool) -> None:
        """A household asks that its file be erased, or left to count without a name."""
        household, office = self._household(place), self.office
        office.drafts.keep(f"visit:{household}", {"observed": self._token()}, household)
        with office.file.reading() as connection:
            going = Going.of(connection, household)
        end = retention.anonymise_at_request if counted else retention.erase_at_request
        ended, _ = end(office.file, office.who, household, office.drafts)
        assert ended.cleaned
        self.model.done.clear()
        self.model.undone.clear()
        self.model.tokens -= going.words
        self.model.erased |= going.words | {invented(self.used - 1)}
        self.model.gone |= {row_id for name, row_id in going.own if name == "household"}
        going.check_what_stays(office)
        going.check_never_taken_back(office)

    @rule()
    def undo(self) -> None:
        try:
            take_back_last(self.office.file, self.office.who, self.office.drafts)
        except NothingToUndo:
            assert not self.model.done
            return
        except (CannotUndo, PayloadErased):
            return
        done = self.model.done.pop()
        self.model.undone.append(done)
        assert self._content() == done.before
        self.model.tokens = tokens_in(done.before)

    @precondition(lambda self: self.model.undone)
    @rule()
    def redo(self) -> None:
        with self.office.file.reading() as connection:
            last = last_transactions(connection, device_id=self.office.file.state.device_id, limit=1)[0]
        undo_change(self.office.file, self.office.who, last.id, self.office.drafts)
        done = self.model.undone.pop()
        self.model.undone.clear()
        self.model.done.append(done)
        assert self._content() == done.after
        self.model.tokens = tokens_in(done.after)

    @rule(place=st.integers(0, 2))
    def draft(self, place: int) -> None:
        self.model.drafts[f"note:{place}"] = {"observed": self._token()}
        self.office.drafts.keep(f"note:{place}", self.model.drafts[f"note:{place}"])

    @rule()
    def throw_a_draft_away(self) -> None:
        self.office.drafts.forget("note:0")
        self.model.drafts.pop("note:0", None)

    @rule()
    def leave_in_the_middle(self) -> None:
        """Somebody closes the lid, or the program fails, before the intention is whole."""
        file, who, before = self.office.file, self.office.who, self._rows()

        def left_in_the_middle() -> None:
            with file.unit_of_work(who.worker_id, "add_note") as uow:
                households.add_household(uow, NewHousehold((NewMember(self._token()),)))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            left_in_the_middle()
        assert self._rows() == before

    # What happens to the file.

    @rule()
    def lock(self) -> None:
        self.office.close()
        self.office = self._open()
        assert self.office.notices == []

    @rule()
    def wrong_passphrases(self) -> None:
        self.office.close()
        for wrong in (*PASSPHRASES, "", self.passphrase.upper()):
            if wrong != self.passphrase:
                with pytest.raises(WrongPassphrase):
                    open_office(self.folder, wrong, clock=self.clock)
        self.office = self._open()

    @rule()
    def kill(self) -> None:
        """Power goes: what is on the disk is all there is, the logs not folded back."""
        shutil.copytree(self.folder, self.place / "left")
        self.office.close()
        shutil.rmtree(self.folder)
        (self.place / "left").rename(self.folder)
        self.office = self._open()
        assert self.office.notices == []
        self._becomes_another_device()

    @rule()
    def sweep(self) -> None:
        sweep_contents(self.office.file, self.office.drafts)

    @rule(days=st.integers(0, 3))
    def back_up(self, days: int) -> None:
        self.clock.instant += timedelta(days=days, minutes=1)
        made = back_up(self.office.file.access, ASKED).backup
        tokens = frozenset(self.model.tokens)
        erased = frozenset(self.model.erased)
        kept = Kept(made.name, self.passphrase, self._rows(), tokens, erased, self._drafts())
        self.model.backups.append(kept)
        there = {each.name for each in list_backups(made.folder.parent)}
        self.model.backups = [each for each in self.model.backups if each.name in there]

    @precondition(lambda self: self.model.backups)
    @rule(place=PLACES)
    def restore(self, place: int) -> None:
        kept = self.model.backups[place % len(self.model.backups)]
        key_before, drafts = self.office.file.access.key_hex, self._drafts()
        self.office.close()
        backup = next((b for b in list_backups(self.place / "data-sauvegardes") if b.name == kept.name), None)
        if backup is None:
            raise BackupMissing(kept.name)
        restored = restore_backup(
            self.folder, backup, lambda each: open_with_passphrase(each, kept.passphrase), self.clock
        )
        assert restored.lost_pieces == 0
        self.passphrase = kept.passphrase
        self.office = self._open()
        back = {row[0] for row in kept.rows["household"]} & self.model.gone
        assert [("est revenu" in each or "sont revenus" in each) for each in self.office.notices] == [
            True
        ] * bool(back)
        if self.office.file.access.key_hex != key_before:
            # What was being typed is under the other key: it stays with the file it belongs to, and that is said.
            assert bool(self.model.drafts) <= any("brouillons" in each for each in restored.lacks)
            drafts = {}
        newer = {
            key: each
            for key, each in drafts.items()
            if key not in kept.drafts or kept.drafts[key].saved_at <= each.saved_at
        }
        self.model.drafts = {key: each.content for key, each in {**kept.drafts, **newer}.items()}
        self._all_is_as_it_was(kept.rows, back)
        self.model.tokens, self.model.erased = set(kept.tokens), set(kept.erased)
        self._becomes_another_device()

    def _all_is_as_it_was(self, rows: Rows, back: set[str]) -> None:
        """What was backed up is back; what was erased since is planned to go again."""
        now = self._rows()
        assert {name: each for name, each in now.items() if name != "retention_choice"} == {
            name: each for name, each in rows.items() if name != "retention_choice"
        }
        assert back <= set(re.findall("[0-9a-f]{32}", str(now["retention_choice"])))

    def _drafts(self) -> dict[str, Draft]:
        return {each.key: each for each in self.office.drafts.all()}

    @rule(which=st.sampled_from(PASSPHRASES))
    def new_passphrase(self, which: str) -> None:
        key = open_with_passphrase(self.folder, self.passphrase)
        change_passphrase(self.folder, key, which, kdf=THROW_AWAY)
        self.passphrase = which

    @rule(which=st.sampled_from(PASSPHRASES))
    def new_data_key(self, which: str) -> None:
        if which == self.passphrase:
            return
        before = self.office.file.access.key_hex
        self.office, refused = change_open_office(
            self.office, self.passphrase, which, RecoveryKey.generate(), kdf=THROW_AWAY
        )
        assert refused is None
        assert self.office.notices == []
        assert self.office.file.access.key_hex != before
        self.passphrase = which

    # What must hold after each step.

    @invariant()
    def rows_are_what_the_changesets_tell(self) -> None:
        with self.office.file.reading() as connection:
            assert told_by_changesets(connection) == by_id(snapshot(connection), connection)

    @invariant()
    def the_file_holds_together(self) -> None:
        with self.office.file.reading() as connection:
            found = verify(connection)
            assert found.sound, found
            assert damaged_attachments(self.office.file, connection) == []

    @invariant()
    def nothing_confirmed_is_lost(self) -> None:
        assert self.model.tokens <= tokens_in(self._rows())
        assert {each.key: each.content for each in self.office.drafts.all()} == self.model.drafts

    @invariant()
    def search_finds_everybody_and_nobody_else(self) -> None:
        with self.office.file.reading() as connection:
            everybody = _followed(connection)
            for each in everybody:
                for word in TOKEN.findall(each.name or ""):
                    assert each.id in {hit.household_id for hit in find_households(connection, word)}
            for word in self._never_written(connection):
                assert find_households(connection, word) == []

    def teardown(self) -> None:
        try:
            self._replay()
        finally:
            self.office.close()
            shutil.rmtree(self.place, ignore_errors=True)

    @invariant()
    def what_was_erased_is_in_no_page(self) -> None:
        if self.model.erased:
            assert words_in_pages(self.office, self.model.erased) == set()

    # How it is done.

    def _open(self) -> Office:
        return open_office(self.folder, self.passphrase, clock=self.clock)

    def _do(
        self, act: Callable[[Office], object], adds: list[str] | None = None, drops: list[str] | None = None
    ) -> None:
        """Do something that writes one transaction; refused, it has changed nothing."""
        before = self._content()
        try:
            act(self.office)
        except (InvalidEntry, CannotUndo):
            assert self._content() == before
            return
        self.model.done.append(Done(before, self._content()))
        self.model.undone.clear()
        self.model.tokens |= set(adds or [])
        self.model.tokens -= set(drops or [])

    def _becomes_another_device(self) -> None:
        """What another device did is not this one's to take back by « Annuler »."""
        self.model.done.clear()
        self.model.undone.clear()

    def _rows(self) -> Rows:
        with self.office.file.reading() as connection:
            return snapshot(connection)

    def _content(self) -> Rows:
        """Return the rows without their versions, which say who wrote last."""
        with self.office.file.reading() as connection:
            raw: Any = connection.connection.driver_connection
            found = {}
            for name, rows in snapshot(connection).items():
                place = columns_of(raw, name).index("version")
                found[name] = [row[:place] + row[place + 1 :] for row in rows]
        return found

    def _household(self, place: int) -> str:
        with self.office.file.reading() as connection:
            ids = [each.id for each in _followed(connection)]
        if not ids:
            self.create(1)
            return self._household(place)
        return str(ids[place % len(ids)])

    def _member(self, place: int) -> HouseholdMember:
        household = self._household(place)
        with self.office.file.reading() as connection:
            found = households.open_household(connection, self.office.who, household).members
        return found[place % len(found)]

    def _token(self) -> str:
        self.used += 1
        return invented(self.used - 1)

    def _never_written(self, connection: Any) -> list[str]:
        """Return words that were used and are in no row any more."""
        there = tokens_in(snapshot(connection))
        used = [invented(number) for number in range(self.used)]
        return [word for word in used if word not in there]

    def _replay(self) -> None:
        """Replayed into an empty file, the changesets give the same rows, found by the same words."""
        shutil.copytree(_ready("empty", _empty_file), self.place / "replayed")
        with (
            EncryptedFile.open(self.place / "replayed", "00" * 32, self.clock) as copy,
            self.office.file.reading() as source,
        ):
            replay_into(source, copy)
            with copy.reading() as replayed:
                assert snapshot(replayed) == snapshot(source)
                assert verify(replayed).sound


def _followed(connection: Connection) -> list[Household]:
    """Return everybody but those that only count any more."""
    return [each for each in store.households.all(connection) if each.archived_on is None]


def _said(note: NewNote, text: str) -> NewNote:
    return replace(note, entry=replace(note.entry, observed=text))


ClumsyWorker.TestCase.settings = settings(
    max_examples=DAYS or 25,
    stateful_step_count=60 if DAYS else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Many days are played to find what none has found.
    derandomize=not DAYS,
)
TestClumsyWorker = ClumsyWorker.TestCase


@pytest.mark.parametrize("counted", [False, True])
def test_a_separation_taken_back_leaves_no_name_once_the_household_is_erased(counted: bool) -> None:
    """Found by the days above: the household that was parted, then taken back, bore a name of its own."""
    day = ClumsyWorker()
    try:
        day.first_household()
        day.split(place=0)
        day.undo()
        day.erase(place=0, counted=counted)
        day.what_was_erased_is_in_no_page()
        day.rows_are_what_the_changesets_tell()
        day.the_file_holds_together()
    finally:
        day.teardown()
