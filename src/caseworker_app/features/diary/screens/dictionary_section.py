"""Settings: the words the association added to the dictionary, to add to or take out."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.spelling_words import SpellingWord
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.list_section import ListSection, ListWords, ListWork
from caseworker_app.ui_kit.row_list import Row

_WORDS = ListWords(
    listed="Dictionnaire",
    add="Ajouter un mot",
    new="Nouveau mot",
    none="Aucun mot ajouté pour l’instant. Un mot s’ajoute aussi là où il est souligné.",
    how="Ces mots ne sont plus soulignés pour personne. Les noms du ménage ne le sont jamais.",
    added="Mot ajouté au dictionnaire",
    changed="Mot",
    removed="Mot retiré du dictionnaire",
)


class DictionarySection(ListSection):
    """The words, by alphabet."""

    def __init__(self, desk: VisitDesk) -> None:
        """Make it empty."""
        super().__init__(
            desk,
            _WORDS,
            ListWork(
                lambda: _read(desk),
                lambda value: Row(
                    value.id, value.word, f"ajouté le {format_date(value.added_on)}", icon="text-size"
                ),
                lambda value: {"word": value.word},
                lambda typed, key, _version: _write(desk, typed, key),
                lambda key: diary.remove_spelling_word(desk.file, desk.who, key),
                ("spelling_word",),
                desk.may_write,
                {"word": ("&Mot", Entry())},
            ),
        )


def _read(desk: VisitDesk) -> list[SpellingWord]:
    with desk.file.reading() as connection:
        return diary.spelling_words(connection, desk.who)


def _write(desk: VisitDesk, typed: Mapping[str, str], key: str) -> object:
    if key:
        raise InvalidEntry("Retirez ce mot, puis ajoutez l’autre.", "word")
    return diary.add_spelling_word(desk.file, desk.who, typed["word"])
