"""Which PC holds a folder: told where the lock of the system says nothing, taken over knowingly, never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caseworker_app.security import holder_note
from caseworker_app.security.errors import AlreadyOpen, HeldByAnotherPc
from caseworker_app.security.holder_note import NOTE_NAME, read_note, take_over
from caseworker_app.security.single_use import hold_folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder as another PC left it: pulled out, or copied here, while it was open there."""
    (tmp_path / NOTE_NAME).write_text(json.dumps({"host": "PC-ACCUEIL", "mark": "0123456789abcdef"}))
    return tmp_path


def test_the_note_holds_the_name_of_the_pc_and_nothing_else(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(holder_note.platform, "node", lambda: "PC-PERMANENCE")
    with hold_folder(tmp_path):
        kept = json.loads((tmp_path / NOTE_NAME).read_text())
        assert kept.keys() == {"host", "mark"}
        assert kept["host"] == "PC-PERMANENCE"
        assert len(bytes.fromhex(kept["mark"])) == 8
    assert not (tmp_path / NOTE_NAME).exists()


def test_a_folder_another_pc_holds_is_refused_with_its_name(elsewhere) -> None:
    with pytest.raises(HeldByAnotherPc) as told:
        hold_folder(elsewhere)
    assert told.value.host == "PC-ACCUEIL"
    assert "«\u00a0PC-ACCUEIL\u00a0»" in told.value.sentence
    assert "sauvegarde" in told.value.sentence
    assert read_note(elsewhere).host == "PC-ACCUEIL"
    with pytest.raises(HeldByAnotherPc):  # the lock itself was let go: it is the same answer, not AlreadyOpen
        hold_folder(elsewhere)


def test_it_is_taken_over_knowingly(elsewhere) -> None:
    take_over(elsewhere)
    with hold_folder(elsewhere), pytest.raises(AlreadyOpen):
        hold_folder(elsewhere)


def test_what_a_killed_program_of_this_pc_left_is_in_nobodys_way(tmp_path) -> None:
    note = holder_note.write_note(tmp_path)
    with hold_folder(tmp_path):
        assert read_note(tmp_path).host == note.host
        assert read_note(tmp_path).mark != note.mark


def test_letting_go_leaves_the_note_of_whoever_took_over(tmp_path, monkeypatch) -> None:
    hold = hold_folder(tmp_path)
    theirs = json.dumps({"host": "PC-ACCUEIL", "mark": "0123456789abcdef"})
    (tmp_path / NOTE_NAME).write_text(theirs)
    hold.release()
    assert (tmp_path / NOTE_NAME).read_text() == theirs


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"host": ""}', b"[" * 5000])
def test_a_note_that_does_not_read_refuses_nobody(tmp_path, content: bytes) -> None:
    (tmp_path / NOTE_NAME).write_bytes(content)
    with hold_folder(tmp_path), pytest.raises(AlreadyOpen):
        hold_folder(tmp_path)


def test_a_note_that_cannot_be_written_refuses_nobody(tmp_path) -> None:
    (tmp_path / NOTE_NAME).mkdir()
    hold_folder(tmp_path).release()
