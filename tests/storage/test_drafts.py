"""Drafts outlive a kill, in a file of their own, unreadable without the key."""

from __future__ import annotations

import os

import pytest

from caseworker_app.storage.drafts import Drafts
from tests.ground import KEY


def test_a_draft_is_found_after_reopening(tmp_path, clock):
    with Drafts(tmp_path, KEY, clock) as drafts:
        drafts.keep("visit:1", {"observed": "Logement aéré, chauffé"}, "1")
        drafts.keep("visit:1", {"observed": "Logement aéré, chauffé à 19 °C"}, "1")
        drafts.keep("visit:2", {"said": "Rien"})
    with Drafts(tmp_path, KEY, clock) as again:
        found = again.find("visit:1")
        assert found is not None
        assert found.content == {"observed": "Logement aéré, chauffé à 19 °C"}
        assert [d.key for d in again.all()] == ["visit:1", "visit:2"]
        again.forget("visit:1")
        assert again.find("visit:1") is None


def test_no_draft_is_in_clear(tmp_path, clock):
    with Drafts(tmp_path, KEY, clock) as drafts:
        drafts.keep("visit:1", {"observed": "Marchadier"})
        content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Marchadier" not in content


@pytest.mark.parametrize("at", [0, 100, 5000, -4000])
def test_a_damaged_file_of_drafts_is_put_aside_and_told(tmp_path, clock, at):
    with Drafts(tmp_path, KEY, clock) as drafts:
        for number in range(40):
            drafts.keep(f"visit:{number}", {"observed": "Logement aéré " * 50})
    path = tmp_path / "brouillons.db"
    content = bytearray(path.read_bytes())
    content[at : at + 64 if at >= 0 else None] = os.urandom(64 if at >= 0 else -at)
    path.write_bytes(content)
    with Drafts(tmp_path, KEY, clock) as again:
        assert again.notice is not None
        assert "brouillons-abimes-1.db" in again.notice
        assert again.all() == []
        again.keep("visit:1", {"observed": "Repris"})
    assert (tmp_path / "brouillons-abimes-1.db").read_bytes() == content
    with Drafts(tmp_path, KEY, clock) as whole:
        assert whole.notice is None
        assert len(whole.all()) == 1
