"""Intentions on a measure that stops for a time: suspended, resumed."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.measure import checked_text
from caseworker_app.features.measures.domain.suspension import check_suspension, last_day_suspended
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile


def suspend_measure(
    file: EncryptedFile,
    who: Who,
    measure_id: str,
    from_date: date,
    to_date: date | None = None,
    reason: str | None = None,
) -> tuple[str, Changes]:
    """Suspend a measure from a day, to a day when it is known; return the id.

    Its planned end does not move: a renewal does that. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "suspend_measure") as uow:
        measure = store.measures.one(uow.connection, measure_id)
        others = store.suspensions_of_measure(uow.connection, measure.household_id, measure_id)
        check_suspension(measure, from_date, to_date, others, uow.today)
        values = {
            "household_id": measure.household_id,
            "measure_id": measure_id,
            "from_date": from_date,
            "to_date": to_date,
            "reason": checked_text(reason, "reason"),
        }
        return uow.insert(store.suspension, values), uow.changes


def resume_measure(file: EncryptedFile, who: Who, suspension_id: str, resumed_on: date) -> Changes:
    """Let a measure go on from a day, the one after the last day of its suspension.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "resume_measure") as uow:
        held = store.suspensions.one(uow.connection, suspension_id)
        if store.measures.one(uow.connection, held.measure_id).ended_on is not None:
            raise InvalidEntry("Cette mesure est terminée\u00a0: ouvrez-en une nouvelle.", "resumed_on")
        uow.update(store.suspension, suspension_id, {"to_date": last_day_suspended(held, resumed_on)})
        return uow.changes
