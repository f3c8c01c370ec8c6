"""Sentences the association reuses (« phrases réutilisées »), with places to fill in from the visit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.diary.domain.typed_moments import spoken_hour
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.entries import one_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import join_words, sort_key
from caseworker_app.kernel.parameters import all_dated

STARTER_TABLE = "reused_sentences"
LONGEST_CATEGORY, LONGEST_SENTENCE = 60, 1000
# A place to fill in is words between braces, on one line: { and } are never typed in a note otherwise.
_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


@dataclass(frozen=True, slots=True)
class ReusedSentence:
    """A sentence of the library, under its category; `text` holds places such as `{prénom}`."""

    id: str
    version: str
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class NewSentence:
    """A sentence about to be added or changed."""

    category: str
    text: str


# What may be filled in, with what each stands for.
PLACES = {
    "prénom": "prénom de la personne de référence",
    "nom": "civilité et nom de la personne de référence",
    "ménage": "nom du dossier",
    "date": "jour de la rencontre",
    "heure": "heure de la rencontre",
    "lieu": "lieu de la rencontre",
    "prochain rendez-vous": "jour et heure du prochain rendez-vous",
    "dernière rencontre": "jour de la rencontre précédente",
    "intervenant": "votre nom",
}
_KNOWN = {fold(name): name for name in PLACES}


def checked_sentence(new: NewSentence) -> NewSentence:
    """Return a sentence clean, its places written as the list has them.

    Raises InvalidEntry: no category, no text, a place that nothing fills in.
    """
    category = one_line(new.category, LONGEST_CATEGORY, "category")
    text = paragraphs(new.text, "text")
    if not category:
        raise InvalidEntry("Indiquez la catégorie (logement, paiement…).", "category")
    if not text:
        raise InvalidEntry("Écrivez la phrase.", "text")
    if len(text) > LONGEST_SENTENCE:
        raise InvalidEntry(f"Une phrase a {LONGEST_SENTENCE} caractères au plus.", "text")
    unknown = [name for name in _PLACE.findall(text) if fold(name) not in _KNOWN]
    if unknown:
        raise InvalidEntry(
            f"Rien ne remplit {join_words([f'{{{name}}}' for name in unknown])}\u00a0: "
            "choisissez parmi les emplacements proposés.",
            "text",
        )
    return NewSentence(category, _PLACE.sub(lambda m: f"{{{_KNOWN[fold(m[1])]}}}", text))


def starter_sentences(day: date) -> tuple[NewSentence, ...]:
    """Return the sentences proposed to an association that has none yet."""
    return tuple(
        NewSentence(row.value["category"], row.value["text"])
        for row in all_dated(STARTER_TABLE, "sentence", day)
    )


def offered_sentences(day: date) -> tuple[ReusedSentence, ...]:
    """Return the sentences proposed, as the library would hold them: what is offered while it is empty."""
    return tuple(ReusedSentence("", "", each.category, each.text) for each in starter_sentences(day))


def in_reading_order(sentences: Iterable[ReusedSentence]) -> list[ReusedSentence]:
    """Return sentences by category, then by their words."""
    return sorted(sentences, key=lambda each: (sort_key(each.category), sort_key(each.text)))


def matching(sentences: Iterable[ReusedSentence], words: str) -> list[ReusedSentence]:
    """Return the sentences that hold every word, in their category or their text; accents do not matter."""
    sought = fold(words).split()
    return [
        each for each in sentences if all(word in fold(f"{each.category} {each.text}") for word in sought)
    ]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a sentence with what is known put in its places; the others stay, to be seen and completed."""
    return _PLACE.sub(lambda m: values.get(_KNOWN.get(fold(m[1]), ""), "") or m[0], text)


def unfilled(text: str) -> tuple[str, ...]:
    """Return the places of a text that nobody completed yet, each once, as written."""
    return tuple(dict.fromkeys(m[0] for m in _PLACE.finditer(text) if fold(m[1]) in _KNOWN))


def check_filled(text: str, field: str) -> None:
    """Refuse a text where a place is left to complete. Raises InvalidEntry on `field`."""
    left = unfilled(text)
    if left:
        raise InvalidEntry(
            f"Il reste à compléter {join_words(list(left))}\u00a0: écrivez ce qui manque, ou effacez-le.",
            field,
        )


def first_place(text: str) -> tuple[int, int] | None:
    """Return where the first place to complete stands, None when all are."""
    return next((m.span() for m in _PLACE.finditer(text) if fold(m[1]) in _KNOWN), None)


@dataclass(frozen=True, slots=True)
class FillingIn:
    """What places are filled in from; what is not known yet is None or empty, and stays to complete."""

    first_name: str = ""
    full_name: str = ""
    household: str = ""
    worker: str = ""
    place: str = ""
    met_at: datetime | None = None
    next_at: datetime | None = None
    last_on: date | None = None

    def values(self) -> dict[str, str]:
        """Return what each place stands for now."""
        return {
            "prénom": self.first_name,
            "nom": self.full_name,
            "ménage": self.household,
            "intervenant": self.worker,
            "lieu": self.place,
            "date": _day(self.met_at),
            "heure": _hour(self.met_at),
            "prochain rendez-vous": f"{_day(self.next_at)} à {_hour(self.next_at)}" if self.next_at else "",
            "dernière rencontre": _day(self.last_on),
        }


def _day(at: date | None) -> str:
    return "" if at is None else format_long_date(at.date() if isinstance(at, datetime) else at)


def _hour(at: datetime | None) -> str:
    return "" if at is None else spoken_hour(at.time())
