"""Agreements in the settings, on a real file: added, changed, taken back, read only; and their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.housing.domain.landlord import NewLandlord
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import Agreement, NewAgreement, NewMeasure
from caseworker_app.features.measures.domain.places import (
    AgreementPlaces,
    MeasureLine,
    ShownAgreements,
    agreement_detail,
    check_holds_measures,
    check_outlives_measures,
    overbooked,
    places_taken,
    places_words,
)
from caseworker_app.features.measures.screens.agreements import AgreementsSection
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

START = date(2026, 1, 1)
OURS = Agreement("a", "", "FSL 2026", None, "Département", START, date(2026, 12, 31), 2, 1, 1_250_050)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def read(desk: MeasuresDesk, who: Who | None = None) -> ShownAgreements:
    with desk.file.reading() as connection:
        return service.shown_agreements(connection, who or desk.who)


def as_role(desk: MeasuresDesk, role: Role) -> MeasuresDesk:
    added, _ = team.add_worker(desk.file, desk.who, "Rose Amblard", role)
    with desk.file.reading() as connection:
        who = next(each for each in team.list_workers(connection, desk.who) if each.id == added).as_who()
    return MeasuresDesk(desk.file, who, desk.drafts, desk.tasks, desk.changes, desk.navigator, desk.take_back)


@pytest.fixture
def show(qtbot: Any) -> Callable[[MeasuresDesk], AgreementsSection]:
    def make(desk: MeasuresDesk) -> AgreementsSection:
        made = AgreementsSection(desk)
        qtbot.addWidget(made)
        made.resize(1000, 900)
        bring_up(qtbot, made)
        made.show_section()
        qtbot.waitUntil(lambda: not desk.tasks.busy)
        return made

    return make


def test_a_household_counts_once_and_is_existing_when_it_was_followed_before() -> None:
    lines = [
        MeasureLine("new", "a", START, None),
        MeasureLine("new", "a", START + timedelta(60), START + timedelta(90)),
        MeasureLine("known", None, date(2025, 3, 1), date(2025, 12, 31)),
        MeasureLine("known", "a", START, None),
        MeasureLine("long ago", None, date(2024, 3, 1), date(2025, 12, 30)),
        MeasureLine("long ago", "a", START, date(2026, 2, 1)),
        MeasureLine("elsewhere", None, START, None),
    ]
    taken = places_taken([OURS], lines)["a"]
    assert taken == AgreementPlaces(2, 1)
    assert (
        plain(places_words(OURS, taken))
        == "0 place libre sur 2 (nouveaux), 0 place libre sur 1 (déjà suivis)"
    )
    assert not overbooked(OURS, taken)
    more = AgreementPlaces(3, 0)
    assert plain(places_words(OURS, more)) == "1 de trop sur 2 (nouveaux), 1 place libre sur 1 (déjà suivis)"
    assert overbooked(OURS, more)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.sampled_from(["a", "b", None]), st.integers(-500, 300),
            st.none() | st.integers(0, 400),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_places_count_each_household_under_the_agreement_exactly_once(
    drawn: list[tuple[str, str | None, int, int | None]],
) -> None:
    lines = []
    for household, agreement, days, length in drawn:
        start = START + timedelta(days)
        lines.append(
            MeasureLine(household, agreement, start, None if length is None else start + timedelta(length))
        )
    taken = places_taken([OURS], lines)["a"]
    under = {line.household_id for line in lines if line.agreement_id == "a"}
    assert taken.new + taken.existing == len(under)
    assert min(taken.new, taken.existing) >= 0


def test_a_line_tells_with_whom_when_and_how_much() -> None:
    told = plain(agreement_detail(OURS, "Foyers du Littoral"))
    assert told == "01/2026 – 12/2026 · 12 500,50 € · Foyers du Littoral · Département"


@given(st.integers(-400, 400), st.integers(0, 400), st.lists(st.integers(-400, 800), max_size=6))
def test_a_period_keeps_its_measures_inside(shift: int, length: int, days: list[int]) -> None:
    begin = START + timedelta(shift)
    new = NewAgreement("Essai", begin, begin + timedelta(length))
    starts = [START + timedelta(day) for day in days]
    inside = all(begin <= day <= begin + timedelta(length) for day in starts)
    if inside:
        check_holds_measures(new, starts)
    else:
        with pytest.raises(InvalidEntry) as refused:
            check_holds_measures(new, starts)
        assert refused.value.field == ("starts_on" if any(day < begin for day in starts) else "ends_on")


def test_an_end_is_not_brought_forward_past_measures_that_run(desk: MeasuresDesk, household: str) -> None:
    of = service.add_agreement(desk.file, desk.who, NewAgreement("FSL", START, date(2027, 12, 31)))[0]
    planned = NewMeasure(household, "asll", date(2026, 6, 1), date(2027, 5, 31), of)
    service.open_measure(desk.file, desk.who, planned)
    shorter = NewAgreement("FSL", START, date(2027, 5, 30))
    with pytest.raises(InvalidEntry, match="1\u00a0mesure de cette convention finit après") as refused:
        service.change_agreement(desk.file, desk.who, of, shorter)
    assert refused.value.field == "ends_on"
    service.change_agreement(desk.file, desk.who, of, NewAgreement("FSL", START, date(2027, 5, 31)))
    assert read(desk).agreements[0].ends_on == date(2027, 5, 31)


@given(
    st.dates(START, date(2030, 1, 1)) | st.none(),
    st.dates(START, date(2030, 1, 1)) | st.none(),
    st.lists(st.dates(START, date(2030, 1, 1)) | st.none(), max_size=5),
)
def test_an_end_put_back_or_left_refuses_nothing(
    before: date | None, ends_on: date | None, ends: list[date | None]
) -> None:
    forward = ends_on is not None and (before is None or ends_on < before)
    over = forward and any(end is not None and end > ends_on for end in ends if ends_on)
    try:
        check_outlives_measures(before, ends_on, ends)
    except InvalidEntry:
        assert over
    else:
        assert not over


def test_an_agreement_is_added_changed_and_taken_back(
    qtbot: Any, show: Callable[[MeasuresDesk], AgreementsSection], desk: MeasuresDesk, household: str
) -> None:
    landlord, _ = landlords.add_landlord(desk.file, desk.who, NewLandlord("Foyers du Littoral"))
    made = show(desk)
    assert made.none.isVisible()
    made.begin_new()
    assert made.entries["name"].hasFocus()
    made.entries["quota_new"].setText("beaucoup")
    made.typed()
    made.keep()
    assert made.fields["starts_on"].sentence == "Indiquez la date."
    made.entries["starts_on"].setText("01/01/2026")
    made.keep()
    assert made.fields["quota_new"].sentence == "Écrivez un nombre, comme 12."
    made.entries["quota_new"].setText("20")
    made.entries["ends_on"].setText("31/12/2025")
    made.entries["grant_cents"].setText("12 500,50")
    made.entries["landlord"].setText("FOYERS du littoral")
    made.keep()
    qtbot.waitUntil(lambda: bool(made.fields["name"].sentence))
    assert made.fields["name"].sentence == "Donnez un nom à la convention."
    made.entries["name"].setText("FSL 2026")
    made.keep()
    qtbot.waitUntil(lambda: bool(made.fields["ends_on"].sentence) and made.save.isEnabled())
    made.entries["ends_on"].setText("31/12/2026")
    made.keep()
    qtbot.waitUntil(lambda: bool(read(desk).agreements) and not desk.tasks.busy)
    found = read(desk).agreements[0]
    assert (found.name, found.landlord_id, found.quota_new) == ("FSL 2026", landlord, 20)
    assert (found.grant_cents, found.ends_on) == (1_250_050, date(2026, 12, 31))
    new = NewMeasure(household, "asll", date(2026, 6, 1), agreement_id=found.id)
    _, changes = service.open_measure(desk.file, desk.who, new)
    desk.changes.announce(changes)
    qtbot.waitUntil(lambda: plain(made.places.text()) == "19 places libres sur 20 (nouveaux)")
    made.entries["starts_on"].setText("01/07/2026")
    made.typed()
    made.keep()
    qtbot.waitUntil(lambda: bool(made.fields["starts_on"].sentence))
    told = plain(made.fields["starts_on"].sentence)
    assert told == "1 mesure de cette convention commence avant cette date : vérifiez-la."
    made.entries["starts_on"].setText("01/02/2026")
    made.keep()
    qtbot.waitUntil(lambda: read(desk).agreements[0].starts_on == date(2026, 2, 1) and not desk.tasks.busy)
    desk.undo()
    qtbot.waitUntil(lambda: made.entries["starts_on"].text() == "01/01/2026")


def test_a_landlord_the_file_does_not_know_is_added_with_its_agreement(
    qtbot: Any, show: Callable[[MeasuresDesk], AgreementsSection], desk: MeasuresDesk
) -> None:
    made = show(desk)
    made.begin_new()
    for name, text in {"name": "IML 2026", "landlord": "Habitat d’Essai", "starts_on": "01/01/2026"}.items():
        made.entries[name].setText(text)
    made.typed()
    made.keep()
    qtbot.waitUntil(lambda: bool(read(desk).agreements) and not desk.tasks.busy)
    held = read(desk)
    assert held.landlords[held.agreements[0].landlord_id or ""] == "Habitat d’Essai"
    made.entries["landlord"].setText("")
    made.typed()
    made.keep()
    qtbot.waitUntil(lambda: read(desk).agreements[0].landlord_id is None and not desk.tasks.busy)
    desk.undo()
    qtbot.waitUntil(lambda: made.entries["landlord"].text() == "Habitat d’Essai")


def test_who_may_not_manage_reads_only(
    show: Callable[[MeasuresDesk], AgreementsSection], desk: MeasuresDesk
) -> None:
    service.add_agreement(desk.file, desk.who, NewAgreement("FSL 2026", START, quota_new=5))
    made = show(as_role(desk, Role.CASEWORKER))
    assert made.read_only.isVisible()
    assert not made.add.isVisible()
    assert not made.save.isVisible()
    assert made.entries["name"].isReadOnly()
    assert made.entries["name"].text() == "FSL 2026"


def test_the_administration_manages_without_reading_files(
    show: Callable[[MeasuresDesk], AgreementsSection], desk: MeasuresDesk
) -> None:
    service.add_agreement(desk.file, desk.who, NewAgreement("FSL 2026", START))
    made = show(as_role(desk, Role.ADMINISTRATOR))
    assert made.add.isVisible()
    assert made.entries["name"].text() == "FSL 2026"
    with pytest.raises(NotAllowed):
        read(desk, as_role(desk, Role.COORDINATOR).who)


def test_the_section_is_whole_named_and_within_reach(
    show: Callable[[MeasuresDesk], AgreementsSection], desk: MeasuresDesk
) -> None:
    other, _ = households.create_household(desk.file, desk.who, NewHousehold((NewMember("Essai", "Zoé"),)))
    agreement, _ = service.add_agreement(desk.file, desk.who, NewAgreement("FSL 2026", START, quota_new=0))
    new = NewMeasure(other, "asll", date(2026, 6, 1), agreement_id=agreement)
    service.open_measure(desk.file, desk.who, new)
    made = show(desk)
    assert cut_words(made) == []
    assert nameless(made) == []
    assert unreachable(made) == []
