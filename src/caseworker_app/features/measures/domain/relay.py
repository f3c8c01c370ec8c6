"""A measure handed to another worker from a day (« relais »): past, today's, or one to come; the history is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from caseworker_app.features.measures.domain.measure import MAX_MONTHS_AHEAD, Relay, SupportMeasure
from caseworker_app.kernel.dates import add_months, format_date
from caseworker_app.kernel.errors import InvalidEntry

NB = "\u00a0"


def lead_on(measure: SupportMeasure, relays: Iterable[Relay], day: date) -> str:
    """Return who leads a measure on a day; before the first relay, whoever it was handed by."""
    ordered = in_order(relays)
    past = [each for each in ordered if each.from_date <= day]
    if past:
        return past[-1].worker_id
    return ordered[0].before_id if ordered else measure.lead_worker_id


def in_order(relays: Iterable[Relay]) -> list[Relay]:
    """Return relays, oldest first; two of one day in the order they were written."""
    return sorted(relays, key=lambda each: (each.from_date, each.id))


def to_come(relays: Iterable[Relay], day: date) -> list[Relay]:
    """Return the relays that take effect after a day, soonest first."""
    return [each for each in in_order(relays) if each.from_date > day]


def check_relay(
    measure: SupportMeasure, relays: Sequence[Relay], from_date: date, worker_id: str, today: date
) -> None:
    """Refuse a relay outside its measure, before the latest one, or to whoever leads already. Raises InvalidEntry."""
    if from_date < measure.starts_on:
        words = f"La mesure commence le {format_date(measure.starts_on)}{NB}: choisissez un jour depuis."
        raise InvalidEntry(words, "from_date")
    if measure.ended_on is not None and from_date > measure.ended_on:
        words = f"La mesure finit le {format_date(measure.ended_on)}{NB}: choisissez un jour avant."
        raise InvalidEntry(words, "from_date")
    if from_date > add_months(today, MAX_MONTHS_AHEAD):
        raise InvalidEntry(f"Cette date n’est pas possible{NB}: vérifiez l’année.", "from_date")
    if relays and from_date < (last := in_order(relays)[-1]).from_date:
        words = f"Un relais est déjà noté le {format_date(last.from_date)}{NB}: choisissez un jour depuis"
        raise InvalidEntry(f"{words}, ou annulez-le." if last.from_date > today else f"{words}.", "from_date")
    if lead_on(measure, relays, from_date) == worker_id:
        raise InvalidEntry(
            f"Cette personne suit déjà la mesure ce jour-là{NB}: choisissez-en une autre.", "worker_id"
        )


def relay_words(relay: Relay, before: str, after: str, day: date) -> tuple[str, str]:
    """Return what a row says of a relay: who hands over to whom, then from when."""
    when = "à partir du" if relay.from_date > day else "depuis le"
    return f"Relais{NB}: {before} → {after}", f"{when} {format_date(relay.from_date)}"
