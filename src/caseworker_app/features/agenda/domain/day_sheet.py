"""The sheet of a day (« feuille du jour ») carried along: when, whom, where, how to reach them, what to bring, how far.

Paper gets lost: a protected household stands on it by its initials, never with its address or a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.agenda.domain.shown import ShownTime, hour_words
from caseworker_app.features.diary.domain.appointment import APPOINTMENT_KIND_LABELS
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.households.domain.naming import initials
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.phones import format_phone

PROTECTED = "Adresse et téléphone protégés\u00a0: voir le dossier."
NO_SAFE_PHONE = "Aucun numéro sûr n’est noté\u00a0: voir le dossier."


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of a household, whether it is safe to use, and how."""

    value: str
    safe: bool
    instructions: str | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the sheet; each field is a cell, of one or several lines of words."""

    hour: str
    who: tuple[str, ...]
    where: tuple[str, ...]
    bring: tuple[str, ...]
    travel: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day of a worker, ready to be printed."""

    day: date
    worker: str
    rows: tuple[SheetRow, ...]
    printed_on: date


def day_sheet(
    day: date,
    worker: str,
    times: Sequence[ShownTime],
    phones: Mapping[str, Sequence[Phone]],
    instructions: Mapping[str, str],
    printed_on: date,
) -> DaySheet:
    """Return the sheet of a day, by hour; what was cancelled is left out."""
    kept = sorted(
        (t for t in times if t.state is not AppointmentState.CANCELLED),
        key=lambda t: (not t.all_day, t.starts_at),
    )
    rows = tuple(_row(each, phones, instructions) for each in kept)
    return DaySheet(day, worker, rows, printed_on)


def _row(each: ShownTime, phones: Mapping[str, Sequence[Phone]], instructions: Mapping[str, str]) -> SheetRow:
    hour = "Journée" if each.all_day else f"{hour_words(each.starts_at)}\n{hour_words(each.ends_at)}"
    return SheetRow(hour, _who(each), _where(each, phones, instructions), _bring(each), _travel(each))


def _who(each: ShownTime) -> tuple[str, ...]:
    kind = capital(APPOINTMENT_KIND_LABELS[each.kind])
    if each.protected:
        return (initials(each.household) or "Ménage protégé", kind)
    name = each.household or each.purpose or kind
    about = (kind, each.purpose if each.household else "", _with(each))
    return (name, *(part for part in about if part and part != name))


def _with(each: ShownTime) -> str:
    return f"avec {each.participants}" if each.participants else ""


def _where(
    each: ShownTime, phones: Mapping[str, Sequence[Phone]], instructions: Mapping[str, str]
) -> tuple[str, ...]:
    if each.protected:
        return (PROTECTED,)
    lines = [each.where or each.home]
    if each.household_id is not None:
        known = phones.get(each.household_id, ())
        safe = [_phone(phone) for phone in known if phone.safe]
        lines += safe or ([NO_SAFE_PHONE] if known else [])
        lines.append(instructions.get(each.household_id, ""))
    return tuple(line for line in lines if line)


def _phone(phone: Phone) -> str:
    number = format_phone(phone.value)
    return f"{number} ({phone.instructions})" if phone.instructions else number


def _bring(each: ShownTime) -> tuple[str, ...]:
    return tuple(line for line in each.bring.splitlines() if line.strip()) if not each.protected else ()


def _travel(each: ShownTime) -> str:
    parts = [
        f"{each.before}\u00a0min avant" if each.before else "",
        f"{each.after}\u00a0min après" if each.after else "",
    ]
    return "\n".join(part for part in parts if part)
