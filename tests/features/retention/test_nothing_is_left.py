"""Words sown in every text column of a household are in no page, no draft and no content once it is erased."""

from __future__ import annotations

import pytest

from caseworker_app.features.retention import service
from caseworker_app.storage.changesets import broken_links
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from tests.features.retention.conftest import Ground
from tests.features.retention.sowing import sowable
from tests.ground import KEY

ENDINGS = {"erase": service.erase_at_request, "anonymise": service.anonymise_at_request}


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_word_of_the_household_is_left_and_those_of_another_all_are(ground: Ground, ending: str) -> None:
    going = {word for place, words in ground.going.words.items() if place[0] != "draft" for word in words}
    assert ground.in_file(going) == going
    assert ground.in_drafts(set(ground.going.words["draft", "content"]))
    ENDINGS[ending](ground.file, ground.who, ground.going.household_id, ground.drafts)
    assert ground.in_file(ground.going.every) == set()
    assert ground.in_drafts(ground.going.every) == set()
    own = {word for place, words in ground.staying.words.items() if place[0] != "draft" for word in words}
    assert ground.in_file(own) == own
    assert ground.in_drafts(ground.staying.every) == set(ground.staying.words["draft", "content"])


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_chain_verifies_and_replaying_gives_the_same_rows(ground: Ground, ending: str, tmp_path) -> None:
    ENDINGS[ending](ground.file, ground.who, ground.going.household_id, ground.drafts)
    (tmp_path / "copy").mkdir()
    with EncryptedFile.create(tmp_path / "copy", KEY) as copy, ground.file.reading() as source:
        assert broken_links(source) == []
        checked = verify(source)
        assert checked.whole, checked
        replay_into(source, copy)
        with copy.reading() as replayed:
            assert snapshot(replayed) == snapshot(source)
            assert verify(replayed).whole


def test_every_text_column_of_every_table_was_sown(ground: Ground) -> None:
    """A table to come is sown like the others, or this fails."""
    sown = {place for place in ground.going.words if place[0] != "draft"}
    for name, declared in declared_tables().items():
        if declared.household is not None or declared.goes_with_last:
            assert {(name, column) for column in sowable(declared, ground.sower._enums)} <= sown, name
