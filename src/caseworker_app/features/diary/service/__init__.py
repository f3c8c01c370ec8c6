"""Intentions and reads of the diary room, one door for the other rooms.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from caseworker_app.features.diary.service.agreements import (
    add_appointments,
    change_appointment_state,
    plan_appointment,
    settle_promise,
)
from caseworker_app.features.diary.service.entries import (
    EntrySigned,
    add_addition,
    add_entries,
    add_group_note,
    add_note,
    correct_entry,
    mark_fact,
    sign_entry,
    withdraw_fact,
)
from caseworker_app.features.diary.service.notes import write_note
from caseworker_app.features.diary.service.planned_times import (
    change_in_agenda,
    known_outside,
    known_times,
    planned_time,
    planned_times,
    put_in_agenda,
    take_out_of_agenda,
    time_row,
    times_of_series,
)
from caseworker_app.features.diary.service.proofs import goal_proofs
from caseworker_app.features.diary.service.reading import (
    agenda,
    appointments_of,
    entries_of,
    last_contacts,
    last_visit,
    meeting_days,
    missed_days,
    open_promises,
    visit,
    visits_of,
)
from caseworker_app.features.diary.service.report_reviews import (
    answer_report_review,
    ask_report_review,
    put_away_report_review,
    report_readers,
    report_reviews_of,
    withdraw_report_review,
)
from caseworker_app.features.diary.service.searching import find_writings
from caseworker_app.features.diary.service.visits import add_visits, confirm_visit
from caseworker_app.features.diary.service.words import (
    add_sentence,
    add_spelling_word,
    add_starter_sentences,
    change_sentence,
    remove_sentence,
    remove_spelling_word,
    reused_sentences,
    spelling_words,
)

__all__ = [
    "EntrySigned",
    "add_addition",
    "add_appointments",
    "add_entries",
    "add_group_note",
    "add_note",
    "add_sentence",
    "add_spelling_word",
    "add_starter_sentences",
    "add_visits",
    "agenda",
    "answer_report_review",
    "appointments_of",
    "ask_report_review",
    "change_appointment_state",
    "change_in_agenda",
    "change_sentence",
    "confirm_visit",
    "correct_entry",
    "entries_of",
    "find_writings",
    "goal_proofs",
    "known_outside",
    "known_times",
    "last_contacts",
    "last_visit",
    "mark_fact",
    "meeting_days",
    "missed_days",
    "open_promises",
    "plan_appointment",
    "planned_time",
    "planned_times",
    "put_away_report_review",
    "put_in_agenda",
    "remove_sentence",
    "remove_spelling_word",
    "report_readers",
    "report_reviews_of",
    "reused_sentences",
    "settle_promise",
    "sign_entry",
    "spelling_words",
    "take_out_of_agenda",
    "time_row",
    "times_of_series",
    "visit",
    "visits_of",
    "withdraw_fact",
    "withdraw_report_review",
    "write_note",
]
