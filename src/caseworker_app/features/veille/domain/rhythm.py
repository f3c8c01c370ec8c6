"""When somebody is to be called or visited: the days of a rhythm, and the one that is due after what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from caseworker_app.features.diary.domain.typed_moments import parse_hour, spoken_hour
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural

NB = "\u00a0"
# Rarer than this is no rhythm: an appointment does it.
MOST = {"days": 60, "weeks": 26}
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SHORT = 7
DAY_MINUTES = 24 * 60


class Unit(StrEnum):
    """What a rhythm counts in."""

    DAYS = "days"
    WEEKS = "weeks"


UNIT_LABELS = {Unit.DAYS: "jours", Unit.WEEKS: "semaines"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many days or weeks from `starts_on`, on a `weekday` (0 Monday, weeks only), until a day included.

    Without a weekday the first day is `starts_on` itself. `at_minutes`: about which hour, in minutes from midnight.
    """

    starts_on: date
    every: int
    unit: Unit
    weekday: int | None = None
    until: date | None = None
    at_minutes: int | None = None

    @property
    def hour(self) -> time | None:
        """About which hour, None where no hour is agreed."""
        return None if self.at_minutes is None else time(*divmod(self.at_minutes, 60))

    @property
    def first(self) -> date:
        """The first day somebody is called or visited."""
        if self.weekday is None:
            return self.starts_on
        return self.starts_on + timedelta((self.weekday - self.starts_on.weekday()) % 7)

    @property
    def period(self) -> int:
        """How many days part two of them."""
        return self.every * (7 if self.unit is Unit.WEEKS else 1)

    def after(self, day: date) -> date | None:
        """Return the first day of the rhythm strictly after one, None once it is over."""
        found = self.first
        if day >= found:
            found += timedelta(((day - found).days // self.period + 1) * self.period)
        return found if self.until is None or found <= self.until else None


def typed_minutes(typed: str | None, field: str) -> int | None:
    """Return the minutes from midnight of an hour typed, None when nothing is. Raises InvalidEntry for `field`."""
    if typed is None or not typed.strip():
        return None
    hour = parse_hour(typed, field)
    return hour.hour * 60 + hour.minute


def day_order(rhythm: Rhythm) -> int:
    """Return what calls and visits of one day are ordered by: their hour, those without any after."""
    return DAY_MINUTES if rhythm.at_minutes is None else rhythm.at_minutes


@dataclass(frozen=True, slots=True)
class Retry:
    """What follows a call nobody answered: again after `days`, until `tries` in a row; then the rhythm alone."""

    days: int
    tries: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What was done so far: the last call or visit, when another was agreed for, how many in a row found nobody.

    `tries` counts the days after the last one somebody was heard.
    """

    last_on: date | None = None
    again_on: date | None = None
    tries: int = 0


def due_on(rhythm: Rhythm, standing: Standing, retry: Retry) -> date | None:
    """Return the day of the next call or visit, None once the rhythm is over.

    It follows from the rhythm and what was done alone, so that a day passed without a call stays due. A day agreed with
    the household goes before the rhythm; a call nobody answered comes again sooner, never later than the rhythm.
    """
    if standing.last_on is None:
        return rhythm.after(rhythm.starts_on - timedelta(1))
    if standing.again_on is not None:
        return standing.again_on
    coming = rhythm.after(standing.last_on)
    if not 0 < standing.tries < retry.tries:
        return coming
    again = standing.last_on + timedelta(retry.days)
    return again if coming is None else min(again, coming)


def checked_rhythm(rhythm: Rhythm) -> Rhythm:
    """Return a rhythm that somebody can keep. Raises InvalidEntry beside the field that is wrong."""
    most = MOST[rhythm.unit]
    if not 1 <= rhythm.every <= most:
        raise InvalidEntry(f"Le rythme va de 1 à {most}{NB}{UNIT_LABELS[rhythm.unit]}.", "every")
    if rhythm.weekday is not None and rhythm.unit is Unit.DAYS:
        raise InvalidEntry(
            "Un jour fixe va avec un rythme en semaines\u00a0: retirez l’un ou l’autre.", "weekday"
        )
    if rhythm.weekday is not None and not 0 <= rhythm.weekday < len(WEEKDAYS):
        raise InvalidEntry("Choisissez un jour de la semaine.", "weekday")
    if rhythm.at_minutes is not None and not 0 <= rhythm.at_minutes < DAY_MINUTES:
        raise InvalidEntry("Une heure va de 0\u00a0h à 23\u00a0h\u00a059.", "at_minutes")
    if rhythm.until is not None and rhythm.until < rhythm.first:
        raise InvalidEntry("La fin vient avant le premier jour\u00a0: vérifiez les dates.", "until")
    return rhythm


def rhythm_words(rhythm: Rhythm) -> str:
    """Return « chaque lundi », « toutes les 2 semaines, le lundi vers 10 h », « tous les 3 jours », with its end."""
    named = WEEKDAYS[rhythm.first.weekday()]
    if rhythm.unit is Unit.WEEKS:
        said = (
            f"chaque {named}" if rhythm.every == 1 else f"toutes les {rhythm.every}{NB}semaines, le {named}"
        )
    else:
        said = "chaque jour" if rhythm.every == 1 else f"tous les {rhythm.every}{NB}jours"
    said += f" vers {spoken_hour(rhythm.hour)}" if rhythm.hour is not None else ""
    return f"{said}, jusqu’au {format_date(rhythm.until)}" if rhythm.until else said


def due_words(due: date | None, day: date) -> tuple[str, str]:
    """Return when the next one is, seen from a day, and its tone; empty words once the rhythm is over."""
    if due is None:
        return "rythme terminé", "warn"
    ahead = (due - day).days
    if ahead < 0:
        return f"en retard de {plural(-ahead, 'jour')}", "danger"
    if ahead == 0:
        return "aujourd’hui", "warn"
    if ahead == 1:
        return "demain", "muted"
    return (f"{WEEKDAYS[due.weekday()]}" if ahead < _SHORT else f"le {format_date(due)}"), "muted"
