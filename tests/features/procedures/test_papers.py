"""Papers on a real file: missing, received, expired, reused, not concerned, told to the household, taken out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from caseworker_app.bootstrap.renderers import put_pieces_together, renderers
from caseworker_app.features.accesses import service as accesses
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.dossier.service import history_of, take_back_last
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.team_printing import print_team
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.procedures import service, store
from caseworker_app.features.procedures.domain.checklist import (
    PROGRAM_CHECKLISTS,
    Paper,
    program_checklists,
)
from caseworker_app.features.procedures.domain.edition import ChecklistDraft
from caseworker_app.features.procedures.domain.procedure import (
    NewProcedure,
    Noted,
    PaperKey,
    PaperNote,
    Procedure,
    checked_procedure,
)
from caseworker_app.features.procedures.domain.shown import (
    ProceduresPage,
    detail_of,
    progress_words,
    state_of,
)
from caseworker_app.features.procedures.domain.standing import PaperState, Standing, standing
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.service import read_week
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.storage.integrity import verify
from tests.features.procedures.conftest import DAY, paper_pdf, picture

STARTED = DAY - timedelta(10)
HOUSING = NewProcedure("social_housing", STARTED)


def page_of(file: Any, who: Any, household: str, day: date = DAY) -> ProceduresPage:
    with file.reading() as connection:
        return service.procedures_page(connection, who, household, day)


def line_of(of: Standing, paper: str, member: str | None = None) -> Any:
    return next(each for each in of.lines if each.key == PaperKey(paper, member))


@pytest.fixture
def begun(file: Any, who: Any, household: str) -> str:
    return service.begin_procedure(file, who, household, HOUSING)[0]


def test_each_adult_brings_their_own_and_children_none(file, who, household, partner, begun):
    (of,) = page_of(file, who, household).found
    with file.reading() as connection:
        people = households.open_household(connection, who, household).members
    adults = [each.id for each in people if each.relation != "unknown" and each.birth_date.year < 2008]
    asked = [each.key for each in of.lines if each.key.paper == "identity"]
    assert asked == [PaperKey("identity", key) for key in adults]
    assert partner in adults
    assert [each.key.member_id for each in of.lines if each.key.paper == "benefits"] == [None]
    assert (progress_words(of), page_of(file, who, household).to_bring) == ("0\u00a0pièce sur 11", 11)


def test_a_paper_is_received_ends_soon_and_expires(file, who, household, begun, keep):
    piece = keep(picture(), "caf.jpg")
    service.receive_paper(file, who, begun, PaperKey("benefits"), piece, dated_on=DAY)
    states = {
        day: line_of(page_of(file, who, household, day).found[0], "benefits").state
        for day in (DAY, date(2027, 1, 30), date(2027, 2, 24), date(2027, 2, 25))
    }
    assert list(states.values()) == [
        PaperState.RECEIVED, PaperState.ENDING, PaperState.ENDING, PaperState.EXPIRED,
    ]  # fmt: skip
    page = page_of(file, who, household)
    assert "caf.jpg, du 24/11/2026" in detail_of(line_of(page.found[0], "benefits"), page.kept)


def test_a_newer_one_takes_the_place_of_one_that_expired(file, who, household, begun, keep):
    for name, day in (("vieille.jpg", DAY - timedelta(200)), ("neuve.jpg", DAY)):
        service.receive_paper(file, who, begun, PaperKey("benefits"), keep(picture(), name), dated_on=day)
    assert line_of(page_of(file, who, household).found[0], "benefits").state is PaperState.RECEIVED


def test_not_concerned_is_not_counted_and_can_be_taken_back(file, who, household, begun):
    key = PaperKey("separation")
    service.set_not_concerned(file, who, begun, key)
    (of,) = page_of(file, who, household).found
    assert (len(of.asked), line_of(of, "separation").state) == (7, PaperState.NOT_CONCERNED)
    service.receive_paper(file, who, begun, key)
    assert line_of(page_of(file, who, household).found[0], "separation").state is PaperState.RECEIVED
    service.clear_paper(file, who, begun, key)
    assert line_of(page_of(file, who, household).found[0], "separation").state is PaperState.MISSING
    take_back_last(file, who)
    assert line_of(page_of(file, who, household).found[0], "separation").state is PaperState.RECEIVED


def test_files_are_kept_as_pieces_that_bear_the_name_of_the_paper(file, who, household, begun):
    member = page_of(file, who, household).found[0].lines[0].key.member_id
    kept, _ = attachments.keep_file(file, who, picture(), "IMG_0001.jpg")
    ids, _ = service.receive_files(file, who, begun, PaperKey("identity", member), [kept])
    page = page_of(file, who, household)
    assert page.kept[ids[0]].caption == "Pièce d’identité ou titre de séjour, Mme Solène Marchadier"
    assert page.kept[ids[0]].kind == "identity"
    assert page.found[0].held == 1
    take_back_last(file, who)
    assert (page_of(file, who, household).kept, page_of(file, who, household).found[0].held) == ({}, 0)


def test_what_was_received_once_is_offered_to_the_next_procedure_while_it_is_good(
    file, who, household, begun, keep
):
    piece = keep(picture(), "IMG_1.jpg")
    service.receive_paper(file, who, begun, PaperKey("benefits"), piece, dated_on=DAY)
    other, _ = service.begin_procedure(file, who, household, NewProcedure("enforceable_right", DAY))
    of = next(each for each in page_of(file, who, household).found if each.procedure.id == other)
    (offered,) = line_of(of, "benefits").proposals
    assert (offered.attachment.id, offered.until) == (piece, date(2027, 2, 24))
    later = page_of(file, who, household, date(2027, 3, 1)).found
    assert all(not line_of(each, "benefits").proposals for each in later)


def test_a_piece_is_offered_by_what_it_is_called_to_the_person_it_names(
    file, who, household, partner, begun, keep
):
    keep(paper_pdf(), "Avis d'imposition Idriss 2026.pdf", date(2026, 8, 2))
    keep(paper_pdf(), "scabinet.pdf")
    keep(paper_pdf(), "Attestation CAF mai.pdf", date(2026, 5, 2))
    (of,) = page_of(file, who, household).found
    told = {
        (each.key.paper, each.member): [p.attachment.name for p in each.proposals]
        for each in of.lines
        if each.proposals
    }
    assert told == {("tax_notice", "M.\u00a0Idriss Marchadier"): ["Avis d'imposition Idriss 2026.pdf"]}


def test_once_handed_in_papers_no_longer_expire_nor_are_asked_for(file, who, household, begun, keep):
    service.receive_paper(file, who, begun, PaperKey("benefits"), keep(picture(), "c.jpg"), dated_on=DAY)
    service.change_procedure(file, who, begun, NewProcedure("social_housing", STARTED, filed_on=DAY))
    page = page_of(file, who, household, DAY + timedelta(365))
    assert line_of(page.found[0], "benefits").state is PaperState.RECEIVED
    assert (page.to_bring, state_of(page.found[0].procedure, DAY)) == (0, ("Déposée le 24/11/2026", "ok"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (NewProcedure("social_housing", DAY + timedelta(1)), "started_on"),
        (NewProcedure("social_housing", DAY, due_on=DAY - timedelta(1)), "due_on"),
        (NewProcedure("social_housing", DAY, filed_on=DAY + timedelta(1)), "filed_on"),
        (NewProcedure("social_housing", DAY, ended_on=DAY - timedelta(1)), "ended_on"),
    ],
)
def test_days_that_cannot_be_are_said_of_their_field(changed: NewProcedure, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_procedure(changed, DAY)
    assert refused.value.field == field


def test_what_does_not_belong_is_refused(file, who, household, begun, keep):
    other = households.create_household(file, who, NewHousehold((NewMember("Quillévéré", "Yann"),)))[0]
    kept, _ = attachments.keep_file(file, who, picture(), "x.jpg")
    elsewhere, _ = service.begin_procedure(file, who, other, HOUSING)
    key = PaperKey("benefits")
    ids, _ = service.receive_files(file, who, elsewhere, key, [kept])
    for asked, piece, days in (
        (PaperKey("bail commercial"), None, {}),
        (PaperKey("identity", page_of(file, who, other).found[0].lines[0].key.member_id), None, {}),
        (key, ids[0], {}),
        (key, None, {"dated_on": DAY + timedelta(1)}),
        (key, None, {"dated_on": DAY, "until": DAY - timedelta(1)}),
    ):
        with pytest.raises(InvalidEntry):
            service.receive_paper(file, who, begun, asked, piece, **days)
    with pytest.raises(InvalidEntry):
        service.begin_procedure(file, who, household, NewProcedure("", DAY))
    with pytest.raises(NotFound):
        service.clear_paper(file, who, "gone", key)


def test_a_procedure_keeps_the_list_it_was_begun_on_until_the_newer_is_taken(
    file, who, household, begun, keep
):
    key = PaperKey("benefits")
    service.receive_paper(file, who, begun, key, keep(picture(), "c.jpg"), dated_on=DAY)
    first = program_checklists(DAY)[0]
    fewer = tuple(each for each in first.papers if each.code in ("identity", "lease"))
    service.edit_checklist(
        file, who, ChecklistDraft(first.code, "Logement social", (*fewer, Paper("Photo", "Photo")))
    )
    (of,) = page_of(file, who, household).found
    assert (of.newer, len(of.lines)) == (True, 8)
    service.take_newer_list(file, who, begun)
    (of,) = page_of(file, who, household).found
    assert (of.newer, of.procedure.label) == (False, "Logement social")
    # What was received of a paper no longer asked for stays in sight, and is not counted.
    assert [each.key.paper for each in of.lines] == ["identity", "Photo", "benefits"]
    assert (of.lines[2].listed, of.lines[2].paper.label, len(of.asked)) == (
        False, "Attestation de la CAF ou de la MSA", 2,
    )  # fmt: skip


def test_a_piece_removed_takes_what_rested_on_it_and_brings_it_back(file, who, household, begun, keep):
    piece = keep(picture(), "c.jpg")
    service.receive_paper(file, who, begun, PaperKey("benefits"), piece, dated_on=DAY)
    attachments.remove_attachment(file, who, piece)
    assert page_of(file, who, household).found[0].held == 0
    with file.reading() as connection:
        assert verify(connection).sound
    take_back_last(file, who)
    assert page_of(file, who, household).found[0].held == 1


def test_a_procedure_begun_by_mistake_is_removed_and_brought_back_its_pieces_stay(
    file, who, household, begun, keep
):
    piece = keep(picture(), "c.jpg")
    service.receive_paper(file, who, begun, PaperKey("benefits"), piece)
    service.remove_procedure(file, who, begun)
    page = page_of(file, who, household)
    assert (page.found, list(page.kept)) == ((), [piece])
    take_back_last(file, who)
    assert page_of(file, who, household).found[0].held == 1


MARKS = st.lists(
    st.tuples(st.sampled_from(["benefits", "lease", "family_record", "tax_notice"]), st.sampled_from(Noted),
              st.one_of(st.none(), st.dates(date(2025, 1, 1), DAY))),
    max_size=6,
)  # fmt: skip


@given(MARKS)
def test_whatever_is_noted_no_paper_is_counted_twice_or_lost(
    marks: Sequence[tuple[str, Noted, date | None]],
) -> None:
    procedure = Procedure(
        "p", "v", "h", "enforceable_right", "DALO", None, DAY, DAY, None, None, None, None, "w"
    )
    notes = [
        PaperNote(str(n), "v", "h", "p", paper, None, state, None, day, None, DAY, "w")
        for n, (paper, state, day) in enumerate(marks)
    ]
    of = standing(procedure, PROGRAM_CHECKLISTS, notes, [("a", "Mme Ada Brel")], {"a": "Mme Ada Brel"}, DAY)
    assert len({each.key for each in of.lines}) == len(of.lines)
    assert sum(len(each.notes) for each in of.lines) == len(notes)
    assert of.held + len(of.to_bring) == len(of.asked)


def printed(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages).replace("\u00a0", " ")


def test_what_is_missing_is_one_page_in_plain_words(file, who, household, partner, begun, keep, tmp_path):
    service.receive_paper(
        file, who, begun, PaperKey("benefits"), keep(picture(), "c.jpg"), dated_on=date(2026, 5, 2)
    )
    service.receive_paper(file, who, begun, PaperKey("family_record"))
    for code in ("enforceable_right", "over_indebtedness", "housing_fund_stay"):
        service.begin_procedure(file, who, household, NewProcedure(code, STARTED, date(2026, 12, 5)))
    out = tmp_path / "a.pdf"
    made = print_document(file, who, "pieces-a-apporter", household, out, renderers())
    assert made.pages == 1
    for of in page_of(file, who, household).found[:3]:
        ended = NewProcedure(of.procedure.checklist, STARTED, ended_on=DAY)
        service.change_procedure(file, who, of.procedure.id, ended)
    print_document(file, who, "pieces-a-apporter", household, out, renderers())
    words = " ".join(printed(out).split())
    assert "Demande de logement social" in words
    assert "Dernier avis d’imposition, pour M. Idriss Marchadier" in words
    assert "n’est plus valable depuis le 2 août 2026" in words
    assert "Livret de famille" not in words
    assert "Recours DALO" not in words
    with file.reading() as connection:
        log = accesses.accesses_of_household(connection, who, household)
    assert "Pièces à apporter" in str(log)


def test_nothing_missing_is_said_instead_of_a_blank_page(file, who, household, tmp_path):
    with pytest.raises(InvalidEntry, match="Rien ne manque"):
        print_document(file, who, "pieces-a-apporter", household, tmp_path / "a.pdf", renderers())
    assert list(tmp_path.glob("*.pdf")) == []


def test_received_pieces_go_out_in_the_order_of_the_list_and_are_noted(
    file, who, household, partner, begun, keep, tmp_path, monkeypatch
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    receipt, notice = keep(picture(turned=6), "quittance.jpg"), keep(paper_pdf(2), "avis.pdf")
    locked, text = keep(paper_pdf()[:300], "abime.pdf"), keep(b"Bonjour", "lettre.txt")
    for paper, piece in (
        (PaperKey("rent_receipt"), receipt), (PaperKey("tax_notice", partner), notice),
        (PaperKey("benefits"), locked), (PaperKey("housed_by"), text), (PaperKey("family_record"), None),
    ):  # fmt: skip
        service.receive_paper(file, who, begun, paper, piece)
    out = tmp_path / "out.pdf"
    made = print_document(file, who, "dossier-de-pieces", household, out, renderers())
    read = PdfReader(out)
    assert made.pages == len(read.pages) == 4
    cover = " ".join(printed(out).split())
    assert "Dernier avis d’imposition M. Idriss Marchadier pages 2 à 3" in cover
    assert "Dernière quittance ou dernier avis d’échéance Ménage page 4" in cover
    assert "vue, sans copie gardée" in cover
    assert "Ce PDF est abîmé" in cover
    assert "enregistrez-le en PDF" in cover
    assert made.remark.replace("\u00a0", " ").startswith("3 pièces ne sont pas jointes")
    assert list(temporary.iterdir()) == []
    assert list(tmp_path.glob("*.part")) == []
    with file.reading() as connection:
        (line, *_) = history_of(connection, who, household)
    assert line.action == "pièces d’une démarche réunies hors du fichier"


def test_where_it_cannot_be_written_nothing_is_noted_as_taken_out(
    file, who, household, begun, keep, tmp_path
):
    service.receive_paper(file, who, begun, PaperKey("benefits"), keep(picture(), "c.jpg"))
    made = put_pieces_together(file, who, begun)
    with pytest.raises(Exception, match="n’existe pas"):
        service.take_out_pieces(file, who, made, tmp_path / "nowhere" / "a.pdf")
    with file.reading() as connection:
        assert history_of(connection, who, household)[0].action == "pièce d’une démarche reçue"


def test_without_any_piece_it_is_said(file, who, household, begun, keep, tmp_path):
    with pytest.raises(NotFound, match="Aucune pièce"):
        print_document(file, who, "dossier-de-pieces", household, tmp_path / "a.pdf", renderers())
    service.receive_paper(file, who, begun, PaperKey("benefits"), keep(paper_pdf()[:200], "b.pdf"))
    with pytest.raises(NotFound, match="abîmé"):
        print_document(file, who, "dossier-de-pieces", household, tmp_path / "a.pdf", renderers())
    with pytest.raises(InvalidEntry):
        print_team(file, who, "dossier-de-pieces", "Les Amarres", tmp_path, renderers())


def test_the_week_tells_what_is_missing_and_what_ends(file, who, household, begun, keep):
    from caseworker_app.features.measures import service as measures
    from caseworker_app.features.measures.domain.measure import NewMeasure

    measures.open_measure(file, who, NewMeasure(household, "asll", date(2026, 6, 1), date(2026, 12, 15)))
    service.receive_paper(
        file, who, begun, PaperKey("benefits"), keep(picture(), "c.jpg"), dated_on=date(2026, 9, 1)
    )

    def dues() -> dict[Source, Any]:
        with file.reading() as connection:
            week = read_week(connection, who, DAY)
        return {each.source: each for each in week.dues if each.place.tab == "procedures"}

    found = dues()
    assert found[Source.PAPERS_MISSING].on == STARTED + timedelta(14)
    assert found[Source.PAPERS_MISSING].title == "7\u00a0pièces manquent\u00a0: Demande de logement social"
    assert found[Source.PAPER_ENDING].on == date(2026, 12, 1)
    service.change_procedure(file, who, begun, NewProcedure("social_housing", STARTED, date(2026, 12, 9)))
    assert dues()[Source.PAPERS_MISSING].on == date(2026, 12, 9)
    service.change_procedure(file, who, begun, NewProcedure("social_housing", STARTED, filed_on=DAY))
    assert dues() == {}


def test_a_list_this_program_does_not_know_still_shows_what_was_received(file, who, household, begun, keep):
    service.receive_paper(file, who, begun, PaperKey("benefits"), keep(picture(), "c.jpg"), dated_on=DAY)
    with file.unit_of_work(who.worker_id, "change_procedure") as uow:
        uow.update(store.procedure, begun, {"checklist": "of another version"})
    (of,) = page_of(file, who, household).found
    assert [(each.listed, each.paper.label) for each in of.lines] == [
        (False, "Attestation de la CAF ou de la MSA")
    ]
    with file.reading() as connection:
        assert read_week(connection, who, DAY).dues is not None
