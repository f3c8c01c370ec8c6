"""Referrals on a real file: received, matched, protected, followed to the measure, late in « Ma semaine », undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.bootstrap.likely import matches
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewAgreement, NewMeasure
from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.following import (
    Conclusion,
    NewAttempt,
    NewDiagnosis,
    Purpose,
    checked_diagnosis,
    interviews,
)
from caseworker_app.features.referrals.domain.listed import Wanted
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    Delays,
    Given,
    NewDecision,
    NewReferral,
    Product,
    Sender,
    Urgency,
    checked_referral,
    due_days,
)
from caseworker_app.features.referrals.domain.shown import Action, next_action, request_facts, steps_of
from caseworker_app.features.referrals.domain.stages import Progress, Stage, due_words
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.service import read_week
from caseworker_app.kernel.errors import InvalidEntry

DAY = date(2026, 11, 24)
REASONS = frozenset({"unpaid_rent", "violence", "isolation"})
NEW = NewReferral(DAY, Sender.LANDLORD, ("unpaid_rent",), body="Habitat du Nord")
SOMEBODY = NewHousehold((NewMember("Delcourt", "Inès", birth_date=date(1988, 5, 4)),))
KIND = "asll"
EVERYTHING = Wanted()


def received(file: Any, who: Any, new: NewReferral = NEW, household: Any = SOMEBODY) -> Any:
    return service.receive_referral(file, who, new, household)[0]


def opened(file: Any, who: Any, key: str) -> Any:
    with file.reading() as connection:
        return service.open_referral(connection, who, key, DAY)


def listed(file: Any, who: Any, wanted: Wanted = EVERYTHING) -> Any:
    with file.reading() as connection:
        return service.list_referrals(connection, who, wanted, DAY)


# Rules


@given(
    attempts=st.integers(0, 3), reached=st.booleans(), diagnosis=st.booleans(),
    conclusion=st.sampled_from([None, *Conclusion]), decision=st.sampled_from([None, *Decision]),
    opened=st.booleans(), after=st.integers(0, 400),
)  # fmt: skip
def test_every_referral_stands_at_one_stage_and_is_late_only_while_something_is_awaited(
    attempts: int, reached: bool, diagnosis: bool, conclusion: Any, decision: Any, opened: bool, after: int
) -> None:
    contact, decide = due_days(DAY, Delays(10, 45))
    progress = Progress(
        DAY, DAY, contact, decide, DAY if reached else None, attempts, DAY if diagnosis else None,
        conclusion if diagnosis else None, DAY if diagnosis and conclusion else None,
        decision, DAY if decision else None, DAY if decision else None, opened and decision is Decision.ACCEPTED,
    )  # fmt: skip
    day = DAY + timedelta(after)
    over = progress.stage is Stage.CLOSED
    assert not (over and progress.late(day))
    assert (next_action(progress) is None) == over
    words, tone = due_words(progress, day)
    assert (tone == "danger") == progress.late(day)
    assert bool(words) == (progress.due_on is not None)
    if progress.settled_on is not None:
        assert progress.decision_days == 0


@given(st.integers(1, 365), st.integers(1, 365))
def test_a_decision_never_comes_due_before_the_first_contact(contact: int, decision: int) -> None:
    first, second = due_days(DAY, Delays(contact, decision))
    assert first == DAY + timedelta(contact)
    assert second >= first


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reasons": ()}, "reasons"),
        ({"reasons": ("unknown",)}, "reasons"),
        ({"body": " "}, "body"),
        ({"received_on": DAY + timedelta(1)}, "received_on"),
        ({"received_on": date(1999, 1, 1)}, "received_on"),
        ({"prescribed_on": DAY - timedelta(1), "received_on": DAY - timedelta(2)}, "prescribed_on"),
        ({"agreed_on": DAY}, "agreed"),
        ({"given": Given(rent_cents=-1)}, "rent_cents"),
        ({"given": Given(balance_cents=1_000_000_000)}, "balance_cents"),
        ({"given": Given(unpaid_since=DAY + timedelta(1))}, "unpaid_since"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_referral(replace(NEW, **changed), REASONS, DAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"concluded_on": DAY}, "conclusion"),
        ({"conclusion": Conclusion.MEASURE}, "kind_code"),
        ({"conclusion": Conclusion.ELSEWHERE, "elsewhere": " "}, "elsewhere"),
        ({"conclusion": Conclusion.NO_MEASURE}, "no_measure_code"),
        ({"months": 0}, "months"),
        (
            {"conclusion": Conclusion.MEASURE, "kind_code": KIND, "concluded_on": DAY - timedelta(1)},
            "concluded_on",
        ),
    ],
)
def test_a_diagnosis_concludes_with_what_it_needs(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_diagnosis(NewDiagnosis(DAY, **changed), frozenset({"solved"}), DAY)
    assert refused.value.field == field


# On a real file


def test_one_is_received_followed_accepted_and_opens_its_measure(file: Any, who: Any) -> None:
    key = received(file, who, replace(NEW, kind_code=KIND)).referral_id
    file_ = opened(file, who, key)
    assert (file_.progress.stage, next_action(file_.progress)) == (Stage.RECEIVED, Action.CONTACT)
    assert file_.referral.number.startswith("DEM-2026-")
    service.note_attempt(file, who, key, NewAttempt(DAY))
    service.note_attempt(file, who, key, NewAttempt(DAY, reached=True))
    service.note_attempt(file, who, key, NewAttempt(DAY, purpose=Purpose.INTERVIEW, reached=True))
    file_ = opened(file, who, key)
    assert (file_.progress.stage, file_.progress.attempts) == (Stage.CONTACTED, 3)
    assert interviews(file_.attempts) == [DAY]
    begun, _ = service.write_diagnosis(file, who, key, NewDiagnosis(DAY, family="Trois enfants"))
    assert opened(file, who, key).progress.stage is Stage.DIAGNOSIS
    concluded = NewDiagnosis(
        DAY, family="Trois enfants", conclusion=Conclusion.MEASURE, kind_code=KIND, months=6
    )
    again, _ = service.write_diagnosis(file, who, key, concluded, opened(file, who, key).diagnosis.version)
    assert again == begun
    assert opened(file, who, key).progress.stage is Stage.TO_DECIDE
    service.decide_referral(file, who, key, NewDecision(Decision.ACCEPTED, DAY))
    file_ = opened(file, who, key)
    assert (file_.progress.stage, next_action(file_.progress)) == (Stage.TO_OPEN, Action.OPEN)
    measure, _ = service.open_measure_from(file, who, key, NewMeasure(file_.referral.household_id, KIND, DAY))
    file_ = opened(file, who, key)
    assert (file_.progress.stage, file_.referral.measure_id) == (Stage.CLOSED, measure)
    assert steps_of(file_, DAY)[-1].title == "Mesure"
    with pytest.raises(InvalidEntry):
        service.decide_referral(file, who, key, NewDecision(Decision.REFUSED, DAY, "other"))
    take_back_last(file, who)
    assert opened(file, who, key).progress.stage is Stage.TO_OPEN
    with file.reading() as connection:
        assert measures.measures_of(connection, who, file_.referral.household_id, DAY) == []


def test_opening_the_measure_accepts_one_not_decided(file: Any, who: Any) -> None:
    made = received(file, who)
    service.open_measure_from(file, who, made.referral_id, NewMeasure(made.household_id, KIND, DAY))
    of = opened(file, who, made.referral_id).referral
    assert (of.decision, of.decided_on) == (Decision.ACCEPTED, DAY)


@pytest.mark.parametrize(
    ("conclusion", "more"),
    [
        (Conclusion.NO_MEASURE, {"no_measure_code": "solved"}),
        (Conclusion.ELSEWHERE, {"elsewhere": "CCAS de Lys"}),
    ],
)
def test_a_diagnosis_without_measure_settles_the_referral(
    file: Any, who: Any, conclusion: Any, more: Any
) -> None:
    key = received(file, who, replace(NEW, product=Product.DIAGNOSIS)).referral_id
    service.write_diagnosis(file, who, key, NewDiagnosis(DAY, conclusion=conclusion, **more))
    progress = opened(file, who, key).progress
    assert (progress.stage, progress.settled_on) == (Stage.CLOSED, DAY)


def test_a_refusal_says_why_and_another_decision_may_follow(file: Any, who: Any) -> None:
    key = received(file, who).referral_id
    with pytest.raises(InvalidEntry) as refused:
        service.decide_referral(file, who, key, NewDecision(Decision.REFUSED, DAY))
    assert refused.value.field == "refusal_code"
    service.decide_referral(file, who, key, NewDecision(Decision.REFUSED, DAY, "no_place", "Plus de place"))
    service.decide_referral(file, who, key, NewDecision(Decision.WAITING_LIST, DAY, review_on=DAY))
    of = opened(file, who, key).referral
    assert (of.decision, of.refusal_code, of.review_on) == (Decision.WAITING_LIST, None, DAY)


def test_receiving_again_the_household_of_a_match_makes_nobody_twice(
    file: Any, who: Any, household: str
) -> None:
    same = NewHousehold((NewMember("MARCHADIER", "Solene", birth_date=date(1992, 3, 14)),))
    with file.reading() as connection:
        (found,) = matches(connection, who, same, DAY)
        assert matches(connection, who, SOMEBODY, DAY) == []
        before = households.count_households(connection, who)
    assert found.household_id == household
    assert "Marchadier" in found.words
    assert received(file, who, NEW, found.household_id).household_id == household
    with file.reading() as connection:
        assert households.count_households(connection, who) == before


def test_violence_protects_from_the_first_moment_whoever_it_is(file: Any, who: Any, household: str) -> None:
    violence = replace(NEW, reasons=("violence", "housing_exit"))
    known = received(file, who, violence, household)
    new = received(file, who, violence, SOMEBODY)
    with file.reading() as connection:
        for each in (known, new):
            assert households.open_household(connection, who, each.household_id).household.protected
    other = received(file, who, NEW, NewHousehold((NewMember("Anwar", "Sami"),)))
    service.change_referral(file, who, other.referral_id, violence)
    with file.reading() as connection:
        assert households.open_household(connection, who, other.household_id).household.protected


def test_delays_are_the_agreements_and_an_urgent_one_is_seen_sooner(file: Any, who: Any) -> None:
    agreement, _ = measures.add_agreement(
        file,
        who,
        NewAgreement("Convention 2026", date(2026, 1, 1), quota_new=10, contact_days=7, decision_days=21),
    )
    under = opened(file, who, received(file, who, replace(NEW, agreement_id=agreement)).referral_id)
    assert under.referral.contact_due_on == DAY + timedelta(7)
    assert under.referral.decision_due_on == DAY + timedelta(21)
    assert any("10\u00a0places" in words for _label, words in request_facts(under, DAY))
    urgent = opened(file, who, received(file, who, replace(NEW, urgency=Urgency.URGENT)).referral_id)
    plain = opened(file, who, received(file, who).referral_id)
    assert urgent.referral.contact_due_on < plain.referral.contact_due_on


def test_delays_follow_their_agreement_until_they_are_decided(file: Any, who: Any) -> None:
    new = NewAgreement("Convention 2026", date(2026, 1, 1), contact_days=7, decision_days=21)
    agreement, _ = measures.add_agreement(file, who, new)
    waits = received(file, who, replace(NEW, agreement_id=agreement))
    over = received(file, who, replace(NEW, agreement_id=agreement))
    other = received(file, who)
    service.decide_referral(file, who, over.referral_id, NewDecision(Decision.WITHDRAWN, DAY))
    before = opened(file, who, other.referral_id).referral
    shorter = replace(new, contact_days=3, decision_days=10)
    changes = measures.change_agreement(file, who, agreement, shorter, following=service.delays_follow)
    assert changes.tables == {"agreement", "referral"}
    changed = opened(file, who, waits.referral_id).referral
    assert (changed.contact_due_on, changed.decision_due_on) == (DAY + timedelta(3), DAY + timedelta(10))
    decided = opened(file, who, over.referral_id).referral
    assert (decided.contact_due_on, decided.decision_due_on) == (DAY + timedelta(7), DAY + timedelta(21))
    assert opened(file, who, other.referral_id).referral == before
    service.change_referral(file, who, waits.referral_id, NEW)
    assert opened(file, who, waits.referral_id).referral.contact_due_on == before.contact_due_on


def test_the_list_counts_stages_finds_by_words_and_shows_what_is_late_first(file: Any, who: Any) -> None:
    late = received(file, who, replace(NEW, received_on=DAY - timedelta(60)))
    fresh = received(file, who, replace(NEW, body="CCAS de Lys", sender=Sender.SOCIAL_SERVICE))
    over = received(file, who, NEW)
    service.decide_referral(file, who, over.referral_id, NewDecision(Decision.WITHDRAWN, DAY))
    found = listed(file, who)
    assert [each.id for each in found.lines] == [late.referral_id, fresh.referral_id]
    assert (found.open, found.late, found.counts[Stage.CLOSED], found.in_all) == (2, 1, 1, 3)
    assert [each.id for each in listed(file, who, Wanted("ccas lys")).lines] == [fresh.referral_id]
    assert [each.id for each in listed(file, who, Wanted(stage=Stage.CLOSED)).lines] == [over.referral_id]
    assert [each.id for each in listed(file, who, Wanted(sender=Sender.LANDLORD)).lines] == [late.referral_id]


@pytest.mark.parametrize("everybody", [False, True])
def test_what_is_due_comes_up_in_the_week_of_whoever_deals_with_it(
    file: Any, who: Any, everybody: bool
) -> None:
    waits = received(file, who, replace(NEW, received_on=DAY - timedelta(30)))
    accepted = received(file, who)
    service.decide_referral(file, who, accepted.referral_id, NewDecision(Decision.ACCEPTED, DAY))
    listed_later = received(file, who)
    service.decide_referral(
        file, who, listed_later.referral_id, NewDecision(Decision.WAITING_LIST, DAY, review_on=DAY)
    )
    reached = received(file, who, replace(NEW, received_on=DAY - timedelta(60)))
    service.note_attempt(file, who, reached.referral_id, NewAttempt(DAY, reached=True))
    over = received(file, who, replace(NEW, received_on=DAY - timedelta(60)))
    service.write_diagnosis(
        file,
        who,
        over.referral_id,
        NewDiagnosis(DAY, conclusion=Conclusion.NO_MEASURE, no_measure_code="solved"),
    )
    with file.reading() as connection:
        week = read_week(connection, who, DAY, [] if everybody else None)
        others = read_week(connection, who, DAY, ["somebody-else"])
    found = {due.row_id: due for due in week.dues if due.place.page == "referrals"}
    assert {key: due.source for key, due in found.items()} == {
        waits.referral_id: Source.REFERRAL_CONTACT,
        accepted.referral_id: Source.REFERRAL_OPENING,
        listed_later.referral_id: Source.REFERRAL_DECISION,
        reached.referral_id: Source.REFERRAL_DECISION,
    }
    assert found[waits.referral_id].title == "Ménage à joindre\u00a0: Habitat du Nord"
    assert found[waits.referral_id].household == "Inès Delcourt"
    assert found[waits.referral_id].place.subject == waits.referral_id
    assert list(others.dues) == []
