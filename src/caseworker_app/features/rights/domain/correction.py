"""What a request for rectification (RGPD art. 16) led to: changes of the file, or the person's own statement beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.kernel.entries import optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry

MAX_ABOUT = 200


@dataclass(frozen=True, slots=True)
class RightsCorrection:
    """One thing a request for rectification led to.

    `about`: what it concerns, in words. `changeset_id`: the change of the file that corrected it; None where the worker
    disagrees and the person's own `statement` is kept beside.
    """

    id: str
    version: str
    household_id: str
    request_id: str
    about: str
    changeset_id: str | None
    statement: str | None
    made_on: date
    worker_id: str


def checked_statement(about: str, statement: str) -> tuple[str, str]:
    """Return what a statement is about and its words, made clean. Raises InvalidEntry for an empty one."""
    subject, words = optional_line(about, MAX_ABOUT, "about"), paragraphs(statement, "statement")
    if subject is None:
        raise InvalidEntry("Sur quoi porte cette déclaration\u00a0? Nommez l’information contestée.", "about")
    if words is None:
        raise InvalidEntry("Écrivez la déclaration de la personne, dans ses mots.", "statement")
    return subject, words
