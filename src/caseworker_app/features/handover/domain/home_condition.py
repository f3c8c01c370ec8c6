"""The occupant's duties and the condition of the rooms, as a review may tell them."""

from __future__ import annotations

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.diary.domain import visit as diary
from caseworker_app.features.diary.domain.visit import ROOM_STATE_LABELS, Visit
from caseworker_app.features.handover.domain.meetings import origin_of
from caseworker_app.features.handover.domain.proposal import ItemText, Origin, ProposedItem, Section
from caseworker_app.features.handover.domain.review_content import Duty, RoomCondition
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.housing.domain.occupant_duty import (
    DUTY_KIND_LABELS,
    DUTY_STATE_LABELS,
    DutyKind,
    DutyState,
    OccupantDuty,
)
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.folding import fold

_DUTIES = Origin("Justificatifs du logement")


def duty_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the duties of the occupant; one without any proof is told only if a person takes it in."""
    if material.lease is None:
        return []
    proofs = material.lease.latest_proofs()
    return [_duty_item(kind, proofs.get(kind), material) for kind in DutyKind]


def shareable_rooms(visits: tuple[Visit, ...]) -> list[tuple[Visit, diary.RoomCondition]]:
    """Return the last shareable condition of each room seen, in the order of the last visit that saw them."""
    found: dict[str, tuple[Visit, diary.RoomCondition]] = {}
    for visit in visits:
        for room in visit.rooms:
            if room.shareable and room.state is not diary.RoomState.NOT_SEEN:
                found.setdefault(fold(room.room), (visit, room))
    return list(found.values())


def room_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the rooms whose condition was marked as one that may be proposed."""
    seen = shareable_rooms(material.visits)
    several_days = len({visit.entry.started_at.date() for visit, _ in seen}) > 1
    return [_room_item(visit, room, dated=several_days) for visit, room in seen]


def _duty_item(kind: DutyKind, proof: OccupantDuty | None, material: ReviewMaterial) -> ProposedItem:
    label = DUTY_KIND_LABELS[kind]
    state = DutyState.NO_PROOF if proof is None else proof.state(material.day)
    received = f"Justificatif reçu le {format_date(proof.proof_received_on)}" if proof else ""
    duty = Duty(_capital(label), received, _capital(DUTY_STATE_LABELS[state]), _until(proof, state))
    item_id = f"duty:{kind}"
    texts = (ItemText(item_id, "Précision", duty.detail),)
    said = f"{duty.what}\u00a0: {DUTY_STATE_LABELS[state]}"
    return ProposedItem(
        item_id, Section.DUTIES, Topic.INSURANCE, said, _DUTIES, texts, proof is not None, duty
    )


def _until(proof: OccupantDuty | None, state: DutyState) -> str:
    if proof is None or proof.valid_until is None:
        return ""
    day = format_long_date(proof.valid_until)
    return f"jusqu’au {day}" if state is DutyState.UP_TO_DATE else f"depuis le {day}"


def _room_item(visit: Visit, room: diary.RoomCondition, *, dated: bool) -> ProposedItem:
    state = _capital(ROOM_STATE_LABELS[room.state])
    seen = f" (vu le {format_long_date(visit.entry.started_at.date())})" if dated else ""
    finding = (f"{state}. {room.observation}" if room.observation else state) + seen
    follow_up = "\u00a0: ".join(part for part in (room.follow_up_by, room.follow_up) if part)
    item_id = f"room:{room.id}"
    texts = (
        ItemText(item_id, "Constat", finding),
        ItemText(f"{item_id}:follow_up", "Suite et qui s’en charge", follow_up),
    )
    value = RoomCondition(room.room, finding, follow_up)
    label = f"{room.room}\u00a0: {ROOM_STATE_LABELS[room.state]}"
    return ProposedItem(
        item_id, Section.ROOMS, Topic.DWELLING_CONDITION, label, origin_of(visit.entry), texts, True, value
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
