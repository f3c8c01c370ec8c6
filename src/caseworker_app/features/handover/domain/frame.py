"""The frame of a review: dwelling, occupants, convention, measure, and the dates that come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.features.handover.domain.proposal import (
    ItemText,
    OptionCode,
    Origin,
    ProposedItem,
    ProposedOption,
    Section,
)
from caseworker_app.features.handover.domain.review_content import Deadline, FrameLine
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import LeaseKind
from caseworker_app.features.housing.domain.sliding_lease import SlidingLeaseFile
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.parameters import dated

TABLE = "landlord_review"
_LEASE = Origin("Bail")
_OCCUPANT = {
    LeaseKind.LEASE: "locataire",
    LeaseKind.SUBLEASE: "sous-locataire",
    LeaseKind.SLIDING_LEASE: "sous-locataire",
    LeaseKind.RESIDENCE_TITLE: "occupant du logement par un titre d’occupation",
}
_MOST_DEADLINES = 5


def frame_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the lines of the reminder of the frame (« rappel du cadre »)."""
    found = []
    if material.lease is not None:
        found.append(
            _line("dwelling", "Logement", _dwelling(material.lease, masked=material.household.protected))
        )
        found.append(_line("occupant", "Occupation", _occupant(material, material.lease)))
        if material.lease.sliding is not None:
            found.append(_line("agreement", "Convention", _agreement(material.lease.sliding)))
            found += _notice(material.lease.sliding)
    if material.measure is not None and is_nameable(material):
        found.append(_line("measure", "Accompagnement", _measure(material), Origin("Mesure")))
    return found


def is_nameable(material: ReviewMaterial) -> bool:
    """Say whether the landlord may be told the name of the measure: only one about the dwelling."""
    named = dated(TABLE, "named_measures", material.day).value
    return material.measure is not None and material.measure.measure.kind_code in named


def calendar_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the dates that follow the review, the day it is made first."""
    by_day: dict[date, Deadline] = {}
    for each in _deadlines(material):
        if each.day > material.day:
            by_day.setdefault(each.day, each)
    coming = sorted(by_day.values(), key=lambda deadline: deadline.day)
    made = Deadline(material.day, "bilan établi", reached=True)
    return [_deadline_item(each) for each in (made, *coming[: _MOST_DEADLINES - 1])] if coming else []


def options(material: ReviewMaterial) -> tuple[ProposedOption, ...]:
    """Return what may be proposed: renew, prepare the lease in the household's name where it sublets, end."""
    kind = material.lease.lease.kind if material.lease else None
    sublet = kind in (LeaseKind.SUBLEASE, LeaseKind.SLIDING_LEASE)
    renew = ProposedOption(OptionCode.RENEW, "Renouveler", "l’accompagnement", "à renouveler")
    transfer = ProposedOption(
        OptionCode.TRANSFER_LEASE,
        "Préparer le glissement du bail",
        f"au nom de {material.full_name}",
        "bail à son nom",
    )
    ended = (
        "à la sous-location (motif et solution de relogement à préciser)" if sublet else "à l’accompagnement"
    )
    end = ProposedOption(OptionCode.END, "Mettre fin", ended, "fin")
    return (renew, transfer, end) if sublet else (renew, end)


def _line(name: str, label: str, text: str, origin: Origin = _LEASE, emphasis: str = "") -> ProposedItem:
    item_id = f"frame:{name}"
    value = FrameLine(label, text, emphasis)
    return ProposedItem(
        item_id, Section.FRAME, None, label, origin, (ItemText(item_id, label, text),), True, value
    )


def _dwelling(lease: LeaseFile, *, masked: bool) -> str:
    dwelling = lease.dwelling
    # The landlord knows the dwelling by its own reference; a paper that is found must not tell an address.
    where = "adresse non reproduite" if masked else dwelling.one_line()
    text = " – ".join(part for part in (dwelling.description(), where) if part)
    return f"{text} (réf.\u00a0{dwelling.reference})" if dwelling.reference else text


def _occupant(material: ReviewMaterial, lease: LeaseFile) -> str:
    since = f" depuis le {format_long_date(lease.lease.starts_on)}" if lease.lease.starts_on else ""
    return f"{material.full_name}, {_OCCUPANT[lease.lease.kind]}{since}"


def _agreement(sliding: SlidingLeaseFile) -> str:
    lengths = ", puis ".join(f"{period.months}\u00a0mois" for period in sliding.periods)
    ends_on = sliding.ends_on()
    until = f", jusqu’au {format_long_date(ends_on)}" if ends_on else ""
    signed = format_long_date(sliding.agreement.agreement_signed_on)
    law = "(art.\u00a0L.\u00a0442-8-3 du code de la construction et de l’habitation)"
    return f"Tripartite, signée le {signed}\u202f; {lengths}{until} {law}"


def _notice(sliding: SlidingLeaseFile) -> list[ProposedItem]:
    if sliding.landlord_notice_due_on is None:
        return []
    text = " : le bailleur indique au préfet s’il propose un bail, et ses motifs dans le cas contraire"
    return [
        _line("notice", "Échéance à venir", text, emphasis=format_long_date(sliding.landlord_notice_due_on))
    ]


def _measure(material: ReviewMaterial) -> str:
    if material.measure is None:
        return ""
    measure = material.measure.measure
    until = f" au {format_long_date(measure.planned_end_on)}" if measure.planned_end_on else ""
    since = (
        f"du {format_long_date(measure.starts_on)}"
        if until
        else f"depuis le {format_long_date(measure.starts_on)}"
    )
    return f"{measure.kind_label}, {since}{until}"


def _deadlines(material: ReviewMaterial) -> Iterator[Deadline]:
    sliding = material.lease.sliding if material.lease else None
    if sliding is not None:
        planned = [r.planned_on for r in sliding.reviews if r.held_on is None and r.planned_on is not None]
        yield Deadline(min(planned, default=sliding.next_review_on), "réunion tripartite")
        if sliding.landlord_notice_due_on is not None:
            yield Deadline(sliding.landlord_notice_due_on, "réponse au préfet")
        if (ends_on := sliding.ends_on()) is not None:
            yield Deadline(ends_on, "terme de la convention")
    measure = material.measure.measure if material.measure else None
    if measure is not None and measure.planned_end_on is not None and is_nameable(material):
        yield Deadline(measure.planned_end_on, "terme de l’accompagnement")
    if material.lease is not None and material.lease.lease.ends_on is not None:
        yield Deadline(material.lease.lease.ends_on, "terme du bail")


def _deadline_item(deadline: Deadline) -> ProposedItem:
    item_id = f"calendar:{deadline.day.isoformat()}:{deadline.what}"
    label = f"{format_long_date(deadline.day)}\u00a0: {deadline.what}"
    texts = (ItemText(item_id, "Échéance", deadline.what),)
    return ProposedItem(item_id, Section.CALENDAR, None, label, _LEASE, texts, True, deadline)


def template(day: date) -> str:
    """Return the wording named at the foot of the pages."""
    return str(dated(TABLE, "wording", day).value)
