"""Households with a housing file, and what a screen works with."""

from __future__ import annotations

import pytest

from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.housing import housing_scene
from tests.ground import KEY


@pytest.fixture
def sliding_home(file: EncryptedFile, who: Who) -> str:
    """A household eight months into a sliding lease."""
    return housing_scene.sliding_household(file, who)


@pytest.fixture
def plain_home(file: EncryptedFile, who: Who) -> str:
    """A household with a lease of its own, in arrears."""
    return housing_scene.plain_household(file, who)


@pytest.fixture
def drafts(file: EncryptedFile) -> Drafts:
    return Drafts(file.folder, KEY, file.clock)
