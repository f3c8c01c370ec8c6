"""What a worker keeps of the list: filters under a name, the one it opens on, the columns shown."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.features.directory.domain.columns import ColumnKey, checked_columns
from caseworker_app.features.directory.domain.filters import ListQuery
from caseworker_app.features.directory.domain.saved import (
    BUILT_IN_LABELS,
    EVERYBODY,
    ListDesk,
    SavedFilter,
    check_room,
    checked_filter_name,
    query_to_text,
)
from caseworker_app.features.directory.store import tables as store
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.erasure import erase_rows
from caseworker_app.storage.unit_of_work import UnitOfWork


def list_desk(connection: Connection, who: Who) -> ListDesk:
    """Return what this worker keeps of the list. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    saved = store.saved_of(connection, who.worker_id)
    preference = store.preference_of(connection, who.worker_id)
    if preference is None:
        return ListDesk(saved)
    opening = preference.opening or EVERYBODY
    known = {*BUILT_IN_LABELS, *(each.id for each in saved)}
    return ListDesk(saved, opening if opening in known else EVERYBODY, preference.shown)


def save_filter(file: EncryptedFile, who: Who, name: str, query: ListQuery) -> tuple[str, Changes]:
    """Keep filters and order under a name and return its id. Raises InvalidEntry on `name`, NotAllowed."""
    who.require(Right.READ_FILES)
    with file.unit_of_work(who.worker_id, "save_filter") as uow:
        others = store.saved_of(uow.connection, who.worker_id)
        check_room(others)
        values = {
            "worker_id": who.worker_id,
            "name": checked_filter_name(name, others),
            "content": query_to_text(query),
            "position": max((each.position for each in others), default=-1) + 1,
        }
        return uow.insert(store.saved_filter, values), uow.changes


def rename_filter(file: EncryptedFile, who: Who, filter_id: str, name: str) -> Changes:
    """Give a saved filter another name. Raises InvalidEntry on `name`, NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    with file.unit_of_work(who.worker_id, "rename_filter") as uow:
        _check_own(uow, who, filter_id)
        saved = store.saved_of(uow.connection, who.worker_id)
        others = tuple(each for each in saved if each.id != filter_id)
        uow.update(store.saved_filter, filter_id, {"name": checked_filter_name(name, others)})
        return uow.changes


def update_filter(file: EncryptedFile, who: Who, filter_id: str, query: ListQuery) -> Changes:
    """Let a saved filter show something else. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    with file.unit_of_work(who.worker_id, "update_filter") as uow:
        _check_own(uow, who, filter_id)
        uow.update(store.saved_filter, filter_id, {"content": query_to_text(query)})
        return uow.changes


def delete_filter(file: EncryptedFile, who: Who, filter_id: str) -> Changes:
    """Forget a saved filter; the list then opens on everybody if it opened on it. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    with file.unit_of_work(who.worker_id, "delete_filter") as uow:
        _check_own(uow, who, filter_id)
        preference = store.preference_of(uow.connection, who.worker_id)
        if preference is not None and preference.opening == filter_id:
            uow.update(store.list_preference, preference.id, {"opening": None})
        uow.delete(store.saved_filter, filter_id)
        return uow.changes


def open_on(file: EncryptedFile, who: Who, key: str) -> Changes:
    """Let the list open on a filter: one everybody has, or a saved one. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    with file.unit_of_work(who.worker_id, "open_on_filter") as uow:
        if key not in BUILT_IN_LABELS:
            _check_own(uow, who, key)
        _prefer(uow, who, "opening", key)
        return uow.changes


def choose_columns(file: EncryptedFile, who: Who, columns: Iterable[ColumnKey]) -> Changes:
    """Keep the columns shown, in order; the household is always the first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    with file.unit_of_work(who.worker_id, "choose_columns") as uow:
        _prefer(uow, who, "columns", " ".join(checked_columns(columns)))
        return uow.changes


def every_saved_filter(connection: Connection, who: Who) -> list[SavedFilter]:
    """Return the saved filters of everybody: some may name somebody who is erased. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.saved_filters.all(connection)


def forget_filters(uow: UnitOfWork, filter_ids: Iterable[str]) -> None:
    """Erase saved filters for good inside another intention: they name somebody who is erased."""
    gone = list(filter_ids)
    for preference in store.preferences.all(uow.connection):
        if preference.opening in gone:
            uow.update(store.list_preference, preference.id, {"opening": None})
    erase_rows(uow, [("saved_filter", filter_id) for filter_id in gone])


def _prefer(uow: UnitOfWork, who: Who, name: str, value: str) -> None:
    known = store.preference_of(uow.connection, who.worker_id)
    if known is None:
        uow.insert(store.list_preference, {"worker_id": who.worker_id, name: value})
    else:
        uow.update(store.list_preference, known.id, {name: value})


def _check_own(uow: UnitOfWork, who: Who, filter_id: str) -> None:
    if store.saved_filters.one(uow.connection, filter_id).worker_id != who.worker_id:
        raise NotFound("Ce filtre est celui d’une autre personne\u00a0: enregistrez le vôtre.")
