"""A household with two months of budget and a debt, and the application dressed."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.debts import DebtStage, NewDebt
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def budgeted(file: EncryptedFile, who: Who, household: str) -> str:
    """The household of `conftest.py`, with a rent debt and the budgets of October and November."""
    debt, _ = service.add_debt(
        file, who,
        NewDebt(household, "rent", 529_96, "Habitat Flandre", monthly_cents=60_00, stage=DebtStage.REPAYMENT_PLAN),
    )  # fmt: skip
    for month, wage in ((OCTOBER, 600_00), (NOVEMBER, 620_00)):
        lines = (
            NewLine("net_wage", wage, "aide à domicile"),
            NewLine("apl", 437_00, paid_by_third_party=True),
            NewLine("rent", 468_20),
            NewLine("service_charges", 124_60),
            NewLine("rent_plan", 60_00, debt_id=debt),
            NewLine("food", 300_00),
        )
        service.write_month(file, who, NewMonth(household, month, lines, 200))
    return household
