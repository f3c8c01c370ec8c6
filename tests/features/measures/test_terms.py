"""An agreement's own rules: what it sets holds, the kind's table where it is silent, refusals say what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import (
    ExitReason,
    NewAgreement,
    NewMeasure,
    planned_end,
)
from caseworker_app.features.measures.domain.terms import (
    AgreementRule,
    NewRule,
    checked_rule,
    first_end,
    gap_around,
    own_code,
    reasons_offered,
    renewed_end,
    rule_on,
    rule_words,
    visits_a_month,
)
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.measures.test_agreements import OURS, plain
from tests.features.measures.test_measures_domain import ASLL, MASP, measure

START = date(2026, 1, 1)
TODAY = date(2026, 11, 24)
SILENT = NewRule(START)


def rule(**changed: Any) -> AgreementRule:
    values: dict[str, Any] = dict.fromkeys(
        ("ends_on", "first_months", "longest_months", "renewals", "renewal_months", "visit_days", "exit_reasons",
         "indicators")
    )  # fmt: skip
    return AgreementRule(
        **{"id": "r", "version": "v", "agreement_id": "a", "starts_on": START, **values, **changed}
    )


def refused(new: NewRule, *others: AgreementRule) -> InvalidEntry:
    with pytest.raises(InvalidEntry) as caught:
        checked_rule(new, OURS, others)
    return caught.value


@given(
    st.dates(START, date(2030, 1, 1)),
    st.none() | st.integers(1, 24),
    st.none() | st.integers(1, 60),
    st.dates(START, date(2032, 1, 1)),
)
def test_the_end_proposed_breaks_no_rule(
    start: date, first: int | None, longest: int | None, agreement_end: date
) -> None:
    agreement = replace(OURS, ends_on=agreement_end)
    proposed = first_end(MASP, start, agreement, rule(first_months=first, longest_months=longest))
    assert proposed is not None
    assert proposed <= (planned_end(start, first or MASP.default_months) or date.max)
    assert proposed <= (planned_end(start, longest) or date.max)
    assert proposed <= max(agreement_end, start) or agreement_end < start
    assert proposed >= start


def test_a_renewal_proposes_the_agreements_length_within_the_whole() -> None:
    held = measure(starts_on=START, planned_end_on=date(2026, 6, 30))
    from_date, agreement = date(2026, 7, 1), replace(OURS, ends_on=None)
    assert renewed_end(ASLL, held, from_date, agreement, rule(renewal_months=3)) == date(2026, 9, 30)
    assert renewed_end(ASLL, held, from_date, agreement, None) == date(2026, 12, 31)
    bounded = rule(renewal_months=6, longest_months=10)
    assert renewed_end(ASLL, held, from_date, agreement, bounded) == date(2026, 10, 31)


def test_rules_that_cannot_be_are_refused_beside_their_field() -> None:
    assert refused(SILENT).field == "first_months"
    assert refused(replace(SILENT, first_months=6, ends_on=date(2025, 1, 1))).field == "ends_on"
    assert refused(replace(SILENT, first_months=6, starts_on=date(2025, 1, 1))).field == "starts_on"
    assert refused(replace(SILENT, first_months=6, starts_on=date(2027, 1, 1))).field == "starts_on"
    assert refused(replace(SILENT, first_months=0)).field == "first_months"
    assert refused(replace(SILENT, first_months=12, longest_months=6)).field == "first_months"
    assert refused(replace(SILENT, renewal_months=12, longest_months=6)).field == "renewal_months"
    assert refused(replace(SILENT, renewals=-1)).field == "renewals"
    assert refused(replace(SILENT, visit_days=0)).field == "visit_days"
    assert refused(replace(SILENT, exit_reasons="x" * 200)).field == "exit_reasons"
    overlap = refused(replace(SILENT, first_months=6, starts_on=date(2026, 5, 1)), rule())
    assert overlap.field == "starts_on"
    assert "donnez-leur une fin" in overlap.sentence


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=5), st.integers(0, 364))
def test_a_gap_touches_no_rule_and_holds_its_day(spans: list[tuple[int, int]], offset: int) -> None:
    rules: list[AgreementRule] = []
    for first, length in spans:
        new = Period(START + timedelta(first), START + timedelta(first + length))
        if not any(new.overlaps(Period(each.starts_on, each.ends_on)) for each in rules):
            rules.append(rule(starts_on=new.start, ends_on=new.end))
    day = START + timedelta(offset)
    if rule_on(rules, day) is not None:
        return
    gap = gap_around(OURS, rules, day)
    assert gap.holds(day)
    assert not any(gap.overlaps(Period(each.starts_on, each.ends_on)) for each in rules)


def test_reasons_worded_as_the_list_keep_its_code_and_others_have_their_own() -> None:
    usual = [
        ExitReason("goals_reached", "Objectifs atteints, autonomie"),
        ExitReason("moved", "Déménagement"),
    ]
    ours = rule(exit_reasons="demenagement\nAccès à l’emploi")
    assert reasons_offered(ours, usual) == [
        ExitReason("moved", "demenagement"), ExitReason(own_code("Accès à l’emploi"), "Accès à l’emploi"),
    ]  # fmt: skip
    assert own_code("ACCES a l’emploi") == own_code("Accès à l’emploi")
    assert reasons_offered(None, usual) == usual
    assert checked_rule(replace(SILENT, exit_reasons=" Départ \n\ndepart\n Autre"), OURS, ()).exit_reasons in (
        "Départ\nAutre", "depart\nAutre",
    )  # fmt: skip


def test_rules_are_said_on_one_line() -> None:
    said = rule(
        first_months=6, longest_months=18, renewals=2, renewal_months=6, visit_days=15, exit_reasons="a\nb"
    )
    assert plain(rule_words(said)) == (
        "6 mois, 18 au plus · visite tous les 15 jours · 2 renouvellements de 6 mois · 2 motifs de fin"
    )
    assert plain(rule_words(rule(renewals=0))) == "sans renouvellement"
    assert [visits_a_month(rule(visit_days=days)) for days in (1, 7, 10, 15, 30, 90)] == [30, 4, 3, 2, 1, 1]
    assert visits_a_month(rule()) is None


@pytest.fixture
def agreement(file: Any, who: Any) -> str:
    made, _ = service.add_agreement(file, who, NewAgreement("FSL du Nord", START))
    new = NewRule(START, None, 6, 12, 1, 3, 15, "Déménagement\nAccès à l’emploi")
    service.add_rule(file, who, made, new)
    return made


def opened(file: Any, who: Any, household: str, agreement: str, **changed: Any) -> str:
    return service.open_measure(
        file, who, NewMeasure(household, "asll", START, agreement_id=agreement, **changed)
    )[0]


def one(file: Any, who: Any, household: str) -> Any:
    with file.reading() as connection:
        return service.measures_of(connection, who, household, TODAY)[0]


def test_opening_takes_the_first_length_and_the_rhythm(
    file: Any, who: Any, household: str, agreement: str
) -> None:
    opened(file, who, household, agreement)
    held = one(file, who, household).measure
    assert (held.planned_end_on, held.visits_per_month) == (date(2026, 6, 30), 2)


@pytest.mark.parametrize(
    ("end", "words"),
    [(date(2026, 7, 1), "première durée de 6 mois"), (date(2027, 1, 1), "12 mois en tout")],
)
def test_one_longer_than_allowed_is_refused_with_what_to_do(
    file: Any, who: Any, household: str, agreement: str, end: date, words: str
) -> None:
    with pytest.raises(InvalidEntry) as caught:
        opened(file, who, household, agreement, planned_end_on=end)
    assert caught.value.field == "planned_end_on"
    assert words in plain(caught.value.sentence)
    assert "finissez au plus tard le" in caught.value.sentence


def test_one_that_is_over_is_told_as_it_was(file: Any, who: Any, household: str, agreement: str) -> None:
    opened(
        file, who, household, agreement, planned_end_on=date(2027, 6, 1), ended_on=date(2027, 6, 1),
        exit_reason_code="term_reached",
    )  # fmt: skip
    assert one(file, who, household).measure.exit_reason_code == "term_reached"


def test_renewals_are_counted_and_measured(file: Any, who: Any, household: str, agreement: str) -> None:
    made = opened(file, who, household, agreement)
    with pytest.raises(InvalidEntry, match="dure 3"):
        service.renew_measure(file, who, made, date(2026, 10, 1))
    service.renew_measure(file, who, made, date(2026, 9, 30))
    with pytest.raises(InvalidEntry, match="déjà fait") as caught:
        service.renew_measure(file, who, made, date(2026, 12, 31))
    assert caught.value.field == "to_date"
    assert len(one(file, who, household).renewals) == 1


def test_a_measure_ends_for_a_reason_of_its_agreement(
    file: Any, who: Any, household: str, agreement: str
) -> None:
    made = opened(file, who, household, agreement)
    with pytest.raises(InvalidEntry):
        service.end_measure(file, who, made, TODAY, "goals_reached")
    service.end_measure(file, who, made, TODAY, own_code("Accès à l’emploi"))
    assert one(file, who, household).measure.exit_reason_label == "Accès à l’emploi"


def test_rules_ending_give_way_to_the_next_ones(file: Any, who: Any, household: str, agreement: str) -> None:
    with file.reading() as connection:
        held = service.rules_of(connection, who, agreement, TODAY).rules[0]
    service.change_rule(file, who, held.id, NewRule(START, date(2026, 5, 31), 6), held.version)
    service.add_rule(file, who, agreement, NewRule(date(2026, 6, 1), None, 3))
    made, _ = service.open_measure(
        file, who, NewMeasure(household, "asll", date(2026, 6, 1), agreement_id=agreement)
    )
    assert one(file, who, household).measure.id == made
    assert one(file, who, household).measure.planned_end_on == date(2026, 8, 31)
    with file.reading() as connection:
        found = service.rules_of(connection, who, agreement, TODAY)
    assert [each.starts_on for each in found.rules] == [date(2026, 6, 1), START]


def test_stricter_rules_tell_the_measures_that_go_past_them_and_change_none(
    file: Any, who: Any, household: str
) -> None:
    made, _ = service.add_agreement(file, who, NewAgreement("FSL", START))
    opened(file, who, household, made, planned_end_on=date(2027, 6, 30))
    service.add_rule(file, who, made, NewRule(START, longest_months=12))
    with file.reading() as connection:
        assert service.rules_of(connection, who, made, TODAY).too_long == 1
    assert one(file, who, household).measure.planned_end_on == date(2027, 6, 30)
