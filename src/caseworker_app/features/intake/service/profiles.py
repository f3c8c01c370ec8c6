"""Profiles remembered: how a person read the columns of one shape of file, kept for the next one."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.intake import store
from caseworker_app.features.intake.domain.profile import (
    Profile,
    ready_profiles,
    write_columns,
)
from caseworker_app.features.intake.domain.recognition import Understanding
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

MAX_NAME = 100


class UnknownProfile(NotFound):
    """No profile bears this name or identifier."""

    def __init__(self, name: str) -> None:
        """Name it, and say where to find the right one."""
        super().__init__(
            f"Aucun profil d’import ne s’appelle «\u00a0{name[:60]}\u00a0»\u00a0: voyez import --list-profiles."
        )


def list_profiles(connection: Connection, who: Who) -> tuple[Profile, ...]:
    """Return the profiles remembered, the last used first, then those ready. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return (*store.profiles(connection), *ready_profiles())


def find_profile(connection: Connection, who: Who, name: str) -> Profile:
    """Return the profile of this identifier, or of this name written any way. Raises UnknownProfile, NotAllowed."""
    known = list_profiles(connection, who)
    found = next((p for p in known if p.id == name), None)
    found = found or next((p for p in known if fold(p.name) == fold(name)), None)
    if found is None:
        raise UnknownProfile(name)
    return found


def remember_profile(
    file: EncryptedFile, who: Who, understanding: Understanding, name: str
) -> tuple[str, Changes]:
    """Keep how the columns of a file are read; files of the same shape are read so from then on.

    Only names of columns are kept, nothing of what stands in them. Raises InvalidEntry (name), NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    values: dict[str, Any] = {
        "name": _checked_name(name),
        "fingerprint": understanding.fingerprint,
        "kind": understanding.kind,
        "columns": write_columns((fold(c.theirs), c.ours) for c in understanding.columns if not c.withheld),
    }
    with file.unit_of_work(who.worker_id, "remember_import_profile") as uow:
        values["used_on"] = uow.today
        same = store.profile_of(uow.connection, understanding.fingerprint)
        if same is None:
            return uow.insert(store.import_profile, values), uow.changes
        uow.update(store.import_profile, same.id, values)
        return same.id, uow.changes


def rename_profile(file: EncryptedFile, who: Who, profile_id: str, name: str) -> Changes:
    """Give a remembered profile another name. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    with file.unit_of_work(who.worker_id, "rename_import_profile") as uow:
        uow.update(store.import_profile, profile_id, {"name": _checked_name(name)})
        return uow.changes


def forget_profile(file: EncryptedFile, who: Who, profile_id: str) -> Changes:
    """Forget a remembered profile: its files are read by themselves again. Raises NotFound, NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    with file.unit_of_work(who.worker_id, "forget_import_profile") as uow:
        uow.delete(store.import_profile, profile_id)
        return uow.changes


def _checked_name(name: str) -> str:
    checked = one_line(name, MAX_NAME, "name")
    if not checked:
        raise InvalidEntry("Donnez un nom à ce profil.", "name")
    return checked
