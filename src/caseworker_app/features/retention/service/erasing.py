"""Erasing for good, and anonymising: the rows in one transaction, then everything that lies beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from caseworker_app.features.directory import service as directory
from caseworker_app.features.households import service as households
from caseworker_app.features.intake.service import runs as intake
from caseworker_app.features.retention import store
from caseworker_app.features.retention.domain.going import (
    RECORD_OF,
    Ended,
    Ground,
    ImportUnderWay,
    NotYet,
    RecordKind,
    StillFollowed,
    naming,
)
from caseworker_app.features.retention.domain.standing import ENDINGS, ChoiceKind, Standing, State
from caseworker_app.features.retention.service.citing import citing_texts
from caseworker_app.features.retention.service.cleaning import finish_erasures
from caseworker_app.features.retention.service.reading import standings_of
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.anonymisation import rows_that_count, write_counting
from caseworker_app.storage.backups.rotation import gone_by
from caseworker_app.storage.citing import take_names_out
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.erased_ids import note_erased
from caseworker_app.storage.erasure import (
    Erased,
    destroy_history,
    erase_households,
    erase_rows,
    note_cleaning,
)
from caseworker_app.storage.restriction import Restricted, restricted_now
from caseworker_app.storage.unit_of_work import UnitOfWork


def carry_out(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], drafts: Drafts, *, redact: bool = False
) -> tuple[Ended, Changes]:
    """Erase or anonymise for good the households it is planned for, once the grace delay is over.

    `redact`: take their names out of the texts of other households too. It cannot be undone.

    Raises NotAllowed, NotYet, StillFollowed, ImportUnderWay, Restricted.
    """
    who.require(Right.MANAGE_RETENTION)
    with file.unit_of_work(who.worker_id, "erase_household") as uow:
        standings = standings_of(uow.connection, who, household_ids, uow.today)
        for each in standings.values():
            _check_ready(each)
        cited = _cited(uow, list(standings), redact=redact)
        for kind in sorted(ENDINGS):
            ids = [i for i, each in standings.items() if each.ending and each.ending.kind is kind]
            if ids:
                _end(file, who, uow, ids, kind, Ground.RETENTION)
        changes = uow.changes
    return Ended(len(standings), finish_erasures(file, drafts), *cited), changes


def erase_at_request(
    file: EncryptedFile, who: Who, household_id: str, drafts: Drafts, *, redact: bool = False
) -> tuple[Ended, Changes]:
    """Erase one household for good, at its request and at once; it cannot be undone.

    `redact`: take their names out of the texts of other households too.
    Raises NotAllowed, NotFound, StillFollowed, ImportUnderWay, Restricted.
    """
    who.require(Right.MANAGE_RETENTION)
    with file.unit_of_work(who.worker_id, "erase_household") as uow:
        cited = _cited(uow, [household_id], redact=redact)
        changes = _at_request(file, who, uow, household_id, ChoiceKind.ERASE)
    return Ended(1, finish_erasures(file, drafts), *cited), changes


def anonymise_at_request(
    file: EncryptedFile, who: Who, household_id: str, drafts: Drafts, *, redact: bool = False
) -> tuple[Ended, Changes]:
    """Leave of one household only what counts, at once; it cannot be undone.

    `redact`: take their names out of the texts of other households too.
    Raises NotAllowed, NotFound, StillFollowed, ImportUnderWay, Restricted.
    """
    who.require(Right.MANAGE_RETENTION)
    with file.unit_of_work(who.worker_id, "anonymise_household") as uow:
        cited = _cited(uow, [household_id], redact=redact)
        changes = _at_request(file, who, uow, household_id, ChoiceKind.ANONYMISE)
    return Ended(1, finish_erasures(file, drafts), *cited), changes


def erase_member(file: EncryptedFile, who: Who, member_id: str, drafts: Drafts) -> tuple[Ended, Changes]:
    """Erase one person of a household for good, with the phones and agreements that are theirs.

    Texts of the household that speak of them stay, and are counted, to be looked at. Raises NotAllowed, NotFound,
    ImportUnderWay, InvalidEntry for the reference person.
    """
    who.require(Right.MANAGE_RETENTION)
    with file.unit_of_work(who.worker_id, "erase_member") as uow:
        _check_no_import(uow)
        gone = households.rows_of_member(uow, member_id)
        if gone.household_id in restricted_now(uow.connection):
            raise Restricted
        household_id = gone.household_id
        erased = erase_rows(uow, gone.rows)
        # A household once parted from this one, then taken back, bore the name of somebody of it.
        parted = store.undone_separations(uow.connection, [household_id])
        destroy_history(uow, {("household", each) for each in parted})
        households.rename_for_good(uow, household_id)
        _forget_names(uow, who, gone.names)
        citing = households.texts_citing(uow, household_id, gone.words)
        _record(file, who, uow, RecordKind.MEMBER_ERASED, Ground.REQUEST, [household_id], erased)
        note_cleaning(uow, ())
        changes = uow.changes
    return Ended(1, finish_erasures(file, drafts), citing), changes


def _at_request(
    file: EncryptedFile, who: Who, uow: UnitOfWork, household_id: str, kind: ChoiceKind
) -> Changes:
    found = standings_of(uow.connection, who, [household_id], uow.today)
    if household_id not in found:
        raise NotFound("Ce dossier n’existe plus dans le fichier\u00a0: il est déjà effacé ou anonymisé.")
    if found[household_id].clock.followed:
        raise StillFollowed(found[household_id].clock.name)
    _end(file, who, uow, [household_id], kind, Ground.REQUEST)
    return uow.changes


def _end(
    file: EncryptedFile, who: Who, uow: UnitOfWork, ids: Sequence[str], kind: ChoiceKind, ground: Ground
) -> None:
    """Erase households within an intention; those to anonymise leave what counts, under new ids."""
    _check_no_import(uow)
    if restricted_now(uow.connection) & set(ids):  # somebody asked that it be kept, and no longer used
        raise Restricted
    merged = [*ids, *store.former_ids(uow.connection, ids)]
    everyone = [*merged, *store.undone_separations(uow.connection, merged)]
    names = store.names_of(uow.connection, ids)
    counting = (
        [rows_that_count(uow.connection, i, uow.today) for i in ids] if kind is ChoiceKind.ANONYMISE else []
    )
    erased = erase_households(uow, everyone)
    for rows in counting:
        write_counting(uow, rows, households.anonymous_fields(uow))
    _forget_names(uow, who, names)
    _record(file, who, uow, RECORD_OF[kind], ground, ids, erased)
    note_erased(uow, everyone, kind.value, gone_by(uow.today))
    note_cleaning(uow, everyone)


def _cited(uow: UnitOfWork, ids: Sequence[str], *, redact: bool) -> tuple[int, int]:
    """Take names out of the texts of others if that is asked; return how many still name somebody, how many no more."""
    found = citing_texts(uow.connection, ids)
    # What somebody asked to be kept as it is stays so.
    kept = restricted_now(uow.connection)
    redacted = [each for each in found if redact and each.household_id not in kept]
    return len(found) - len(redacted), take_names_out(uow, redacted)


def _forget_names(uow: UnitOfWork, who: Who, names: Sequence[str]) -> None:
    """Take names out of what other rooms keep outside the households."""
    intake.forget_choices(uow)
    saved = directory.every_saved_filter(uow.connection, who)
    directory.forget_filters(uow, [f.id for f in saved if naming(f"{f.name} {f.content}", names)])


def _record(
    file: EncryptedFile,
    who: Who,
    uow: UnitOfWork,
    kind: RecordKind,
    ground: Ground,
    ids: Sequence[str],
    erased: Erased,
) -> None:
    """Write the line of the register, which names nobody, and a line of the log of accesses for each household."""
    made_at: datetime = file.clock.now().astimezone().replace(tzinfo=None)
    row = {
        "kind": kind, "made_at": made_at, "worker_id": who.worker_id, "ground": ground, "households": len(ids),
        "erased_rows": erased.total, "backups_until": gone_by(uow.today),
    }  # fmt: skip
    uow.insert(store.record, row)
    for household_id in ids:
        file.accesses.note(who.worker_id, AccessKind.ERASED, household_id, kind.value)


def _check_ready(standing: Standing) -> None:
    until = standing.ending.until if standing.ending else None
    if standing.state is not State.READY:
        raise NotYet(standing.clock.name, until)
    if standing.clock.followed:
        raise StillFollowed(standing.clock.name)


def _check_no_import(uow: UnitOfWork) -> None:
    if intake.is_import_under_way(uow):
        raise ImportUnderWay
