"""Drafts outlive a kill, in a file of their own, unreadable without the key."""

from __future__ import annotations

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
