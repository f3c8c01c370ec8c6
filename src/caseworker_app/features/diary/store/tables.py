"""Tables of the diary room, and what reads their rows."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Integer, Text

from caseworker_app.features.diary.domain.appointment import PlannedTime
from caseworker_app.features.diary.domain.entry import DiaryEntry, ShareableFact
from caseworker_app.features.diary.domain.report_review import ReportReview
from caseworker_app.features.diary.domain.reused_sentences import ReusedSentence
from caseworker_app.features.diary.domain.spelling_words import SpellingWord
from caseworker_app.features.diary.domain.visit import (
    Appointment,
    GoalTouched,
    Promise,
    PromiseReview,
    RoomCondition,
)
from caseworker_app.storage.declarations import (
    Counted,
    Merge,
    Moment,
    OnAnonymisation,
    SearchKind,
    declare,
    field,
)
from caseworker_app.storage.rows import Mapper

entry = declare(
    "diary_entry",
    field("number", Text),
    field("kind", Text, required=True, counted=Counted.CODE),
    field("attendance", Text, required=True, counted=Counted.CODE),
    field("started_at", Moment, required=True),
    field("duration_minutes", Integer),
    field("place", Text, internal=True, identifying=True),
    field("present", Text, internal=True, identifying=True),
    field("purpose", Text, internal=True, identifying=True, search=SearchKind.TEXT),
    field("worker_id", Text, required=True, references="worker"),
    field("observed", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("said", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("analysis", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("state", Text, required=True, counted=Counted.CODE),
    field("signed_on", Date),
    field("refers_to", Text, references="diary_entry"),
    field("made_on", Date, required=True),
    field("travel_minutes", Integer),
    field("travel_metres", Integer),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    # Undoing an entry asks whether an addition rests on it: without an index that would read every text.
    # The list asks for the last contact of each household it shows: the second answers without reading any.
    indexes=("refers_to", ("household_id", "kind", "started_at")),
)

fact = declare(
    "shareable_fact",
    field("entry_id", Text, references="diary_entry", required=True),
    field("position", Integer, required=True),
    field("zone", Text, required=True),
    field("topic", Text, required=True),
    field("text", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT, required=True),
    household="household_id",
    indexes=("entry_id",),
)

goal_touched = declare(
    "goal_touched",
    field("entry_id", Text, references="diary_entry", required=True),
    field("goal_id", Text, references="goal", required=True),
    field("step_id", Text, references="goal_step"),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    indexes=("entry_id", "goal_id", "step_id"),
)

room = declare(
    "room_condition",
    field("entry_id", Text, references="diary_entry", required=True),
    field("position", Integer, required=True),
    field("room", Text, identifying=True, required=True),
    field("state", Text, required=True),
    field("observation", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT),
    field("shareable", Boolean, required=True),
    field("follow_up", Text, identifying=True),
    field("follow_up_by", Text, identifying=True),
    household="household_id",
    indexes=("entry_id",),
)

promise = declare(
    "promise",
    field("entry_id", Text, references="diary_entry", required=True),
    field("position", Integer, required=True),
    field("text", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT, required=True),
    field("actor", Text, required=True),
    field("actor_name", Text, identifying=True, third_person=True),
    field("due_on", Date),
    field("shareable", Boolean, required=True),
    field("state", Text, required=True),
    field("settled_on", Date),
    household="household_id",
    indexes=("entry_id",),
)

review = declare(
    "promise_review",
    field("entry_id", Text, merge=Merge.APPEND_ONLY, references="diary_entry", required=True),
    field("promise_id", Text, merge=Merge.APPEND_ONLY, references="promise", required=True),
    field("state", Text, merge=Merge.APPEND_ONLY, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    indexes=("entry_id", "promise_id"),
)

report_review = declare(
    "report_review",
    field("entry_id", Text, references="diary_entry", required=True),
    field("asked_by", Text, references="worker", required=True),
    field("asked_on", Date, required=True),
    field("reader_id", Text, references="worker", required=True),
    field("word", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("decision", Text),
    field("decided_on", Date),
    field("comment", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("closed_on", Date),
    household="household_id",
    # The week asks for what waits for a reader, and for what was sent back to an author.
    indexes=("entry_id", ("reader_id", "decision"), ("asked_by", "decision")),
)

appointment = declare(
    "appointment",
    field("starts_at", Moment, required=True),
    field("place", Text, internal=True, identifying=True),
    field("purpose", Text, internal=True, identifying=True),
    field("worker_id", Text, required=True, references="worker"),
    field("state", Text, required=True),
    field("made_in", Text, references="diary_entry"),
    field("entry_id", Text, references="diary_entry"),
    field("kind", Text, required=True),
    field("duration_minutes", Integer),
    field("all_day", Boolean, required=True),
    field("travel_before_minutes", Integer),
    field("travel_after_minutes", Integer),
    field("bring", Text, internal=True, identifying=True),
    field("participants", Text, internal=True, identifying=True, third_person=True),
    # Occurrences of one repetition share it; each is a row of its own, so that a day is read without any rule.
    field("series_id", Text),
    field("repeats", Text),
    # What the calendar it was taken from calls it, so that it is taken once.
    field("outside_uid", Text),
    household="household_id",
    # A team meeting, a training, a leave: nobody's household.
    household_optional=True,
    indexes=("starts_at", "made_in", "entry_id", "series_id", "outside_uid"),
)

reused_sentence = declare(
    "reused_sentence",
    field("category", Text, required=True),
    field("text", Text, merge=Merge.KEEP_BOTH, required=True),
    household=None,
)

spelling_word = declare(
    "spelling_word",
    field("word", Text, required=True),
    field("added_on", Date, required=True),
    field("worker_id", Text, required=True, references="worker"),
    household=None,
)

entries = Mapper(entry, DiaryEntry)
facts = Mapper(fact, ShareableFact)
goals_touched = Mapper(goal_touched, GoalTouched)
rooms = Mapper(room, RoomCondition)
promises = Mapper(promise, Promise)
reviews = Mapper(review, PromiseReview)
report_reviews = Mapper(report_review, ReportReview)
appointments = Mapper(appointment, Appointment)
planned = Mapper(appointment, PlannedTime)
sentences = Mapper(reused_sentence, ReusedSentence)
spelling_words = Mapper(spelling_word, SpellingWord)
