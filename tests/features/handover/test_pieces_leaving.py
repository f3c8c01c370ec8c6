"""The pieces of a procedure handed to a body: agreed, checked, numbered and in the register, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from caseworker_app.bootstrap.renderers import put_pieces_together
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    NewAttachment,
)
from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.hits import HitKind
from caseworker_app.features.handover.domain.pieces_leaving import NoAgreementForPieces, PiecesToSettle
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service.pieces_leaving import (
    bodies_for_pieces,
    finds_in_pieces,
    register_pieces,
)
from caseworker_app.features.households import service as households
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure, PaperKey
from caseworker_app.pdf.writing import PlaceNotWritable
from tests.features.procedures.conftest import paper_pdf

DAY = date(2026, 11, 24)
CCAS = Recipient(RecipientKind.BODY, "CCAS de Hem")


@pytest.fixture
def begun(file: Any, who: Any, household: str) -> str:
    key, _ = procedures.begin_procedure(file, who, household, NewProcedure("social_housing", DAY))
    return key


def received(file: Any, who: Any, household: str, begun: str, name: str = "caf.pdf") -> None:
    held, _ = attachments.keep_file(file, who, paper_pdf(2), name)
    form = AttachmentForm(name, AttachmentKind.PROOF)
    piece = attachments.add_attachments(file, who, household, [NewAttachment(held, form)])[0][0]
    procedures.receive_paper(file, who, begun, PaperKey("benefits"), piece)


def agree(file: Any, who: Any, household: str, recipient: Recipient = CCAS, until: date | None = None) -> str:
    topics = frozenset({Topic.REQUESTED_MEASURES})
    new = NewConsent(household, recipient, topics, "être aidé", DAY - timedelta(5), until=until)
    return consents.give_consent(file, who, new)[0]


def register(file: Any, household: str) -> list[Transmission]:
    with file.reading() as connection:
        return store.transmissions_of(connection, household)


def test_they_leave_under_the_agreement_with_one_line_in_the_register(file, who, household, begun, tmp_path):
    received(file, who, household, begun)
    agreed = agree(file, who, household)
    made = put_pieces_together(file, who, begun, "CCAS de Hem")
    out = tmp_path / "pieces.pdf"
    line, _ = register_pieces(file, who, made, agreed, out)
    assert register(file, household) == [line]
    assert (line.recipient_name, line.pages, line.kind) == ("CCAS de Hem", 3, "dossier-de-pieces")
    assert line.consent_ids.split() == [agreed]
    assert line.number.startswith("PIE-")
    pages = PdfReader(out).pages
    assert len(pages) == 3
    assert "Pour CCAS de Hem." in pages[0].extract_text()
    with file.reading() as connection:
        copies = connection.exec_driver_sql("SELECT count(*) FROM attachment_copy").scalar()
    assert copies == 1


@pytest.mark.parametrize("lost", ["withdrawn", "over", "another body", "a landlord"])
def test_without_an_agreement_with_that_body_nothing_leaves(
    file, who, household, begun, tmp_path, lost: str
) -> None:
    received(file, who, household, begun)
    until = DAY - timedelta(1) if lost == "over" else None
    body = {
        "another body": replace(CCAS, name="Mission locale"),
        "a landlord": replace(CCAS, kind=RecipientKind.LANDLORD),
    }.get(lost, CCAS)
    agreed = agree(file, who, household, body, until)
    if lost == "withdrawn":
        consents.withdraw_consent(file, who, agreed, DAY)
    made = put_pieces_together(file, who, begun, "CCAS de Hem")
    with pytest.raises(NoAgreementForPieces):
        register_pieces(file, who, made, agreed, tmp_path / "pieces.pdf")
    assert register(file, household) == []
    assert list(tmp_path.glob("pieces*")) == []
    assert [each.id for each in bodies_for_pieces(file, who, household)] == (
        [agreed] if lost == "another body" else []
    )


def test_what_the_second_check_shows_is_kept_knowingly_or_nothing_leaves(
    file, who, household, begun, tmp_path
):
    received(file, who, household, begun, "suivi en psychiatrie.pdf")
    agreed = agree(file, who, household)
    made = put_pieces_together(file, who, begun, "CCAS de Hem")
    hits = finds_in_pieces(file, who, made)
    assert HitKind.HEALTH in {hit.kind for hit in hits}
    with pytest.raises(PiecesToSettle, match="psychiatrie"):
        register_pieces(file, who, made, agreed, tmp_path / "pieces.pdf")
    assert register(file, household) == []
    line, _ = register_pieces(
        file, who, made, agreed, tmp_path / "pieces.pdf", frozenset(hit.key for hit in hits)
    )
    assert "psychiatrie" in line.kept_hits


def test_of_a_protected_household_the_pieces_are_always_to_be_looked_at(file, who, household, begun):
    received(file, who, household, begun)
    made = put_pieces_together(file, who, begun, "CCAS de Hem")
    assert finds_in_pieces(file, who, made) == ()
    households.set_protected(file, who, household, protected=True)
    assert [hit.kind for hit in finds_in_pieces(file, who, made)] == [HitKind.PROTECTED]


def test_where_it_cannot_be_written_the_register_says_nothing(file, who, household, begun, tmp_path):
    received(file, who, household, begun)
    agreed = agree(file, who, household)
    made = put_pieces_together(file, who, begun, "CCAS de Hem")
    with pytest.raises(PlaceNotWritable):
        register_pieces(file, who, made, agreed, Path(tmp_path / "nowhere" / "pieces.pdf"))
    assert register(file, household) == []
