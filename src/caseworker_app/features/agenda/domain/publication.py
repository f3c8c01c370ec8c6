"""How the agenda is set on this PC: the calendar file phones read, and the holidays that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.kernel.errors import InvalidEntry

# As far back as a phone is looked at, and as far ahead as an agenda is kept.
MOST_BACK, MOST_AHEAD = 12, 52
USUAL_BACK, USUAL_AHEAD = 2, 8
ENDING = ".ics"


@dataclass(frozen=True, slots=True)
class AgendaSettings:
    """`path`: the calendar file written at each change, empty for none; weeks from today; `addresses`: with them.

    `alsace_moselle`: the two more holidays of art. L3134-13 of the code du travail are shown.
    """

    path: str = ""
    weeks_back: int = USUAL_BACK
    weeks_ahead: int = USUAL_AHEAD
    addresses: bool = False
    alsace_moselle: bool = False

    @property
    def published(self) -> bool:
        """Say whether a file is written."""
        return bool(self.path)

    def period(self, today: date) -> tuple[date, date]:
        """Return the days published."""
        return today - timedelta(weeks=self.weeks_back), today + timedelta(weeks=self.weeks_ahead)


def checked_settings(settings: AgendaSettings) -> AgendaSettings:
    """Return settings that hold together. Raises InvalidEntry beside a field."""
    if settings.path and not settings.path.lower().endswith(ENDING):
        raise InvalidEntry("Le nom du fichier finit par «\u00a0.ics\u00a0».", "path")
    if not 0 <= settings.weeks_back <= MOST_BACK:
        raise InvalidEntry(f"De 0 à {MOST_BACK}\u00a0semaines en arrière.", "weeks_back")
    if not 1 <= settings.weeks_ahead <= MOST_AHEAD:
        raise InvalidEntry(f"De 1 à {MOST_AHEAD}\u00a0semaines en avant.", "weeks_ahead")
    return settings
