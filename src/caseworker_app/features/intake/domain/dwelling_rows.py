"""Dwellings that stand twice in one list."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.proposal import ProposedDwelling
from caseworker_app.kernel.folding import fold


def dwelling_key(dwelling: ProposedDwelling) -> str:
    """Return what makes a dwelling itself: its reference, else address and door; empty if unsure."""
    if dwelling.reference:
        return f"reference {fold(dwelling.landlord or '')} {fold(dwelling.reference)}"
    address = address_key(dwelling.street or "", dwelling.postal_code or "", dwelling.city or "")
    if not address or not dwelling.door:
        return ""  # several flats of one staircase may have the same line in a register
    return f"{address}|{fold(dwelling.complement or '')}"


def repeated_dwellings(dwellings: Sequence[ProposedDwelling]) -> tuple[Duplicate, ...]:
    """Return the dwellings that an earlier row already describes."""
    first_rows: dict[str, int] = {}
    found = []
    for dwelling in dwellings:
        key = dwelling_key(dwelling)
        if key and first_rows.setdefault(key, dwelling.row) != dwelling.row:
            why = "même référence de logement" if dwelling.reference else "même adresse et même porte"
            found.append(Duplicate(dwelling.row, (why,), 95, other_row=first_rows[key]))
    return tuple(found)
