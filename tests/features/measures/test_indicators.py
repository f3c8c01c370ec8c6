"""What an agreement reports: counted once and rightly over any period, printed and taken out naming nobody."""

from __future__ import annotations

import csv
import statistics
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from caseworker_app.bootstrap.figures import figures_sources
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewVisit
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.housing.domain.landlord import NewLandlord
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service
from caseworker_app.features.measures.documents import render_figures
from caseworker_app.features.measures.domain.figures import figures
from caseworker_app.features.measures.domain.indicators import (
    AgreementFigures,
    Counted,
    CountedMeasure,
    Figure,
    Indicator,
    checked_period,
    usual_period,
)
from caseworker_app.features.measures.domain.indicators_around import CountedReferral
from caseworker_app.features.measures.domain.measure import NewAgreement, NewMeasure
from caseworker_app.features.measures.domain.terms import NewRule
from caseworker_app.features.measures.screens.agreements import AgreementsSection
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import Decision, NewDecision, NewReferral, Sender
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.storage.access_log import AccessKind
from tests.features.measures.test_agreements import OURS, plain, show
from tests.features.measures.test_terms import rule
from tests.ui_kit.inspection import cut_words, nameless

__all__ = ["show"]
START = date(2026, 1, 1)
TODAY = date(2026, 11, 24)
YEAR = Period(START, date(2026, 12, 31))


def counted(measures: list[tuple[str, int, int | None]], period: Period = YEAR, **more: Any) -> Counted:
    made = [
        CountedMeasure(
            str(n), household, START + timedelta(first), None,
            None if length is None else START + timedelta(first + length), "Déménagement",
        )
        for n, (household, first, length) in enumerate(measures)
    ]  # fmt: skip
    return Counted(OURS, period, measures=tuple(made), **more)


def values(of: Counted) -> dict[Indicator, Decimal | None]:
    found: dict[Indicator, Decimal | None] = {}
    for each in figures(of):
        found.setdefault(each.indicator, each.value)
    return found


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.integers(-400, 700), st.none() | st.integers(0, 500)),
        max_size=12,
    ),
    st.integers(-100, 400),
    st.integers(0, 500),
)
def test_what_runs_after_is_what_ran_before_with_what_opened_less_what_ended(
    measures: list[tuple[str, int, int | None]], first: int, length: int
) -> None:
    period = Period(START + timedelta(first), START + timedelta(first + length))
    found = values(counted(measures, period))
    before, opened = found[Indicator.RUNNING_BEFORE], found[Indicator.OPENED]
    ended, after = found[Indicator.ENDED], found[Indicator.RUNNING_AFTER]
    assert None not in (before, opened, ended, after)
    assert after == (before or 0) + (opened or 0) - (ended or 0)
    assert (found[Indicator.HOUSEHOLDS] or 0) <= (before or 0) + (opened or 0)
    assert (found[Indicator.MEASURE_MONTHS] or 0) >= (found[Indicator.HOUSEHOLDS] or 0)


def test_a_mean_is_of_what_ended_and_without_any_there_is_none() -> None:
    assert values(counted([("a", 0, None)]))[Indicator.MEAN_LENGTH] is None
    assert values(counted([("a", 0, 364), ("b", 0, 180), ("c", 0, None)]))[Indicator.MEAN_LENGTH] == Decimal(
        "9.0"
    )


def test_exits_are_told_by_reason_and_what_does_not_apply_says_so() -> None:
    lines = figures(counted([("a", 0, 30), ("b", 5, 30), ("c", 5, None)]))
    assert [plain(each.label) for each in lines if each.indicator is Indicator.EXITS] == [
        "Sorties : Déménagement"
    ]
    assert [each.value for each in lines if each.indicator is Indicator.EXITS] == [Decimal(2)]
    assert next(each for each in lines if each.indicator is Indicator.TOO_LONG).words() == "sans objet"


def test_too_long_is_by_the_rules_of_the_first_day() -> None:
    ruled = counted([("a", 0, None), ("b", 300, None)], rules=(rule(longest_months=6),))
    assert values(ruled)[Indicator.TOO_LONG] == 1


@given(
    st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 300), st.integers(0, 60)), max_size=12)
)
def test_delays_of_referrals_are_of_what_was_decided_in_the_period(
    told: list[tuple[int, int | None, int]],
) -> None:
    found = tuple(
        CountedReferral(
            START + timedelta(day),
            None if taken is None else START + timedelta(day + taken),
            START + timedelta(day + due),
        )
        for day, taken, due in told
    )
    shown = values(counted([], referrals=found))
    within = [each for each in found if each.answered_on is not None and YEAR.holds(each.answered_on)]
    taken = [(each.answered_on - each.received_on).days for each in within if each.answered_on]
    expected = Decimal(str(statistics.median(taken))) if taken else None
    assert shown[Indicator.DECISION_DAYS] == expected
    assert shown[Indicator.REFERRALS] == sum(YEAR.holds(each.received_on) for each in found)
    waiting = [f for f in found if f not in within and f.received_on <= YEAR.end and f.due_on < YEAR.end]
    late = sum(f.answered_on > f.due_on for f in within if f.answered_on) + len(waiting)
    assert shown[Indicator.LATE_DECISIONS] == (late if found else None)


def test_a_referral_decided_after_the_period_was_late_in_it_if_its_day_was_past() -> None:
    last = YEAR.end or TODAY
    after = CountedReferral(last - timedelta(60), last + timedelta(5), last - timedelta(30))
    assert values(counted([], referrals=(after,)))[Indicator.LATE_DECISIONS] == 1
    assert values(counted([], referrals=(after,)))[Indicator.DECISION_DAYS] is None


def test_a_rehousing_is_an_end_whose_reason_says_so() -> None:
    ended = [
        CountedMeasure(str(n), "h", START, None, START + timedelta(9), reason)
        for n, reason in enumerate(
            ("Relogement dans le parc social", "Relogement dans le parc privé", "Déménagement", None)
        )
    ]
    later = CountedMeasure("z", "h", START, None, date(2027, 2, 1), "Relogement dans le parc social")
    assert values(Counted(OURS, YEAR, measures=(*ended, later)))[Indicator.REHOUSINGS] == 2


def test_missed_visits_relays_and_referrals_are_read_from_the_file(
    file: Any, who: Any, household: str, agreement: str
) -> None:
    # The second visit missed came before the measure.
    for day in (date(2026, 7, 3), date(2026, 5, 1)):
        missed = NewEntry(household, EntryKind.MISSED_VISIT, datetime.combine(day, time(14)))
        diary.confirm_visit(file, who, NewVisit(missed))
    with file.reading() as connection:
        (measure,) = service.measures_of(connection, who, household, TODAY)
    other, _ = team.add_worker(file, who, "Iris Valmont", Role.CASEWORKER)
    service.change_lead_worker(file, who, measure.measure.id, other, date(2026, 9, 1))
    asked = NewReferral(date(2026, 11, 1), Sender.LANDLORD, ("unpaid_rent",), body="Habitat du Nord")
    asked = replace(asked, agreement_id=agreement)
    somebody = NewHousehold((NewMember("Delcourt", "Inès"),))
    key = referrals.receive_referral(file, who, asked, somebody)[0].referral_id
    referrals.receive_referral(file, who, replace(asked, agreement_id=None), somebody)
    referrals.decide_referral(
        file, who, key, NewDecision(Decision.REFUSED, date(2026, 11, 20), refusal_code="no_place")
    )
    found = {each.indicator: each.value for each in read(file, who, agreement).figures}
    assert found[Indicator.MISSED] == 1
    assert found[Indicator.RELAYS] == 1
    assert found[Indicator.REFERRALS] == 1
    assert found[Indicator.DECISION_DAYS] == 19


def test_a_landlord_is_told_of_its_agreements_together(file: Any, who: Any, household: str) -> None:
    landlord, _ = landlords.add_landlord(file, who, NewLandlord("Habitat du Nord"))
    for name, kind in (("Une", "asll"), ("Deux", "masp_1")):
        made, _ = service.add_agreement(file, who, NewAgreement(name, START, landlord_id=landlord))
        service.open_measure(file, who, NewMeasure(household, kind, date(2026, 6, 1), agreement_id=made))
    other, _ = landlords.add_landlord(file, who, NewLandlord("Sans convention"))
    with file.reading() as connection:
        shown = service.figures_of_landlord(connection, who, landlord, figures_sources(), day=TODAY)
        with pytest.raises(NotFound, match="Aucune convention"):
            service.figures_of_landlord(connection, who, other, figures_sources(), day=TODAY)
    found = {each.indicator: each.value for each in shown.figures}
    assert sorted(shown.agreements) == ["Deux", "Une"]
    assert (found[Indicator.OPENED], found[Indicator.HOUSEHOLDS]) == (2, 1)
    assert Indicator.PLACES not in found


def test_people_are_told_by_age_and_the_unknown_apart() -> None:
    births = (date(1980, 1, 1), date(2008, 12, 31), date(2009, 1, 1), None)
    lines = [each for each in figures(counted([], births=births)) if each.indicator is Indicator.PEOPLE]
    assert [each.value for each in lines] == [4, 2, 1, 1]


def test_amounts_and_means_are_written_as_french_writes_them() -> None:
    assert plain(Figure(Indicator.GRANT, "", Decimal("12345.50"), "€", "").words()) == "12 345,50 €"
    assert plain(Figure(Indicator.MEAN_LENGTH, "", Decimal("7.5"), "mois", "").words()) == "7,5 mois"


def test_the_period_is_the_year_within_the_agreement() -> None:
    assert usual_period(OURS, TODAY) == Period(START, TODAY)
    assert usual_period(OURS, date(2028, 3, 1)) == Period(START, date(2026, 12, 31))
    assert usual_period(OURS, date(2025, 3, 1)) == Period(START, START)
    with pytest.raises(InvalidEntry) as caught:
        checked_period(TODAY, START)
    assert caught.value.field == "end"
    with pytest.raises(InvalidEntry):
        checked_period(date(1950, 1, 1), TODAY)


@pytest.fixture
def agreement(file: Any, who: Any, household: str) -> str:
    made, _ = service.add_agreement(file, who, NewAgreement("Convention d’essai", START, quota_new=3))
    service.add_rule(file, who, made, NewRule(START, longest_months=24))
    service.open_measure(file, who, NewMeasure(household, "asll", date(2026, 6, 1), agreement_id=made))
    return made


def read(file: Any, who: Any, agreement: str) -> AgreementFigures:
    with file.reading() as connection:
        return service.figures_of(connection, who, agreement, figures_sources(), day=TODAY)


def test_those_chosen_are_reported_and_no_others(file: Any, who: Any, agreement: str) -> None:
    service.choose_indicators(file, who, agreement, [Indicator.OPENED, Indicator.GRANT])
    assert [each.indicator for each in read(file, who, agreement).figures] == [
        Indicator.OPENED,
        Indicator.GRANT,
    ]
    service.choose_indicators(file, who, agreement, list(Indicator))
    assert {each.indicator for each in read(file, who, agreement).figures} > {
        Indicator.OPENED,
        Indicator.PEOPLE,
    }
    with pytest.raises(InvalidEntry):
        service.choose_indicators(file, who, agreement, [])


def test_choosing_without_rules_writes_some_that_say_nothing_else(file: Any, who: Any) -> None:
    made, _ = service.add_agreement(file, who, NewAgreement("Sans règle", START))
    service.choose_indicators(file, who, made, [Indicator.OPENED])
    assert [each.indicator for each in read(file, who, made).figures] == [Indicator.OPENED]


def test_a_page_and_lists_say_the_same_figures_and_name_nobody(
    file: Any, who: Any, household: str, agreement: str, tmp_path: Path
) -> None:
    shown = read(file, who, agreement)
    pdf, book, table = (tmp_path / f"indicateurs.{suffix}" for suffix in ("pdf", "xlsx", "csv"))
    service.print_figures(
        file,
        who,
        shown,
        pdf,
        lambda each, day: render_figures(each, identity_of(each.association), day),
        TODAY,
    )
    service.export_figures(file, who, shown, book)
    service.export_figures(file, who, shown, table)
    page = " ".join(
        " ".join(each.extract_text() for each in PdfReader(BytesIO(pdf.read_bytes())).pages).split()
    )
    cells = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    lines = list(csv.reader(StringIO(table.read_text("utf-8-sig")), delimiter=";"))
    assert len(cells) == len(lines) == len(shown.figures) + 1
    opened = next(row for row in cells if row[0] == "Mesures ouvertes")
    assert opened[1] == 1
    assert "Mesures ouvertes" in page
    with file.reading() as connection:
        from caseworker_app.features.households.service import open_household

        names = [each.last_name for each in open_household(connection, who, household).members]
    for text in (page, str(cells), str(lines)):
        assert not any(name in text for name in names)
    kinds = [each.kind for each in file.accesses._noted]
    assert (kinds.count(AccessKind.EXPORTED), kinds.count(AccessKind.PRINTED)) == (2, 1)


def test_the_settings_show_rules_and_figures_and_refuse_beside_their_field(
    qtbot: Any,
    show: Callable[[MeasuresDesk], AgreementsSection],
    desk: MeasuresDesk,
    agreement: str,
    tmp_path: Path,
) -> None:
    section = show(desk)
    section.resize(1000, 1300)
    qtbot.waitUntil(lambda: section.rules.held.rules != () and not desk.tasks.busy)
    assert not cut_words(section)
    section.show_sheet("rules")
    section.rules.add_one.click()
    dialog = section.rules.dialog
    dialog.entries["first_months"].setText("six")
    dialog.confirm.click()
    assert dialog.fields["first_months"].sentence
    dialog.entries["first_months"].setText("6")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(dialog.fields["starts_on"].sentence) and not desk.tasks.busy)
    assert dialog.isVisible()
    dialog.reject()
    section.show_sheet("figures")
    qtbot.waitUntil(lambda: section.figures.held is not None and not desk.tasks.busy)
    assert not nameless(section)
    assert not cut_words(section)
    section.figures.end.setText("01/01/2020")
    section.figures.read_again()
    assert section.figures.fields["end"].sentence
    section.figures.end.setText("30/06/2026")
    section.figures.read_again()
    qtbot.waitUntil(lambda: section.figures.held.period.end == date(2026, 6, 30))  # type: ignore[union-attr]
    out = tmp_path / "sortie.csv"
    section.figures.ask_place = lambda *_asked: out
    section.figures.export.click()
    qtbot.waitUntil(out.exists)
