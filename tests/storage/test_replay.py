"""Nothing lives beside the changesets: replayed into an empty file they give the same rows and the same search."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.team import service as team
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from caseworker_app.storage.search import find_households
from caseworker_app.storage.undo import LaterChange, NothingToUndo, undo_last
from tests.ground import KEY, NOW

NAMES = st.sampled_from(["Dubœuf", "Le Goff", "N’Diaye", "Çelik", "Nguyễn", "O’Brien-Kaboré"])
TEXTS = st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=40)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), NAMES),
        st.tuples(st.just("note"), TEXTS),
        st.tuples(st.just("member"), NAMES),
        st.tuples(st.just("rename"), NAMES),
        st.tuples(st.just("move"), TEXTS),
        st.tuples(st.just("phone"), st.from_regex(r"06 39 98 [0-9]{2} [0-9]{2}", fullmatch=True)),
        st.tuples(st.just("delete"), NAMES),
        st.tuples(st.just("undo"), NAMES),
    ),
    max_size=12,
)


def _play(file: EncryptedFile, who, step: tuple[str, str]) -> None:
    kind, text = step
    with file.reading() as connection:
        known = store.households.all(connection)
        members = store.members.all(connection)
    if kind == "create" or not known:
        households.create_household(
            file, who, NewHousehold((NewMember(text if kind == "create" else "Sans nom"),))
        )
    elif kind == "note":
        households.set_visit_instructions(file, who, known[-1].id, text)
    elif kind == "member":
        households.add_member(file, who, known[0].id, NewMember(text))
    elif kind == "rename" and members:
        households.change_member(file, who, members[-1].id, NewMember(text, "Ada"))
    elif kind == "move":
        households.move_house(
            file, who, known[-1].id, NewAddress(text, None, "59100", "Roubaix"), date(2026, 1, 2)
        )
    elif kind == "phone":
        households.add_contact(file, who, known[-1].id, NewContact(ContactKind.PHONE, text))
    elif kind == "delete" and members:
        with file.unit_of_work(who.worker_id, "delete_member") as uow:
            uow.delete(store.member, members[-1].id)
    elif kind == "undo":
        with suppress(NothingToUndo, LaterChange):
            undo_last(file, who.worker_id)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_replaying_changesets_gives_the_same_rows(blank_folder: Path, steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        first, second = Path(place) / "a", Path(place) / "b"
        shutil.copytree(blank_folder, first)
        second.mkdir()
        with EncryptedFile.open(first, KEY, FixedClock(NOW)) as file:
            who = team.owner(file)
            for step in steps:
                _play(file, who, step)
            with EncryptedFile.create(second, KEY, FixedClock(NOW)) as copy, file.reading() as source:
                replay_into(source, copy)
                with copy.reading() as replayed:
                    assert snapshot(replayed) == snapshot(source)
                    assert verify(replayed).sound
                    assert verify(source).sound
                    for word in ("goff", "ndiaye", "roubaix", "0639"):
                        assert _found(replayed, word) == _found(source, word)


def _found(connection, word: str) -> set[str]:
    return {hit.household_id for hit in find_households(connection, word, limit=200)}


def test_the_replay_test_can_fail(file, who, household, tmp_path):
    """A row written behind the changesets' back is seen."""
    with file.unit_of_work(who.worker_id, "cheat") as uow:
        uow.connection.connection.driver_connection.execute("UPDATE household SET name = 'Autre'")
    (tmp_path / "b").mkdir()
    with EncryptedFile.create(tmp_path / "b", KEY) as copy, file.reading() as source:
        replay_into(source, copy)
        with copy.reading() as replayed:
            assert snapshot(replayed) != snapshot(source)
