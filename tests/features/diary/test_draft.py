"""Drafts of visits: what is kept comes back, and whatever is in the file of drafts, something does."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary.domain.draft import draft_of_visit, visit_draft_key, visit_from_draft
from caseworker_app.features.diary.domain.entry import Attendance, EntryZone, FactTopic, NewEntry, NewFact
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    NewAppointment,
    NewGoalTouched,
    NewPromise,
    NewReview,
    NewRoom,
    NewVisit,
    PromiseState,
    RoomState,
)
from caseworker_app.features.goals.domain.goal import Actor
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.drafts import Drafts

OPENED_AT = datetime(2026, 11, 24, 14, 0)  # noqa: DTZ001 - the hour on the office's wall
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
maybe = st.none() | texts
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - the same
days = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


entries = st.builds(
    NewEntry, texts, st.sampled_from(EntryKind), moments, st.none() | st.integers(0, 1440), maybe, maybe,
    maybe, texts, texts, texts, st.none() | st.sampled_from(Attendance), maybe,
)  # fmt: skip
visits = st.builds(
    NewVisit,
    entries,
    some(st.builds(NewFact, st.sampled_from(EntryZone), st.sampled_from(FactTopic), texts)),
    some(st.builds(NewGoalTouched, texts, maybe, maybe)),
    some(st.builds(NewRoom, texts, st.sampled_from(RoomState), maybe, st.booleans(), maybe, maybe)),
    some(st.builds(NewPromise, texts, st.sampled_from(Actor), maybe, days, st.booleans())),
    some(st.builds(NewReview, texts, st.sampled_from(PromiseState), maybe)),
    st.none() | st.builds(NewAppointment, moments, maybe, maybe, maybe),
    maybe,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@given(visits)
def test_what_is_kept_comes_back_the_same(visit: NewVisit) -> None:
    kept = orjson.loads(orjson.dumps(draft_of_visit(visit)))
    assert visit_from_draft(kept, "other", OPENED_AT) == visit


@given(visits, st.data())
def test_any_field_gone_or_spoiled_leaves_the_texts(visit: NewVisit, data: st.DataObject) -> None:
    kept = orjson.loads(orjson.dumps(draft_of_visit(visit)))
    spoiled = data.draw(
        st.sampled_from(["format", "facts", "rooms", "promises", "reviews", "next_appointment", "goals"])
    )
    kept[spoiled] = data.draw(json_values)
    field = data.draw(
        st.sampled_from(["household_id", "kind", "started_at", "duration_minutes", "attendance"])
    )
    kept["entry"][field] = data.draw(json_values)
    found = visit_from_draft(kept, "h", OPENED_AT)
    assert (found.entry.observed, found.entry.said, found.entry.analysis) == (
        visit.entry.observed, visit.entry.said, visit.entry.analysis,
    )  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(["entry", "facts", "rooms", "next_appointment", "appointment_id"]), json_values
    )
)
def test_nonsense_gives_a_blank_visit_rather_than_an_error(content: dict[str, Any]) -> None:
    found = visit_from_draft(content, "h", OPENED_AT)
    assert isinstance(found.entry.kind, EntryKind)
    assert isinstance(found.entry.started_at, datetime)


def test_an_empty_draft_is_a_blank_visit_of_its_household() -> None:
    assert visit_from_draft({}, "h", OPENED_AT) == NewVisit(NewEntry("h", EntryKind.HOME_VISIT, OPENED_AT))


def test_an_older_draft_without_later_fields_is_read() -> None:
    older = {
        "entry": {"kind": "home_visit", "said": "Elle demande un rendez-vous.", "mood": "calme"},
        "promises": [{"text": "Envoyer l’attestation"}, {"actor": "household"}, "?"],
        "rooms": [{"room": "Séjour", "state": "state of another version", "observation": "Sec."}],
    }
    found = visit_from_draft(older, "h", OPENED_AT)
    assert found.entry == NewEntry("h", EntryKind.HOME_VISIT, OPENED_AT, said="Elle demande un rendez-vous.")
    assert found.promises == (NewPromise("Envoyer l’attestation"),)
    assert [(room.room, room.observation) for room in found.rooms] == [("Séjour", "Sec.")]


def test_a_draft_goes_through_the_encrypted_file_of_drafts(tmp_path: Path, clock: FixedClock) -> None:
    visit = NewVisit(NewEntry("h", EntryKind.OFFICE, OPENED_AT, observed="Vu l’attestation 2027."))
    with Drafts(tmp_path, "5b" * 32, clock) as drafts:
        drafts.keep(visit_draft_key("h"), draft_of_visit(visit), "h")
    with Drafts(tmp_path, "5b" * 32, clock) as drafts:
        found = drafts.find("visit:h")
    assert found is not None
    assert visit_from_draft(found.content, "h", OPENED_AT) == visit


@pytest.mark.parametrize("value", [True, "55", 5.5])
def test_a_duration_that_is_no_whole_number_is_dropped(value: object) -> None:
    assert (
        visit_from_draft({"entry": {"duration_minutes": value}}, "h", OPENED_AT).entry.duration_minutes
        is None
    )
