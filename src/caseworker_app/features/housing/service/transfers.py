"""From a sublease to a lease in the household's name (« glissement »): answer, steps, lease."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain import sliding_lease as sliding
from caseworker_app.features.housing.domain.lease import Creditor, LeaseKind, NewLease
from caseworker_app.features.housing.domain.sliding_lease import LandlordAnswer, TransferSteps
from caseworker_app.features.housing.service import leases
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.encrypted_file import EncryptedFile

LONGEST_NUMBER = 40


def record_landlord_answer(
    file: EncryptedFile,
    who: Who,
    sliding_lease_id: str,
    notified_on: date,
    answer: LandlordAnswer,
    reasons: str | None = None,
) -> Changes:
    """Write what the landlord told the préfet at the end of the last period, with the reasons of a refusal.

    Raises InvalidEntry, NotFound, NotAllowed. (CCH L442-8-3.)
    """
    who.require(Right.WRITE_FILES)
    sliding.check_answer(answer, reasons)
    with file.unit_of_work(who.worker_id, "record_landlord_answer") as uow:
        if notified_on > uow.today:
            raise InvalidEntry("Cet avis est dans l’avenir\u00a0: notez-le une fois donné.", "notified_on")
        agreement = store.sliding_leases.one(uow.connection, sliding_lease_id)
        periods = [
            period
            for period in store.periods_of(uow.connection, agreement.household_id)
            if period.sliding_lease_id == sliding_lease_id
        ]
        row = {"landlord_answer": answer, "landlord_reasons": paragraphs(reasons, "reasons")}
        uow.update(store.examination_period, periods[-1].id, row)
        uow.update(store.sliding_lease, sliding_lease_id, {"landlord_notified_on": notified_on})
        return uow.changes


def record_transfer_steps(
    file: EncryptedFile, who: Who, sliding_lease_id: str, steps: TransferSteps
) -> Changes:
    """Write where the housing application and the commission (« CALEOL ») stand.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_transfer_steps") as uow:
        sliding.check_transfer_steps(steps, uow.today)
        number = optional_line(steps.application_number, LONGEST_NUMBER, "application_number")
        uow.update(
            store.sliding_lease, sliding_lease_id, store.row_of(replace(steps, application_number=number))
        )
        return uow.changes


def transfer_lease(
    file: EncryptedFile, who: Who, sliding_lease_id: str, new: NewLease
) -> tuple[str, Changes]:
    """End the sublease the day before `new.starts_on` and write the household's own lease; return its id.

    The dwelling stays, the household owes the landlord. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "transfer_lease") as uow:
        agreement = store.sliding_leases.one(uow.connection, sliding_lease_id)
        sublease = store.leases.one(uow.connection, agreement.lease_id)
        first_day = sliding.check_transfer(sublease, agreement, new.starts_on)
        own = replace(
            new,
            household_id=sublease.household_id,
            dwelling_id=sublease.dwelling_id,
            kind=LeaseKind.LEASE,
            creditor=Creditor.LANDLORD,
            head_lease_id=None,
        )
        lease_id = leases.add_leases(uow, [own])[0]
        uow.update(store.lease, sublease.id, {"ends_on": first_day - timedelta(days=1)})
        uow.update(store.sliding_lease, sliding_lease_id, {"new_lease_id": lease_id})
        return lease_id, uow.changes


def application_due(renewed_on: date) -> date:
    """Return by when a housing application renewed on a day must be renewed again."""
    months = dated("sliding_lease", "application_months", renewed_on).value
    return sliding.application_renewal_due(renewed_on, months)
