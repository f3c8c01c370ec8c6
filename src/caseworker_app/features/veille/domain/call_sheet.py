"""The call sheet of a day (« feuille d’appels »): whom, how to reach them, the last news, room to write.

Paper gets lost: a protected household stands on it by its initials, never with its address, a phone, or who is near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import Contact, ContactKind
from caseworker_app.features.households.domain.naming import initials
from caseworker_app.features.veille.domain.contact import OUTCOME_LABELS, WAY_LABELS, Way, codes_words
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.rhythm import due_words, rhythm_words
from caseworker_app.features.veille.domain.tables import every_label
from caseworker_app.features.veille.domain.watch import named
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.phones import format_phone

NB = "\u00a0"
PROTECTED = "Adresse et téléphone protégés\u00a0: voir le dossier."
TO_CHECK = "à vérifier avec le ménage"
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class CallRow:
    """A line of the sheet; each field is a cell, of one or several lines of words."""

    who: tuple[str, ...]
    reach: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallSheet:
    """The calls and visits of a worker on a day, ready to be printed."""

    day: date
    worker: str
    rows: tuple[CallRow, ...]
    printed_on: date


def call_sheet(day: date, worker: str, files: Sequence[WatchFile], printed_on: date) -> CallSheet:
    """Return the sheet of a day, in the order given."""
    return CallSheet(day, worker, tuple(_row(each, day) for each in files), printed_on)


def numbers_to_call(contacts: Sequence[Contact]) -> list[str]:
    """Return the phones that may be used without danger, each with its instructions.

    Where none was checked yet (a landlord's list has just come in), those that are known, each said to be checked:
    the first call is the one that checks. Not for a protected household, whose numbers are told in its file alone.
    """
    phones = [each for each in contacts if each.kind is ContactKind.PHONE]
    safe = [_number(each.value, each.instructions) for each in phones if each.safe]
    return safe or [f"{_number(each.value, each.instructions)} ({TO_CHECK})" for each in phones]


def near_words(of: WatchFile) -> str:
    """Return whoever is near with their number where it may be called: « Paul Essai, voisin : 06 … »."""
    near = of.watch.near
    words = named(near)
    if words and near.phone and near.safe:
        return f"{words}{NB}: {_number(near.phone, near.instructions)}"
    return f"{words} (ne pas appeler)" if words and not near.safe else words


def _row(of: WatchFile, day: date) -> CallRow:
    watch, protected = of.watch, of.people.household.protected
    due = due_words(of.due, day)[0]
    what = f"{WAY_LABELS[watch.way].capitalize()} {rhythm_words(watch.rhythm)}"
    name = of.people.household.name
    who = (initials(name) or "Ménage protégé") if protected else name
    return CallRow(
        (who, what, due), (PROTECTED,) if protected else _reach(of, day), _last(of, told=not protected)
    )


def _reach(of: WatchFile, day: date) -> tuple[str, ...]:
    watch, home = of.watch, of.people.address_on(day)
    lines = [home.one_line()] if watch.way is Way.VISIT and home is not None else []
    lines += numbers_to_call(of.people.contacts)
    near = near_words(of)
    lines += [f"Proche{NB}: {near}"] if near else []
    lines += [watch.instructions] if watch.instructions else []
    return tuple(lines)


def _last(of: WatchFile, *, told: bool) -> tuple[str, ...]:
    if not of.contacts:
        return ("Premier appel." if of.watch.way is Way.CALL else "Première visite.",)
    last, labels = of.contacts[0], every_label("request")
    lines = [f"{format_date(last.held_on)}{NB}: {OUTCOME_LABELS[last.outcome]}"]
    if told and last.asked:
        lines.append(f"Demandé{NB}: {codes_words(last.asked.split(), labels)}")
    said = of.said.get(last.entry_id, "") if told else ""
    lines += [said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"] if said else []
    return tuple(lines)


def _number(value: str, instructions: str | None) -> str:
    number = format_phone(value)
    return f"{number} ({instructions})" if instructions else number
