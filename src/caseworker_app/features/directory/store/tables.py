"""Tables of the directory room: saved filters, how a worker likes the list, the register of exports."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, Text

from caseworker_app.features.directory.domain.export import ListExport
from caseworker_app.features.directory.domain.saved import ListPreference, SavedFilter
from caseworker_app.storage.declarations import Merge, Moment, declare, field
from caseworker_app.storage.rows import Mapper

saved_filter = declare(
    "saved_filter",
    field("worker_id", Text, required=True, references="worker"),
    field("name", Text, required=True),
    field("content", Text, required=True),
    field("position", Integer, required=True),
    household=None,
    indexes=("worker_id",),
)

list_preference = declare(
    "list_preference",
    field("worker_id", Text, required=True, references="worker"),
    field("opening", Text),
    field("columns", Text),
    household=None,
    indexes=("worker_id",),
)

# What left as a list: every export is asked for, says what leaves, and stays in the register.
list_export = declare(
    "list_export",
    field("worker_id", Text, required=True, merge=Merge.APPEND_ONLY, references="worker"),
    field("made_at", Moment, required=True, merge=Merge.APPEND_ONLY),
    field("format", Text, required=True, merge=Merge.APPEND_ONLY),
    field("columns", Text, required=True, merge=Merge.APPEND_ONLY),
    field("households", Integer, required=True, merge=Merge.APPEND_ONLY),
    field("left_out", Integer, required=True, merge=Merge.APPEND_ONLY),
    field("sha256", Text, required=True, merge=Merge.APPEND_ONLY),
    household=None,
    lasting=True,
)

saved_filters = Mapper(saved_filter, SavedFilter)
preferences = Mapper(list_preference, ListPreference)
exports = Mapper(list_export, ListExport)

_SAVED_OF = saved_filters.lookup("worker_id", order_by=(saved_filter.c.position, saved_filter.c.id))
_PREFERENCE_OF = preferences.lookup("worker_id")


def saved_of(connection: Connection, worker_id: str) -> tuple[SavedFilter, ...]:
    """Return a worker's saved filters, in order."""
    return tuple(_SAVED_OF(connection, worker_id))


def preference_of(connection: Connection, worker_id: str) -> ListPreference | None:
    """Return how a worker likes the list; written apart on two devices, the first one holds."""
    return next(iter(_PREFERENCE_OF(connection, worker_id)), None)


def all_exports(connection: Connection) -> list[ListExport]:
    """Return the register of exports, newest first."""
    return exports.all(connection, order_by=(list_export.c.made_at.desc(), list_export.c.id.desc()))
