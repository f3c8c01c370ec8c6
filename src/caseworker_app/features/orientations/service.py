"""Intentions of the orientations room: a household sent to a partner, and what came of it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind
from caseworker_app.features.consents.service import add_consents, consents_of
from caseworker_app.features.households import service as households
from caseworker_app.features.orientations import store
from caseworker_app.features.orientations.domain.orientation import NewOrientation, checked_orientation
from caseworker_app.features.orientations.domain.shown import OrientationsPage, orientation_shown
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import Partner
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

_MOST = 8
_OF_THE_HOUSEHOLD = {
    "member_id": ("household_member", "Cette personne n’est pas de ce ménage."),
    "consent_id": ("consent", "Cet accord n’est pas de ce ménage."),
}


def propose_orientation(
    file: EncryptedFile, who: Who, household_id: str, new: NewOrientation
) -> tuple[str, Changes]:
    """Write that a household is sent to a partner; return the id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "propose_orientation") as uow:
        uow.get(declaration_of("household").table, household_id)
        row = _checked_row(uow, household_id, new)
        values = {**row, "household_id": household_id, "worker_id": who.worker_id}
        return uow.insert(store.orientation, values), uow.changes


def change_orientation(
    file: EncryptedFile,
    who: Who,
    orientation_id: str,
    changed: NewOrientation,
    expected_version: str | None = None,
) -> Changes:
    """Write what became of an orientation: a meeting, an answer, a result, its end.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_orientation") as uow:
        before = uow.get(store.orientation, orientation_id)
        row = _checked_row(uow, before["household_id"], changed)
        uow.update(store.orientation, orientation_id, row, expected_version=expected_version)
        return uow.changes


def agree_to_orientation(
    file: EncryptedFile, who: Who, orientation_id: str, new: NewConsent, expected_version: str | None = None
) -> tuple[str, Changes]:
    """Write the household's agreement to what is sent to the partner of an orientation, which rests on it from now on.

    Return the id of the agreement. Its household and its recipient are those of the orientation, whatever `new` says.
    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "agree_to_orientation") as uow:
        of = uow.get(store.orientation, orientation_id)
        body = partners.open_partner(uow.connection, who, of["partner_id"]).partner
        recipient = Recipient(RecipientKind.BODY, body.name, partner_id=body.id)
        given = replace(new, household_id=of["household_id"], recipient=recipient)
        key = add_consents(uow, [given])[0]
        uow.update(store.orientation, orientation_id, {"consent_id": key}, expected_version=expected_version)
        return key, uow.changes


def rest_on_agreement(
    file: EncryptedFile, who: Who, orientation_id: str, consent_id: str, expected_version: str | None = None
) -> Changes:
    """Tie an orientation to an agreement the household has given already.

    Raises InvalidEntry for one of another household, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_orientation") as uow:
        of = uow.get(store.orientation, orientation_id)
        _check_same_household(uow, of["household_id"], "consent_id", consent_id)
        changed = {"consent_id": consent_id}
        uow.update(store.orientation, orientation_id, changed, expected_version=expected_version)
        return uow.changes


def orientations_page(connection: Connection, who: Who, household_id: str, day: date) -> OrientationsPage:
    """Return what the tab of a household shows on a day. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    opened = households.open_household(connection, who, household_id)
    names = {each.id: each.full_name() for each in opened.everyone}
    consents = consents_of(connection, who, household_id)
    found = store.orientations_of(connection, household_id)
    bodies = {
        key: (label_of(body), body.name)
        for key, body in (
            (key, partners.open_partner(connection, who, key).partner)
            for key in {each.partner_id for each in found}
        )
    }
    return OrientationsPage(
        household_id,
        tuple(
            orientation_shown(
                each, bodies[each.partner_id], names.get(each.member_id or "", ""), consents, day
            )
            for each in found
        ),
        tuple((each.id, each.full_name()) for each in opened.members),
        tuple(each for each in consents if each.in_force(day)),
    )


def partners_like(connection: Connection, who: Who, words: str) -> list[tuple[str, str]]:
    """Return the id and label of a few partners that hold the words typed, by name. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return [
        (each.id, label_of(each)) for each in partners.search_partners(connection, who, words, most=_MOST)
    ]


def partner_named(connection: Connection, who: Who, label: str) -> str:
    """Return the id of the partner a label names, or of the only one that holds its words.

    Raises InvalidEntry when there is none, or several. Raises NotAllowed.
    """
    found = partners_like(connection, who, label) if label.strip() else []
    exact = [key for key, words in found if fold(words) == fold(label)]
    if len(exact) == 1 or len(found) == 1:
        return exact[0] if exact else found[0][0]
    if found:
        raise InvalidEntry(
            "Plusieurs partenaires correspondent\u00a0: choisissez-le dans la liste.", "partner"
        )
    raise InvalidEntry(
        "Aucun partenaire de ce nom\u00a0: ajoutez-le d’abord à la page Partenaires.", "partner"
    )


def label_of(partner: Partner) -> str:
    """Return a partner as it is named in the form: its name and its town."""
    return f"{partner.name}, {partner.city}" if partner.city else partner.name


def _checked_row(uow: UnitOfWork, household_id: str, new: NewOrientation) -> dict[str, Any]:
    checked = checked_orientation(new, uow.today)
    uow.get(declaration_of("partner").table, checked.partner_id)
    for name in _OF_THE_HOUSEHOLD:
        _check_same_household(uow, household_id, name, getattr(checked, name))
    return {each.name: getattr(checked, each.name) for each in fields(NewOrientation)}


def _check_same_household(uow: UnitOfWork, household_id: str, name: str, key: str | None) -> None:
    table, sentence = _OF_THE_HOUSEHOLD[name]
    if key is not None and uow.get(declaration_of(table).table, key)["household_id"] != household_id:
        raise InvalidEntry(sentence, name)
