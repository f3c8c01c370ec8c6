"""The words an association adds to the second check: listed, added, changed, taken out."""

from __future__ import annotations

from dataclasses import asdict

from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.own_words import NewOwnWord, OwnWord, checked_own_word
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import sort_key
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def own_words(connection: Connection, who: Who) -> list[OwnWord]:
    """Return the words of the association, in order. They name nobody: everybody may read them."""
    return sorted(store.own_words.all(connection), key=lambda each: sort_key(each.phrase))


def add_own_word(file: EncryptedFile, who: Who, new: NewOwnWord) -> tuple[str, Changes]:
    """Add a word to the second check and return its id; the next text read knows it.

    Raises InvalidEntry, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_own_word") as uow:
        checked = checked_own_word(new)
        _check_new(uow, checked, None)
        row = {**asdict(checked), "added_on": uow.today, "worker_id": uow.worker_id}
        return uow.insert(store.check_word, row), uow.changes


def change_own_word(
    file: EncryptedFile, who: Who, word_id: str, new: NewOwnWord, expected_version: str | None = None
) -> Changes:
    """Rewrite a word of the association. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_own_word") as uow:
        checked = checked_own_word(new)
        _check_new(uow, checked, word_id)
        uow.update(store.check_word, word_id, asdict(checked), expected_version=expected_version)
        return uow.changes


def remove_own_word(file: EncryptedFile, who: Who, word_id: str) -> Changes:
    """Take a word out of those of the association. Raises NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "remove_own_word") as uow:
        uow.delete(store.check_word, word_id)
        return uow.changes


def _check_new(uow: UnitOfWork, new: NewOwnWord, besides: str | None) -> None:
    for known in store.own_words.all(uow.connection):
        if known.id != besides and fold(known.phrase) == fold(new.phrase) and known.kind is new.kind:
            raise InvalidEntry("Ce mot est déjà dans la liste pour ce sujet.", "phrase")
