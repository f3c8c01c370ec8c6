"""Intentions of the partners room.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.features.partners import store
from caseworker_app.features.partners.domain import near
from caseworker_app.features.partners.domain.partner import (
    Caution,
    NewPartner,
    NewPartnerContact,
    Partner,
    PartnerContact,
    PartnerKind,
    checked_contact,
    checked_partner,
)
from caseworker_app.features.partners.domain.shown import PartnerListing
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.folding import fold, words_of
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

GONE = "Ce partenaire n’est plus dans l’annuaire\u00a0: il a été retiré entre-temps."


@dataclass(frozen=True, slots=True)
class PartnerFile:
    """A partner with the people one may ask for."""

    partner: Partner
    contacts: tuple[PartnerContact, ...]


def add_partner(file: EncryptedFile, who: Who, new: NewPartner) -> tuple[str, tuple[Caution, ...], Changes]:
    """Add a partner; return its id and what deserves a look. Raises InvalidEntry, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_partner") as uow:
        checked, cautions = checked_partner(new, uow.today)
        return add_checked_partners(uow, [checked])[0], cautions, uow.changes


def add_checked_partners(uow: UnitOfWork, checked: list[NewPartner]) -> list[str]:
    """Add many partners that `checked_partner` has returned, and return their ids."""
    return uow.insert_many(store.partner, [{**store.row_of(new), "active": True} for new in checked])


def change_partner(
    file: EncryptedFile, who: Who, partner_id: str, changed: NewPartner, expected_version: str | None = None
) -> tuple[tuple[Caution, ...], Changes]:
    """Rewrite what is known of a partner; return what deserves a look.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_partner") as uow:
        checked, cautions = checked_partner(changed, uow.today)
        uow.update(store.partner, partner_id, store.row_of(checked), expected_version=expected_version)
        return cautions, uow.changes


def complete_partner(uow: UnitOfWork, partner_id: str, told: NewPartner) -> None:
    """Fill what is not known of a partner, inside another intention; nothing already there is replaced.

    `told` has passed `checked_partner`. What several values may fill (phones, services, themes) is joined.
    Raises NotFound.
    """
    before = store.one(uow.connection, partner_id)
    if before is None:
        raise NotFound(GONE)
    known = _as_new(before)
    filled: dict[str, Any] = {name: getattr(told, name) for name in _FILLED if not getattr(known, name)}
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(known, name), *getattr(told, name)))) for name in _JOINED
    }
    uow.update(store.partner, partner_id, store.row_of(replace(known, **filled, **joined)))


def retire_partner(file: EncryptedFile, who: Who, partner_id: str) -> Changes:
    """Take a partner out of the directory: what was written with it stays. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "retire_partner") as uow:
        uow.update(store.partner, partner_id, {"active": False})
        return uow.changes


def add_partner_contact(
    file: EncryptedFile, who: Who, partner_id: str, new: NewPartnerContact
) -> tuple[str, Changes]:
    """Add a person at a partner and return their id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_partner_contact") as uow:
        uow.get(store.partner, partner_id)
        return add_contacts(uow, partner_id, [new])[0], uow.changes


def change_partner_contact(
    file: EncryptedFile,
    who: Who,
    contact_id: str,
    changed: NewPartnerContact,
    expected_version: str | None = None,
) -> Changes:
    """Rewrite what is known of a person at a partner.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_partner_contact") as uow:
        row = _fields(checked_contact(changed))
        uow.update(store.contact, contact_id, row, expected_version=expected_version)
        return uow.changes


def retire_partner_contact(file: EncryptedFile, who: Who, contact_id: str) -> Changes:
    """Take a person out of a partner’s people: what was written stays. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "retire_partner_contact") as uow:
        uow.update(store.contact, contact_id, {"active": False})
        return uow.changes


def add_contacts(uow: UnitOfWork, partner_id: str, batch: list[NewPartnerContact]) -> list[str]:
    """Add people of one partner inside another intention, but those it has; return the new ids.

    Raises InvalidEntry.
    """
    known = {fold(each.name) for each in store.contacts_of(uow.connection, partner_id)}
    rows: list[dict[str, Any]] = []
    for new in map(checked_contact, batch):
        if fold(new.name) not in known:
            known.add(fold(new.name))
            rows.append({**_fields(new), "partner_id": partner_id, "active": True})
    return uow.insert_many(store.contact, rows)


def open_partner(connection: Connection, who: Who, partner_id: str) -> PartnerFile:
    """Return a partner with its people. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    found = store.one(connection, partner_id)
    if found is None:
        raise NotFound(GONE)
    return PartnerFile(found, tuple(store.contacts_of(connection, partner_id)))


def search_partners(
    connection: Connection, who: Who, words: str = "", theme: str | None = None, most: int = 200
) -> list[Partner]:
    """Return the partners that hold every word (names, towns, what they offer), and a theme, by name.

    Accents, capitals and hyphens do not matter; no word: all of them. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    return store.by_words(connection, words_of(words), theme, most)


def near_partners(connection: Connection, who: Who, words: str, most: int) -> list[Partner]:
    """Return a few partners that hold every word typed, by name; where there is none, those a slip or two away.

    Raises NotAllowed.
    """
    found = search_partners(connection, who, words, most=most)
    return found or near.near_partners(store.by_words(connection, (), None, _EVERY), words, most)


def list_partners(
    connection: Connection,
    who: Who,
    words: str = "",
    theme: str | None = None,
    kind: PartnerKind | None = None,
) -> PartnerListing:
    """Return the line of every partner that holds each word, a theme or a group of them, and a kind, by name.

    Accents, capitals and hyphens do not matter. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = store.lines(connection, words_of(words), theme, kind)
    return PartnerListing(tuple(found), store.count(connection))


def known_partners(connection: Connection, who: Who) -> list[Partner]:
    """Return every partner, retired ones too, for whoever imports directories. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return store.every(connection)


# More than the directory of any département.
_EVERY = 20_000
_JOINED = ("phones", "services", "themes")
_FILLED = (
    "siret", "email", "website", "street", "complement", "postal_code", "city", "opening_hours", "description",
    "source", "source_id", "updated_on",
)  # fmt: skip


def _as_new(known: Partner) -> NewPartner:
    return NewPartner(**{name: getattr(known, name) for name in NewPartner.__dataclass_fields__})


def _fields(new: NewPartnerContact) -> dict[str, Any]:
    return {name: getattr(new, name) for name in NewPartnerContact.__dataclass_fields__}
