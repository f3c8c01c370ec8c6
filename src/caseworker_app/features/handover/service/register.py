"""Entering in the register what goes to the person themselves, inside another room's intention."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.kinds import DocumentKind
from caseworker_app.features.handover.domain.transmission import TO_THE_PERSON, Transmission
from caseworker_app.features.handover.service import delivery
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.unit_of_work import UnitOfWork


def enter_for_the_person(
    uow: UnitOfWork,
    household_id: str,
    kind: DocumentKind,
    number: str,
    period: Period,
    out: Path,
    *,
    sha256: str,
    pages: int,
) -> Transmission:
    """Add a line for a document staged beside `out` (see `delivery`) that no landlord receives; return it.

    What an earlier kill left in that folder without a line is removed.
    """
    row = {
        "household_id": household_id, "number": number, "kind": kind.code, "recipient_name": TO_THE_PERSON,
        "landlord_id": None, "made_on": uow.today, "worker_id": uow.worker_id, "period_start": period.start,
        "period_end": period.end or uow.today, "sha256": sha256, "pages": pages, "topics": "", "kept_hits": "",
        "consent_ids": "", "written_to": str(out),
    }  # fmt: skip
    line_id = uow.insert(store.transmission, row)
    delivery.discard_orphans(
        out.parent, uow.state.device_mark, lambda numbers: store.numbers_known(uow.connection, numbers)
    )
    return store.transmissions.one(uow.connection, line_id)
