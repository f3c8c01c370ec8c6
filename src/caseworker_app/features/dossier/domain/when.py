"""Days in the words people use beside them: « dans 3 semaines », « il y a 8 jours »."""

from __future__ import annotations

from datetime import date, datetime

from caseworker_app.kernel.dates import WEEKDAYS, format_month, format_short_date
from caseworker_app.kernel.french import plural

NB = "\u00a0"
# Up to here days are counted; then weeks; then months.
_DAYS_AHEAD, _WEEKS_AHEAD, _DAYS_BEHIND = 13, 62, 60
_ONE_DAY_WORDS = {0: "aujourd’hui", 1: "demain", -1: "hier"}


def from_today(day: date, today: date) -> str:
    """Say how far a day is: « aujourd’hui », « dans 5 jours », « dans 3 semaines », « il y a 34 jours »."""
    left = (day - today).days
    if left in _ONE_DAY_WORDS:
        return _ONE_DAY_WORDS[left]
    return f"dans {span(left, _DAYS_AHEAD)}" if left > 0 else f"il y a {span(-left, _DAYS_BEHIND)}"


def span(days: int, counted: int = _DAYS_AHEAD) -> str:
    """Say how long so many days are: days up to `counted`, weeks up to two months, months, years."""
    if days <= counted:
        return plural(days, "jour")
    if days <= _WEEKS_AHEAD and counted < _DAYS_BEHIND:
        return plural(days // 7, "semaine")
    return plural(days // 30, "mois", "mois") if days < 730 else plural(days // 365, "an")


def late_words(due: date, today: date) -> str:
    """Say by how much a date has passed: « 9 jours de retard », « 3 mois de retard »."""
    return f"{span((today - due).days, _DAYS_BEHIND)} de retard"


def short_day(day: date, today: date) -> str:
    """Write « 17 déc. », with its year only where it is not that of today: « 17 févr. 2027 »."""
    text = format_short_date(day)
    return text if day.year == today.year else f"{text}{NB}{day.year}"


def due_words(due: date, today: date) -> str:
    """Say until when something is to be done: « Aujourd’hui », « Avant le 17 déc. »."""
    if due < today:
        return late_words(due, today)
    if (due - today).days <= 1:
        return _ONE_DAY_WORDS[(due - today).days].capitalize()
    return f"Avant le {short_day(due, today)}"


def moment_words(moment: datetime, today: date) -> str:
    """Write « Aujourd’hui à 11 h 00 », « Jeudi 26 nov. à 9 h 30 »; the weekday only within a week."""
    left = (moment.date() - today).days
    hour = f"à {hour_words(moment)}"
    if left in (0, 1):
        return f"{_ONE_DAY_WORDS[left].capitalize()} {hour}"
    weekday = f"{WEEKDAYS[moment.weekday()].capitalize()} " if 0 < left < 7 else ""
    return f"{weekday or 'Le '}{short_day(moment.date(), today)} {hour}"


def hour_words(moment: datetime) -> str:
    """Write « 9 h 30 »."""
    return f"{moment.hour}{NB}h{NB}{moment.minute:02d}"


def duration_words(minutes: int) -> str:
    """Write « 50 min », « 1 h 05 »."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}{NB}h{NB}{rest:02d}" if hours else f"{rest}{NB}min"


def of_month(month: date) -> str:
    """Write « de novembre 2026 », « d’octobre 2026 »."""
    name = format_month(month)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"
