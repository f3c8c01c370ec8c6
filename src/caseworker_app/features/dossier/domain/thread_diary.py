"""What the diary says in the thread of a dossier: each visit, call and note in a line."""

from __future__ import annotations

from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS, VISIT_KINDS, DiaryEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.report_review import REVIEW_STATE_LABELS, ReportReview
from caseworker_app.features.dossier.domain.happening import Happening, Reach, Thread
from caseworker_app.features.dossier.domain.overview import Tone, one_line
from caseworker_app.features.dossier.domain.when import duration_words
from caseworker_app.kernel.french import capital

ENTRY_ICONS = {
    EntryKind.HOME_VISIT: "home",
    EntryKind.OFFICE: "building",
    EntryKind.ACCOMPANIMENT: "map-pin",
    EntryKind.THREE_PARTY_MEETING: "users-group",
    EntryKind.PARTNER_MEETING: "users",
    EntryKind.CALL: "phone",
    EntryKind.UNANSWERED_CALL: "message-off",
    EntryKind.VIDEO_CALL: "camera",
    EntryKind.SMS: "message",
    EntryKind.EMAIL: "mail",
    EntryKind.LETTER: "mail",
    EntryKind.DROP_IN: "door",
    EntryKind.NOTE: "notes",
    EntryKind.MISSED_VISIT: "message-off",
    EntryKind.ADDITION: "pencil",
}


def entry_happening(entry: DiaryEntry, review: ReportReview | None = None) -> Happening:
    """Return a diary entry as it stands in the thread; it never leaves the house.

    `review`: the last time somebody was asked to read it.
    """
    return Happening(
        f"entry:{entry.id}",
        Thread.VISITS if entry.kind in VISIT_KINDS else Thread.CALLS,
        entry.started_at.date(),
        _title(entry) + (f" · {REVIEW_STATE_LABELS[review.state]}" if review is not None else ""),
        one_line(first_text(entry)),
        ENTRY_ICONS[entry.kind],
        Tone.DUE if entry.kind is EntryKind.MISSED_VISIT else Tone.NEWS,
        Reach.INTERNAL,
    )


def first_text(entry: DiaryEntry) -> str:
    """Return the first text of an entry that says something: seen, said, thought, else its purpose."""
    texts = (entry.observed, entry.said, entry.analysis, entry.purpose)
    return next((text for text in texts if text and text.strip()), "")


def _title(entry: DiaryEntry) -> str:
    label = ENTRY_KIND_LABELS[entry.kind]
    title = capital(label)
    return f"{title}, {duration_words(entry.duration_minutes)}" if entry.duration_minutes else title
