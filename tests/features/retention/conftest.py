"""Two households with a word of their own in every text column, drafts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import FILE_NAME as DRAFTS
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from tests.features.retention.pages import plain_bytes
from tests.features.retention.sowing import Sower, Sown, left
from tests.ground import KEY

DRAFTS_KEY = "cd" * 32


@dataclass
class Ground:
    """A file with two sown households: the one that goes, the one that stays."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    sower: Sower
    going: Sown
    staying: Sown

    def in_file(self, words: set[str]) -> set[str]:
        """Return which words any page or frame of the file holds."""
        return left(words, plain_bytes(self.file.folder / FILE_NAME, KEY))

    def in_drafts(self, words: set[str]) -> set[str]:
        """Return which words any page or frame of the drafts holds."""
        return left(words, plain_bytes(self.file.folder / DRAFTS, DRAFTS_KEY))


@pytest.fixture
def drafts(file: EncryptedFile) -> Iterator[Drafts]:
    with Drafts(file.folder, DRAFTS_KEY, file.clock) as opened:
        yield opened


@pytest.fixture
def ground(file: EncryptedFile, who: Who, drafts: Drafts, tmp_path: Path) -> Ground:
    sower = Sower(7)
    made = [
        households.create_household(file, who, NewHousehold((NewMember(sower.word(), sower.word()),)))[0]
        for _ in range(2)
    ]
    going, staying = (sower.sow(file, who.worker_id, each) for each in made)
    for sown in (going, staying):
        word = sower.word()
        sown.words["draft", "content"] = [word]
        drafts.keep(f"visit:{sown.household_id}", {"observed": word}, sown.household_id)
    # A measure that runs would keep the household from being erased.
    _close_measures(file, who)
    return Ground(file, who, drafts, sower, going, staying)


def _close_measures(file: EncryptedFile, who: Who) -> None:
    from caseworker_app.features.measures import store

    with file.unit_of_work(who.worker_id, "sow") as uow:
        for row in uow.rows(store.measure.select()):
            uow.update(store.measure, row.id, {"ended_on": "2024-01-17"})
