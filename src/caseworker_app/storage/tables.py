"""The storage's own tables: devices, changesets with their changes, numbers people read, the search index's entries."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, text

from caseworker_app.storage.declarations import local, metadata

# A change's number is `changeset number << POSITION_BITS | position`: one append-only tree, no second index.
POSITION_BITS = 20

device = local(
    Table(
        "device",
        metadata,
        Column("id", Text, primary_key=True),
        Column("mark", Text, nullable=False),
        Column("minted_at", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("fingerprint", Text, nullable=False),
    ),
    "each incarnation is announced by its own changesets; the fingerprint of this PC goes nowhere",
)

changeset = local(
    Table(
        "changeset",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("device_id", Text, nullable=False),
        Column("space_id", Text, nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("previous_hash", LargeBinary, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("schema_version", Text, nullable=False),
        Column("lamport", Integer, nullable=False),
        Column("worker_id", Text, nullable=False),
        Column("made_at", Text, nullable=False),
        Column("intention", Text, nullable=False),
        Column("tag", Text),
        Column("undoes", Text),
        UniqueConstraint("device_id", "space_id", "sequence", name="uq_changeset_sequence"),
        Index("ix_changeset_tag", "tag"),
        # The changesets one transaction wrote in several spaces.
        Index("ix_changeset_transaction", "device_id", "lamport"),
        # Nearly no changeset takes another back: the index holds those that do.
        Index("ix_changeset_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
    ),
    "the changesets are what is synchronised; they cannot be inside themselves",
)

change = local(
    Table(
        "change",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("table_name", Text, nullable=False),
        Column("row_id", Text, nullable=False),
        Column("household_id", Text),
        Column("kind", Text, nullable=False),
        Column("base_version", Text),
        Column("payload_hash", LargeBinary, nullable=False),
        Column("payload", LargeBinary),
        Index("ix_change_household", "household_id"),
        # Which contents of attachments undoing may still ask for, without reading every change.
        Index("ix_change_attachment", "row_id", sqlite_where=text("table_name = 'attachment'")),
    ),
    "part of the changesets; the payload can be erased while its hash stays in the chain",
)

number_series = local(
    Table(
        "number_series",
        metadata,
        Column("device_id", Text, ForeignKey("device.id"), primary_key=True),
        Column("series", Text, primary_key=True),
        Column("year", Integer, primary_key=True),
        Column("last", Integer, nullable=False),
    ),
    "a device gives its own numbers under its own mark",
)

access_line = local(
    Table(
        "access_line",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("made_at", Text, nullable=False),
        Column("device_id", Text, nullable=False),
        Column("worker_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("household_id", Text),
        Column("detail", Text, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Index("ix_access_line_household", "household_id"),
    ),
    "who read what in this file: a chain of its own, not synchronised for now",
)

access_checkpoint = local(
    Table(
        "access_checkpoint",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("day", Text, nullable=False),
        Column("line_hash", LargeBinary, nullable=False),
        Column("hash", LargeBinary, nullable=False),
    ),
    "closes each day of the log of accesses; what is left after a purge is verified from one",
)

search_entry = local(
    Table(
        "search_entry",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("household_id", Text, nullable=False),
        Column("table_name", Text),
        Column("row_id", Text),
        Index("ix_search_entry_household", "household_id"),
        Index("ix_search_entry_row", "row_id"),
    ),
    "made again from the rows on each device",
)

local_state = local(
    Table(
        "local_state", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
    ),
    "which device and whose file this is, its Lamport counter, its default space",
)
