"""What must be true of a data folder whatever happened to the program: every check answers with what is wrong."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.backups import check
from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.intake.service import importing
from caseworker_app.security import vault
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.errors import WrongPassphrase
from caseworker_app.storage import search_index, witness
from caseworker_app.storage.attachments import ContentDamaged, ContentMissing
from caseworker_app.storage.backups import shelf
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.making import make_backup
from caseworker_app.storage.backups.manifest import OPENING
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import connect
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from tests.endurance.day import DRAFT, small_batches
from tests.endurance.ground import phrase
from tests.ground import KEY

# Answers of a day that are no fault: there was nothing to undo, or an import of before a kill waits for its person.
ANSWERS = frozenset(
    {
        "NothingToUndo",
        "ImportComesFirst",
        "LaterChange",
        "NoImport",
        "ImportInterrupted",
        "UndoInterrupted",
        "HasLeft",
    }
)
OF_A_FOLDER = frozenset(
    {f"passerelle.db{witness.ENDING}"}
    | {"passerelle.db", "passerelle.cle", "passerelle.cle.copie", "passerelle.verrou", "brouillons.db", "pieces"}
    | {"passerelle.tenu", "passerelle.effaces"}
    | {f"{name}-{kind}" for name in ("passerelle.db", "brouillons.db") for kind in ("wal", "shm")}
)  # fmt: skip
_BACKUP = re.compile(r"\d{4}-\d\d-\d\d_\d{6}(-\d+)?|sauvegardes\.verrou|pieces")


@dataclass
class Told:
    """What a journal says was confirmed."""

    phrase: int = 0
    saved: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    typed: int = 0
    backup: str = ""
    lists: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    under_way: str = ""
    faults: list[str] = field(default_factory=list)

    @classmethod
    def by(cls, path: Path) -> Told:
        """Read a journal to its end."""
        told = cls()
        for line in path.read_bytes().splitlines() if path.exists() else []:
            told.hear(json.loads(line))
        return told

    def hear(self, line: dict[str, Any]) -> None:
        """Take one line in."""
        kind = line["kind"]
        if kind == "act":
            self.under_way = line["name"]
            self.acts[line["name"]] += 1
        elif kind == "saved":
            self.saved.append(line["changeset"])
            self.words |= {line["changeset"]: line["word"]} if "word" in line else {}
        elif kind == "phrase":
            self.phrase = line["number"]
        elif kind == "content":
            self.contents.add(line["hash"])
        elif kind == "draft":
            self.typed = line["length"]
        elif kind == "backup":
            self.backup = line["name"]
        elif kind == "list":
            self.lists.append(line["path"])
        elif kind == "fault" or (kind == "refused" and line["what"] not in ANSWERS):
            self.faults.append(json.dumps(line))


def ways_that_open(folder: Path, told: Told) -> list[int]:
    """Return which of the last confirmed passphrase and the next one open the folder."""
    return [number for number in (told.phrase, told.phrase + 1) if _opens(folder, phrase(number))]


def faults_of(office: Office, told: Told, blank: Path) -> list[str]:
    """Return everything that is wrong with an open file, and what it lacks of what was confirmed."""
    found = [*told.faults, *_lost(office, told)]
    if office.file.missing is not None:
        found.append(office.file.missing.sentence)
    with office.file.reading() as connection:
        verification = verify(connection)
        if not verification.sound:
            found.append(f"verify: {verification}")
        found += _not_replayed(connection, blank)
    found += _search_faults(office)
    return found


def finish_import(office: Office, told: Told) -> list[str]:
    """Finish what an import or its undoing left, as the person is asked to; return what is wrong with the outcome."""
    with office.file.reading() as connection:
        run = importing.interrupted_import(connection, office.who)
    if run is not None and run.state == "undoing":
        importing.undo_interrupted(office.file, office.who)
    elif run is not None:
        with small_batches():
            path = next(path for path in told.lists if path.endswith(run.file_name))
            importing.import_list(office.file, office.who, Path(path), go_on=True)
    return list(_rows_twice(office))


def leftovers(office: Office) -> list[str]:
    """Return what lies in the folder, among its backups or in the temporary folder and should not.

    For a file just opened, whose upkeep was done (`upkeep`).
    """
    names = {path.name for path in office.folder.iterdir()} - OF_A_FOLDER
    pieces = office.folder / "pieces"
    if pieces.is_dir():
        names |= {path.name for path in pieces.iterdir() if path.suffix not in (".piece", ".orpheline")}
    place = place_of(office.folder)
    if place.is_dir():
        names |= {path.name for path in place.iterdir() if not _BACKUP.fullmatch(path.name)}
        names |= {path.name for path in (place / "pieces").glob("*") if path.suffix != ".piece"}
    names |= {path.name for path in Path(tempfile.gettempdir()).glob("passerelle-ouvert-*")}
    return sorted(names)


def upkeep(office: Office) -> None:
    """Do what the program does of itself once a file is open: contents swept, a backup made."""
    attachments.sweep_contents(office.file, office.drafts)
    make_backup(office.file.access, place_of(office.folder), OPENING)


def backup_faults(office: Office, told: Told) -> list[str]:
    """Return what is wrong with the backups: the confirmed one or a later one is there, and each one is sound."""
    listed = shelf.list_backups(place_of(office.folder))
    found = []
    if told.backup and (not listed or _rank(listed[0].name) < _rank(told.backup)):
        found.append(f"backup {told.backup} is gone: {[each.name for each in listed]}")
    key = DataKey(bytes.fromhex(office.file.access.key_hex))
    judged = ((each, check(each, key)) for each in listed)
    # One of before the data key was changed is not read through with the present one.
    return found + [
        f"backup {each.name}: {what}" for each, what in judged if what and "autre clé" not in what
    ]


def judge(folder: Path, told: Told, blank: Path) -> list[str]:
    """Open a folder as its person would and return everything that is wrong; nothing is left open."""
    try:
        return _judged(folder, told, blank)
    except Exception as error:  # noqa: BLE001  (whatever keeps a file from opening is what is looked for)
        return [f"{type(error).__name__}: {error}", traceback.format_exc()]


def _judged(folder: Path, told: Told, blank: Path) -> list[str]:
    opened = ways_that_open(folder, told)
    if len(opened) != 1:
        return [f"opened by {opened}, {told.phrase} was confirmed"]
    told.phrase = opened[0]
    with open_office(folder, phrase(opened[0])) as office:
        found = faults_of(office, told, blank)
        found += finish_import(office, told)
        found += faults_of(office, told, blank) if told.lists else []
        found += backup_faults(office, told)
        upkeep(office)
        return found + [f"left: {name}" for name in leftovers(office)]


def make_blank(folder: Path) -> Path:
    """Make the empty file that changes are replayed into."""
    EncryptedFile.create(folder, KEY).close()
    return folder


def _opens(folder: Path, words: str) -> bool:
    try:
        vault.open_with_passphrase(folder, words)
    except WrongPassphrase:
        return False
    return True


def _lost(office: Office, told: Told) -> Iterator[str]:
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        there = {row[0] for row in raw.execute("SELECT id FROM changeset")}
        yield from (f"changeset {each} is gone" for each in told.saved if each not in there)
        for changeset, word in told.words.items():
            if not raw.execute(_HOLDS, (changeset, word.encode())).fetchone()[0]:
                yield f"{changeset} no longer says {word}"
    wanted = told.contents | _contents_of_rows(office)
    for digest in wanted:
        try:
            office.file.contents.read(digest)
        except (ContentMissing, ContentDamaged) as error:
            yield f"content {digest[:8]}: {type(error).__name__}"
    yield from _typing_lost(office, told)


def _typing_lost(office: Office, told: Told) -> Iterator[str]:
    draft = office.drafts.find(DRAFT)
    kept = len(draft.content["observed"]) if draft else 0
    if kept < told.typed:
        yield f"{told.typed} letters were kept, {kept} are there"
    if office.drafts.notice:
        yield office.drafts.notice


def _contents_of_rows(office: Office) -> set[str]:
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        return {row[0] for row in raw.execute("SELECT content_hash FROM attachment")}


def _not_replayed(source: Any, blank: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=blank.parent) as scratch:
        folder = Path(shutil.copytree(blank, Path(scratch) / "blank"))
        with EncryptedFile.open(folder, KEY) as copy:
            replay_into(source, copy)
            with copy.reading() as replayed:
                there, said = snapshot(source), snapshot(replayed)
    yield from (f"rows of {name} are not what changes say" for name in there if there[name] != said[name])


def _search_faults(office: Office) -> Iterator[str]:
    """Yield what the search index says otherwise than one made again from the rows."""
    path = office.folder / FILE_NAME
    with closing(connect(path, office.file.access.key_hex, writable=True)) as raw:
        for name in _INDEXES:
            raw.execute(f"CREATE VIRTUAL TABLE temp.words_of_{name} USING fts5vocab(main, {name}, instance)")
        raw.execute("BEGIN IMMEDIATE")
        found = _index(raw)
        search_index.rebuild(raw)
        wanted = _index(raw)
        raw.execute("ROLLBACK")
    if found != wanted:
        odd = sorted(map(str, (found - wanted) + (wanted - found)))
        yield f"search says {len(odd)} things otherwise than the rows: {odd[:5]}"


def _index(raw: Any) -> Counter[Any]:
    """Return the words of the index with where each stands."""
    found: Counter[Any] = Counter(raw.execute("SELECT household_id, table_name, row_id FROM search_entry"))
    for name in _INDEXES:
        found.update(raw.execute(_WORDS.format(index=name)))
    return found


def _rows_twice(office: Office) -> Iterator[str]:
    """Yield the people of lists who are there twice, and the lists that are there in part."""
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        names = Counter(raw.execute(_PEOPLE).fetchall())
        yield from (f"{who} is there {times} times" for who, times in names.items() if times > 1)
        for state, rows, done, created, there in raw.execute(_RUNS):
            if state == "done" and not (rows == created == there):
                yield f"a list of {rows} rows made {there} households ({done=}, {created=})"
            if state not in ("done", "undone"):
                yield f"a list is still {state}"


def _rank(name: str) -> tuple[str, int]:
    return name[:17], int(name[18:] or 1)


_INDEXES = ("search_identity", "search_body")
_HOLDS = """
    SELECT count(*) FROM change JOIN changeset ON change.number >> 20 = changeset.number
    WHERE changeset.id = ? AND instr(payload, ?) > 0
"""
_WORDS = """
    SELECT household_id, table_name, row_id, col, term, offset FROM temp.words_of_{index}
    JOIN search_entry ON number = doc
"""
_PEOPLE = "SELECT last_name, first_name, birth_date FROM household_member WHERE birth_date IS NOT NULL"
_RUNS = """
    SELECT state, rows, done_row, created, (
        SELECT count(*) FROM household WHERE id IN (
            SELECT row_id FROM change JOIN changeset ON change.number >> 20 = changeset.number
            WHERE tag = import_run.id AND table_name = 'household' AND kind = 'insert'
        )
    ) FROM import_run
"""
