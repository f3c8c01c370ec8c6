"""Our times as a calendar that phones read (iCalendar): initials only, nothing written about anybody.

What leaves: when, how long, of what nature, the initials of the household. Never the objects, the places typed, what to
bring, who takes part: these texts are *interne*. The address only where it is asked for; of a protected household
neither initials nor address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Any

from caseworker_app.features.agenda.domain.shown import ShownTime
from caseworker_app.features.diary.domain.appointment import APPOINTMENT_KIND_LABELS
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.households.domain.naming import initials
from caseworker_app.kernel.french import capital

UID_END = "@passerelle.invalid"
PRODUCT = "-//Passerelle//Agenda//FR"


def title(time: ShownTime) -> str:
    """Return what a phone shows: « Visite à domicile S. M. », « Réunion »."""
    kind = capital(APPOINTMENT_KIND_LABELS[time.kind])
    if time.hidden or time.protected:
        return "Rendez-vous"
    return f"{kind} {initials(time.household)}".strip()


def write_calendar(
    times: Iterable[ShownTime], stamp: datetime, *, addresses: bool = False, here: tzinfo | None = None
) -> bytes:
    """Return the calendar of some times; `stamp`: the present instant, `here`: the zone of this wall (None: the PC's).

    What was cancelled or hidden is left out.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Passerelle")
    for each in times:
        if not each.hidden and each.state is not AppointmentState.CANCELLED:
            calendar.add_component(_event(each, stamp, here, addresses=addresses))
    return bytes(calendar.to_ical())


def _event(time: ShownTime, stamp: datetime, here: tzinfo | None, *, addresses: bool) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{time.id}{UID_END}")
    event.add("dtstamp", stamp.astimezone(UTC))
    if time.all_day:
        event.add("dtstart", time.starts_at.date())
        event.add("dtend", time.ends_at.date())
    else:
        event.add("dtstart", _instant(time.starts_at, here))
        event.add("dtend", _instant(time.ends_at, here))
    event.add("summary", title(time))
    event.add("class", "PRIVATE")
    if addresses and time.home and not time.protected:
        event.add("location", time.home)
    return event


def _instant(moment: datetime, here: tzinfo | None) -> datetime:
    """Return an hour of this wall as an instant."""
    return (moment.astimezone() if here is None else moment.replace(tzinfo=here)).astimezone(UTC)
