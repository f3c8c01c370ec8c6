"""Requests of people about their data: deadlines, who may write them, what is refused, what a correction shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.dossier.domain.value_words import VALUES
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.rights import service
from caseworker_app.features.rights.domain.requests import (
    IDENTITY_CHECK_LABELS,
    OUTCOME_LABELS,
    REQUEST_KIND_LABELS,
    Answer,
    IdentityCheck,
    NewRequest,
    Outcome,
    RequestKind,
    due_on,
)
from caseworker_app.features.rights.domain.restriction import RESTRICTION_REASON_LABELS
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotFound

DAY = date(2026, 11, 24)


@pytest.fixture
def solene(file, who, household):
    with file.reading() as connection:
        return households.open_household(connection, who, household).members[0].id


def asked(file, who, household, solene, kind=RequestKind.ACCESS, received=DAY, **more):
    new = NewRequest(household, kind, received, member_id=solene, **more)
    request_id, changes = service.record_request(file, who, new)
    assert changes.concerns(household=household)
    return request_id


def one(file, who, household):
    with file.reading() as connection:
        return service.requests_of(connection, who, household)[0]


def test_a_request_is_answered_within_a_month_and_told_in_words(file, who, household, solene):
    request_id = asked(
        file, who, household, solene, details="Elle veut tout lire.", received=date(2026, 10, 31)
    )
    request = one(file, who, household)
    assert (request.due_on, request.is_open) == (date(2026, 11, 30), True)
    assert request.urgency(DAY) == "réponse due le 30/11/2026 (dans 6\u00a0jours)"
    assert "en retard de 1\u00a0jour" in request.urgency(date(2026, 12, 1))
    service.answer_request(
        file,
        who,
        request_id,
        Answer(Outcome.GRANTED, DAY, "Copie remise en main propre.", identity=IdentityCheck.KNOWN),
    )
    request = one(file, who, household)
    assert request.urgency(DAY) == "acceptée le 24/11/2026"
    assert request.identity_check is IdentityCheck.KNOWN


def test_an_extension_wants_its_reason_within_the_first_month_once(file, who, household, solene):
    request_id = asked(file, who, household, solene)
    with pytest.raises(InvalidEntry, match="motif"):
        service.extend_request(file, who, request_id, "  ")
    service.extend_request(file, who, request_id, "Deux dossiers papier à relire.")
    assert one(file, who, household).due_on == date(2027, 2, 24)
    with pytest.raises(InvalidEntry, match="déjà prolongée"):
        service.extend_request(file, who, request_id, "Encore.")
    late = asked(file, who, household, solene, received=date(2026, 9, 1))
    with pytest.raises(InvalidEntry, match="ne se prolonge plus"):
        service.extend_request(file, who, late, "Trop tard.")


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        (Answer(Outcome.REFUSED, DAY, identity=IdentityCheck.KNOWN), "pourquoi"),
        (Answer(Outcome.PARTLY, DAY, identity=IdentityCheck.KNOWN), "pourquoi"),
        (Answer(Outcome.GRANTED, DAY), "identité"),
        (Answer(Outcome.GRANTED, date(2026, 11, 25), identity=IdentityCheck.KNOWN), "aujourd’hui"),
        (Answer(Outcome.GRANTED, date(2026, 10, 1), identity=IdentityCheck.KNOWN), "aujourd’hui"),
    ],
)
def test_answers_that_cannot_be_are_refused(file, who, household, solene, answer, match):
    request_id = asked(file, who, household, solene)
    with pytest.raises(InvalidEntry, match=match):
        service.answer_request(file, who, request_id, answer)
    assert one(file, who, household).is_open


def test_an_answer_is_given_once(file, who, household, solene):
    request_id = asked(file, who, household, solene, identity=IdentityCheck.DOCUMENT)
    service.answer_request(
        file, who, request_id, Answer(Outcome.REFUSED, DAY, reason="Demande déjà satisfaite hier.")
    )
    with pytest.raises(InvalidEntry, match="déjà reçu"):
        service.answer_request(file, who, request_id, Answer(Outcome.GRANTED, DAY))


def test_somebody_asks_and_belongs_to_the_household(file, who, household, solene):
    other = households.create_household(file, who, NewHousehold((NewMember("Bassoua", "Ilan"),)))[0]
    with file.reading() as connection:
        stranger = households.open_household(connection, who, other).members[0].id
    for new in (
        NewRequest(household, RequestKind.ACCESS, DAY),
        NewRequest(household, RequestKind.ACCESS, DAY, member_id=stranger),
        NewRequest(household, RequestKind.ACCESS, date(2026, 11, 25), member_id=solene),
    ):
        with pytest.raises(InvalidEntry):
            service.record_request(file, who, new)
    with pytest.raises(NotFound):
        service.record_request(
            file, who, NewRequest("0" * 32, RequestKind.ACCESS, DAY, asked_by="Maître Tavernel")
        )
    service.record_request(
        file, who, NewRequest(household, RequestKind.ACCESS, DAY, asked_by=" Maître  Tavernel ")
    )
    assert one(file, who, household).asked_by == "Maître Tavernel"


def test_requests_that_wait_are_listed_the_soonest_due_first(file, who, household, solene):
    second = asked(file, who, household, solene, received=DAY)
    first = asked(file, who, household, solene, received=date(2026, 11, 2))
    with file.reading() as connection:
        assert [each.id for each in service.pending_requests(connection, who)] == [first, second]
        assert [each.id for each in service.pending_requests(connection, who, date(2026, 12, 3))] == [first]


def test_a_rectification_is_linked_to_the_change_that_made_it_with_before_and_after(
    file, who, household, solene
):
    households.change_note(file, who, household, "Écrit avant la demande.")
    request_id = asked(file, who, household, solene, RequestKind.RECTIFICATION)
    households.set_visit_instructions(file, who, household, "Interphone 4")
    households.set_visit_instructions(file, who, household, "Interphone 7")
    with file.reading() as connection:
        offered = service.possible_corrections(connection, who, one(file, who, household))
    assert offered[0].action == "consignes de visite"
    assert all(line.action != "demande d’une personne sur ses données" for line in offered)
    service.link_correction(file, who, request_id, offered[0].changeset_id)
    with pytest.raises(NotFound, match="déjà notée"):
        service.link_correction(file, who, request_id, offered[0].changeset_id)
    with file.reading() as connection:
        (shown,) = service.corrections_of(connection, who, household)
    assert shown.change is not None
    (told,) = shown.change.changes[0].fields
    assert (told.label, told.before, told.after) == ("consignes de visite", "Interphone 4", "Interphone 7")


def test_what_is_not_corrected_keeps_the_words_of_the_person(file, who, household, solene):
    request_id = asked(file, who, household, solene, RequestKind.RECTIFICATION)
    service.keep_statement(
        file, who, request_id, "Visite du 12/11", "Je n’étais pas absente, la sonnette est cassée."
    )
    with file.reading() as connection:
        (shown,) = service.corrections_of(connection, who, household)
    assert shown.correction.statement == "Je n’étais pas absente, la sonnette est cassée."
    assert shown.change is None
    for about, words in (("", "Mots"), ("Visite", " ")):
        with pytest.raises(InvalidEntry):
            service.keep_statement(file, who, request_id, about, words)
    access = asked(file, who, household, solene)
    with pytest.raises(InvalidEntry, match="rectification"):
        service.keep_statement(file, who, access, "Visite", "Mots")


@given(st.dates(date(2018, 5, 25), date(2090, 1, 1)))
def test_a_deadline_is_the_same_day_of_a_later_month_or_its_last(received):
    usual, longer = due_on(received), due_on(received, extended=True)
    assert received < usual < longer
    assert usual.day == received.day or (usual.day < received.day and (usual + timedelta(days=1)).day == 1)
    assert (usual.year * 12 + usual.month) - (received.year * 12 + received.month) == 1
    assert (longer.year * 12 + longer.month) - (received.year * 12 + received.month) == 3


def test_the_history_below_uses_the_words_of_this_room():
    assert VALUES["rights_request", "kind"] == REQUEST_KIND_LABELS
    assert VALUES["rights_request", "identity_check"] == IDENTITY_CHECK_LABELS
    assert VALUES["rights_request", "outcome"] == OUTCOME_LABELS
    assert VALUES["processing_restriction", "reason"] == RESTRICTION_REASON_LABELS


def test_a_request_is_undone_like_any_change(file, who, household, solene):
    from caseworker_app.features.dossier.service import take_back_last

    asked(file, who, household, solene)
    assert take_back_last(file, who)[0] == "demande d’une personne sur ses données"
    with file.reading() as connection:
        assert service.requests_of(connection, who, household) == []


def test_errors_carry_sentences(file, who, household, solene):
    request_id = asked(file, who, household, solene)
    with pytest.raises(CaseworkerError) as refused:
        service.answer_request(file, who, request_id, replace(Answer(Outcome.GRANTED, DAY)))
    assert refused.value.sentence.endswith(".")
