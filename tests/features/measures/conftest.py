"""What the windows of the measures room work with."""

from __future__ import annotations

import pytest

from caseworker_app.bootstrap.figures import figures_sources
from caseworker_app.features.diary import service as diary
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY


@pytest.fixture
def desk(file: EncryptedFile, who: Who, tasks: Tasks) -> MeasuresDesk:
    drafts = Drafts(file.folder, KEY, file.clock)
    return MeasuresDesk(
        file,
        who,
        drafts,
        tasks,
        ChangeBroadcast(),
        Navigator(),
        take_back_last,
        diary.meeting_days,
        sources=figures_sources(),
    )
