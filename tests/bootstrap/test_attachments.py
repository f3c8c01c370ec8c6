"""Copies opened in another program and contents nothing refers to, as an office opens and closes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.open_copies import OpenCopies

PASSPHRASE = "quatre mots pour essayer"
NEW = NewOffice("Les Amarres", "Claire Lenoir")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def test_closing_and_locking_empty_what_was_opened_elsewhere(tmp_path: Path, place: Path) -> None:
    office, _ = create_office(tmp_path / "data", PASSPHRASE, NEW, kdf=THROW_AWAY)
    with office:
        copy = office.copies.put(b"content", "bail.pdf")
        assert copy.exists()
    assert list(place.iterdir()) == []


def test_the_next_start_empties_what_a_kill_left(tmp_path: Path, place: Path) -> None:
    create_office(tmp_path / "data", PASSPHRASE, NEW, kdf=THROW_AWAY)[0].close()
    OpenCopies(tmp_path / "data").put(b"content", "bail.pdf")
    assert list(place.iterdir())
    with open_office(tmp_path / "data", PASSPHRASE):
        assert list(place.iterdir()) == []


def test_a_content_that_a_draft_of_the_office_holds_is_still_there_at_the_next_start(
    tmp_path: Path, place: Path
) -> None:
    office, _ = create_office(tmp_path / "data", PASSPHRASE, NEW, kdf=THROW_AWAY)
    with office:
        kept, _told = attachments.keep_file(office.file, office.who, b"un mot", "mot.txt")
        lost, _told = attachments.keep_file(office.file, office.who, b"un autre", "autre.txt")
        office.drafts.keep("visit:x", {"photos": [{"content": {"content_hash": kept.content_hash}}]})
    with open_office(tmp_path / "data", PASSPHRASE) as again:
        assert attachments.sweep_contents(again.file, again.drafts).set_aside == 1
        assert again.file.contents.read(kept.content_hash) == b"un mot"
        # Set aside, not lost: an older backup may still refer to it.
        assert again.file.contents.read(lost.content_hash) == b"un autre"
