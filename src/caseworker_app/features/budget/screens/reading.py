"""What the tab reads of a household, in one go."""

from __future__ import annotations

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.workbook import Workbook, workbook
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

# Five years of months: further back nobody looks, and the chart shows one.
MONTHS_READ = 60


def read_workbook(file: EncryptedFile, who: Who, household_id: str) -> Workbook:
    """Read the budgets, debts and members of a household. Raises NotFound, NotAllowed."""
    with file.reading() as connection:
        sheets = service.sheets_of(connection, who, household_id, MONTHS_READ)
        debts = service.debts_of(connection, who, household_id)
        living = households.open_household(connection, who, household_id)
    names = {member.id: member.first_name or member.last_name for member in living.everyone}
    return workbook(household_id, sheets, debts, names)
