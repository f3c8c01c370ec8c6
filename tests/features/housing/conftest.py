"""Households with a housing file, and what a screen works with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
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


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    dress(qapp, "light", 100)


@pytest.fixture
def tasks(dressed: None) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def navigator(dressed: None) -> Navigator:
    return Navigator()


@pytest.fixture
def changes(dressed: None) -> ChangeBroadcast:
    return ChangeBroadcast()
