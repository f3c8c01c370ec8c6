"""What may be shared: only what was agreed, with whom it was agreed, while it holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.consents import service
from caseworker_app.features.consents.domain import (
    Consent,
    ConsentForm,
    NewConsent,
    Recipient,
    RecipientKind,
    Topic,
    checked_consent,
    topics_allowed,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile

TODAY = date(2026, 11, 24)
LANDLORD = Recipient(RecipientKind.LANDLORD, "Valmère Habitat")
FUND = Recipient(RecipientKind.BODY, "FSL")
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def consent(
    topics: frozenset[Topic], given_on: date, until: date | None = None, withdrawn: date | None = None,
    recipient: Recipient = LANDLORD,
) -> Consent:  # fmt: skip
    return Consent(
        "c", "v", "h", None, recipient, topics, "examen", ConsentForm.ORAL, given_on, until, withdrawn
    )


def new(household: str, **changed: object) -> NewConsent:
    values: dict[str, object] = {
        "household_id": household,
        "recipient": LANDLORD,
        "topics": frozenset({Topic.PAYMENT, Topic.VISITS}),
        "purpose": "préparer l’examen du bail",
        "given_on": date(2026, 11, 17),
    }
    return NewConsent(**{**values, **changed})  # type: ignore[arg-type]


def test_nothing_is_allowed_where_nobody_agreed() -> None:
    assert topics_allowed([], LANDLORD, TODAY) == frozenset()


def test_it_holds_from_its_day_to_its_last_day() -> None:
    given_one = consent(frozenset({Topic.VISITS}), date(2026, 11, 1), until=date(2026, 11, 30))
    assert [given_one.in_force(date(2026, m, d)) for m, d in ((10, 31), (11, 1), (11, 30), (12, 1))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_from_the_day_of_its_withdrawal_it_holds_no_more() -> None:
    withdrawn = consent(frozenset({Topic.VISITS}), date(2026, 11, 1), withdrawn=date(2026, 11, 20))
    assert withdrawn.in_force(date(2026, 11, 19))
    assert not withdrawn.in_force(date(2026, 11, 20))


def test_what_was_agreed_with_one_is_told_to_no_other() -> None:
    agreed = [consent(frozenset({Topic.PAYMENT}), date(2026, 1, 1), recipient=FUND)]
    assert topics_allowed(agreed, FUND, TODAY) == {Topic.PAYMENT}
    assert topics_allowed(agreed, LANDLORD, TODAY) == frozenset()
    assert topics_allowed(agreed, Recipient(RecipientKind.LANDLORD, "FSL"), TODAY) == frozenset()


def test_two_landlords_of_one_name_are_told_apart_where_both_are_known() -> None:
    one = Recipient(RecipientKind.LANDLORD, "Valmère Habitat", "1" * 32)
    other = Recipient(RecipientKind.LANDLORD, "Valmère Habitat", "2" * 32)
    assert not one.is_same(other)
    assert one.is_same(Recipient(RecipientKind.LANDLORD, "VALMERE HABITAT"))


@given(
    st.lists(
        st.builds(
            consent,
            st.frozensets(st.sampled_from(Topic), min_size=1),
            days,
            st.none() | days,
            st.none() | days,
            st.sampled_from([LANDLORD, FUND]),
        ),
        max_size=6,
    ),
    days,
)
def test_a_topic_is_allowed_only_by_an_agreement_that_holds(consents: list[Consent], day: date) -> None:
    allowed = topics_allowed(consents, LANDLORD, day)
    by_hand = {
        topic
        for c in consents
        if c.recipient == LANDLORD and c.given_on <= day
        and not (c.until and c.until < day) and not (c.withdrawn_on and c.withdrawn_on <= day)
        for topic in c.topics
    }  # fmt: skip
    assert allowed == by_hand
    if consents:
        assert topics_allowed(consents[1:], LANDLORD, day) <= allowed


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"topics": frozenset()}, "topics"),
        ({"purpose": "  "}, "purpose"),
        ({"purpose": "x" * 501}, "purpose"),
        ({"recipient": Recipient(RecipientKind.BODY, "")}, "recipient"),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"until": date(2026, 11, 16)}, "until"),
    ],
)
def test_an_agreement_is_specific_and_dated(changed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_consent(new("h", **changed), TODAY)
    assert refused.value.field == field


def test_it_is_read_back_as_it_was_given(file: EncryptedFile, who: Who, household: str) -> None:
    consent_id, _ = service.give_consent(file, who, new(household, until=date(2027, 11, 17)))
    with file.reading() as connection:
        (kept,) = service.consents_of(connection, who, household)
    assert kept.id == consent_id
    assert (kept.topics, kept.recipient, kept.form) == (
        {Topic.PAYMENT, Topic.VISITS}, LANDLORD, ConsentForm.SIGNED_PAPER,
    )  # fmt: skip
    assert (kept.given_on, kept.until, kept.withdrawn_on) == (date(2026, 11, 17), date(2027, 11, 17), None)


def test_it_is_withdrawn_once_and_stays_readable(file: EncryptedFile, who: Who, household: str) -> None:
    consent_id, _ = service.give_consent(file, who, new(household))
    with pytest.raises(InvalidEntry):
        service.withdraw_consent(file, who, consent_id, date(2026, 11, 16))
    with pytest.raises(InvalidEntry):
        service.withdraw_consent(file, who, consent_id, date(2026, 11, 25))
    service.withdraw_consent(file, who, consent_id)
    with file.reading() as connection:
        (kept,) = service.consents_of(connection, who, household)
    assert kept.withdrawn_on == TODAY
    assert topics_allowed([kept], LANDLORD, TODAY) == frozenset()
    with pytest.raises(InvalidEntry):
        service.withdraw_consent(file, who, consent_id)


def test_refusals_write_nothing(file: EncryptedFile, who: Who, household: str) -> None:
    with pytest.raises(NotFound):
        service.give_consent(file, who, new("0" * 32))
    with pytest.raises(NotAllowed):
        service.give_consent(file, Who(who.worker_id, "Samuel Okafor", Role.VOLUNTEER), new(household))
    with file.reading() as connection:
        assert service.consents_of(connection, who, household) == []
