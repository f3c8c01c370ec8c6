"""The one way a numbered document leaves: staged beside its place, entered in the register, then given its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.kinds import DocumentKind
from caseworker_app.features.handover.domain.transmission import NotDelivered, Transmission
from caseworker_app.features.handover.service import delivery
from caseworker_app.features.handover.service.pages import count_pages
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Leaving:
    """A document about to leave: its pages, and what its line in the register says.

    `topics`, `kept_hits`, `consent_ids`: as the register keeps them. `beside`: what else the same transaction writes,
    told the line.
    """

    household_id: str
    number: str
    pdf: bytes
    recipient_name: str
    period: Period
    landlord_id: str | None = None
    topics: str = ""
    kept_hits: str = ""
    consent_ids: tuple[str, ...] = ()
    beside: Callable[[UnitOfWork, Transmission], object] | None = None


def register_leaving(
    file: EncryptedFile,
    who: Who,
    kind: DocumentKind,
    out: Path,
    prepare: Callable[[UnitOfWork], Leaving],
    *,
    intention: str,
    to_the_person: bool = False,
) -> tuple[Transmission, Changes]:
    """Number what `prepare` makes, enter it in the register and write it at `out`, both or neither (see `delivery`).

    `prepare` runs inside the transaction and takes the number. Raises PlaceNotWritable, NotDelivered, NotAllowed, and
    what `prepare` raises.
    """
    who.require(Right.TRANSMIT)
    waiting: list[Path] = []
    try:
        with file.unit_of_work(who.worker_id, intention) as uow:
            line = _enter(uow, kind, out.absolute(), prepare, waiting)
            file.accesses.note(
                who.worker_id, AccessKind.PRINTED, line.household_id, kind.code, to_the_person=to_the_person
            )
            changes = uow.changes
    except BaseException:
        for path in waiting:
            delivery.discard(path)
        raise
    try:
        delivery.deliver(waiting[0], out)
    except OSError as error:
        raise NotDelivered(line.number, out) from error
    return line, changes


def _enter(
    uow: UnitOfWork,
    kind: DocumentKind,
    out: Path,
    prepare: Callable[[UnitOfWork], Leaving],
    waiting: list[Path],
) -> Transmission:
    """Stage the PDF beside its place and add its line; what an earlier kill left there without a line is removed."""
    delivery.discard_orphans(
        out.parent, uow.state.device_mark, lambda numbers: store.numbers_known(uow.connection, numbers)
    )
    leaving = prepare(uow)
    waiting.append(delivery.stage(leaving.pdf, out, leaving.number))
    row = {
        "household_id": leaving.household_id, "number": leaving.number, "kind": kind.code,
        "recipient_name": leaving.recipient_name, "landlord_id": leaving.landlord_id, "made_on": uow.today,
        "worker_id": uow.worker_id, "period_start": leaving.period.start, "period_end": leaving.period.end or uow.today,
        "sha256": hashlib.sha256(leaving.pdf).hexdigest(), "pages": count_pages(leaving.pdf), "topics": leaving.topics,
        "kept_hits": leaving.kept_hits, "consent_ids": " ".join(leaving.consent_ids), "written_to": str(out),
    }  # fmt: skip
    line = store.transmissions.one(uow.connection, uow.insert(store.transmission, row))
    if leaving.beside is not None:
        leaving.beside(uow, line)
    return line
