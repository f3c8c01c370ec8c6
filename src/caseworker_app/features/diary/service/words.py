"""The words of the association: sentences it reuses, and its dictionary."""

from __future__ import annotations

from dataclasses import asdict

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.reused_sentences import (
    NewSentence,
    ReusedSentence,
    checked_sentence,
    in_reading_order,
    starter_sentences,
)
from caseworker_app.features.diary.domain.spelling_words import SpellingWord, checked_word
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import sort_key
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile


def reused_sentences(connection: Connection, who: Who) -> list[ReusedSentence]:
    """Return the sentences of the association, by category. They name nobody: everybody may read them."""
    return in_reading_order(store.sentences.all(connection))


def add_sentence(file: EncryptedFile, who: Who, new: NewSentence) -> tuple[str, Changes]:
    """Add a sentence to the library and return its id. Raises InvalidEntry, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_sentence") as uow:
        row = asdict(checked_sentence(new))
        if any(fold(each.text) == fold(row["text"]) for each in store.sentences.all(uow.connection)):
            raise InvalidEntry("Cette phrase est déjà dans la liste.", "text")
        return uow.insert(store.reused_sentence, row), uow.changes


def add_starter_sentences(file: EncryptedFile, who: Who) -> tuple[int, Changes]:
    """Add the sentences the program proposes, but those already there; return how many. Raises NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_sentence") as uow:
        known = {fold(each.text) for each in store.sentences.all(uow.connection)}
        rows = [asdict(each) for each in starter_sentences(uow.today) if fold(each.text) not in known]
        return len(uow.insert_many(store.reused_sentence, rows)), uow.changes


def change_sentence(
    file: EncryptedFile, who: Who, sentence_id: str, new: NewSentence, expected_version: str | None = None
) -> Changes:
    """Rewrite a sentence of the library; what was written with it stays as it is.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_sentence") as uow:
        row = asdict(checked_sentence(new))
        uow.update(store.reused_sentence, sentence_id, row, expected_version=expected_version)
        return uow.changes


def remove_sentence(file: EncryptedFile, who: Who, sentence_id: str) -> Changes:
    """Take a sentence out of the library. Raises NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "remove_sentence") as uow:
        uow.delete(store.reused_sentence, sentence_id)
        return uow.changes


def spelling_words(connection: Connection, who: Who) -> list[SpellingWord]:
    """Return the words the association added to the dictionary, in order. Everybody may read them."""
    return sorted(store.spelling_words.all(connection), key=lambda each: sort_key(each.word))


def add_spelling_word(file: EncryptedFile, who: Who, typed: str) -> Changes:
    """Add a word to the dictionary of the association, once. Raises InvalidEntry, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "add_spelling_word") as uow:
        word = checked_word(typed)
        if all(each.word != word for each in store.spelling_words.all(uow.connection)):
            row = {"word": word, "added_on": uow.today, "worker_id": uow.worker_id}
            uow.insert(store.spelling_word, row)
        return uow.changes


def remove_spelling_word(file: EncryptedFile, who: Who, word_id: str) -> Changes:
    """Take a word out of the dictionary of the association. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "remove_spelling_word") as uow:
        uow.delete(store.spelling_word, word_id)
        return uow.changes
