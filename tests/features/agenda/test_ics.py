"""Calendars of others: read with their rules and zones, refused when broken or huge; ours written and read back."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("icalendar")

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.ics_blocks import (
    CUT,
    NOT_A_CALENDAR,
    TOO_BIG,
    TOO_MANY,
    CalendarRefused,
)
from caseworker_app.features.agenda.domain.ics_reading import TOO_MANY_TIMES, CalendarReading, read_calendar
from caseworker_app.features.agenda.domain.ics_writing import write_calendar
from caseworker_app.features.agenda.domain.shown import ShownTime
from caseworker_app.features.diary.domain.appointment import AppointmentKind, TimeForm
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain.naming import initials
from caseworker_app.storage.access_log import AccessKind
from tests.features.agenda.conftest import at
from tests.ground import NOW

TODAY = date(2026, 11, 24)
PARIS = ZoneInfo("Europe/Paris")
LILLE = (
    "BEGIN:VTIMEZONE\nTZID:Bureau de Lille\n"
    "BEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Réunion", *lines, "END:VEVENT", ""))


def calendar(*parts: str) -> list[bytes]:
    whole = "".join(("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Essai//FR\n", *parts, "END:VCALENDAR\n"))
    return whole.encode().splitlines(keepends=True)


def read(*parts: str, today: date = TODAY) -> CalendarReading:
    return read_calendar(calendar(*parts), today, PARIS)


def starts(reading: CalendarReading) -> list[str]:
    return [each.starts_at.isoformat(timespec="minutes") for each in reading.times]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20261124T130000Z",), "2026-11-24T14:00"),
        (("DTSTART;TZID=Europe/Paris:20261124T140000",), "2026-11-24T14:00"),
        (("DTSTART;TZID=America/Montreal:20261124T080000",), "2026-11-24T14:00"),
        (("DTSTART;TZID=Romance Standard Time:20261124T140000",), "2026-11-24T14:00"),
        (("DTSTART:20261124T140000",), "2026-11-24T14:00"),
        (("DTSTART;VALUE=DATE:20261124",), "2026-11-24T00:00"),
    ],
)
def test_hours_come_on_this_wall(lines: Iterable[str], expected: str) -> None:
    assert starts(read(event(*lines))) == [expected]


def test_a_zone_told_in_the_file_is_followed_through_the_change_of_hour() -> None:
    rule = event("DTSTART;TZID=Bureau de Lille:20261001T090000", "RRULE:FREQ=WEEKLY;COUNT=6")
    found = read(LILLE, rule, today=date(2026, 10, 20))
    assert starts(found) == [
        f"2026-{day}T09:00" for day in ("10-01", "10-08", "10-15", "10-22", "10-29", "11-05")
    ]


def test_a_meeting_of_another_zone_moves_when_the_zones_change_apart() -> None:
    rule = event("DTSTART;TZID=America/New_York:20261021T090000", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert starts(read(rule, today=date(2026, 10, 20))) == [
        "2026-10-21T15:00",
        "2026-10-28T14:00",
        "2026-11-04T15:00",
    ]


def test_repetitions_lose_their_exceptions_and_take_what_was_changed() -> None:
    found = read(
        event(
            "DTSTART;TZID=Europe/Paris:20261124T140000", "DTEND;TZID=Europe/Paris:20261124T153000",
            "RRULE:FREQ=WEEKLY;UNTIL=20261222T130000Z", "EXDATE;TZID=Europe/Paris:20261201T140000",
        ),
        event("RECURRENCE-ID;TZID=Europe/Paris:20261208T140000", "DTSTART;TZID=Europe/Paris:20261209T100000"),
        event("RECURRENCE-ID;TZID=Europe/Paris:20261215T140000", "DTSTART:20261215T130000Z", "STATUS:CANCELLED"),
    )  # fmt: skip
    assert starts(found) == ["2026-11-24T14:00", "2026-12-09T10:00", "2026-12-22T14:00"]
    assert found.times[0].duration_minutes == 90
    assert len({each.uid for each in found.times}) == 3
    assert {each.series for each in found.times} == {"1"}


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20261125"), ["24", "26", "27"]),
        (("RDATE:20261127T140000,20261128T140000",), ["24", "27", "28"]),
        # The hour of the last one, told for all the world while the others are on this wall.
        (("RRULE:FREQ=DAILY;UNTIL=20261126T130000Z",), ["24", "25", "26"]),
        (("RRULE:FREQ=DAILY;UNTIL=20261126",), ["24", "25", "26"]),
    ],
)
def test_days_named_or_taken_out_one_by_one_are_followed(lines: tuple[str, ...], days: list[str]) -> None:
    found = read(event("DTSTART:20261124T140000", *lines))
    assert starts(found) == [f"2026-11-{day}T14:00" for day in days]


def test_hours_that_the_change_of_hour_skips_or_tells_twice_are_taken_as_they_are_told() -> None:
    skipped = event("DTSTART;TZID=Europe/Paris:20270328T023000", "DURATION:PT1H")
    twice = event("DTSTART;TZID=Europe/Paris:20271031T023000", uid="2")
    whole = event("DTSTART;VALUE=DATE:20270327", "DTEND;VALUE=DATE:20270330", uid="3")
    found = read(skipped, twice, whole, today=date(2027, 3, 20))
    assert starts(found) == ["2027-03-27T00:00", "2027-03-28T02:30", "2027-10-31T02:30"]
    assert [each.duration_minutes for each in found.times] == [3 * 24 * 60, 60, None]


def test_an_endless_rule_stops_a_year_ahead() -> None:
    found = read(event("DTSTART:20200101T080000Z", "RRULE:FREQ=MONTHLY"))
    assert (starts(found)[0], starts(found)[-1]) == ("2026-11-01T09:00", "2027-11-01T09:00")


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20261124T080000Z", "RRULE:FREQ=SECONDLY"),
        ("DTSTART:00010101T080000Z", "RRULE:FREQ=DAILY"),
        ("DTSTART:20261324T080000Z",),
        ("DTSTART:demain",),
        (),
        ("DTSTART:20261124T080000Z", "DURATION:P900D"),
        ("DTSTART:20261124T080000Z", "DTEND:20261124T070000Z"),
        ("DTSTART:20261124T080000Z", "RRULE:FREQ=SOUVENT"),
        ("DTSTART:20261124T080000Z", "RRULE:FREQ=DAILY;BYSETPOS=4"),
    ],
)
def test_an_event_nobody_can_follow_is_counted_and_the_others_are_taken(lines: Iterable[str]) -> None:
    found = read(event(*lines), event("DTSTART:20261125T080000Z", uid="2"))
    assert (starts(found), found.unreadable) == (["2026-11-25T09:00"], 1)


def test_an_impossible_rule_ends() -> None:
    found = read(event("DTSTART:20200101T080000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))
    assert found.times == []


def test_an_unknown_zone_is_told_and_nothing_of_it_is_guessed() -> None:
    found = read(event("DTSTART;TZID=Nulle/Part:20261124T140000"))
    assert (found.times, found.unknown_zones, found.in_unknown_zone) == ([], {"Nulle/Part"}, 1)


def test_what_is_cancelled_past_or_far_away_is_counted() -> None:
    found = read(
        event("DTSTART:20261124T080000Z", "STATUS:CANCELLED"),
        event("DTSTART:20190101T080000Z", uid="2"),
        event("DTSTART:20310101T080000Z", uid="3"),
    )
    assert (found.cancelled, found.outside, found.times) == (1, 2, [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NOT_A_CALENDAR),
        (b"\n\n", NOT_A_CALENDAR),
        (b"Nom;Prenom\nTest;Essai\n", NOT_A_CALENDAR),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NOT_A_CALENDAR),
        (b"x" * 3_000_000, NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:2026", CUT),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", CUT),
    ],
)
def test_what_is_no_calendar_is_refused_in_one_sentence(
    tmp_path, file, who, content: bytes, sentence: str
) -> None:
    path = tmp_path / "agenda.ics"
    path.write_bytes(content)
    with pytest.raises(CalendarRefused) as refused:
        service.preview_import(file, who, path)
    assert refused.value.sentence == sentence


def test_a_file_that_is_gone_is_told(tmp_path, file, who) -> None:
    with pytest.raises(CalendarRefused, match="ne s’ouvre pas"):
        service.preview_import(file, who, tmp_path / "rien.ics")


def test_a_huge_file_is_refused_unread(tmp_path, file, who) -> None:
    path = tmp_path / "agenda.ics"
    with path.open("wb") as stream:
        stream.write(b"BEGIN:VCALENDAR\n")
        stream.truncate(100_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(CalendarRefused) as refused:
            service.preview_import(file, who, path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.sentence == TOO_BIG
    assert peak < 2_000_000


def test_a_million_events_stop_at_the_first_too_many() -> None:
    def lines() -> Iterable[bytes]:
        yield b"BEGIN:VCALENDAR\n"
        for _ in range(1_000_000):
            # Broken, so that nothing is kept: only their number counts here.
            yield from (b"BEGIN:VEVENT\n", b"END:VEVENT\n")

    with pytest.raises(CalendarRefused) as refused:
        read_calendar(lines(), TODAY, PARIS)
    assert refused.value.sentence == TOO_MANY


def test_too_many_times_in_a_year_are_refused() -> None:
    daily = [event("DTSTART:20261124T080000Z", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(15)]
    with pytest.raises(CalendarRefused) as refused:
        read(*daily)
    assert refused.value.sentence == TOO_MANY_TIMES


def test_an_event_with_a_picture_inside_is_left_out(tmp_path) -> None:
    heavy = event("DTSTART:20261124T080000Z", *(["ATTACH:" + "A" * 900] * 400))
    found = read(heavy, event("DTSTART:20261125T080000Z", uid="2"))
    assert (len(found.times), found.unreadable) == (1, 1)


@given(st.binary(max_size=400))
def test_whatever_stands_in_a_calendar_is_read_or_refused(content: bytes) -> None:
    lines = [
        b"BEGIN:VCALENDAR\n",
        b"BEGIN:VEVENT\n",
        *content.splitlines(keepends=True),
        b"\nEND:VEVENT\n",
        b"END:VCALENDAR\n",
    ]
    try:
        read_calendar(lines, TODAY, PARIS)
    except CalendarRefused:
        return


def test_an_import_is_looked_at_written_once_and_taken_back(tmp_path, file, who) -> None:
    path = tmp_path / "agenda.ics"
    rule = event("DTSTART;TZID=Europe/Paris:20261124T140000", "RRULE:FREQ=WEEKLY;COUNT=3", "LOCATION:Mairie")
    path.write_bytes(b"".join(calendar(rule, event("DTSTART;VALUE=DATE:20261126", uid="2"))))
    preview = service.preview_import(file, who, path)
    assert preview.sentences()[0].startswith("4\u00a0rendez-vous à ajouter")
    with file.reading() as connection:
        assert service.read_span(connection, who, TODAY, date(2026, 12, 31)).times == ()
    assert service.import_times(file, who, preview.new)[0] == 4
    again = service.preview_import(file, who, path)
    assert (len(again.new), again.known) == (0, 4)
    assert service.import_times(file, who, preview.new)[0] == 0
    take_back_last(file, who)
    with file.reading() as connection:
        assert service.read_span(connection, who, TODAY, date(2026, 12, 31)).times == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mme Solène Marchadier", "S. M."), ("M. et Mme Le Goff", "G."), ("Marc et Édith Hennequinval", "M. É. H."),
        ("Famille N’Diaye-Test", "N. D. T."), ("", ""), ("123", ""),
    ],
)  # fmt: skip
def test_initials_tell_no_name(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_what_leaves_says_no_name_no_text_and_no_protected_address(tmp_path, file, who, household) -> None:
    texts = {
        "purpose": "dette de loyer",
        "bring": "plan d’apurement",
        "participants": "Mme Essai",
        "place": "domicile",
    }
    service.plan(file, who, TimeForm(at(14), 60, AppointmentKind.HOME_VISIT, household, **texts))
    service.plan(
        file, who, TimeForm(at(16), 60, AppointmentKind.MEETING, purpose="cas Marchadier", place="chez X")
    )
    count, content = service.export_times(file, who, TODAY, TODAY, addresses=True)
    told = content.decode().replace("\r\n ", "")
    assert count == 2
    assert "SUMMARY:Visite à domicile S. M." in told
    assert "Tisserands" in told
    plain = service.export_times(file, who, TODAY, TODAY)[1].decode().replace("\r\n ", "")
    households.set_protected(file, who, household, protected=True)
    protected = service.export_times(file, who, TODAY, TODAY, addresses=True)[1].decode().replace("\r\n ", "")
    assert "Tisserands" not in plain
    assert "Tisserands" not in protected
    assert "S. M." not in protected
    for each in (told, plain, protected):
        assert not any(
            word in each for word in ("Marchadier", "Solène", "dette", "apurement", "Essai", "chez X")
        )
    assert any(noted.kind is AccessKind.EXPORTED for noted in file.accesses._noted)


def test_our_own_calendar_come_back_is_known(tmp_path, file, who) -> None:
    service.plan(file, who, TimeForm(at(9), 60, AppointmentKind.MEETING, purpose="Équipe"))
    path = tmp_path / "agenda.ics"
    path.write_bytes(service.export_times(file, who, TODAY, TODAY)[1])
    preview = service.preview_import(file, who, path)
    assert (preview.new, preview.known) == ((), 1)


HOURS = st.datetimes(at(0, day=1), datetime(2027, 11, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0)
)


def _exists(moment: datetime) -> bool:
    """Say whether an hour is on the wall once, and not skipped or told twice by a change of hour."""
    there = moment.replace(tzinfo=PARIS)
    back = there.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None)
    return back == moment and there.utcoffset() == moment.replace(tzinfo=PARIS, fold=1).utcoffset()


@given(st.lists(st.tuples(HOURS.filter(_exists), st.integers(5, 600), st.booleans()), max_size=8))
def test_what_is_written_is_read_back(drawn: list[tuple[datetime, int, bool]]) -> None:
    times = []
    for number, (start, minutes, whole) in enumerate(drawn):
        begin = start.replace(hour=0, minute=0) if whole else start
        length = timedelta(days=1 + minutes % 3) if whole else timedelta(minutes=minutes)
        if not whole and not _exists(begin + length):
            continue
        times.append(
            ShownTime(
                f"{number:032x}",
                "v",
                begin,
                begin + length,
                whole,
                AppointmentKind.MEETING,
                AppointmentState.PLANNED,
                "w",
                "Claire Lenoir",
            )
        )
    content = write_calendar(times, NOW, here=PARIS)
    found = read_calendar(content.splitlines(keepends=True), TODAY, PARIS)
    expected = sorted(
        (t.starts_at, int((t.ends_at - t.starts_at).total_seconds()) // 60, t.all_day) for t in times
    )
    if not any(PARIS.utcoffset(t.starts_at) != PARIS.utcoffset(t.ends_at) for t in times if not t.all_day):
        assert sorted((t.starts_at, t.duration_minutes, t.all_day) for t in found.times) == expected
    assert found.unreadable == 0
