"""The partner an agreement is for: kept by its id, told apart from a namesake, and lost with the revision before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.consents import service
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.team.domain import Who
from caseworker_app.storage import migrate
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import make_engine
from tests.ground import KEY

DAY = date(2026, 11, 24)
ids = st.none() | st.sampled_from("ab")


@given(ids, ids, st.booleans())
def test_two_recipients_are_one_by_their_partner_where_both_tell_it(
    one: str | None, other: str | None, same_name: bool
) -> None:
    left = Recipient(RecipientKind.BODY, "CCAS", partner_id=one)
    right = Recipient(RecipientKind.BODY, "ccas" if same_name else "FSL", partner_id=other)
    both = one is not None and other is not None
    assert left.is_same(right) == right.is_same(left) == (one == other if both else same_name)


def test_the_partner_is_kept_and_the_revision_before_keeps_all_the_rest(
    file: EncryptedFile, who: Who, household: str
) -> None:
    partner = partners.add_partner(file, who, NewPartner("CCAS de Hem"))[0]
    recipient = Recipient(RecipientKind.BODY, "CCAS de Hem", partner_id=partner)
    service.give_consent(
        file, who, NewConsent(household, recipient, frozenset({Topic.VISITS}), "liaison", DAY)
    )
    with file.reading() as connection:
        (before,) = service.consents_of(connection, who, household)
    assert before.recipient == recipient
    file.close()
    engine = make_engine(file.folder / FILE_NAME, KEY, writable=True)
    migrate.downgrade(engine, "0034")
    with engine.begin() as connection, pytest.raises(Exception, match="partner_id"):
        connection.exec_driver_sql("SELECT partner_id FROM consent")
    migrate.upgrade(engine)
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again, again.reading() as connection:
        (after,) = service.consents_of(connection, who, household)
    assert after.recipient == Recipient(RecipientKind.BODY, "CCAS de Hem")
    assert (after.purpose, after.topics, after.given_on) == (before.purpose, before.topics, before.given_on)
