"""Tables of the partners room and the only SQL on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Row, Text, func, literal, select

from caseworker_app.features.partners.domain.partner import NewPartner, Partner, PartnerContact, PartnerKind
from caseworker_app.features.partners.domain.shown import PartnerLine
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.declarations import Merge, declare, field
from caseworker_app.storage.rows import Mapper

partner = declare(
    "partner",
    field("name", Text, required=True),
    field("sort_name", Text, required=True),
    field("kind", Text, required=True),
    field("siret", Text),
    field("phones", Text),
    field("email", Text),
    field("website", Text),
    field("street", Text),
    field("complement", Text),
    field("postal_code", Text),
    field("city", Text),
    field("opening_hours", Text),
    field("services", Text),
    field("themes", Text),
    field("description", Text, merge=Merge.KEEP_BOTH),
    field("source", Text),
    field("source_id", Text),
    field("updated_on", Date),
    field("active", Boolean, required=True),
    # Everything a person may look for, folded, so that a search is one pass over one column.
    field("words", Text, required=True),
    household=None,
    indexes=("sort_name",),
)

contact = declare(
    "partner_contact",
    field("partner_id", Text, required=True, references="partner"),
    field("name", Text, required=True),
    field("job_title", Text),
    field("phone", Text),
    field("email", Text),
    field("active", Boolean, required=True),
    household=None,
    indexes=("partner_id",),
)

contacts = Mapper(contact, PartnerContact)

_SEVERAL = frozenset({"phones", "services", "themes"})
_NAMES = [f.name for f in fields(Partner)]
_LINES = select(partner.c.id, partner.c.name, partner.c.kind, partner.c.city, partner.c.services)
_QUERY = select(*(partner.c[name] for name in _NAMES))


def row_of(new: NewPartner) -> dict[str, Any]:
    """Return the row of a partner: lists a line each, and the words it is found by."""
    row = {
        f.name: "\n".join(getattr(new, f.name)) or None if f.name in _SEVERAL else getattr(new, f.name)
        for f in fields(new)
    }
    told = (new.name, new.city, new.postal_code, *new.services, new.description, new.email, new.siret)
    return {**row, "sort_name": fold(new.name), "words": fold(" ".join(filter(None, told)))}


def one(connection: Connection, partner_id: str) -> Partner | None:
    """Return a partner, None when there is none."""
    row = connection.execute(_QUERY.where(partner.c.id == partner_id)).one_or_none()
    return None if row is None else _read(row)


def by_words(connection: Connection, words: Iterable[str], theme: str | None, most: int) -> list[Partner]:
    """Return the partners still active that hold every folded word, and a theme, by name."""
    query = _QUERY.where(partner.c.active)
    for word in words:
        query = query.where(partner.c.words.contains(word, autoescape=True))
    if theme is not None:
        query = query.where(partner.c.themes.contains(theme, autoescape=True))
    query = query.order_by(partner.c.sort_name, partner.c.id).limit(most)
    return [_read(row) for row in connection.execute(query)]


def lines(
    connection: Connection, words: Iterable[str], theme: str | None, kind: PartnerKind | None
) -> list[PartnerLine]:
    """Return the line of every partner still active that holds each folded word, a theme and a kind, by name.

    `theme` may be the beginning of codes: a group with its « -- ».
    """
    query = _LINES.where(partner.c.active)
    for word in words:
        query = query.where(partner.c.words.contains(word, autoescape=True))
    if theme is not None:
        # A code stands alone on its line; one may be the beginning of another.
        sought = f"\n{theme}" if theme.endswith("--") else f"\n{theme}\n"
        query = query.where((literal("\n") + partner.c.themes + "\n").contains(sought, autoescape=True))
    if kind is not None:
        query = query.where(partner.c.kind == kind)
    found = connection.execute(query.order_by(partner.c.sort_name, partner.c.id))
    return [
        PartnerLine(key, name, PartnerKind(of), city or "", (services or "").replace("\n", ", "))
        for key, name, of, city, services in found
    ]


def count(connection: Connection) -> int:
    """Return how many partners are active."""
    return int(connection.execute(select(func.count()).where(partner.c.active)).scalar_one())


def every(connection: Connection) -> list[Partner]:
    """Return every partner by name, retired ones too."""
    return [_read(row) for row in connection.execute(_QUERY.order_by(partner.c.sort_name, partner.c.id))]


def contacts_of(connection: Connection, partner_id: str) -> list[PartnerContact]:
    """Return the people of a partner, in the order they were written."""
    return contacts.all(connection, contact.c.partner_id == partner_id, contact.c.active)


def _read(row: Row[Any]) -> Partner:
    values = dict(zip(_NAMES, row, strict=True))
    for name in _SEVERAL:
        values[name] = tuple(filter(None, (values[name] or "").split("\n")))
    return Partner(**{**values, "kind": PartnerKind(values["kind"])})
