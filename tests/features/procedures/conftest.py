"""What the tests of procedures stand on: a household of two adults with a child, pieces, and the tab."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.procedures import pieces_doors
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    NewAttachment,
)
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import Civility, NewMember, Relation
from caseworker_app.features.procedures.screens.desk import ProceduresDesk
from caseworker_app.features.procedures.screens.tab import ProceduresTab
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up

DAY = date(2026, 11, 24)


def picture(wide: int = 300, high: int = 200, turned: int = 1, form: str = "JPEG") -> bytes:
    """A picture, red at its left half, with the orientation a phone writes."""
    image = Image.new("RGB", (wide, high), "white")
    image.paste((200, 0, 0), (0, 0, wide // 2, high))
    exif = Image.Exif()
    exif[0x0112] = turned
    kept = io.BytesIO()
    image.save(kept, form, exif=exif)
    return kept.getvalue()


def paper_pdf(pages: int = 1, words: str = "Avis", size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF of some pages that say `words` and their number."""
    from reportlab.pdfgen.canvas import Canvas

    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=size)
    for number in range(1, pages + 1):
        canvas.drawString(72, size[1] - 90, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


@pytest.fixture
def partner(file: Any, who: Any, household: str) -> str:
    member = NewMember(
        "Marchadier", "Idriss", Civility.MR, birth_date=date(1985, 4, 2), relation=Relation.PARTNER
    )
    return households.add_member(file, who, household, member)[0]


@pytest.fixture
def keep(file: Any, who: Any, household: str) -> Callable[..., str]:
    def kept(
        content: bytes, name: str, dated_on: date | None = None, kind: AttachmentKind = AttachmentKind.PROOF
    ) -> str:
        content_kept, _ = attachments.keep_file(file, who, content, name)
        form = AttachmentForm(name, kind, dated_on=dated_on)
        return attachments.add_attachments(file, who, household, [NewAttachment(content_kept, form)])[0][0]

    return kept


@pytest.fixture
def make_tab(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, tmp_path: Path, clock: Any
) -> Iterator[Callable[..., ProceduresTab]]:
    tasks, drafts, kept = Tasks(), Drafts(tmp_path, KEY, clock), []

    def made(household: str, scale: int = 100, look: str = "light", wide: int = 1150) -> ProceduresTab:
        dress(qapp, look, scale)  # type: ignore[arg-type]
        parts = (ChangeBroadcast(), Navigator())
        kept.append(parts)
        given = (file, who, drafts, tasks, *parts, take_back_last)
        tab = ProceduresTab(ProceduresDesk(*given, pieces_doors()))
        tab.resize(wide, 620)
        bring_up(qtbot, tab)
        tab.show_household(household)
        settled(qtbot, tab)
        return tab

    yield made
    tasks.close()
    drafts.close()
    dress(qapp, "light", 100)


def settled(qtbot: Any, tab: ProceduresTab) -> None:
    for _ in range(5):
        qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
        QApplication.processEvents()
