"""Invented veilles: calls and visits on a rhythm, some up to date, one late, one that finds nobody any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from caseworker_app.features.veille.domain.contact import NewContact, Outcome, Way
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit
from caseworker_app.features.veille.domain.watch import Near, NewWatch, Origin

# One household in five is called or visited.
WATCHED = (1, 5)
_SAID = (
    ("Va bien, est sortie au marché.", ("talk",), ("talk",)),
    ("Fatigué ; demande qu’on lui porte ses courses.", ("errands",), ("errands",)),
    ("Un courrier du bailleur à relire ensemble.", ("papers",), ()),
    ("Contente de l’appel, attend sa fille dimanche.", (), ("company",)),
)
_NEAR = (
    ("Paul Essai", "voisin du palier"),
    ("Mina Exemple", "fille"),
    ("Théo Modèle", "gardien de l’immeuble"),
)
_WEEK = timedelta(days=7)
# Ten o’clock.
_AT = 600


@dataclass(frozen=True, slots=True)
class Watched:
    """A veille with its calls and visits."""

    new: NewWatch
    contacts: tuple[NewContact, ...]


def invent_watch(rng: Random, index: int, landlord_id: str, worker: str, today: date) -> Watched:
    """Return a veille by a landlord's list; its number says how it goes: due today, made, late, or silent."""
    stage = index // 5 % 4
    way = Way.VISIT if stage == 1 else Way.CALL
    # Due today, in three days, two days ago, or tried three days in a row.
    weekday = (today + timedelta((0, 3, -2, -3)[stage])).weekday()
    start = today - 3 * _WEEK
    start -= timedelta((start.weekday() - weekday) % 7)
    name, link = rng.choice(_NEAR)
    near = Near(
        name, f"06 39 98 {rng.randrange(10, 99)} {rng.randrange(10, 99)}", link, instructions="plutôt le soir"
    )
    rhythm = Rhythm(start, 1, Unit.WEEKS, weekday, at_minutes=_AT if stage == 0 else None)
    new = NewWatch(
        way, rhythm, worker, Origin.LANDLORD_LIST, landlord_id,
        "Vit sans visite depuis plusieurs mois.", None, near,
    )  # fmt: skip
    return Watched(new, tuple(_contacts(rng, way, start, stage, worker, today)))


def _contacts(rng: Random, way: Way, start: date, stage: int, worker: str, today: date) -> list[NewContact]:
    heard = Outcome.ANSWERED if way is Way.CALL else Outcome.VISITED
    days = [start + n * _WEEK for n in range(4) if start + n * _WEEK < today - timedelta(days=3)]
    made = []
    for day in days:
        said, wanted, done = rng.choice(_SAID)
        made.append(NewContact(heard, day, said.replace(" ;", "\u202f;"), wanted, done, worker_id=worker))
    if stage == 3:
        tries = (Outcome.NO_ANSWER, Outcome.LEFT_WORD, Outcome.NO_ANSWER)
        made += [
            NewContact(outcome, today - timedelta(3 - n), worker_id=worker) for n, outcome in enumerate(tries)
        ]
    return made
