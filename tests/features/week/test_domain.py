"""Spans of dates, rules, what is put off, drafts: pure functions of the week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.week.domain.drafts import count_words, left_drafts, since_words
from caseworker_app.features.week.domain.due import Due, Place, Snooze, Source, check_snooze
from caseworker_app.features.week.domain.material import (
    Account,
    Agreed,
    FollowedMeasure,
    Limits,
    Material,
    Meeting,
)
from caseworker_app.features.week.domain.rules import RULES, everything_due, rule_of, silence_after
from caseworker_app.features.week.domain.week import (
    Load,
    Moment,
    ShownMeeting,
    Span,
    Week,
    shown_meeting,
    span_of,
    span_words,
    split_put_off,
    where_words,
)
from caseworker_app.kernel.errors import InvalidEntry

DAY = date(2026, 11, 24)
HOME = "3 rue du Test"
LIMITS = Limits(30, 15, 120)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def measure(starts_on: date = date(2026, 6, 1), visits: int = 2, end: date | None = None) -> FollowedMeasure:
    return FollowedMeasure("m", "h", "ASLL", starts_on, end, visits, "w")


def found(material: Material, source: Source) -> list[Due]:
    return [due for due in everything_due(material) if due.source is source]


def due(on: date, row: str = "r") -> Due:
    return Due(Source.PROMISE, row, "h", "Famille Test", "Appeler", "", on, Place("dossier"), "w")


def test_every_source_has_one_rule_with_its_words() -> None:
    assert [rule.source for rule in RULES] == list(Source)
    assert all(rule_of(rule.source) is rule and rule.label and rule.action and rule.why for rule in RULES)


@given(DAYS, DAYS)
def test_spans_follow_each_other_and_late_is_before_today(on: date, day: date) -> None:
    span = span_of(on, day)
    assert (span is Span.LATE) == (on < day)
    if span is Span.THIS_WEEK:
        assert on.isocalendar()[:2] == day.isocalendar()[:2]
    later = [span_of(on + timedelta(n), day) for n in range(90)]
    assert later == sorted(later, key=list(Span).index)


def test_the_near_span_ends_with_next_month() -> None:
    assert span_words(Span.NEXT, DAY, 3) == "Avant le 31\u00a0décembre"
    assert span_words(Span.AFTER, DAY, 7) == "7\u00a0échéances après le 31\u00a0décembre"
    assert (span_of(date(2026, 12, 31), DAY), span_of(date(2027, 1, 1), DAY)) == (Span.NEXT, Span.AFTER)


@given(st.integers(0, 12))
def test_silence_is_twice_the_rhythm_and_never_more_than_the_table_says(visits: int) -> None:
    days = silence_after(visits, 30)
    assert 0 < days <= 30
    assert visits < 2 or days == min(30, 60 // visits)


def test_a_silence_is_counted_from_the_last_contact_else_from_the_beginning() -> None:
    silent = Material(DAY, LIMITS, (measure(),), {"h": "Famille Test"}, {"h": "w"}, {"h": date(2026, 10, 21)})
    assert [each.title for each in found(silent, Source.SILENCE)] == ["Aucun contact depuis 34\u00a0jours"]
    fresh = Material(DAY, LIMITS, (measure(starts_on=date(2026, 11, 20)),))
    assert found(fresh, Source.SILENCE) == []
    met = Material(DAY, LIMITS, (measure(),), contacts={"h": date(2026, 11, 20)})
    assert found(met, Source.SILENCE) == []


def test_of_several_measures_the_closest_rhythm_counts() -> None:
    both = (measure(visits=1), FollowedMeasure("n", "h", "AVDL", date(2026, 6, 1), None, 4, "w"))
    due_on = found(Material(DAY, LIMITS, both, contacts={"h": date(2026, 11, 5)}), Source.SILENCE)
    assert [each.on for each in due_on] == [date(2026, 11, 20)]


def test_what_others_promised_comes_up_once_its_day_has_passed() -> None:
    def agreed(actor: str, on: date) -> Agreed:
        return Agreed(f"{actor}{on}", "h", "Envoyer", actor, None, on)

    late, soon = DAY - timedelta(1), DAY + timedelta(5)
    promises = tuple(agreed(actor, on) for actor in ("worker", "household") for on in (late, soon))
    shown = found(Material(DAY, LIMITS, (), promises=promises), Source.PROMISE)
    assert {each.row_id for each in shown} == {f"worker{late}", f"worker{soon}", f"household{late}"}


def test_a_debt_comes_up_only_when_it_grows() -> None:
    def account(key: str, before: int, now: int) -> Account:
        return Account(key, "h", before, now, date(2026, 11, 5))

    accounts = (account("up", 21460, 42920), account("down", 42920, 21460), account("same", 100, 100))
    grown = found(Material(DAY, LIMITS, (), accounts=accounts), Source.ARREARS)
    assert [(each.row_id, each.on) for each in grown] == [("up", date(2026, 11, 20))]
    assert grown[0].title == "Impayé en hausse\u00a0: 214,60\u00a0€ → 429,20\u00a0€"


def test_a_past_appointment_is_to_complete_until_something_is_written() -> None:
    def meeting(state: str, at: str) -> Meeting:
        return Meeting(state + at, "h", datetime.fromisoformat(at), None, None, "w", state)

    meetings = (
        meeting("planned", "2026-11-23T09:00"),
        meeting("planned", "2026-11-24T09:00"),
        meeting("done", "2026-11-20T09:00"),
    )  # fmt: skip
    forgotten = found(Material(DAY, LIMITS, (), meetings=meetings), Source.APPOINTMENT)
    assert [each.title for each in forgotten] == ["Rendez-vous, à compléter"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-20, 100)), max_size=12), st.sets(st.integers(0, 4)))
def test_what_is_put_off_is_shown_apart_and_nothing_is_lost(
    rows: list[tuple[int, int]], off: set[int]
) -> None:
    dues = [due(DAY + timedelta(days), str(row)) for row, days in rows]
    snoozes = [
        Snooze(str(n), "", "h", each.key, "w", DAY + timedelta(7), "attente")
        for n, each in enumerate(dues)
        if int(each.row_id) in off
    ]
    to_do, put_off = split_put_off(dues, snoozes)
    assert sorted([*to_do, *(each.due for each in put_off)], key=repr) == sorted(dues, key=repr)
    assert all(int(each.row_id) not in off for each in to_do)


def test_another_date_is_another_thing_to_do() -> None:
    first, moved = due(DAY), due(DAY + timedelta(3))
    snooze = Snooze("s", "", "h", first.key, "w", DAY + timedelta(7), "attente")
    assert split_put_off([moved], [snooze])[0] == (moved,)


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [(DAY, "attente", "until"), (DAY + timedelta(61), "attente", "until"), (DAY + timedelta(1), "  ", "reason"),
     (DAY + timedelta(1), "a" * 301, "reason")],
)  # fmt: skip
def test_putting_off_asks_for_a_near_day_and_a_reason(until: date, reason: str, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        check_snooze(until, reason, DAY, 60)
    assert refused.value.field == field


def test_of_a_protected_household_nothing_tells_where_a_meeting_is() -> None:
    meeting = Meeting(
        "a", "h", datetime.fromisoformat("2026-11-24T09:00"), "Visite", "Chez sa sœur", "w", "planned"
    )
    assert shown_meeting(meeting, "Famille Test", "3 rue du Test", protected=True).where == "Adresse protégée"
    assert shown_meeting(meeting, "Famille Test", "3 rue du Test", protected=False).where == "Chez sa sœur"


def test_a_door_keeps_its_number_on_its_line() -> None:
    meeting = Meeting("a", "h", datetime.fromisoformat("2026-11-24T09:00"), "Visite", None, "w", "planned")
    home = "9 rue de la Filature, bât. B, appt 31, 59985 Pont-Aurélien"
    shown = shown_meeting(meeting, "Famille Test", home, protected=False)
    assert shown.where == "9 rue de la Filature, bât.\u00a0B, appt\u00a031, 59985 Pont-Aurélien"


@pytest.mark.parametrize(
    ("place", "shown"), [("Domicile", HOME), (None, HOME), ("Mairie", "Mairie"), ("À domicile", HOME)]
)  # fmt: skip
def test_at_home_the_address_is_told(place: str | None, shown: str) -> None:
    assert where_words(place, HOME) == shown


def test_a_meeting_stands_somewhere_at_every_hour() -> None:
    at = datetime.fromisoformat("2026-11-24T14:00")
    planned = ShownMeeting("a", "h", "Famille Test", at, "Visite", "", False, AppointmentState.PLANNED)
    hours = {Moment.COMING: 12, Moment.SOON: 13.5, Moment.TO_COMPLETE: 15}
    for moment, hour in hours.items():
        assert planned.moment(datetime.fromisoformat("2026-11-24T00:00") + timedelta(hours=hour)) is moment
    held = ShownMeeting("a", "h", "Famille Test", at, "Visite", "", False, AppointmentState.DONE)
    assert held.moment(at) is Moment.HELD


def test_the_strip_shows_working_days_and_the_others_only_where_something_is() -> None:
    at = datetime.fromisoformat("2026-11-28T09:00")
    saturday = ShownMeeting("a", "h", "F", at, "", "", False, AppointmentState.PLANNED)
    plain, busy = (Week(DAY, meetings, (), (), Load(0, 0, 0, 150)) for meetings in ((), (saturday,)))
    assert [day.weekday() for day in plain.days()] == [0, 1, 2, 3, 4]
    assert [day.weekday() for day in busy.days()] == [0, 1, 2, 3, 4, 5]


def test_the_load_is_told_in_measures_and_hours() -> None:
    assert Load(22, 31, 18, 150).words() == "22\u00a0mesures, 78\u00a0h par\u00a0mois"
    assert Load(1, 2, 1, 150).visits_words() == "1\u00a0visite tenue sur 2 ce mois-ci"


def test_drafts_are_those_of_households_that_hold_words() -> None:
    at = "2026-11-24T12:52:00+00:00"
    rows = [
        ("visit:h", "h", {"observed": "Logement aéré et chauffé", "date": "2026-11-24"}, at),
        ("visit:k", "k", {"observed": ""}, at),
        ("import", None, {"path": "une liste de noms"}, at),
        ("unknown:h", "h", {"text": "trois petits mots"}, at),
    ]
    left = left_drafts(rows)
    assert [(draft.form, draft.words) for draft in left] == [("Visite", 4)]
    assert since_words(left[0].saved_at, datetime(2026, 11, 24, 13, tzinfo=UTC)) == "il y a 8\u00a0min"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "à l’instant"), (59, "il y a 59\u00a0min"), (180, "il y a 3\u00a0h"), (1500, "hier"),
        (7200, "le 19\u00a0nov."),
    ],
)  # fmt: skip
def test_since_when_is_told_as_people_say_it(minutes: int, words: str) -> None:
    now = datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert since_words(now - timedelta(minutes=minutes), now) == words


def test_codes_and_dates_are_no_words() -> None:
    assert count_words({"kind": "home_visit", "list": ["2026-11-24", "deux mots"], "n": 3}) == 2
