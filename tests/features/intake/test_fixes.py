"""Rows to correct: every fix proposed settles what it was proposed for, and corrections are read as if typed."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.features.intake.domain import repairs, values
from caseworker_app.features.intake.domain.choices import (
    NO_CHOICES,
    Choices,
    Correction,
    read_choices,
    write_choices,
)
from caseworker_app.features.intake.domain.deciding import count, decide
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate, RowChoice
from caseworker_app.features.intake.domain.fixes import (
    RowToCheck,
    accept_all,
    recheck_row,
    rows_to_check,
)
from caseworker_app.features.intake.domain.list_kind import IMPORTABLE, ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan, analyse
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.ground import SHARED

TODAY = date(2026, 11, 24)
DATA = SHARED / "data"
HEADER = "N° Bail;Nom;Prénom;Né(e) le;Téléphone;Courriel;CP;Type;Loyer;Date d'entrée;Nb occupants"
WRONG = "1;Dupont;Andr?;31/02/1980;O6 39 98 12 4O;a.b(at)gue.example;59 1OO;T 3 vue;1.234.56;12/25/2019;2 ad. + 3 enf."


def written(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return path


def fixes(plan: ImportPlan) -> dict[str, str]:
    rows = rows_to_check(plan, Choices(kind=plan.kind), TODAY)
    found = [cell.fix for row in rows for cell in row.cells if cell.fix is not None]
    return {plan.header[fix.column]: fix.proposed for fix in found}


def test_each_trouble_has_its_fix(tmp_path: Path) -> None:
    assert fixes(analyse(written(tmp_path, WRONG), (), TODAY)) == {
        "Prénom": "André",
        "Né(e) le": "29/02/1980",
        "Téléphone": "06 39 98 12 40",
        "Courriel": "a.b@gue.example",
        "CP": "59100",
        "Loyer": "1234,56",
        "Date d'entrée": "25/12/2019",
    }


@pytest.mark.parametrize(
    ("column", "value", "proposed"),
    [
        ("Né(e) le", "12/03/2062", "12/03/1962"),
        ("Né(e) le", "29/02/2019", "28/02/2019"),
        ("Né(e) le", "01/01/1900", ""),
        ("Né(e) le", "03/05/198O", "03/05/1980"),
        ("Né(e) le", "12,03,1980", "12/03/1980"),
        ("Loyer", "52625", "526,25"),
        ("Loyer", "-412,50", "412,50"),
        ("Loyer", "=A1+B2", ""),
        ("Téléphone", "06.39.98.12.4O", "06 39 98 12 40"),
        ("Courriel", "x,y@gmail", "x.y@gmail.com"),
        ("Courriel", "solene @ gue.example", "solene@gue.example"),
        ("Nom", "Kab\x00oré", "Kaboré"),
        ("Nom", "=Dupont", "Dupont"),
    ],
)
def test_a_typing_mistake_is_put_right(tmp_path: Path, column: str, value: str, proposed: str) -> None:
    cells = ["1", "Dupont", "Jean", "", "", "", "", "", "", "", ""]
    cells[HEADER.split(";").index(column)] = value
    assert fixes(analyse(written(tmp_path, ";".join(cells)), (), TODAY))[column] == proposed


def test_nothing_is_proposed_where_nothing_is_good(tmp_path: Path) -> None:
    plan = analyse(written(tmp_path, "1;;;;06 39 98 12;;;;;;", "2;Petit;Zoé;dans l'été;;;;;;;"), (), TODAY)
    assert fixes(plan) == {}


def test_accepting_every_fix_settles_every_row(tmp_path: Path) -> None:
    path = written(tmp_path, WRONG, "2;Petit;Zoé;12/03/2062;;;;;52625;;3")
    plan = analyse(path, (), TODAY)
    choices = accept_all(plan, NO_CHOICES, TODAY)
    corrected = analyse(path, (), TODAY, choices)
    assert [p for p in corrected.problems if p.severity == "error"] == []
    assert len(corrected.households) == 2
    assert corrected.households[1].household.members[0].birth_date == date(1962, 3, 12)


def test_a_row_is_read_again_alone_after_one_edit(tmp_path: Path) -> None:
    plan = analyse(written(tmp_path, "1;Petit;Zoé;31/02/1980;;;;;;;"), (), TODAY)
    before = rows_to_check(plan, NO_CHOICES, TODAY)[0]
    column = HEADER.split(";").index("Né(e) le")
    still = recheck_row(plan, NO_CHOICES.with_correction(2, column, "32/01/1980"), 2, TODAY)
    fixed = recheck_row(plan, NO_CHOICES.with_correction(2, column, "28/02/1980"), 2, TODAY)
    assert (before.severity, still.severity, fixed.severity) == ("error", "error", "")
    assert next(c.value for c in fixed.cells if c.column == column) == "28/02/1980"
    assert before.title == "Petit Zoé"


def test_a_shifted_row_is_told_until_somebody_corrects_it(tmp_path: Path) -> None:
    path = written(tmp_path, "1;Petit;Zoé;01/02/1980;;;;;;;;de trop")
    plan = analyse(path, (), TODAY)
    assert plan.households == ()
    assert recheck_row(plan, NO_CHOICES, 2, TODAY).severity == "error"
    choices = NO_CHOICES.with_correction(2, 2, "Zoé")
    assert recheck_row(plan, choices, 2, TODAY).severity == ""
    assert len(analyse(path, (), TODAY, choices).households) == 1


def test_rows_left_aside_are_counted_and_can_be_taken_again(tmp_path: Path) -> None:
    path = written(tmp_path, "1;Petit;Zoé;;;;;;;;", "2;;;;;;;;;;x", "3;Roux;Ali;31/02/1980;;;;;;;")
    choices = NO_CHOICES.with_skipped(3, skipped=True).with_skipped(2, skipped=True)
    plan = analyse(path, (), TODAY, choices)
    counts = count(plan, decide(plan, OnDuplicate.SKIP, choices))
    assert (counts.rows, counts.created, counts.skipped, counts.in_error) == (3, 0, 2, 1)
    rows = {row.row: row for row in rows_to_check(plan, choices, TODAY)}
    assert (rows[2].skipped, rows[3].skipped, rows[4].skipped) == (True, True, False)
    assert [number for number, row in rows.items() if row.severity == "error" and not row.skipped] == [4]
    again = analyse(path, (), TODAY, choices.with_skipped(2, skipped=False))
    assert len(again.households) == 1


def test_rows_to_check_travel_between_processes(tmp_path: Path) -> None:
    rows = rows_to_check(analyse(written(tmp_path, WRONG), (), TODAY), NO_CHOICES, TODAY)
    assert pickle.loads(pickle.dumps(rows)) == rows
    assert isinstance(rows[0], RowToCheck)


def test_corrections_are_written_and_kept_with_the_import(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    path = written(tmp_path, WRONG)
    choices = accept_all(analyse(path, (), TODAY), NO_CHOICES, TODAY)
    report = importing.import_list(file, who, path, choices=choices)
    assert (report.counts.created, report.counts.in_error) == (1, 0)
    with file.reading() as connection:
        [made] = importing.imports_made(connection, who, TODAY)
    assert read_choices(made.run.choices) == choices


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared real files are not on this machine")
@pytest.mark.parametrize(
    "name",
    [
        "people/import_beneficiaires.csv", "people/domifa_import_ko.xlsx", "landlords/liste_locataires_synthetique.csv",
        "people/extract_spie_principal.csv", "dwellings/RPLS_narbonne.csv",
    ],
)  # fmt: skip
def test_fixes_of_a_real_file_settle_what_they_are_for(name: str) -> None:
    plan = analyse(DATA / name, (), TODAY)
    choices = accept_all(plan, NO_CHOICES, TODAY)
    after = analyse(DATA / name, (), TODAY, choices)
    corrected = {correction.row for correction in choices.corrections}
    errors = {p.row for p in plan.problems if p.severity == "error"} & corrected
    assert len({p.row for p in after.problems if p.severity == "error"}) <= len(
        {p.row for p in plan.problems if p.severity == "error"}
    )
    assert after.row_count == plan.row_count
    assert errors <= corrected


dates = st.from_regex(r"[0-9OoIl]{1,2}[/.\- ][0-9O]{1,2}[/.\- ]([0-9O]{2}|[0-9O]{4})", fullmatch=True)


@given(dates)
def test_what_is_proposed_for_a_date_is_a_date_or_nothing(text: str) -> None:
    for proposed, why in repairs.dates(text, TODAY):
        assert why
        if proposed:
            values.parse_date(proposed, TODAY)


@given(st.text(max_size=30))
def test_no_rule_stumbles_whatever_the_cell(text: str) -> None:
    for rule in (
        repairs.dates, repairs.amounts, repairs.phones, repairs.emails, repairs.postal_codes, repairs.typologies,
        repairs.counts, repairs.plain_text,
    ):  # fmt: skip
        for proposed, why in rule(text, TODAY):
            assert why
            assert isinstance(proposed, str)


@given(st.from_regex(r"0[1-7]([ .]?[0-9O]{2}){4}", fullmatch=True))
def test_a_phone_with_letters_for_figures_is_read(text: str) -> None:
    for proposed, _why in repairs.phones(text, TODAY):
        try:
            numbers, wrong = values.parse_phones(proposed)
        except InvalidEntry:
            continue
        assert numbers or wrong


cells = st.text("abc0123 /é", max_size=8)
fields = st.sampled_from(["", "last_name", "dependant_1_birth_date"])
targets = st.tuples(st.none() | st.just("h1"), st.none() | st.integers(1, 9))
decided = st.builds(
    lambda row, action, target: RowChoice(row, action, *target),
    st.integers(1, 99),
    st.sampled_from(Action),
    targets,
)
corrections = st.lists(st.builds(Correction, st.integers(1, 50), st.integers(0, 9), cells), max_size=5)
choices_made = st.builds(
    Choices,
    kind=st.none() | st.sampled_from(IMPORTABLE),
    columns=st.lists(st.tuples(st.integers(0, 20), fields), max_size=3).map(tuple),
    corrections=corrections.map(tuple),
    skipped_rows=st.lists(st.integers(1, 99), max_size=4).map(tuple),
    decisions=st.lists(decided, max_size=3).map(tuple),
    sheets=st.lists(cells, max_size=2).map(tuple),
    measure_kind=st.none() | st.just("asll"),
    workers=st.lists(st.tuples(cells, cells), max_size=2).map(tuple),
    new_workers=st.booleans(),
)  # fmt: skip


@given(choices_made)
@settings(max_examples=60)
def test_choices_are_read_back_as_they_were_written(made: Choices) -> None:
    assert read_choices(write_choices(made)) == made


def test_no_choice_takes_no_place() -> None:
    assert write_choices(NO_CHOICES) == ""
    assert read_choices("") == NO_CHOICES
    assert NO_CHOICES.kind is None
    assert Choices(kind=ListKind.TRACKER) != NO_CHOICES


def test_choices_are_changed_one_by_one() -> None:
    made = NO_CHOICES.with_correction(3, 1, "a").with_correction(3, 1, "b").with_correction(2, 0, "c")
    assert made.corrections == ((2, 0, "c"), (3, 1, "b"))
    decided = made.with_decision(RowChoice(4, Action.MERGE)).with_decision(RowChoice(4, Action.SKIP))
    assert decided.decisions == (RowChoice(4, Action.SKIP),)
