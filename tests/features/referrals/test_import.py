"""A landlord's referrals read in: a list, one filled sheet, the blank sheet handed out and come back; undone whole."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.households import service as households
from caseworker_app.features.intake.domain.choices import NO_CHOICES
from caseworker_app.features.intake.domain.headings import read_heading
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.preview import preview
from caseworker_app.features.intake.domain.recognition import understand
from caseworker_app.features.intake.domain.referral_columns import knows_referral, own_field
from caseworker_app.features.intake.domain.referral_rows import UNNAMED, reasons_named
from caseworker_app.features.intake.service.importing import import_list
from caseworker_app.features.intake.service.undoing import undo_import
from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.referral import Product, Sender, Urgency
from caseworker_app.features.referrals.domain.sheet import sheet_questions
from caseworker_app.features.referrals.domain.tables import reasons
from caseworker_app.sheets.form import read_form
from caseworker_app.sheets.workbook import read_workbook

DAY = date(2026, 11, 24)
REFERRALS = NO_CHOICES.__class__(kind=ListKind.REFERRALS)
COLUMNS = (
    "Bailleur", "Nom", "Prénom", "Né(e) le", "Adresse", "CP", "Ville", "N° bail", "Loyer", "Solde", "Motif", "Urgence",
    "Accord du ménage", "Date de la demande",
)  # fmt: skip
ROWS = (
    ("Marchadier", "Solène", "14/03/1992", "14 rue des Tisserands", "59100", "Roubaix", "L-12", "512,40", "1 240,50",
     "Impayé de loyer", "oui", "Oui", "12/11/2026"),
    ("Delcourt", "Inès", "04/05/1988", "3 rue du Bac", "59100", "Roubaix", "L-77", "480", "0",
     "violences conjugales", "", "Non", "13/11/2026"),
    ("Okoye", "Paul", "", "9 rue Neuve", "59100", "Roubaix", "L-90", "", "",
     "quelque chose d’autre", "", "", "14/11/2026"),
)  # fmt: skip
LIST = "\n".join(";".join(cells) for cells in (COLUMNS, *(("Habitat du Nord", *row) for row in ROWS)))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "orientations.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def letters(place: int) -> str:
    """Name a column as a spreadsheet does."""
    return ("" if place < 26 else chr(64 + place // 26)) + chr(65 + place % 26)


def row_of(path: Path, label: str) -> int:
    grid = read_workbook(path)[0].grid
    return next(number for number, cells in enumerate(grid, 1) if cells and cells[0] == label)


def filled(path: Path, sheet: int, answers: Mapping[int, Mapping[str, str]]) -> None:
    """Type into a workbook as a spreadsheet would: {row: {column: text}}."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = f"xl/worksheets/sheet{sheet}.xml"
    text = parts[name].decode()
    for row, cells in answers.items():
        typed = ""
        for column, words in cells.items():
            cell = f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'
            text, there = re.subn(rf'<c r="{column}{row}"[^>]*/>', lambda _m, cell=cell: cell, text)
            typed += "" if there else cell
        if typed:
            text = text.replace("</sheetData>", f'<row r="{row}">{typed}</row></sheetData>')
    parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in parts.items():
            book.writestr(part, content)


def lines(file: Any, who: Any) -> list[Any]:
    with file.reading() as connection:
        found = service.every_referral(connection, who)
        return [service.open_referral(connection, who, each.id, DAY) for each in found]


def test_a_list_is_recognised_and_shown_before_it_is_read_in(listed: Path) -> None:
    found = understand(listed, DAY)
    assert (found.kind, found.kind_sure, found.to_choose) == (ListKind.REFERRALS, True, 0)
    (first, second, _third) = preview(found)
    assert dict(first.cells)["Motif"] == "Impayé de loyer"
    assert dict(first.cells)["Urgence"] == "urgente"
    assert dict(second.cells)["Accord du ménage"] == "non"


def test_a_list_makes_a_referral_a_row_and_nobody_twice(
    file: Any, who: Any, household: str, listed: Path
) -> None:
    with file.reading() as connection:
        before = households.count_households(connection, who)
    report = import_list(file, who, listed, choices=REFERRALS)
    assert (report.counts.created, report.counts.merged, report.counts.skipped) == (2, 1, 0)
    by_name = {each.people.household.id: each.referral for each in lines(file, who)}
    known = by_name[household]
    assert (known.sender, known.body, known.urgency, known.agreed) == (
        Sender.LANDLORD, "Habitat du Nord", Urgency.URGENT, True,
    )  # fmt: skip
    assert (known.rent_cents, known.balance_cents, known.lease_reference) == (51_240, 124_050, "L-12")
    assert (known.received_on, known.reasons, known.landlord_id is not None) == (
        date(2026, 11, 12),
        "unpaid_rent",
        True,
    )
    others = {
        each.people.household.name: each for each in lines(file, who) if each.people.household.id != household
    }
    violence = next(each for name, each in others.items() if "Delcourt" in name)
    assert violence.people.household.protected
    other = next(each for name, each in others.items() if "Okoye" in name)
    assert (other.referral.reasons, other.referral.statement) == ("other", "quelque chose d’autre")
    import_list(file, who, listed, choices=REFERRALS)
    assert len(lines(file, who)) == 3
    with file.reading() as connection:
        assert households.count_households(connection, who) == before + 2


def test_an_import_of_referrals_is_undone_whole(file: Any, who: Any, household: str, listed: Path) -> None:
    import_list(file, who, listed, choices=REFERRALS)
    undo_import(file, who)
    assert lines(file, who) == []
    with file.reading() as connection:
        assert households.count_households(connection, who) == 1


def test_the_blank_sheet_comes_back_filled_as_one_referral(file: Any, who: Any, tmp_path: Path) -> None:
    path = tmp_path / "fiche.xlsx"
    with file.reading() as connection:
        service.write_blank_sheet(connection, who, path, DAY)
    answers = {
        "Bailleur": "Habitat du Nord", "Interlocuteur": "Mme Vasseur", "Nom du locataire": "Delcourt",
        "Prénom du locataire": "Inès", "Date de naissance": "04/05/1988", "Adresse du logement": "3 rue du Bac",
        "Code postal": "59100", "Commune": "Roubaix", "N° de bail": "L-77", "Solde du compte": "812,30",
        "Motif": "Trouble de voisinage", "Accompagnement demandé": "Diagnostic", "Urgence": "Oui",
        "Situation": "Conflit avec le palier", "Démarches déjà faites": "Médiation", "Accord du ménage": "Oui",
        "Date de l’accord": "10/11/2026", "Réponse attendue": "Un rendez-vous", "Date de la demande": "12/11/2026",
    }  # fmt: skip
    with zipfile.ZipFile(path) as book:
        assert b'<dataValidation type="list"' in book.read("xl/worksheets/sheet1.xml")
    filled(path, 1, {row_of(path, label): {"B": text} for label, text in answers.items()})
    assert understand(path, DAY).kind is ListKind.REFERRALS
    report = import_list(file, who, path, choices=REFERRALS)
    assert report.counts.created == 1
    (read,) = lines(file, who)
    of = read.referral
    assert read.people.members[0].full_name() == "Inès Delcourt"
    assert (of.body, of.contact_name, of.product, of.urgency) == (
        "Habitat du Nord", "Mme Vasseur", Product.DIAGNOSIS, Urgency.URGENT,
    )  # fmt: skip
    assert (of.reasons, of.agreed_on, of.balance_cents) == ("neighbours", date(2026, 11, 10), 81_230)
    assert (of.statement, of.steps_taken, of.answer_expected) == (
        "Conflit avec le palier", "Médiation", "Un rendez-vous",
    )  # fmt: skip


def test_the_list_of_the_blank_sheet_comes_back_too(file: Any, who: Any, tmp_path: Path) -> None:
    path = tmp_path / "fiche.xlsx"
    with file.reading() as connection:
        service.write_blank_sheet(connection, who, path, DAY)
    header = read_workbook(path)[1].grid[0]
    places = [letters(header.index(label)) for label in ("Nom du locataire", "Motif", "Urgence")]
    people = {2: "Delcourt", 3: "Okoye"}
    typed = {n: dict(zip(places, (name, "Isolement", "Non"), strict=True)) for n, name in people.items()}
    filled(path, 2, typed)
    report = import_list(file, who, path, choices=REFERRALS, landlord="Habitat du Nord")
    assert report.counts.created == 2
    assert {each.referral.body for each in lines(file, who)} == {"Habitat du Nord"}
    assert {each.referral.urgency for each in lines(file, who)} == {Urgency.NORMAL}


def test_every_question_of_the_blank_sheet_is_understood() -> None:
    for _part, asked in sheet_questions(DAY):
        for question in asked:
            known = own_field(question.label) or getattr(read_heading(question.label), "field", None)
            assert known, question.label


def test_the_cells_of_a_list_are_not_looked_at_one_by_one_for_a_form(tmp_path: Path) -> None:
    asked: list[str] = []

    def knows(text: str) -> bool:
        asked.append(text)
        return knows_referral(text)

    path = tmp_path / "liste.csv"
    for rows in (200, 400):  # by its header, then by its length
        header = "Nom;Motif;Accord du ménage;Téléphone" if rows == 200 else "a;b;c;d"
        path.write_text("\n".join([header, *["Okoye;isolement;oui;06 39 98 00 01"] * rows]), encoding="utf-8")
        assert read_form(path, knows) is None
        assert len(asked) <= 4


def test_a_list_is_no_form_and_a_nameless_sender_says_so(
    file: Any, who: Any, tmp_path: Path, listed: Path
) -> None:
    assert read_form(listed, knows_referral) is None
    path = tmp_path / "sans.csv"
    path.write_text("Nom;Motif;Accord du ménage\nOkoye;isolement;oui\n", encoding="utf-8")
    import_list(file, who, path, choices=REFERRALS)
    assert [each.referral.body for each in lines(file, who)] == [UNNAMED]


@given(
    st.sampled_from([each for each in reasons(DAY) if each.code != "other"]),
    st.sampled_from(["", "Orientation\u00a0: "]),
)
def test_each_reason_is_named_by_its_own_label(reason: Any, before: str) -> None:
    assert reason.code in reasons_named(f"{before}{reason.label.upper()}", DAY)
