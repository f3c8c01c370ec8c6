"""What every document of this house needs besides its content: the letterhead, and how many pages came out."""

from __future__ import annotations

from io import BytesIO

from caseworker_app.features.team.domain import Association
from caseworker_app.kernel.phones import format_phone
from caseworker_app.pdf.identity import Identity


def identity_of(association: Association) -> Identity:
    """Return the letterhead of an association."""
    town = " ".join(part for part in (association.postal_code, association.city) if part)
    where = " – ".join(part for part in (association.street, town) if part)
    phone = format_phone(association.phone) if association.phone else ""
    reach = " · ".join(part for part in (phone, association.email) if part)
    lines = tuple(line for line in (association.activity, where, reach) if line)
    return Identity(association.name, lines=lines, logo_png=association.logo_png)


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    # pikepdf takes a tenth of a second to import: only when something is printed.
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)
