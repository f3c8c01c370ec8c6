"""The lists of papers: dated, versions of the association's own, lines as typed, how long a paper is good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.features.attachments.domain.attachment import AttachmentKind
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.checklist import (
    Checklists,
    Paper,
    Validity,
    program_checklists,
    program_papers,
)
from caseworker_app.features.procedures.domain.edition import (
    ChecklistDraft,
    ChecklistEdition,
    checked_draft,
    checklist_of,
    content_of,
    papers_read,
    papers_text,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import typeset
from caseworker_app.kernel.parameters import every_value
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

DAY = date(2026, 11, 24)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def test_the_program_brings_the_lists_asked_for_none_of_them_shown_as_law() -> None:
    codes = [each.code for each in program_checklists(DAY)]
    assert codes == [
        "social_housing", "housing_fund_entry", "housing_fund_stay", "over_indebtedness", "enforceable_right",
        "signing_lease",
    ]  # fmt: skip
    assert all(len(each.papers) >= 7 for each in program_checklists(DAY))
    assert not any(value.verified for key, value in every_value("procedures"))
    assert all(value.source for key, value in every_value("procedures"))


def test_the_words_of_the_lists_are_typeset_and_every_paper_is_asked_for() -> None:
    asked = {paper.code for each in program_checklists(DAY) for paper in each.papers}
    papers = program_papers(DAY)
    assert set(papers) == asked
    for paper in papers.values():
        assert (paper.label, paper.hint) == (typeset(paper.label), typeset(paper.hint))
        assert "'" not in paper.label + paper.hint


@given(DAYS, st.integers(1, 24))
def test_a_paper_of_some_months_ends_so_many_after_its_date(dated_on: date, months: int) -> None:
    paper = Paper("p", "P", validity=Validity.MONTHS, months=months)
    assert paper.good_until(dated_on, None) == add_months(dated_on, months)


@given(DAYS)
def test_a_notice_of_tax_is_good_until_the_end_of_the_next_august(dated_on: date) -> None:
    end = Paper("p", "P", validity=Validity.TAX_YEAR).good_until(dated_on, None)
    assert end is not None
    assert (end.month, end.day) == (8, 31)
    assert dated_on <= end <= dated_on + timedelta(days=430)


@given(DAYS, DAYS, st.sampled_from(Validity))
def test_the_end_written_on_a_paper_goes_first(dated_on: date, until: date, validity: Validity) -> None:
    assert Paper("p", "P", validity=validity, months=3).good_until(dated_on, until) == until


def test_without_a_date_or_a_limit_no_end_is_made_up() -> None:
    for validity in Validity:
        assert Paper("p", "P", validity=validity, months=3).good_until(None, None) is None
    for validity in (Validity.NONE, Validity.UNTIL):
        assert Paper("p", "P", validity=validity).good_until(DAY, None) is None


NAMES = st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF), min_size=1, max_size=30)
PAPERS = st.builds(
    Paper,
    code=NAMES,
    label=NAMES,
    kind=st.sampled_from(AttachmentKind),
    validity=st.sampled_from([Validity.NONE, Validity.UNTIL, Validity.TAX_YEAR]),
    per_adult=st.booleans(),
    hint=st.one_of(st.just(""), NAMES),
    words=st.lists(NAMES, max_size=3).map(tuple),
)


@settings(max_examples=40)
@given(st.lists(PAPERS, min_size=1, max_size=5, unique_by=lambda paper: fold(paper.label)))
def test_a_list_read_as_it_is_shown_is_the_same(papers: list[Paper]) -> None:
    assert papers_read(papers_text(papers), papers) == tuple(papers)


@settings(max_examples=40)
@given(st.lists(PAPERS, max_size=5))
def test_an_edition_kept_is_the_one_written(papers: list[Paper]) -> None:
    draft = ChecklistDraft("c", "Liste", tuple(papers))
    kept = checklist_of(ChecklistEdition("id", "v", "c", DAY, content_of(draft)))
    assert (kept.code, kept.label) == ("c", "Liste")
    assert [each.code for each in kept.papers] == [each.code for each in papers]


def test_the_programs_own_lists_are_read_as_they_are_shown() -> None:
    for each in program_checklists(DAY):
        assert papers_read(papers_text(each.papers), each.papers) == each.papers


def test_a_line_moved_reworded_or_added_keeps_or_makes_its_paper() -> None:
    before = program_checklists(DAY)[0].papers[:4]
    lines = papers_text(before).splitlines()
    moved = papers_read("\n".join([lines[2], lines[0], lines[1], lines[3]]), before)
    assert [each.code for each in moved] == [before[n].code for n in (2, 0, 1, 3)]
    reworded = papers_read("\n".join([*lines[:3], "Bulletins de paie ; par adulte ; 2 mois"]), before)
    assert (reworded[3].code, reworded[3].months) == (before[3].code, 2)
    added = papers_read("\n".join([*lines, "Carte de transport (photo) ; 1 mois"]), before)
    assert (added[4].code, added[4].hint, added[4].months) == ("Carte de transport", "photo", 1)
    known = (program_papers(DAY)["lease"],)
    assert papers_read("Bail ou titre d’occupation", before, known)[0].code == "lease"


@pytest.mark.parametrize("line", ["Pièce ; parfois", "Pièce ; 0 mois", "Pièce ; 999 mois", " ; 3 mois"])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(InvalidEntry, match="Ligne 2") as refused:
        papers_read(f"RIB\n{line}", ())
    assert refused.value.field == "papers"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ChecklistDraft("", " ", (Paper("a", "A"),)), "label"),
        (ChecklistDraft("", "recours dalo", (Paper("a", "A"),)), "label"),
        (ChecklistDraft("", "Permis", ()), "papers"),
        (ChecklistDraft("", "Permis", (Paper("a", "A"), Paper("b", "a"))), "papers"),
        (ChecklistDraft("", "Permis", tuple(Paper(str(n), f"P{n}") for n in range(41))), "papers"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_of_its_field(draft: ChecklistDraft, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_draft(draft, program_checklists(DAY), None)
    assert refused.value.field == field


def lists_of(file: Any, who: Who) -> Checklists:
    with file.reading() as connection:
        return service.checklists(connection, who)


def test_an_association_writes_its_own_list_and_its_versions_are_kept(file, who):
    first = program_checklists(DAY)[0]
    own = ChecklistDraft(first.code, first.label, first.papers[:3])
    service.edit_checklist(file, who, own)
    with pytest.raises(InvalidEntry, match="Rien n’a changé"):
        service.edit_checklist(file, who, own, lists_of(file, who).current(first.code, DAY).edition_id)
    with pytest.raises(ChangedMeanwhile):
        service.edit_checklist(file, who, replace(own, papers=first.papers[:2]))
    known = lists_of(file, who)
    assert len(known.current(first.code, DAY).papers) == 3
    assert known.on(DAY)[0].code == first.code
    assert known.version(first.code, None, DAY).papers == first.papers
    assert known.versions_of(first.code) == 1
    take_back_last(file, who)
    assert lists_of(file, who).current(first.code, DAY) == first


def test_a_list_of_ones_own_is_added_then_put_away(file, who):
    code, _ = service.edit_checklist(
        file, who, ChecklistDraft("", "Domiciliation", (Paper("Lettre", "Lettre"),))
    )
    assert lists_of(file, who).on(DAY)[-1].label == "Domiciliation"
    found = lists_of(file, who).current(code, DAY)
    service.edit_checklist(
        file, who, ChecklistDraft(code, found.label, found.papers, retired=True), found.edition_id
    )
    assert code not in [each.code for each in lists_of(file, who).on(DAY)]
    assert lists_of(file, who).current(code, DAY).retired


def test_only_who_manages_the_office_writes_lists(file, who):
    with pytest.raises(NotAllowed):
        service.edit_checklist(
            file, Who(who.worker_id, who.name, Role.CASEWORKER), ChecklistDraft("", "X", (Paper("a", "A"),))
        )
