"""The second place: the latest backup is copied there and read back; what goes wrong is kept and told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import backups_in, check, choose_second_place
from caseworker_app.kernel.clock import FixedClock, today
from caseworker_app.storage.backups import second_place
from caseworker_app.storage.backups.refusals import BackupPlaceGone, BackupRefused
from caseworker_app.storage.backups.second_place import (
    Standing,
    copy_latest,
    forget_place,
    keep_standing,
    read_standing,
    shelf_at,
    try_place,
)
from tests.ground import NOW


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "clé").mkdir()
    return tmp_path / "clé"


def test_the_latest_one_is_copied_whole_and_read_back(office, folder, stick, back_up, key) -> None:
    choose_second_place(folder, stick)
    made = back_up()
    standing = copy_latest(folder, made, NOW)
    assert (standing.failure, standing.copied_at) == ("", "2026-11-24T13:00:00Z")
    assert read_standing(folder) == standing
    copies = backups_in(stick)
    assert [each.manifest for each in copies] == [made.manifest]
    assert check(copies[0], key) == ""


def test_copying_again_what_is_there_writes_nothing(office, folder, stick, back_up) -> None:
    choose_second_place(folder, stick)
    made = back_up()
    copy_latest(folder, made, NOW)
    there = backups_in(stick)[0].database.stat()
    copy_latest(folder, made, NOW)
    assert backups_in(stick)[0].database.stat().st_mtime_ns == there.st_mtime_ns


def test_the_copies_are_rotated_too(office, folder, stick, back_up) -> None:
    choose_second_place(folder, stick)
    for day in range(12):
        copy_latest(folder, back_up(days=day), NOW + timedelta(days=day))
    assert 7 <= len(backups_in(stick)) <= 10


def test_a_stick_taken_out_is_told_though_its_folder_stands_empty(office, folder, stick, back_up) -> None:
    choose_second_place(folder, stick)
    shutil.rmtree(shelf_at(stick, back_up().manifest.file_id))
    first = copy_latest(folder, back_up(days=1), NOW)
    assert "rebranchez" in first.failure
    later = copy_latest(folder, back_up(days=4), NOW + timedelta(days=4))
    assert later.failing_since == first.failing_since
    assert later.days_late(NOW + timedelta(days=4)) == 4
    assert list(stick.iterdir()) == []


def test_it_goes_well_again_once_it_is_back(office, folder, stick, back_up) -> None:
    choose_second_place(folder, stick)
    shutil.move(stick, stick.with_name("ailleurs"))
    assert copy_latest(folder, back_up(), NOW).failure
    shutil.move(stick.with_name("ailleurs"), stick)
    standing = copy_latest(folder, back_up(days=1), NOW)
    assert (standing.failure, standing.failing_since) == ("", "")


def test_a_full_stick_keeps_the_copies_it_has(office, folder, stick, back_up, monkeypatch) -> None:
    choose_second_place(folder, stick)
    copy_latest(folder, back_up(), NOW)
    more, usage = back_up(days=1), shutil.disk_usage(stick)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=10))
    assert "plus assez de place" in copy_latest(folder, more, NOW).failure
    assert len(backups_in(stick)) == 1


def test_a_copy_that_reads_back_otherwise_is_no_copy(office, folder, stick, back_up, monkeypatch) -> None:
    choose_second_place(folder, stick)
    copy = second_place._copy

    def spoil(source: Path, target: Path, tell) -> None:
        copy(source, target, tell)
        if target.name == "passerelle.db":
            content = bytearray(target.read_bytes())
            content[5000] ^= 1
            target.write_bytes(content)

    monkeypatch.setattr(second_place, "_copy", spoil)
    standing = copy_latest(folder, back_up(), NOW)
    assert "ne se relit pas" in standing.failure
    assert backups_in(stick) == []


def test_told_once_a_day_from_the_third_day(folder) -> None:
    since = Standing("/x", failing_since="2026-11-20T10:00:00Z", failure="Rebranchez la clé.")
    day = today(FixedClock(NOW))
    assert since.to_tell(NOW, day) == "Aucune copie des sauvegardes depuis 4\u00a0jours. Rebranchez la clé."
    told = Standing("/x", failing_since=since.failing_since, failure="x", told_on=day.isoformat())
    assert told.to_tell(NOW, day) == ""
    assert told.to_tell(NOW + timedelta(days=1), day + timedelta(days=1)) != ""
    assert since.to_tell(NOW - timedelta(days=2), day) == ""
    assert Standing().to_tell(NOW, day) == ""


def test_a_place_is_tried_before_it_is_kept(office, folder, stick) -> None:
    assert try_place(stick) > 0
    assert list(stick.iterdir()) == []
    with pytest.raises(BackupPlaceGone):
        choose_second_place(folder, stick / "absent")
    assert read_standing(folder) == Standing()


@pytest.mark.parametrize("inside", ["", "pieces", "../data-sauvegardes"])
def test_the_files_own_folder_is_no_second_place(office, folder, inside: str) -> None:
    chosen = (folder / inside).resolve()
    chosen.mkdir(exist_ok=True)
    with pytest.raises(BackupRefused, match="clé USB"):
        choose_second_place(folder, chosen)


def test_forgotten_the_copies_stay(office, folder, stick, back_up) -> None:
    choose_second_place(folder, stick)
    copy_latest(folder, back_up(), NOW)
    assert forget_place(folder) == Standing()
    assert copy_latest(folder, back_up(days=1), NOW) == Standing()
    assert len(backups_in(stick)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"place": 3}', b"\xff\xfe", b'{"place": "/ailleurs", "checksum": "00"}']
)
def test_a_damaged_standing_says_once_a_day_that_the_place_is_to_be_chosen_again(
    folder, content: bytes
) -> None:
    (folder / "sauvegardes.json").write_bytes(content)
    standing = read_standing(folder)
    assert standing.place == ""
    assert "choisissez de nouveau" in standing.to_tell(NOW, NOW.date())
    keep_standing(folder, replace(standing, told_on=NOW.date().isoformat()))
    assert read_standing(folder).to_tell(NOW, NOW.date()) == ""
    assert read_standing(folder).to_tell(NOW, NOW.date() + timedelta(days=1)) != ""


def test_a_standing_of_a_former_version_is_read(folder) -> None:
    (folder / "sauvegardes.json").write_text(json.dumps({"place": "/media/cle"}), encoding="utf-8")
    assert read_standing(folder) == Standing("/media/cle")


def test_a_standing_is_kept_with_its_accents(folder) -> None:
    keep_standing(folder, Standing("/médias/clé", failure="Rebranchez la clé\u00a0!"))
    assert read_standing(folder) == Standing("/médias/clé", failure="Rebranchez la clé\u00a0!")
