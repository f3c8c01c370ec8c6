"""A household with two months of budget and a debt, and the application dressed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.debts import DebtStage, NewDebt
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY

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


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    dress(qapp, "light", 100)
    yield
    dress(qapp, "light", 100)


@pytest.fixture
def tasks(dressed: None) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def navigator(dressed: None) -> Navigator:
    return Navigator()


@pytest.fixture
def changes(dressed: None) -> ChangeBroadcast:
    return ChangeBroadcast()


@pytest.fixture
def drafts(tmp_path: Path, clock: FixedClock) -> Iterator[Drafts]:
    with Drafts(tmp_path, KEY, clock) as opened:
        yield opened
