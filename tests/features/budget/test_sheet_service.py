"""Cells, lines and months written into a real encrypted file, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.cells import AmountChange, LineKey
from caseworker_app.features.budget.domain.debts import NewDebt
from caseworker_app.features.budget.domain.sheet import BudgetSheet, MonthTerms, NewLine, NewMonth
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.undo import undo_last
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
WAGE, RENT, FOOD = LineKey("net_wage"), LineKey("rent"), LineKey("food")
LINES = (NewLine("net_wage", 600_00), NewLine("rent", 468_20))


@pytest.fixture
def budgeted(file: EncryptedFile, who: Who, household: str) -> str:
    for month in (OCTOBER, NOVEMBER):
        service.write_month(file, who, NewMonth(household, month, LINES, 200))
    return household


def read(file: EncryptedFile, who: Who, household: str, month: date) -> BudgetSheet:
    with file.reading() as connection:
        sheet = service.budget_of(connection, who, household, month)
    assert sheet is not None
    return sheet


def amounts(sheet: BudgetSheet) -> dict[str, int]:
    return {line.category: line.amount_cents for line in sheet.lines}


def test_cells_of_several_months_are_one_change(file: EncryptedFile, who: Who, budgeted: str) -> None:
    changes = (
        AmountChange(OCTOBER, WAGE, 600_00, 620_00),
        AmountChange(NOVEMBER, WAGE, 600_00, 630_00),
        AmountChange(NOVEMBER, FOOD, None, 300_00),
    )
    assert service.change_amounts(file, who, budgeted, changes).households == {budgeted}
    assert amounts(read(file, who, budgeted, OCTOBER)) == {"net_wage": 620_00, "rent": 468_20}
    assert amounts(read(file, who, budgeted, NOVEMBER)) == {
        "net_wage": 630_00,
        "rent": 468_20,
        "food": 300_00,
    }
    undo_last(file, who.worker_id)
    assert amounts(read(file, who, budgeted, OCTOBER))["net_wage"] == 600_00
    assert "food" not in amounts(read(file, who, budgeted, NOVEMBER))


def test_the_first_amount_of_a_month_begins_it_like_the_one_before(
    file: EncryptedFile, who: Who, budgeted: str
) -> None:
    service.describe_month(file, who, budgeted, NOVEMBER, MonthTerms(250, "persons_30_42", "Prime en mai"))
    service.change_amounts(file, who, budgeted, [AmountChange(DECEMBER, WAGE, None, 1)])
    december = read(file, who, budgeted, DECEMBER).month
    assert (december.persons_hundredths, december.residual_definition) == (250, "persons_30_42")
    assert december.note is None


def test_the_first_budget_counts_who_lives_there(file: EncryptedFile, who: Who, household: str) -> None:
    service.change_amounts(file, who, household, [AmountChange(NOVEMBER, WAGE, None, 1)])
    with file.reading() as connection:
        living = len(households.open_household(connection, who, household).members)
    assert read(file, who, household, NOVEMBER).month.persons_hundredths == living * 100


def test_a_cell_changed_meanwhile_is_refused_and_nothing_is_written(
    file: EncryptedFile, who: Who, budgeted: str
) -> None:
    seen_before = [AmountChange(OCTOBER, WAGE, 600_00, 1), AmountChange(NOVEMBER, WAGE, 599_00, 1)]
    with pytest.raises(ChangedMeanwhile):
        service.change_amounts(file, who, budgeted, seen_before)
    assert amounts(read(file, who, budgeted, OCTOBER))["net_wage"] == 600_00


def test_the_last_line_of_a_month_stays(file: EncryptedFile, who: Who, budgeted: str) -> None:
    both = [AmountChange(NOVEMBER, WAGE, 600_00, None), AmountChange(NOVEMBER, RENT, 468_20, None)]
    with pytest.raises(InvalidEntry, match="supprimez le mois"):
        service.change_amounts(file, who, budgeted, both)
    service.change_amounts(file, who, budgeted, both[:1])
    assert amounts(read(file, who, budgeted, NOVEMBER)) == {"rent": 468_20}


def test_a_line_is_said_otherwise_in_the_months_named(file: EncryptedFile, who: Who, budgeted: str) -> None:
    with file.reading() as connection:
        member = households.open_household(connection, who, budgeted).members[0].id
    said = LineKey("net_wage", "aide à domicile", member)
    service.describe_line(file, who, budgeted, WAGE, said, (OCTOBER, NOVEMBER, DECEMBER))
    for month in (OCTOBER, NOVEMBER):
        line = read(file, who, budgeted, month).lines[0]
        assert (line.label, line.member_id, line.amount_cents) == ("aide à domicile", member, 600_00)
    with pytest.raises(InvalidEntry, match="dette"):
        service.describe_line(file, who, budgeted, RENT, LineKey("rent_plan", debt_id="x"), (NOVEMBER,))


def test_a_month_says_its_persons_definition_and_note(file: EncryptedFile, who: Who, budgeted: str) -> None:
    service.describe_month(file, who, budgeted, NOVEMBER, MonthTerms(250, "persons_30_42", "Arrêt maladie"))
    month = read(file, who, budgeted, NOVEMBER).month
    assert (month.persons_hundredths, month.residual_definition, month.note) == (
        250, "persons_30_42", "Arrêt maladie",
    )  # fmt: skip
    assert len(read(file, who, budgeted, NOVEMBER).lines) == 2
    with pytest.raises(InvalidEntry):
        service.describe_month(file, who, budgeted, NOVEMBER, MonthTerms(0))
    with pytest.raises(NotFound):
        service.describe_month(file, who, budgeted, DECEMBER, MonthTerms(100))


def test_a_debt_noted_by_mistake_goes_unless_a_line_repays_it(
    file: EncryptedFile, who: Who, budgeted: str
) -> None:
    debt, _ = service.add_debt(file, who, NewDebt(budgeted, "rent", 529_96))
    plan = LineKey("rent_plan", debt_id=debt)
    service.change_amounts(file, who, budgeted, [AmountChange(NOVEMBER, plan, None, 60_00)])
    with pytest.raises(InvalidEntry, match="soldée"):
        service.remove_debt(file, who, debt)
    service.change_amounts(file, who, budgeted, [AmountChange(NOVEMBER, plan, 60_00, None)])
    with pytest.raises(ChangedMeanwhile):
        service.remove_debt(file, who, debt, "another version")
    service.remove_debt(file, who, debt)
    with file.reading() as connection:
        assert service.debts_of(connection, who, budgeted) == []


def test_only_who_writes_files_writes_cells(file: EncryptedFile, who: Who, budgeted: str) -> None:
    volunteer = Who(who.worker_id, who.name, Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        service.change_amounts(file, volunteer, budgeted, [AmountChange(NOVEMBER, WAGE, 600_00, 1)])
    with pytest.raises(NotAllowed):
        service.remove_debt(file, volunteer, "any")
