"""Tables of the households room and the only SQL on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    Text,
    func,
    literal_column,
    select,
    text,
)

from caseworker_app.features.households.domain import (
    Address,
    Contact,
    Household,
    HouseholdMember,
    HouseholdSummary,
    Relation,
    present_first,
)
from caseworker_app.features.households.domain.linked import FormerHousehold, Separation
from caseworker_app.storage.declarations import (
    Counted,
    Merge,
    OnAnonymisation,
    OnHouseholdMerge,
    SearchKind,
    declare,
    field,
    references_to,
)
from caseworker_app.storage.rows import Mapper

household = declare(
    "household",
    field("space_id", Text, required=True, references="space", own=True),
    field("reference", Text, search=SearchKind.REFERENCE, required=True, own=True),
    field("name", Text, search=SearchKind.NAME, identifying=True, required=True, own=True),
    field("sort_name", Text, identifying=True, required=True, own=True),
    field("protected", Boolean, required=True, cautious=True, counted=Counted.NOTHING),
    field("visit_instructions", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("opened_on", Date, required=True),
    # Kept apart for its retention: out of lists, search and counts of the day. `storage.search_index` reads it.
    field("archived_on", Date, own=True),
    # Nothing names it any more: it only counts.
    field("anonymised_on", Date, own=True),
    household="id",
    on_household_merge=OnHouseholdMerge.COMBINE,
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("reference", "sort_name", "space_id"),
)

member = declare(
    "household_member",
    field("position", Integer, required=True, own=True),
    field("civility", Text, counted=Counted.CODE),
    field("last_name", Text, search=SearchKind.NAME, identifying=True, required=True),
    field("birth_name", Text, search=SearchKind.NAME, identifying=True),
    field("first_name", Text, search=SearchKind.NAME, identifying=True),
    field("birth_date", Date, identifying=True, counted=Counted.AGE_BAND),
    field("relation", Text, required=True, own=True, counted=Counted.CODE),
    field("legal_protection", Text, internal=True),
    field("protected_by", Text, internal=True, identifying=True, third_person=True),
    field("language", Text),
    field("interpreter_needed", Boolean, required=True, cautious=True),
    field("reading", Text, internal=True),
    field("left_on", Date, own=True),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
)

address = declare(
    "address",
    field("street", Text, search=SearchKind.ADDRESS, identifying=True),
    field("complement", Text, search=SearchKind.ADDRESS, identifying=True),
    field("postal_code", Text, search=SearchKind.ADDRESS, counted=Counted.DEPARTMENT),
    field("city", Text, search=SearchKind.ADDRESS),
    field("from_date", Date),
    field("to_date", Date),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    same_when=("street", "complement", "postal_code", "city", "to_date"),
    indexes=("city",),
)

contact = declare(
    "contact",
    field("member_id", Text, references="household_member"),
    field("kind", Text, required=True),
    field("value", Text, search=SearchKind.PHONE, identifying=True, required=True),
    field("label", Text, identifying=True),
    field("safe", Boolean, required=True, cautious=False),
    field("instructions", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    household="household_id",
    same_when=("kind", "value"),
)

# What a household was before it was merged into the one that stays: its reference and name still find it,
# and its changes, recorded under `former_id`, are still read.
former = declare(
    "former_household",
    field("former_id", Text, merge=Merge.APPEND_ONLY, required=True),
    field("reference", Text, merge=Merge.APPEND_ONLY, search=SearchKind.REFERENCE, required=True),
    field("name", Text, merge=Merge.APPEND_ONLY, search=SearchKind.NAME, identifying=True, required=True),
    field("merged_on", Date, merge=Merge.APPEND_ONLY, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    indexes=("reference",),
)

# The visible link between two households that were one; never written when either is protected.
separation = declare(
    "household_separation",
    field("other_id", Text, references="household"),
    field("separated_on", Date, merge=Merge.APPEND_ONLY, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    indexes=("other_id",),
)

# The list by name, and what is kept apart from it, each read from an index alone.
Index("ix_household_listed", household.c.sort_name, sqlite_where=text("archived_on IS NULL"))
Index("ix_household_archived", household.c.archived_on, sqlite_where=text("archived_on IS NOT NULL"))

households = Mapper(household, Household)
formers = Mapper(former, FormerHousehold)
separations = Mapper(separation, Separation)
members = Mapper(member, HouseholdMember)
addresses = Mapper(address, Address)
contacts = Mapper(contact, Contact)

_MEMBERS = members.lookup("household_id", order_by=(member.c.position, member.c.id))
_ADDRESSES = addresses.lookup("household_id")
_FORMERS = formers.lookup("household_id")
_SEPARATIONS = separations.lookup("household_id", order_by=(separation.c.separated_on, separation.c.id))
_CONTACTS = contacts.lookup("household_id", order_by=(contact.c.safe.desc(), contact.c.id))


_CITES = 'SELECT 1 FROM "{table}" WHERE "{name}" = ? LIMIT 1'
# SQLite takes 32,766 values in a statement.
_IDS_A_QUERY = 10_000


def by_reference(connection: Connection, reference: str) -> Household | None:
    """Return the household with this reference, or that one with it was merged into, without regard to
    case.
    """
    wanted = reference.strip().upper()
    merged = select(former.c.household_id).where(former.c.reference == wanted)
    for condition in (household.c.reference == wanted, household.c.id.in_(merged)):
        row = connection.execute(households.query().where(condition)).first()
        if row is not None:
            return households.read(row)
    return None


def household_or_none(connection: Connection, household_id: str) -> Household | None:
    """Return a household, None when it is not in this file."""
    row = connection.execute(households.query().where(household.c.id == household_id)).first()
    return None if row is None else households.read(row)


def former_of(connection: Connection, household_id: str) -> list[FormerHousehold]:
    """Return what was merged into a household, oldest first."""
    return _FORMERS(connection, household_id)


def separations_of(connection: Connection, household_id: str) -> list[Separation]:
    """Return the separations of a household, oldest first."""
    return _SEPARATIONS(connection, household_id)


def everyone_of(connection: Connection, household_id: str) -> list[HouseholdMember]:
    """Return whoever lives or lived there, reference person first."""
    return _MEMBERS(connection, household_id)


def members_of(connection: Connection, household_id: str) -> list[HouseholdMember]:
    """Return the members who live there, reference person first."""
    return [each for each in everyone_of(connection, household_id) if each.left_on is None]


def addresses_of(connection: Connection, household_id: str) -> list[Address]:
    """Return the addresses, the present one first."""
    return present_first(_ADDRESSES(connection, household_id))


def contacts_of(connection: Connection, household_id: str) -> list[Contact]:
    """Return phones and e-mails, the safe ones first."""
    return _CONTACTS(connection, household_id)


def tables_citing_member(connection: Connection, member_id: str) -> list[str]:
    """Return the tables of other rooms that hold a row pointing to a member."""
    raw: Any = connection.connection.driver_connection
    return [
        table
        for table, name in references_to("household_member")
        if table != contact.name
        and raw.execute(_CITES.format(table=table, name=name), (member_id,)).fetchone()
    ]


def count(connection: Connection) -> int:
    """Return how many households the file holds, those archived left aside."""
    whole = int(connection.execute(select(func.count()).select_from(household)).scalar_one())
    # Two indexes counted: one condition on the whole table would read every row.
    apart = select(func.count()).select_from(household).where(household.c.archived_on.is_not(None))
    return whole - int(connection.execute(apart).scalar_one())


def page(connection: Connection, offset: int, limit: int) -> list[str]:
    """Return the ids of one page of the households ordered by name; equal names in order of creation.

    Those archived are left out.
    """
    # The index on names ends with the row's own number: with it, nothing is left to sort.
    order: tuple[Any, ...] = (household.c.sort_name, literal_column("household.rowid"))
    listed = select(household.c.id).where(household.c.archived_on.is_(None))
    return list(connection.execute(listed.order_by(*order).offset(offset).limit(limit)).scalars())


def summaries(connection: Connection, ids: Sequence[str], *, archived: bool) -> dict[str, HouseholdSummary]:
    """Return the summaries of some households, in the order asked, by three queries a 10,000 of them.

    `archived`: those kept apart too.
    """
    found: dict[str, HouseholdSummary] = {}
    for start in range(0, len(ids), _IDS_A_QUERY):
        found |= _summaries(connection, ids[start : start + _IDS_A_QUERY], archived=archived)
    return found


def _summaries(connection: Connection, ids: Sequence[str], *, archived: bool) -> dict[str, HouseholdSummary]:
    h, m, a = household.c, member.c, address.c
    births = _grouped(
        connection, ids, (m.household_id, m.relation, m.birth_date), (m.position, m.id), m.left_on.is_(None)
    )
    # Unknown arrivals sort last, as NULL does when the order is descending.
    towns = _grouped(
        connection, ids, (a.household_id, a.from_date, a.to_date, a.city), (a.from_date.desc(), a.id.desc())
    )
    heads = select(h.id, h.reference, h.name, h.sort_name, h.protected).where(h.id.in_(ids))
    if not archived:
        heads = heads.where(h.archived_on.is_(None))
    rows = {row.id: row for row in connection.execute(heads)}
    return {
        i: HouseholdSummary(
            *rows[i],
            births=tuple((Relation(relation), birth) for relation, birth in births.get(i, ())),
            towns=tuple(towns.get(i, ())),
        )
        for i in ids
        if i in rows
    }


def _grouped(
    connection: Connection,
    ids: Sequence[str],
    columns: tuple[Column[Any], ...],
    order: tuple[Any, ...],
    *kept: ColumnElement[bool],
) -> dict[str, list[tuple[Any, ...]]]:
    """Return, by household (the first column), the other columns of its rows that are `kept`."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for household_id, *values in connection.execute(
        select(*columns).where(columns[0].in_(ids), *kept).order_by(*order)
    ):
        found.setdefault(household_id, []).append(tuple(values))
    return found


def all_references(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield id and reference of every household."""
    return _stream(connection, "SELECT id, reference FROM household WHERE archived_on IS NULL")


def count_members(connection: Connection) -> int:
    """Return how many people `all_members` yields, about: those of households kept apart are counted too."""
    raw: Any = connection.connection.driver_connection
    return int(raw.execute("SELECT count(*) FROM household_member").fetchone()[0])


def all_members(connection: Connection) -> Iterator[tuple[str, str, str, str | None, str | None, str | None]]:
    """Yield household, reference, last, birth and first names, and birth date (ISO) of everybody."""
    return _stream(
        connection,
        "SELECT m.household_id, h.reference, m.last_name, m.birth_name, m.first_name, m.birth_date"
        " FROM household_member m JOIN household h ON h.id = m.household_id WHERE h.archived_on IS NULL",
    )


def all_contacts(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield household and value of every phone and e-mail."""
    return _stream(
        connection,
        "SELECT c.household_id, c.value FROM contact c JOIN household h ON h.id = c.household_id"
        " WHERE h.archived_on IS NULL",
    )


def all_addresses(connection: Connection) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """Yield household, street, postal code and town of every address nobody left, the latest arrival last."""
    return _stream(
        connection,
        "SELECT a.household_id, a.street, a.postal_code, a.city FROM address a"
        " JOIN household h ON h.id = a.household_id WHERE a.to_date IS NULL AND h.archived_on IS NULL"
        " ORDER BY a.household_id, a.from_date, a.id",
    )


def _stream(connection: Connection, query: str) -> Iterator[Any]:
    # The driver's own tuples: hundreds of thousands of rows go by, and nothing of a result object is used.
    raw: Any = connection.connection.driver_connection
    return iter(raw.execute(query))
