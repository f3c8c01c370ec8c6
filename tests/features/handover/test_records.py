"""The diagnosis and the end of a measure on paper: what was true on their day, what stays, read back from real PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import GoalState, NewGoal
from caseworker_app.features.handover.domain.end_record import told_period
from caseworker_app.features.handover.domain.kinds import DIAGNOSIS, END_RECORD
from caseworker_app.features.handover.domain.record import InternalRecord, Strong, Table
from caseworker_app.features.handover.service.papers import household_paper
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.measures import service as measures
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import NewOrientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.following import (
    Conclusion,
    Means,
    NewAttempt,
    NewDiagnosis,
    Purpose,
)
from caseworker_app.features.referrals.domain.referral import Given, NewReferral, Sender
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.handover.rich_household import DAY, Rich, build
from tests.pdf.reading import assert_sound
from tests.pdf.reading import text as text_of

RENDERERS = renderers()
RECEIVED = date(2026, 9, 14)
CONCLUDED = date(2026, 10, 20)
ASKED = NewReferral(
    RECEIVED,
    Sender.LANDLORD,
    ("unpaid_rent",),
    body="Valmère Habitat",
    given=Given(statement="Ne répond plus"),
)
FOUND = NewDiagnosis(
    RECEIVED, "Mme Vannier", family="Trois générations sous le même toit.", resources="Un seul salaire.",
    home="Salle d’eau humide.", motive="Le ménage a repris la main.", household_view="Rien à ajouter.",
    conclusion=Conclusion.NO_MEASURE, no_measure_code="autonomous", concluded_on=CONCLUDED,
)  # fmt: skip


@pytest.fixture
def rich(file: Any, who: Any) -> Rich:
    return build(file, who)


def asked(file: Any, who: Any, household: str, found: NewDiagnosis | None = FOUND) -> str:
    key = referrals.receive_referral(file, who, ASKED, household)[0].referral_id
    met = NewAttempt(date(2026, 9, 21), Means.VISIT, Purpose.INTERVIEW, reached=True)
    referrals.note_attempt(file, who, key, met)
    if found is not None:
        referrals.write_diagnosis(file, who, key, found)
    return str(key)


def printed(file: Any, who: Any, household: str, kind: str, out: Path) -> str:
    print_document(file, who, kind, household, out, RENDERERS)
    assert_sound(out.read_bytes())
    return text_of(out.read_bytes())


def read(file: Any, who: Any, kind: Any, household: str, subject: str = "") -> InternalRecord:
    with file.reading() as connection:
        paper = household_paper(connection, who, kind, household, day=DAY, subject=subject)
    assert isinstance(paper, InternalRecord)
    return paper


def cells(record: InternalRecord, title: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the tables of a part, each cell as one text."""
    for part in record.parts:
        for block in part.blocks if part.title == title else ():
            if isinstance(block, Table):
                for row in block.rows:
                    yield tuple(f"{c.first} {c.rest}".strip() if isinstance(c, Strong) else c for c in row)


def the_measure(file: Any, who: Any, household: str) -> Any:
    with file.reading() as connection:
        return measures.measures_of(connection, who, household, DAY)[0].measure


def test_a_diagnosis_says_why_no_measure_is_proposed(file: Any, who: Any, rich: Rich, tmp_path: Path) -> None:
    asked(file, who, rich.household_id)
    words = printed(file, who, rich.household_id, "diagnostic", tmp_path / "d.pdf")
    for told in (
        "Document interne", "non-lieu à mesure, conclu le 20 octobre 2026", "Valmère Habitat", "21 septembre 2026",
        "Ne répond plus", "Lilaëlle", "9 ans", "Curatelle", "Trois générations", "Un seul salaire",
        "Salle d’eau humide",
        "Bail glissant", "503,40 € par mois", "Le ménage se débrouille seul", "a repris la main", "Rien à ajouter",
        "aucun total n’est calculé",
    ):  # fmt: skip
        assert told in words, told
    assert "moyenne" not in words.casefold()


def test_a_diagnosis_keeps_to_its_own_day(file: Any, who: Any, rich: Rich) -> None:
    """What came after its conclusion is not in it: the evaluation of the 27th, the budget of November, later goals."""
    asked(file, who, rich.household_id)
    for opened, title in ((date(2026, 9, 20), "Faire réparer"), (date(2026, 11, 2), "Chercher une crèche")):
        goals.add_goal(file, who, NewGoal(rich.household_id, title, "upkeep", opened_on=opened))
    record = read(file, who, DIAGNOSIS, rich.household_id)
    told = str(record)
    assert "12/05/2026" in told
    assert "27/10/2026" not in told
    assert "novembre 2026" not in told.replace("\u00a0", " ").replace(f"day={DAY!r}", "")
    assert [row[0] for row in cells(record, "Objectifs proposés")] == ["Faire réparer"]


def test_a_diagnosis_that_goes_on_says_so_and_has_today(file: Any, who: Any, rich: Rich) -> None:
    going = replace(FOUND, conclusion=None, no_measure_code=None, concluded_on=None)
    asked(file, who, rich.household_id, going)
    record = read(file, who, DIAGNOSIS, rich.household_id)
    assert "n’est pas conclu" in record.notice
    rows = list(cells(record, "Ressources, charges et dettes"))
    assert ("Total des ressources", "980,00\u00a0€") in rows
    assert any("Crédit inventé" in row[0] for row in rows)


def test_the_diagnosis_asked_for_is_the_one_printed(file: Any, who: Any, rich: Rich) -> None:
    first = asked(file, who, rich.household_id)
    asked(file, who, rich.household_id, replace(FOUND, motive="Une autre raison."))
    assert "Une autre raison." in str(read(file, who, DIAGNOSIS, rich.household_id))
    assert "a repris la main" in str(read(file, who, DIAGNOSIS, rich.household_id, first))


def test_a_protected_home_is_masked_in_a_diagnosis(file: Any, who: Any) -> None:
    rich = build(file, who, protected=True)
    asked(file, who, rich.household_id, replace(FOUND, home="Au 8 allée des Glycines, porte 23."))
    told = str(read(file, who, DIAGNOSIS, rich.household_id))
    assert "Glycines" not in told
    assert "Masquée, dossier protégé" in told


def test_a_referral_of_somebody_else_is_not_told(file: Any, who: Any, rich: Rich) -> None:
    other = households.create_household(file, who, NewHousehold((NewMember("Autre", "Zoé"),)))[0]
    key = asked(file, who, other)
    with pytest.raises(InvalidEntry):
        read(file, who, DIAGNOSIS, rich.household_id, key)
    with pytest.raises(InvalidEntry):
        read(file, who, END_RECORD, other, the_measure(file, who, rich.household_id).id)


@pytest.mark.parametrize("kind", ["diagnostic", "fiche-fin-mesure"])
def test_what_is_missing_is_said(file: Any, who: Any, household: str, kind: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidEntry, match="puis imprimez"):
        print_document(file, who, kind, household, tmp_path / "x.pdf", RENDERERS)
    assert list(tmp_path.glob("x.pdf")) == []


def ended(file: Any, who: Any, household: str) -> None:
    """End the measure on the 10th of November, with a goal reached, one abandoned, an orientation that waits."""
    measure = the_measure(file, who, household)
    measures.suspend_measure(file, who, measure.id, date(2026, 8, 3), date(2026, 8, 16), "Séjour en famille")
    with file.reading() as connection:
        known = [each.goal for each in goals.goals_of(connection, who, household)]
    goals.change_goal_state(file, who, known[0].id, GoalState.ACHIEVED, date(2026, 11, 5))
    goals.change_goal_state(file, who, known[-1].id, GoalState.ABANDONED, reason="N’en veut plus")
    key = partners.add_partner(file, who, NewPartner("CCAS de Hem"))[0]
    new = NewOrientation(key, "Aide à l’énergie", date(2026, 10, 1))
    orientations.propose_orientation(file, who, household, new)
    measures.end_measure(
        file, who, measure.id, date(2026, 11, 10), "lease_transferred", "Même logement, bail à son nom"
    )


def test_the_end_of_a_measure_holds_what_was_done_and_what_is_left(
    file: Any, who: Any, rich: Rich, tmp_path: Path
) -> None:
    ended(file, who, rich.household_id)
    words = printed(file, who, rich.household_id, "fiche-fin-mesure", tmp_path / "f.pdf")
    for told in (
        "Document interne", "du 1er novembre 2025 au 10 novembre 2026", "Même logement, bail à son nom",
        "Séjour en famille",
        "14 jours de suspension", "1 rencontre (1 absence prévenue)", "N’en veut plus", "12 mai 2026",
        "27 octobre 2026",
        "progresse", "aucun total n’est calculé", "CCAS de Hem", "passage du plombier", "Réponse attendue de CCAS",
    ):  # fmt: skip
        assert told.casefold() in words.casefold(), told
    assert "Préparation" not in words
    assert "moyenne :" not in words.casefold()


def test_the_rent_account_is_told_from_the_day_before_to_the_last_one(
    file: Any, who: Any, rich: Rich
) -> None:
    ended(file, who, rich.household_id)
    (row,) = cells(read(file, who, END_RECORD, rich.household_id), "Le compte de loyer")
    assert row[0] == "Ce que le ménage doit à l’association"
    assert row[1] == "à jour au 31/10/2025"
    assert row[2].endswith("dus au 10/11/2026")
    assert row[3].startswith("+")
    assert row[4] == "11 sur 12"


def test_a_measure_that_runs_is_prepared_up_to_today(file: Any, who: Any, rich: Rich) -> None:
    record = read(file, who, END_RECORD, rich.household_id)
    assert record.notice.startswith("Préparation")
    assert "à indiquer" in str(record).casefold()
    assert any(row[0].startswith("Payer le loyer") for row in cells(record, "Les objectifs"))


def test_the_days_told_never_pass_the_day_of_printing(file: Any, who: Any, rich: Rich) -> None:
    with file.reading() as connection:
        known = measures.measures_of(connection, who, rich.household_id, DAY)[0]
    start = known.measure.starts_on
    assert told_period(known, DAY) == Period(start, DAY)
    assert told_period(known, start - timedelta(40)) == Period(start, start)
    over = replace(known, measure=replace(known.measure, ended_on=DAY - timedelta(9)))
    assert told_period(over, DAY) == Period(start, DAY - timedelta(9))
