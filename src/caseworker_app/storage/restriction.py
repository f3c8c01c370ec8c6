"""Households whose data may only be kept (« limitation du traitement », RGPD art. 18): no writing, nothing goes out.

Which ones they are follows from the declarations: a table that `restricts` holds them, a table that is `kept_open`
may still be written. The unit of work asks here for every change, whatever service makes it; the log of accesses, for
whatever is printed, exported or transmitted.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.declarations import declared_tables


class Restricted(CaseworkerError):
    """The household asked that its data be kept and no longer used."""

    def __init__(self) -> None:
        """Say where it is lifted."""
        super().__init__(
            "Le traitement de ce dossier est limité à la demande de la personne\u00a0: il peut être lu, "
            "mais ni modifié, ni imprimé, ni transmis. La limitation se lève dans l’onglet Droits du dossier."
        )


def restricted_households(raw: Any) -> frozenset[str]:
    """Return the ids of the households under restriction, as the driver's connection `raw` sees the file."""
    found: set[str] = set()
    for name, declared in declared_tables().items():
        if declared.restricts is not None:
            query = f'SELECT "{declared.household}" FROM "{name}" WHERE "{declared.restricts}" IS NULL'
            found |= {row[0] for row in raw.execute(query)}
    return frozenset(found)


def restricted_now(connection: Connection) -> frozenset[str]:
    """Return the ids of the households under restriction."""
    return restricted_households(connection.connection.driver_connection)


def says_restrictions(table_name: str) -> bool:
    """Say whether rows of a table put households under restriction."""
    declared = declared_tables().get(table_name)
    return declared is not None and declared.restricts is not None
