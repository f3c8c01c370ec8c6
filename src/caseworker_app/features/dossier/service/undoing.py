"""Taking back what was done: the last change, or any of the last ones, with the reason where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from caseworker_app.features.dossier.domain.undoing import FINAL, OFFICE_TABLES, CannotUndo, UndoableChange
from caseworker_app.features.dossier.domain.value_words import moment_text
from caseworker_app.features.dossier.domain.wording import ACTIONS
from caseworker_app.features.dossier.service.history import former_ids
from caseworker_app.features.dossier.service.names import UNKNOWN_WORKER, Names, worker_names
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.obstacles import Obstacle, Why, obstacle_to
from caseworker_app.storage.transactions import (
    NothingToUndo,
    Transaction,
    changes_of,
    is_part_of_import,
    last_of,
    last_transactions,
    net_changes,
    taken_back,
    transaction_of,
)
from caseworker_app.storage.undo import LaterChange, undo_transaction

_IMPORT = "Un import s’annule en entier, depuis la page d’import."
_SENTENCES = {
    Why.ERASED: "Son contenu a été effacé à la demande du ménage.",
    Why.LASTING: "Un document est parti\u00a0: le registre en garde la trace.",
}


def undoable_changes(
    connection: Connection, who: Who, household_id: str | None = None, limit: int = 50
) -> list[UndoableChange]:
    """Return the last changes of a household, or of this worker, newest first, each with what stands in its
    way.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    owner = who.worker_id if household_id is None else None
    own = [] if household_id is None else [household_id, *former_ids(connection, who, household_id)]
    undone, workers = taken_back(connection), worker_names(connection, who)
    names = Names(connection, household_id)
    found = last_transactions(connection, worker_id=owner, households=own, limit=limit)
    return [_told(connection, each, each.key in undone, workers, names) for each in found]


def undo_change(
    file: EncryptedFile, who: Who, changeset_id: str, drafts: Drafts | None = None
) -> tuple[str, Changes]:
    """Take back a change, or do it again when it is itself an undo; return what it was, in words.

    `drafts`: what is being typed follows the households it belongs to. Raises CannotUndo, ImportComesFirst,
    AlreadyUndone, PayloadErased, HasLeft, NotFound, NotAllowed (what others did in files asks for the right to
    change files; what is the association's, for the right to manage it).
    """
    _require_some(who)
    with file.reading() as connection:
        transaction = transaction_of(connection, changeset_id)
        _require_own(connection, who, transaction)
        if transaction.intention in FINAL:
            raise CannotUndo(FINAL[transaction.intention])
        passed = _households_passed(connection, transaction)
    try:
        _, changes = undo_transaction(file, who.worker_id, changeset_id)
    except LaterChange as error:
        raise _cannot(file, who, error.obstacle) from error
    for former_id, household_id, again in passed:
        if drafts is not None:
            (drafts.follow if again else drafts.follow_back)(former_id, household_id)
    return ACTIONS.get(transaction.intention, transaction.intention), changes


def take_back_last(file: EncryptedFile, who: Who, drafts: Drafts | None = None) -> tuple[str, Changes]:
    """Take back the last change this worker made; return what it was, in words.

    Raises NothingToUndo and what `undo_change` raises.
    """
    _require_some(who)
    with file.reading() as connection:
        last = last_of(connection, who.worker_id, file.state.device_id)
    if last.intention in FINAL:
        raise NothingToUndo
    return undo_change(file, who, last.id, drafts)


def _require_some(who: Who) -> None:
    """Refuse, before anything is read, those who may change nothing at all."""
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.WRITE_DIARY)


def _require_own(connection: Connection, who: Who, transaction: Transaction) -> None:
    """Refuse those who might not make this change themselves."""
    touched = {change.table_name for _, change in changes_of(connection, transaction)}
    if touched and touched <= OFFICE_TABLES:
        who.require(Right.MANAGE_OFFICE)
    else:
        own = transaction.worker_id == who.worker_id
        who.require(Right.WRITE_DIARY if own else Right.WRITE_FILES)


def obstacle_sentence(obstacle: Obstacle, workers: Mapping[str, str], names: Names) -> str:
    """Say what stands in the way: who did what since, when, and on what."""
    if obstacle.why in _SENTENCES:
        return _SENTENCES[obstacle.why]
    if obstacle.changeset_id is None:
        return "Une saisie plus récente s’appuie dessus."
    made_at = datetime.fromisoformat(obstacle.made_at).astimezone()
    action = ACTIONS.get(obstacle.intention, obstacle.intention)
    thing = names.thing(obstacle.table_name, obstacle.row_id, made_at.date())
    worker = workers.get(obstacle.worker_id, UNKNOWN_WORKER)
    return (
        f"Depuis, le {moment_text(made_at)}, {worker} a enregistré «\u00a0{action}\u00a0» ({thing})\u00a0: "
        "annulez d’abord cette modification."
    )


def _told(
    connection: Connection, transaction: Transaction, undone: bool, workers: Mapping[str, str], names: Names
) -> UndoableChange:
    final = _final(connection, transaction)
    return UndoableChange(
        transaction.id,
        datetime.fromisoformat(transaction.made_at),
        workers.get(transaction.worker_id, UNKNOWN_WORKER),
        ACTIONS.get(transaction.intention, transaction.intention),
        _households(connection, transaction) if final is None else (),
        transaction.undoes is not None,
        undone,
        None if undone else final or _obstacle(connection, transaction, workers, names),
    )


def _final(connection: Connection, transaction: Transaction) -> str | None:
    """Say why a transaction is never taken back from here, without reading its rows: they may be thousands."""
    if transaction.intention in FINAL:
        return FINAL[transaction.intention]
    return _IMPORT if is_part_of_import(connection, transaction) else None


def _obstacle(
    connection: Connection, transaction: Transaction, workers: Mapping[str, str], names: Names
) -> str | None:
    obstacle = obstacle_to(connection, transaction)
    return None if obstacle is None else obstacle_sentence(obstacle, workers, names)


def _households(connection: Connection, transaction: Transaction) -> tuple[str, ...]:
    changes = changes_of(connection, transaction)
    return tuple(dict.fromkeys(c.household_id for _, c in changes if c.household_id is not None))


def _households_passed(connection: Connection, transaction: Transaction) -> Sequence[tuple[str, str, bool]]:
    """Return the merges that undoing a transaction takes back or does again: (merged, into, done again)."""
    changes = [(n, c) for n, c in changes_of(connection, transaction) if c.table_name == "former_household"]
    if any(change.erased for _, change in changes):
        return ()
    rows = ((net.before or net.after or {}, net.before is not None) for net in net_changes(changes))
    return [(row["former_id"], row["household_id"], again) for row, again in rows if "former_id" in row]


def _cannot(file: EncryptedFile, who: Who, obstacle: Obstacle) -> CaseworkerError:
    with file.reading() as connection:
        sentence = obstacle_sentence(obstacle, worker_names(connection, who), Names(connection, None))
    return CannotUndo(f"Cette modification ne peut pas être annulée. {sentence}", obstacle.changeset_id)
