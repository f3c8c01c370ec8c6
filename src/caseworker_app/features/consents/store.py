"""Table of the consents room and the only SQL on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Date, Text, select

from caseworker_app.features.consents.domain import (
    Consent,
    ConsentForm,
    NewConsent,
    Recipient,
    RecipientKind,
    Topic,
)
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.declarations import declare, field

consent = declare(
    "consent",
    field("member_id", Text, references="household_member"),
    field("recipient_kind", Text, required=True),
    field("recipient_name", Text, required=True),
    field("landlord_id", Text, references="landlord"),
    field("topics", Text, required=True),
    field("purpose", Text, required=True, identifying=True),
    field("form", Text, required=True),
    field("given_on", Date, required=True),
    field("until", Date),
    field("withdrawn_on", Date),
    field("partner_id", Text, references="partner"),
    household="household_id",
)

_c = consent.c
_QUERY = select(
    _c.id, _c.version, _c.household_id, _c.member_id, _c.recipient_kind, _c.recipient_name, _c.landlord_id,
    _c.topics, _c.purpose, _c.form, _c.given_on, _c.until, _c.withdrawn_on, _c.partner_id,
)  # fmt: skip


def consents_of(connection: Connection, household_id: str) -> list[Consent]:
    """Return the agreements of a household, the latest first."""
    query = _QUERY.where(_c.household_id == household_id).order_by(_c.given_on.desc(), _c.id.desc())
    return [_read(row) for row in connection.execute(query)]


def consent_with_id(connection: Connection, consent_id: str) -> Consent:
    """Return one agreement. Raises NotFound."""
    row = connection.execute(_QUERY.where(_c.id == consent_id)).first()
    if row is None:
        raise NotFound("Cet accord n’existe plus dans le fichier\u00a0: il a été supprimé entre-temps.")
    return _read(row)


def row_of(new: NewConsent) -> dict[str, Any]:
    """Return an agreement about to be written as a row."""
    return {
        "household_id": new.household_id,
        "member_id": new.member_id,
        "recipient_kind": new.recipient.kind,
        "recipient_name": new.recipient.name,
        "landlord_id": new.recipient.landlord_id,
        "topics": _joined(new.topics),
        "purpose": new.purpose,
        "form": new.form,
        "given_on": new.given_on,
        "until": new.until,
        "partner_id": new.recipient.partner_id,
    }


def _read(row: Any) -> Consent:
    kind = RecipientKind(row.recipient_kind)
    recipient = Recipient(kind, row.recipient_name, row.landlord_id, row.partner_id)
    return Consent(
        row.id,
        row.version,
        row.household_id,
        row.member_id,
        recipient,
        _split(row.topics),
        row.purpose,
        ConsentForm(row.form),
        row.given_on,
        row.until,
        row.withdrawn_on,
    )


def _joined(topics: Iterable[Topic]) -> str:
    # In the order of the enum, so that equal sets are equal texts.
    return " ".join(topic for topic in Topic if topic in topics)


def _split(text: str) -> frozenset[Topic]:
    return frozenset(Topic(code) for code in text.split())
