"""What a dossier’s header always answers: who, where, how to reach safely, which measure, who follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.diary.domain.visit import Appointment, AppointmentState
from caseworker_app.features.dossier.domain.overview import Overview, Sign, Tone, one_line
from caseworker_app.features.dossier.domain.when import (
    NB,
    from_today,
    hour_words,
    late_words,
    short_day,
)
from caseworker_app.features.households.domain import Contact, ContactKind, HouseholdMember
from caseworker_app.features.housing.domain.sliding_lease import SlidingLeaseFile
from caseworker_app.features.measures.domain.measure import INTENSITY_LABELS, SupportMeasure
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.phones import format_phone

# A deadline nearer than this is told in the header.
SOON_DAYS = 60
# How much of the instructions for reaching a household fits under its number.
INSTRUCTIONS_SHOWN = 44


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of the header, and a detail or a sign under it; `whole`: what the sign could not hold."""

    answer: str
    detail: str | Sign = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a dossier, ready to be shown; `restricted`: a band says that nothing may be done with it."""

    name: str
    initials: str
    people: str
    reference: str
    protected: bool
    signs: tuple[Sign, ...]
    housing: Fact
    contact: Fact
    measure: Fact
    follower: Fact
    restricted: bool = False


def header_of(overview: Overview) -> Header:
    """Return the header of a dossier as it stands."""
    household = overview.dossier.people.household
    return Header(
        household.name,
        initials_of(overview.dossier.people.members),
        people_words(overview.dossier.people.members, overview.day),
        household.reference,
        household.protected,
        _signs(overview),
        _housing(overview),
        _contact(overview),
        _measure(overview),
        _follower(overview),
        overview.restricted,
    )


def people_words(members: tuple[HouseholdMember, ...], day: date) -> str:
    """Return « Solène (34 ans), Lila (9 ans) », everybody by first name."""
    return join_words([_person(member, day) for member in members])


def initials_of(members: tuple[HouseholdMember, ...]) -> str:
    """Return two letters: first and last name of the reference person, or the start of the last name."""
    first = members[0]
    letters = (first.first_name or "")[:1] + first.last_name[:1]
    return (letters if len(letters) == 2 else first.last_name[:2]).upper()


def next_appointment(overview: Overview) -> Appointment | None:
    """Return the planned appointment that comes first, today's included; None without any."""
    planned = (a for a in overview.dossier.appointments if a.state is AppointmentState.PLANNED)
    return next((a for a in planned if a.starts_at.date() >= overview.day), None)


def _person(member: HouseholdMember, day: date) -> str:
    age = member.age(day)
    name = member.first_name or member.full_name()
    return name if age is None else f"{name} ({plural(age, 'an') if age else 'moins d’un an'})"


def _signs(overview: Overview) -> tuple[Sign, ...]:
    signs = []
    if overview.dossier.protected:
        signs.append(Sign("Dossier protégé", Tone.CONFIDENTIAL, "shield-lock"))
    archived_on = overview.dossier.people.household.archived_on
    if archived_on is not None:
        signs.append(Sign(f"Archivé depuis le {format_date(archived_on)}", Tone.CONFIDENTIAL, "file-lock"))
    if overview.dossier.current_measure is not None:
        signs.append(Sign("Suivi en cours", Tone.DONE, "player-play"))
    coming = next_appointment(overview)
    if coming is not None and (coming.starts_at.date() - overview.day).days <= 1:
        day = from_today(coming.starts_at.date(), overview.day)
        signs.append(Sign(f"Rendez-vous {day} à {hour_words(coming.starts_at)}", Tone.NEWS, "calendar-event"))
    return tuple(signs)


def _housing(overview: Overview) -> Fact:
    lease = overview.dossier.housing.current
    if lease is None:
        return _address(overview)
    place = lease.dwelling
    answer = ", ".join(part for part in (place.street, place.building, place.complement) if part)
    town = " ".join(part for part in (place.postal_code, place.city) if part)
    who = ", ".join(
        part for part in (place.typology, lease.landlord.name if lease.landlord else None) if part
    )
    detail = " · ".join(part for part in (town, who) if part)
    return Fact(answer or town or "Adresse inconnue", detail if answer else who)


def _address(overview: Overview) -> Fact:
    there = (a for a in overview.dossier.people.addresses if a.to_date is None or a.to_date > overview.day)
    address = next(there, None)
    if address is None:
        return Fact("Adresse inconnue", "Aucun logement dans ce dossier")
    answer = ", ".join(part for part in (address.street, address.complement) if part)
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    return Fact(answer or town, town if answer else "")


def _contact(overview: Overview) -> Fact:
    phones = [c for c in overview.dossier.people.contacts if c.kind is ContactKind.PHONE]
    known = phones or list(overview.dossier.people.contacts)
    if not known:
        return Fact("Aucun moyen connu", Sign("À demander au ménage", Tone.DUE, "alert-triangle"))
    best = next((c for c in known if c.safe), known[0])
    answer = _number(best, overview.dossier.people.members)
    if best.instructions:
        short = one_line(best.instructions, INSTRUCTIONS_SHOWN)
        return Fact(answer, Sign(short, Tone.DUE, "alert-triangle"), best.instructions)
    if best.safe:
        return Fact(answer, Sign("Sans risque", Tone.DONE, "shield-check"))
    return Fact(answer, Sign("À vérifier avec le ménage", Tone.DUE, "alert-triangle"))


def _number(contact: Contact, members: tuple[HouseholdMember, ...]) -> str:
    number = format_phone(contact.value) if contact.kind is ContactKind.PHONE else contact.value
    owner = next((m.first_name for m in members if m.id == contact.member_id), None) or contact.label
    return f"{number}, {owner}" if owner else number


def _measure(overview: Overview) -> Fact:
    current = overview.dossier.current_measure
    if current is None:
        ended = [m.measure for m in overview.dossier.measures if m.measure.ended_on]
        last = max((m.ended_on for m in ended if m.ended_on), default=None)
        told = f"La dernière a pris fin le {short_day(last, overview.day)}" if last else ""
        return Fact("Aucune mesure en cours", told)
    name = overview.measure_name(current.measure.kind_code, current.measure.kind_label)
    end = current.measure.planned_end_on
    if end is None:
        return Fact(name, f"Depuis le {short_day(current.measure.starts_on, overview.day)}, sans terme fixé")
    return Fact(
        f"{name} jusqu’au {short_day(end, overview.day)}", _measure_detail(overview, current.measure, end)
    )


def _measure_detail(overview: Overview, measure: SupportMeasure, end: date) -> str | Sign:
    if end < overview.day:
        return Sign(f"Échue, {late_words(end, overview.day)}", Tone.LATE)
    notice = landlord_notice(overview)
    if notice is not None and (notice - overview.day).days <= SOON_DAYS and notice <= end:
        late = notice < overview.day
        how_far = late_words(notice, overview.day) if late else from_today(notice, overview.day)
        words = f"Avis du bailleur dû le {short_day(notice, overview.day)}, {how_far}"
        return Sign(words, Tone.LATE if late else Tone.DUE)
    if measure.ends_soon(overview.day, SOON_DAYS):
        return Sign(f"Fin {from_today(end, overview.day)}", Tone.DUE)
    return f"Depuis le {short_day(measure.starts_on, overview.day)}, fin {from_today(end, overview.day)}"


def sliding_lease(overview: Overview) -> SlidingLeaseFile | None:
    """Return the sliding-lease agreement of the home, None when there is none."""
    lease = overview.dossier.housing.current
    return None if lease is None else lease.sliding


def landlord_notice(overview: Overview) -> date | None:
    """Return by when the landlord answers the préfet, None when nothing is due (CCH L442-8-3)."""
    agreement = sliding_lease(overview)
    return None if agreement is None else agreement.landlord_notice_due_on


def _follower(overview: Overview) -> Fact:
    current = overview.dossier.current_measure
    if current is None:
        return Fact("Personne pour l’instant", "Le suivi commence avec une mesure")
    measure = current.measure
    name = overview.workers.get(measure.lead_worker_id, "Personne inconnue de ce fichier")
    visits = plural(measure.visits_per_month, "visite")
    rhythm = f"Intensité {INTENSITY_LABELS[measure.intensity]}, {visits} par{NB}mois"
    return Fact(f"{name}, référent·e", rhythm)
