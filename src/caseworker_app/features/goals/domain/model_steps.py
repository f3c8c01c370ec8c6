"""Steps of a model as they are typed: one a line, « Appeler la CAF ; ménage ; 15 »."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.goals.domain.goal import ACTOR_LABELS, Actor
from caseworker_app.features.goals.domain.library import ModelStep
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

HOW = (
    "Une étape par ligne\u00a0: ce qu’il y a à faire ; qui ; nombre de jours."
    " Qui\u00a0: ménage, intervenant, ensemble, bailleur ou partenaire. Les deux derniers sont facultatifs."
)
_ACTORS = {fold(label.split("·")[0]): actor for actor, label in ACTOR_LABELS.items()}


def steps_text(steps: Sequence[ModelStep]) -> str:
    """Return steps as they are typed, a line each."""
    return "\n".join(_line(each) for each in steps)


def steps_read(text: str) -> tuple[ModelStep, ...]:
    """Return the steps typed, empty lines left out.

    Raises InvalidEntry, on `steps`, naming the line, for somebody unknown or a delay that is no number.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return tuple(_read(number, line) for number, line in lines)


def _line(step: ModelStep) -> str:
    days = "" if step.after_days is None else str(step.after_days)
    return " ; ".join(part for part in (step.title, ACTOR_LABELS[step.actor], days) if part)


def _read(number: int, line: str) -> ModelStep:
    title, who, days = (*(part.strip() for part in line.split(";", 2)), "", "")[:3]
    if not title:
        raise InvalidEntry(f"Ligne {number}\u00a0: écrivez ce qu’il y a à faire.", "steps")
    return ModelStep(title, _actor(number, who), _days(number, days))


def _actor(number: int, typed: str) -> Actor:
    if not typed:
        return Actor.HOUSEHOLD
    word = fold(typed)
    for label, actor in _ACTORS.items():
        if label.startswith(word) or word.startswith(label):
            return actor
    raise InvalidEntry(
        f"Ligne {number}\u00a0: dites qui par ménage, intervenant, ensemble, bailleur ou partenaire.", "steps"
    )


def _days(number: int, typed: str) -> int | None:
    if not typed:
        return None
    figures = typed.split(maxsplit=1)[0]
    if not (figures.isascii() and figures.isdigit() and len(figures) <= 4):
        raise InvalidEntry(f"Ligne {number}\u00a0: écrivez un nombre de jours, comme 30.", "steps")
    return int(figures)
