"""The whole list by name, what stands beside it, and adding to it."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.directory.domain import (
    HouseholdForm,
    ListedHousehold,
    Preview,
    household_from,
)
from caseworker_app.features.directory.domain.preview import preview_of
from caseworker_app.features.directory.service.rows import rows_of
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# Entries read to find the last visit: calls and notes stand between.
PREVIEW_ENTRIES = 30


def count_listed(connection: Connection, who: Who) -> int:
    """Return how many households the list holds. Raises NotAllowed."""
    return households.count_households(connection, who)


def page_of_list(
    connection: Connection, who: Who, day: date, *, offset: int, limit: int
) -> list[ListedHousehold]:
    """Return one page of the list of households by name, as it stands on `day`. Raises NotAllowed."""
    ids = households.page_of_households(connection, who, offset=offset, limit=limit)
    return rows_of(connection, who, ids, day)


def preview(connection: Connection, who: Who, household_id: str, day: date) -> Preview:
    """Return what stands beside the list for one household, on `day`. Raises NotFound, NotAllowed."""
    return preview_of(dossier.open_overview(connection, who, household_id, day, PREVIEW_ENTRIES))


def add_from_form(file: EncryptedFile, who: Who, form: HouseholdForm) -> tuple[str, Changes]:
    """Create a household from the short form and return its id. Raises InvalidEntry, NotAllowed."""
    return households.create_household(file, who, household_from(form, today(file.clock)))
