"""Settings: the sentences the association reuses, by category, with the places the program fills in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.reused_sentences import PLACES, NewSentence, ReusedSentence
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.list_section import ListSection, ListWords, ListWork
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.theme import px

_HOW = (
    "Se remplissent seuls\u00a0: "
    + ", ".join(f"{{{name}}}" for name in PLACES)
    + ". Ce qui n’est pas connu reste entre accolades, et l’écrit ne se termine pas tant qu’il en reste."
)
_WORDS = ListWords(
    listed="Phrases réutilisées",
    add="Ajouter une phrase",
    new="Nouvelle phrase",
    none="Aucune phrase à vous pour l’instant\u00a0: celles que le programme propose sont offertes à la place.",
    how=_HOW,
    added="Phrase ajoutée",
    changed="Phrase",
    removed="Phrase retirée",
)


class SentencesSection(ListSection):
    """The library; « Reprendre les phrases proposées » copies those of the program into it."""

    def __init__(self, desk: VisitDesk) -> None:
        """Make it empty."""
        fields = {"category": ("&Catégorie", Entry()), "text": ("&Phrase", Entry())}
        super().__init__(
            desk,
            _WORDS,
            ListWork(
                lambda: _read(desk),
                _row,
                lambda value: {"category": value.category, "text": value.text},
                lambda typed, key, version: _write(desk, typed, key, version),
                lambda key: diary.remove_sentence(desk.file, desk.who, key),
                ("reused_sentence",),
                desk.may_manage,
                fields,
            ),
        )
        self._visits = desk
        self.adopt = Button("Reprendre les phrases &proposées", "ghost", "copy", compact=True)
        self.adopt.setVisible(desk.may_manage)
        self.adopt.clicked.connect(self._adopt)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(px(8), px(6), px(8), px(6))
        line.addWidget(self.adopt)
        line.addStretch(1)
        self.listed.add_foot(foot)

    def _adopt(self) -> None:
        desk = self._visits
        desk.tasks.run(
            lambda: diary.add_starter_sentences(desk.file, desk.who),
            lambda answer: desk.done(answer, "Phrases proposées reprises"),
            owner=self,
        )


def _read(desk: VisitDesk) -> list[ReusedSentence]:
    with desk.file.reading() as connection:
        return diary.reused_sentences(connection, desk.who)


def _row(value: ReusedSentence) -> Row:
    return Row(value.id, value.text.replace("\n", " "), value.category, icon="quote")


def _write(desk: VisitDesk, typed: Mapping[str, str], key: str, version: str) -> object:
    new = NewSentence(typed["category"], typed["text"])
    if key:
        return diary.change_sentence(desk.file, desk.who, key, new, version)
    return diary.add_sentence(desk.file, desk.who, new)
