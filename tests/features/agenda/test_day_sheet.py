"""The sheet of a day, printed and read back: who, where, how to reach them, and what never stands on it."""

from __future__ import annotations

from datetime import date

from pypdf import PdfReader

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.documents import render_day_sheet
from caseworker_app.features.agenda.domain.day_sheet import NO_SAFE_PHONE, PROTECTED, Phone, day_sheet
from caseworker_app.features.agenda.domain.shown import ShownTime
from caseworker_app.features.diary.domain.appointment import AppointmentKind, TimeForm
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.households import service as households
from caseworker_app.storage.access_log import AccessKind
from tests.features.agenda.conftest import at

TODAY = date(2026, 11, 24)


def printed(file, who, path) -> str:
    service.print_day_sheet(file, who, TODAY, path, render_day_sheet)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def plan(file, who, household: str) -> None:
    visit = TimeForm(
        at(14), 60, AppointmentKind.HOME_VISIT, household, place="domicile", purpose="plan d’apurement",
        travel_before_minutes=25, bring="convention, clés",
    )  # fmt: skip
    service.plan(file, who, visit)
    service.plan(
        file, who, TimeForm(at(9), 60, AppointmentKind.MEETING, purpose="Équipe", participants="tous")
    )


def test_the_sheet_says_where_to_go_and_how_to_reach(tmp_path, file, who, household) -> None:
    plan(file, who, household)
    told = printed(file, who, tmp_path / "jour.pdf")
    for words in ("Marchadier", "14 rue des Tisserands", "06 39 98 12 47", "SMS après 17 h", "convention, clés",
                  "25 min avant", "Équipe", "avec tous", "Feuille du mardi 24 novembre 2026"):  # fmt: skip
        assert words in told.replace("\u00a0", " "), words
    assert told.index("Équipe") < told.index("Marchadier")
    assert [n.household_id for n in file.accesses._noted if n.kind is AccessKind.PRINTED] == [household]


def test_a_protected_household_stands_there_by_its_initials_alone(tmp_path, file, who, household) -> None:
    plan(file, who, household)
    households.set_protected(file, who, household, protected=True)
    told = printed(file, who, tmp_path / "jour.pdf").replace("\u00a0", " ")
    assert "S. M." in told
    assert "protégés" in told
    for words in ("Marchadier", "Tisserands", "06 39 98", "SMS", "apurement", "clés"):
        assert words not in told


def test_no_number_is_given_that_nobody_said_safe() -> None:
    each = ShownTime(
        "a", "v", at(9), at(10), False, AppointmentKind.CALL, AppointmentState.PLANNED, "w", "Claire",
        "h", "Mme Test",
    )  # fmt: skip
    sheet = day_sheet(TODAY, "Claire", [each], {"h": [Phone("+33639981247", safe=False)]}, {}, TODAY)
    assert sheet.rows[0].where == (NO_SAFE_PHONE,)
    assert PROTECTED not in sheet.rows[0].where


def test_an_empty_day_is_printed_too(tmp_path, file, who) -> None:
    assert "Aucun rendez-vous" in printed(file, who, tmp_path / "jour.pdf")
