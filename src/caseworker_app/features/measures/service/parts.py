"""Intentions on who else follows a household, and for what part."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.part import ChosenBody, NewPart, Part, checked_part
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import Partner
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

_SUGGESTED = 8


def add_part(file: EncryptedFile, who: Who, household_id: str, new: NewPart) -> tuple[str, Changes]:
    """Write what another body does with a household; return the id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_part") as uow:
        uow.get(declaration_of("household").table, household_id)
        values = _checked_values(uow, who, new, store.parts_of(uow.connection, household_id))
        return uow.insert(store.part, {**values, "household_id": household_id}), uow.changes


def change_part(
    file: EncryptedFile, who: Who, part_id: str, changed: NewPart, expected_version: str | None = None
) -> Changes:
    """Rewrite what another body does, or say until when.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_part") as uow:
        before = store.parts.one(uow.connection, part_id)
        others = [each for each in store.parts_of(uow.connection, before.household_id) if each.id != part_id]
        values = _checked_values(uow, who, changed, others)
        uow.update(store.part, part_id, values, expected_version=expected_version)
        return uow.changes


def parts_of(connection: Connection, who: Who, household_id: str) -> list[Part]:
    """Return who else follows a household or did, in the order it began. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.parts_of(connection, household_id)


def bodies_like(connection: Connection, who: Who, words: str) -> list[ChosenBody]:
    """Return a few partners that hold the words typed, else those a slip or two away. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return [_chosen(each) for each in partners.near_partners(connection, who, words, _SUGGESTED)]


def _chosen(partner: Partner) -> ChosenBody:
    label = f"{partner.name}, {partner.city}" if partner.city else partner.name
    return ChosenBody(partner.id, partner.name, label)


def _checked_values(uow: UnitOfWork, who: Who, new: NewPart, others: list[Part]) -> dict[str, Any]:
    checked = checked_part(new, others)
    if checked.partner_id is not None:
        uow.get(declaration_of("partner").table, checked.partner_id)
        return asdict(checked)
    found = partners.search_partners(uow.connection, who, checked.body.replace(",", " "), most=_SUGGESTED)
    named = [_chosen(each) for each in found]
    same = [each for each in named if fold(checked.body) in (fold(each.name), fold(each.label))]
    if len(same) != 1:
        return asdict(checked)
    return {**asdict(checked), "body": same[0].name, "partner_id": same[0].id}
