"""What a copy of the data tells about its use (RGPD art. 15.1), from the dated table `data_notice`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.kernel.parameters import dated

TABLE = "data_notice"
TITLES = {
    "purposes": "À quoi servent ces informations",
    "legal_bases": "Sur quoi l’association s’appuie",
    "where_from": "D’où elles viennent",
    "recipients": "Qui les reçoit",
    "kept_for": "Combien de temps elles sont gardées",
    "rights": "Vos droits",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One heading and its sentences."""

    title: str
    sentences: tuple[str, ...]


def notice_on(day: date) -> tuple[Notice, ...]:
    """Return what is told on a day. Raises NotFound for a day before the table begins."""
    return tuple(Notice(title, tuple(dated(TABLE, key, day).value)) for key, title in TITLES.items())
