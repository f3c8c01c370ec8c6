"""Ids made on the device: UUIDv7 as RFC 9562 lays it out, growing, never twice."""

from __future__ import annotations

import threading
import time
import uuid

import pytest

from caseworker_app.kernel.ids import new_device_mark, new_id, new_ids


def test_an_id_is_a_uuid_of_version_seven() -> None:
    for made in (new_id() for _ in range(500)):
        assert len(made) == 32
        assert made == made.lower()
        read = uuid.UUID(made)
        assert read.version == 7
        assert read.variant == uuid.RFC_4122


def test_an_id_carries_the_instant_in_its_first_48_bits() -> None:
    before = time.time_ns() // 1_000_000
    milliseconds = int(new_id()[:12], 16)
    # Ids made quicker than the clock ticks may run a little ahead of it.
    assert before <= milliseconds <= time.time_ns() // 1_000_000 + 1_000


def test_ids_sort_in_order_of_creation() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_made_many_at_once_are_uuids_between_those_before_and_after() -> None:
    before, many, after = new_id(), new_ids(3_000), new_id()
    assert [before, *many, after] == sorted({before, *many, after})
    assert len(many) == 3_000
    for made in many:
        read = uuid.UUID(made)
        assert (read.version, read.variant, made) == (7, uuid.RFC_4122, read.hex)
    assert {made[16] for made in many} == set("89ab")
    assert new_ids(0) == []


def test_a_clock_set_back_makes_no_id_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    last = new_id()
    monkeypatch.setattr("caseworker_app.kernel.ids.time.time_ns", lambda: 1_000_000_000_000_000_000)
    again = [new_id() for _ in range(5)]
    assert [last, *again] == sorted({last, *again})


def test_threads_never_make_the_same_id_and_each_sees_its_own_grow() -> None:
    made: list[list[str]] = [[] for _ in range(8)]
    together = threading.Barrier(len(made))

    def work(own: list[str]) -> None:
        together.wait()
        own += [new_id() for _ in range(2_000)]

    threads = [threading.Thread(target=work, args=(own,)) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(own == sorted(own) for own in made)
    assert len({one for own in made for one in own}) == 16_000
    # The part before the random tail already differs: order holds across threads too.
    assert len({one[:16] for own in made for one in own}) == 16_000


def test_the_tail_is_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseworker_app.kernel.ids.time.time_ns", lambda: 1_000_000_000_000_000_000)
    assert len({new_id()[17:] for _ in range(200)}) == 200


def test_a_device_mark_cannot_be_misread() -> None:
    marks = {new_device_mark() for _ in range(2_000)}
    assert all(len(mark) == 4 and mark[0].isalpha() for mark in marks)
    assert not set("".join(marks)) & set("01ILOSZAEUY")
    assert len(marks) > 1_900
