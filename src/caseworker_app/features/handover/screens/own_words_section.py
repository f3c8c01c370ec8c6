"""Settings: the words the association adds to what is read before a text leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from caseworker_app.features.handover.domain.hits import HIT_KIND_LABELS, HitKind
from caseworker_app.features.handover.domain.own_words import OWN_KINDS, NewOwnWord, OwnWord
from caseworker_app.features.handover.service import own_words
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.list_section import ListSection, ListWords, ListWork
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.tasks import Tasks

_STOP, _HARMLESS = "stop", "harmless"
_HOW = (
    "Sert dès le prochain texte relu, sur ce PC, en plus de la liste du programme. Un mot «\u00a0sans danger\u00a0» "
    "n’est plus montré pour ce sujet\u202f; il reste montré s’il parle d’autre chose. Une étoile à la fin vaut pour "
    "tous les mots qui commencent ainsi."
)
_WORDS = ListWords(
    listed="Mots de l’association",
    add="Ajouter un mot",
    new="Nouveau mot",
    none="Aucun mot à vous pour l’instant\u00a0: la liste du programme s’applique.",
    how=_HOW,
    added="Mot ajouté à la relecture",
    changed="Mot",
    removed="Mot retiré de la relecture",
)


@dataclass(frozen=True, slots=True)
class OwnWordsDesk:
    """What the section works with; `tell` says what was written, with its undo."""

    file: EncryptedFile
    who: Who
    tasks: Tasks
    changes: ChangeBroadcast
    tell: Callable[[object, str], None]

    def done(self, answer: object, words: str) -> None:
        """Tell what was written."""
        self.tell(answer, words)


class OwnWordsSection(ListSection):
    """The words, each to stop or harmless, what it tells of, and why."""

    def __init__(self, desk: OwnWordsDesk) -> None:
        """Make it empty."""
        use, kind = Choice("Choisir\u2026"), Choice("Choisir\u2026")
        use.add(_STOP, "À montrer avant l’envoi")
        use.add(_HARMLESS, "Sans danger ici")
        for code, label in OWN_KINDS.items():
            kind.add(code.value, capital(label))
        fields: dict[str, tuple[str, Entry | Choice]] = {
            "phrase": ("&Mot ou expression", Entry("foyer des Tilleuls")),
            "harmless": ("&Usage", use),
            "kind": ("&Sujet", kind),
            "reason": ("Po&urquoi", Entry("nom d’un lieu de soins du quartier")),
        }
        super().__init__(
            desk,
            _WORDS,
            ListWork(
                lambda: _read(desk),
                _row,
                _texts,
                lambda typed, key, version: _write(desk, typed, key, version),
                lambda key: own_words.remove_own_word(desk.file, desk.who, key),
                ("check_word",),
                desk.who.may(Right.MANAGE_OFFICE),
                fields,
            ),
        )


def _read(desk: OwnWordsDesk) -> list[OwnWord]:
    with desk.file.reading() as connection:
        return own_words.own_words(connection, desk.who)


def _row(value: OwnWord) -> Row:
    pill = State("Sans danger", "ok", "check") if value.harmless else State("À montrer", "warn", "eye")
    return Row(value.id, value.phrase, f"{HIT_KIND_LABELS[value.kind]} · {value.reason}", pill=pill)


def _texts(value: OwnWord) -> Mapping[str, str]:
    use = _HARMLESS if value.harmless else _STOP
    return {"phrase": value.phrase, "harmless": use, "kind": value.kind.value, "reason": value.reason}


def _write(desk: OwnWordsDesk, typed: Mapping[str, str], key: str, version: str) -> object:
    if not typed["harmless"]:
        raise InvalidEntry("Choisissez ce que la relecture doit faire de ce mot.", "harmless")
    if not typed["kind"]:
        raise InvalidEntry("Choisissez de quoi ce mot parle.", "kind")
    new = NewOwnWord(typed["phrase"], HitKind(typed["kind"]), typed["harmless"] == _HARMLESS, typed["reason"])
    if key:
        return own_words.change_own_word(desk.file, desk.who, key, new, version)
    return own_words.add_own_word(desk.file, desk.who, new)
