"""What a visit is reminded of about home and budget: debt, plan, what falls due, what is missing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.diary.domain.home_reminders import (
    AHEAD,
    MOST,
    HomeReminder,
    Urgency,
    budget_missing,
    home_reminders,
)
from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.service import homes, rent
from caseworker_app.features.team import service as team
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.housing import housing_scene
from tests.ground import KEY, NOW

DAY = date(2026, 11, 24)


def home(file, who, household, day: date = DAY) -> ShownHome:
    with file.reading() as connection:
        found = homes.current_home(connection, who, household, day)
    assert found is not None
    return found


def told(file, who, household, day: date = DAY) -> dict[str, HomeReminder]:
    return {each.title: each for each in home_reminders(home(file, who, household, day), day)}


def test_a_debt_is_told_with_its_months_and_whether_the_threshold_is_reached(file, who) -> None:
    household = housing_scene.plain_household(file, who)
    found = told(file, who, household)
    debt = found["Dette de loyer\u00a0: 1\u202f425,00\u00a0€"]
    assert debt.urgency is Urgency.LATE
    assert "septembre\u00a02026" in debt.detail
    assert "seuil d’impayé atteint" in debt.detail
    assert found["Assurance habitation"].detail == "attestation à demander"
    # The six weeks of the command to pay end within the month.
    assert found["À payer avant le 21\u00a0déc."].detail == "dans 27\u00a0jours"


def test_a_sliding_lease_tells_the_household_s_own_account_plan_and_dates(file, who) -> None:
    household = housing_scene.sliding_household(file, who)
    shown = home(file, who, household)
    found = home_reminders(shown, DAY)
    own = shown.accounts[Account.HOUSEHOLD_TO_ASSOCIATION].statement
    assert own.balance_cents != shown.accounts[Account.ASSOCIATION_TO_LANDLORD].statement.balance_cents
    titles = [each.title for each in found]
    assert any(title.startswith("Dette de loyer") for title in titles)
    plan = next(each for each in found if each.title.startswith("Plan d’apurement"))
    assert (plan.urgency, plan.detail.split(" · ")[0]) == (Urgency.CALM, "échéance du mois payée")
    assert any("Avis au préfet" in title for title in titles)
    assert any("Examen" in title for title in titles)
    assert "Assurance habitation" not in titles


def test_an_instalment_due_then_missed_presses_more_and_more(file, who) -> None:
    household = housing_scene.sliding_household(file, who)
    due = next(e for t, e in told(file, who, household, date(2026, 12, 10)).items() if t.startswith("Plan"))
    assert (due.urgency, due.detail.split(" · ")[0]) == (Urgency.SOON, "échéance\u00a03 sur 19")
    late = next(e for t, e in told(file, who, household, date(2027, 1, 10)).items() if t.startswith("Plan"))
    assert late.urgency is Urgency.LATE
    assert "1\u00a0échéance non payée" in late.title


def test_a_rent_paid_ahead_is_calm(file, who) -> None:
    household = housing_scene.plain_household(file, who)
    lease = home(file, who, household).file.lease
    new = NewRentEntry(
        household, lease.id, Account.HOUSEHOLD_TO_LANDLORD, date(2026, 11, 1), RentEntryKind.PAID, 150_000,
        date(2026, 11, 20),
    )  # fmt: skip
    rent.record_rent_entry(file, who, new)
    calm = told(file, who, household)["Loyer à jour"]
    assert (calm.detail, calm.urgency) == ("75,00\u00a0€ d’avance", Urgency.CALM)


def test_the_end_of_the_lease_is_told_three_months_before(file, who) -> None:
    shown = home(file, who, housing_scene.plain_household(file, who))
    for left, expected in ((0, True), (AHEAD.days, True), (AHEAD.days + 1, False)):
        lease = replace(shown.file.lease, ends_on=DAY + timedelta(left))
        ending = replace(shown, file=replace(shown.file, lease=lease))
        assert ("Fin du bail" in [each.title for each in home_reminders(ending, DAY)]) is expected


def test_no_home_calls_for_nothing() -> None:
    assert home_reminders(None, DAY) == ()


@pytest.mark.parametrize(("month", "missing"), [(11, False), (12, False), (10, True)])
def test_the_budget_of_the_month_is_missed_once_another_was_typed(
    file, who, household, month, missing
) -> None:
    lines = (NewLine("net_wage", 100_000), NewLine("rent", 40_000))
    budget.write_month(file, who, NewMonth(household, date(2026, month, 1), lines, persons_hundredths=100))
    with file.reading() as connection:
        sheet = budget.budget_of(connection, who, household)
    assert budget_missing(sheet, DAY) == (
        "Celui de novembre\u00a02026 n’est pas encore saisi." if missing else ""
    )


def test_no_budget_at_all_is_said_by_the_card_itself() -> None:
    assert budget_missing(None, DAY) == ""


@given(st.integers(0, 1200))
def test_at_most_five_lines_the_most_pressing_first(prepared: ShownHome, days: int) -> None:
    found = home_reminders(prepared, DAY + timedelta(days))
    assert len(found) <= MOST
    assert [each.urgency for each in found] == sorted(each.urgency for each in found)
    assert all(each.spoken for each in found)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, blank_folder) -> ShownHome:
    folder = tmp_path_factory.mktemp("home") / "file"
    shutil.copytree(blank_folder, folder)
    with EncryptedFile.open(folder, KEY, FixedClock(NOW)) as file:
        who = team.owner(file)
        return home(file, who, housing_scene.sliding_household(file, who))
