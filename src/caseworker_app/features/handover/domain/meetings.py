"""Meetings of the period: when, what kind, where, who came; never what was written of them."""

from __future__ import annotations

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.diary.domain.entry import VISIT_KINDS, Attendance, DiaryEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.handover.domain.proposal import ItemText, Origin, ProposedItem, Section
from caseworker_app.features.handover.domain.review_content import Meeting, Presence
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.kernel.dates import format_long_date

_PRESENCE = {
    Attendance.PRESENT: Presence.PRESENT,
    Attendance.EXCUSED: Presence.EXCUSED,
    Attendance.ABSENT: Presence.ABSENT,
    Attendance.POSTPONED: Presence.POSTPONED,
    Attendance.CANCELLED: Presence.CANCELLED,
}
# Purpose and place typed in the diary are *interne*: the kind of the meeting says enough.
_KINDS = {
    EntryKind.HOME_VISIT: ("Visite", "Logement"),
    EntryKind.MISSED_VISIT: ("Visite prévue", "–"),
    EntryKind.OFFICE: ("Rendez-vous", "Association"),
    EntryKind.THREE_PARTY_MEETING: ("Rencontre tripartite", "–"),
    EntryKind.ACCOMPANIMENT: ("Accompagnement", "Extérieur"),
}


def meeting_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the meetings of the period, oldest first.

    An outing with the household is not kept by default: what it was for is nearly always private.
    """
    met = [
        entry for entry in reversed(material.entries) if entry.kind in VISIT_KINDS and entry.refers_to is None
    ]
    return [_item(entry) for entry in met]


def origin_of(entry: DiaryEntry) -> Origin:
    """Return where an item read in a diary entry comes from, in words."""
    day = entry.started_at.date()
    number = f" {entry.number}" if entry.number else ""
    return Origin(f"Journal{number}, {format_long_date(day)}", entry.id, entry.number, day)


def _item(entry: DiaryEntry) -> ProposedItem:
    purpose, place = _KINDS[entry.kind]
    meeting = Meeting(entry.started_at.date(), purpose, place, _PRESENCE[entry.attendance])
    label = f"{format_long_date(meeting.day)}, {purpose.lower()}\u00a0: {meeting.presence.value}"
    item_id = f"meeting:{entry.id}"
    kept = entry.kind is not EntryKind.ACCOMPANIMENT
    remark = ItemText(item_id, "Précision", "")
    return ProposedItem(
        item_id, Section.MEETINGS, Topic.VISITS, label, origin_of(entry), (remark,), kept, meeting
    )
