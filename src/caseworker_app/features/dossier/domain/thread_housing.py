"""What the dwelling says in the thread of a dossier: lease, plan, proofs, reviews, and each month's rent."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.dossier.domain.happening import Happening, Thread
from caseworker_app.features.dossier.domain.overview import Tone
from caseworker_app.features.dossier.domain.when import NB, of_month
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import LEASE_KIND_LABELS
from caseworker_app.features.housing.domain.occupant_duty import DUTY_KIND_LABELS, OccupantDuty
from caseworker_app.features.housing.domain.rent_account import RentMonth
from caseworker_app.features.housing.domain.repayment_plan import RepaymentPlan
from caseworker_app.features.housing.domain.sliding_lease import JointReview
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.money import format_euros


def lease_happenings(file: LeaseFile) -> Iterator[Happening]:
    """Say when a lease was signed and ended, and what was agreed, proved and reviewed under it."""
    yield from _start_and_end(file)
    yield from map(_plan, file.plans)
    yield from map(_duty, file.duties)
    for review in file.sliding.reviews if file.sliding else ():
        yield from _review(review)


def rent_happening(month: RentMonth) -> Happening | None:
    """Say what was received for a month, and what lacks; None while nothing came in."""
    if month.received_on is None:
        return None
    late = month.missing_cents > 0
    return Happening(
        f"rent:{month.month.isoformat()}",
        Thread.HOUSING,
        month.received_on,
        f"Loyer {of_month(month.month)} {'payé en partie' if late else 'payé'}",
        _received(month),
        "cash",
        Tone.DUE if late else Tone.DONE,
    )


def _start_and_end(file: LeaseFile) -> Iterator[Happening]:
    lease, kind = file.lease, LEASE_KIND_LABELS[file.lease.kind]
    start = lease.signed_on or lease.starts_on
    if start is not None:
        title = f"Signature{NB}: {kind}" if lease.signed_on else f"Entrée dans le logement, {kind}"
        where = file.dwelling.one_line()
        yield Happening(f"lease:{lease.id}", Thread.HOUSING, start, title, where, "key", Tone.NEWS)
    if lease.ends_on is not None:
        yield Happening(f"lease-end:{lease.id}", Thread.HOUSING, lease.ends_on, f"Fin de {kind}", icon="key")


def _plan(plan: RepaymentPlan) -> Happening:
    return Happening(
        f"plan:{plan.id}",
        Thread.HOUSING,
        plan.signed_on or plan.first_month,
        "Plan d’apurement convenu",
        f"{plan.instalments} mensualités de {format_euros(plan.monthly_cents)}",
        "signature",
        Tone.NEWS,
    )


def _duty(duty: OccupantDuty) -> Happening:
    return Happening(
        f"duty:{duty.id}",
        Thread.HOUSING,
        duty.proof_received_on,
        f"Justificatif reçu{NB}: {DUTY_KIND_LABELS[duty.kind]}",
        f"Valable jusqu’au {format_date(duty.valid_until)}" if duty.valid_until else "",
        "file-check",
        Tone.DONE,
    )


def _review(review: JointReview) -> Iterator[Happening]:
    if review.held_on is not None:
        title = "Examen périodique contradictoire tenu"
        yield Happening(
            f"review:{review.id}", Thread.HOUSING, review.held_on, title, icon="users-group", tone=Tone.NEWS
        )


def _received(month: RentMonth) -> str:
    parts = [f"{format_euros(month.rent_paid_cents)} reçus"]
    if month.plan_cents:
        parts.append(f"plus {format_euros(month.plan_cents)} du plan")
    if month.missing_cents > 0:
        parts.append(f"il manque {format_euros(month.missing_cents)}")
    return ", ".join(parts)
