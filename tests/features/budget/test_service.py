"""Budgets and debts written into a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.debts import DebtStage, NewDebt
from caseworker_app.features.budget.domain.indicators import indicators
from caseworker_app.features.budget.domain.sheet import BudgetSheet, NewLine, NewMonth
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.undo import undo_last
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
LINES = (
    NewLine("net_wage", 600_00),
    NewLine("apl", 437_00, paid_by_third_party=True),
    NewLine("rent", 468_20),
)


def read(file: EncryptedFile, who: Who, household: str, month: date | None = None) -> BudgetSheet:
    with file.reading() as connection:
        sheet = service.budget_of(connection, who, household, month)
    assert sheet is not None
    return sheet


def test_a_month_comes_back_with_its_lines_in_order(file: EncryptedFile, who: Who, household: str) -> None:
    _, changes = service.write_month(file, who, NewMonth(household, NOVEMBER, LINES, 200))
    sheet = read(file, who, household)
    assert changes.households == {household}
    assert [(line.category, line.amount_cents) for line in sheet.lines] == [
        ("net_wage", 600_00), ("apl", 437_00), ("rent", 468_20),
    ]  # fmt: skip
    assert [line.paid_by_third_party for line in sheet.lines] == [False, True, False]
    assert (sheet.month.persons, sheet.month.residual_definition) == (2, "persons_30")


def test_a_household_without_budget_has_none(file: EncryptedFile, who: Who, household: str) -> None:
    with file.reading() as connection:
        assert service.budget_of(connection, who, household) is None
        assert service.months_of(connection, who, household) == []
        assert service.sheets_of(connection, who, household) == []


def test_only_changed_lines_get_a_new_id(file: EncryptedFile, who: Who, household: str) -> None:
    service.write_month(file, who, NewMonth(household, NOVEMBER, LINES))
    before = {line.category: line.id for line in read(file, who, household).lines}
    changed = (replace(LINES[2], amount_cents=470_00), LINES[0], LINES[1], NewLine("water", 38_00))
    service.write_month(file, who, NewMonth(household, NOVEMBER, changed))
    after = {line.category: line.id for line in read(file, who, household).lines}
    assert list(after) == ["rent", "net_wage", "apl", "water"]
    assert {code for code in before if before[code] == after[code]} == {"net_wage", "apl"}


def test_writing_the_same_month_again_changes_nothing(file: EncryptedFile, who: Who, household: str) -> None:
    new = NewMonth(household, NOVEMBER, LINES, residual_definition="persons_30_42")
    service.write_month(file, who, new)
    _, changes = service.write_month(file, who, replace(new, residual_definition=None))
    assert changes.tables == frozenset()
    assert read(file, who, household).month.residual_definition == "persons_30_42"


def test_a_sheet_changed_meanwhile_is_not_written_over(file: EncryptedFile, who: Who, household: str) -> None:
    service.write_month(file, who, NewMonth(household, NOVEMBER, LINES))
    seen = frozenset(line.id for line in read(file, who, household).lines)
    service.write_month(
        file, who, NewMonth(household, NOVEMBER, (*LINES, NewLine("water", 1))), read_lines=seen
    )
    with pytest.raises(ChangedMeanwhile):
        service.write_month(file, who, NewMonth(household, NOVEMBER, LINES), read_lines=seen)
    assert len(read(file, who, household).lines) == 4


def test_a_refused_month_leaves_the_one_before(file: EncryptedFile, who: Who, household: str) -> None:
    service.write_month(file, who, NewMonth(household, NOVEMBER, LINES))
    with pytest.raises(InvalidEntry):
        service.write_month(file, who, NewMonth(household, NOVEMBER, (NewLine("lottery", 1),)))
    assert len(read(file, who, household).lines) == 3


def test_the_previous_month_is_copied_with_new_ids(file: EncryptedFile, who: Who, household: str) -> None:
    service.write_month(file, who, NewMonth(household, OCTOBER, LINES, 250, "persons_30_without_repayments"))
    service.copy_previous_month(file, who, household, DECEMBER)
    october, december = read(file, who, household, OCTOBER), read(file, who, household)
    assert december.month.month == DECEMBER
    assert indicators(december).income.value == indicators(october).income.value
    assert december.month.persons_hundredths == 250
    assert december.month.residual_definition == "persons_30_without_repayments"
    assert not {line.id for line in october.lines} & {line.id for line in december.lines}


def test_a_month_is_copied_only_where_there_is_room_and_something_before(
    file: EncryptedFile, who: Who, household: str
) -> None:
    service.write_month(file, who, NewMonth(household, NOVEMBER, LINES))
    for month in (NOVEMBER, OCTOBER):
        with pytest.raises(InvalidEntry):
            service.copy_previous_month(file, who, household, month)


def test_a_month_is_removed_and_comes_back(file: EncryptedFile, who: Who, household: str) -> None:
    service.write_month(file, who, NewMonth(household, NOVEMBER, LINES))
    service.remove_month(file, who, household, NOVEMBER)
    with pytest.raises(NotFound):
        service.remove_month(file, who, household, NOVEMBER)
    undo_last(file, who.worker_id)
    assert len(read(file, who, household).lines) == 3


def test_the_course_of_a_budget_is_read_oldest_first(file: EncryptedFile, who: Who, household: str) -> None:
    months = [date(2026, month, 1) for month in (3, 1, 2)]
    with file.unit_of_work(who.worker_id, "fill") as uow:
        service.add_months(uow, [NewMonth(household, m, (NewLine("rsa", m.month * 100),)) for m in months])
    with file.reading() as connection:
        sheets = service.sheets_of(connection, who, household, last=2)
        newest_first = service.months_of(connection, who, household)
    assert [(s.month.month.month, [line.amount_cents for line in s.lines]) for s in sheets] == [
        (2, [200]),
        (3, [300]),
    ]
    assert [month.month for month in newest_first] == [3, 2, 1]


def test_a_debt_is_added_changed_and_named_on_its_line(file: EncryptedFile, who: Who, household: str) -> None:
    debt = NewDebt(household, "rent", 529_96, "Habitat du Septentrion", 1_086_96, monthly_cents=60_00)
    debt_id, _ = service.add_debt(file, who, debt)
    service.write_month(
        file, who, NewMonth(household, NOVEMBER, (NewLine("rent_plan", 60_00, debt_id=debt_id),))
    )
    paid = replace(debt, remaining_cents=469_96, stage=DebtStage.REPAYMENT_PLAN, enforceable=True)
    service.change_debt(file, who, debt_id, paid)
    sheet = read(file, who, household)
    assert sheet.lines[0].debt_id == sheet.debts[0].id == debt_id
    assert (sheet.debts[0].remaining_cents, sheet.debts[0].remaining_on) == (469_96, date(2026, 11, 24))
    assert sheet.debts[0].enforceable


def test_debts_and_people_of_another_household_are_refused(
    file: EncryptedFile, who: Who, household: str
) -> None:
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Ozanne"),)))
    debt_id, _ = service.add_debt(file, who, NewDebt(other, "energy", 100_00))
    with file.reading() as connection:
        stranger = households.open_household(connection, who, other).members[0].id
        own = households.open_household(connection, who, household).members[0].id
    for line in (NewLine("other_repayment", 1, debt_id=debt_id), NewLine("rsa", 1, member_id=stranger)):
        with pytest.raises(InvalidEntry):
            service.write_month(file, who, NewMonth(household, NOVEMBER, (line,)))
    service.write_month(file, who, NewMonth(household, NOVEMBER, (NewLine("rsa", 1, member_id=own),)))
    assert read(file, who, household).lines[0].member_id == own


def test_a_month_written_apart_on_two_devices_is_one_month(
    file: EncryptedFile, who: Who, household: str
) -> None:
    with file.unit_of_work(who.worker_id, "as_if_received") as uow:
        service.add_months(
            uow, [NewMonth(household, NOVEMBER, LINES[:1]), NewMonth(household, NOVEMBER, LINES[2:], 300)]
        )
    sheet = read(file, who, household)
    assert {line.category for line in sheet.lines} == {"net_wage", "rent"}
    assert sheet.month.persons_hundredths == 300
    with file.reading() as connection:
        assert service.months_of(connection, who, household) == [NOVEMBER]


def test_a_volunteer_reads_and_does_not_write(file: EncryptedFile, who: Who, household: str) -> None:
    volunteer = Who(who.worker_id, who.name, Role.VOLUNTEER)
    service.write_month(file, who, NewMonth(household, NOVEMBER, LINES))
    assert read(file, volunteer, household).lines
    with pytest.raises(NotAllowed):
        service.write_month(file, volunteer, NewMonth(household, NOVEMBER, LINES))
    with pytest.raises(NotAllowed):
        service.add_debt(file, volunteer, NewDebt(household, "rent", 1))


def test_an_unknown_household_is_refused(file: EncryptedFile, who: Who) -> None:
    with pytest.raises(NotFound):
        service.write_month(file, who, NewMonth("ab" * 16, NOVEMBER, LINES))
