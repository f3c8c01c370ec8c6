"""Forms of the lease: its kind, dates and amounts, its end, and the association's own lease above it."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import (
    BENEFIT_PAYEE_LABELS,
    LEASE_KIND_LABELS,
    BenefitPayee,
    Lease,
    LeaseKind,
    NewHeadLease,
    NewLease,
    usual_creditor,
)
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.service import leases, settling
from caseworker_app.ui_kit.side_form import SideForm, Work

_AMOUNTS = (
    "rent_cents",
    "service_charges_cents",
    "solidarity_reduction_cents",
    "housing_benefit_cents",
    "deposit_cents",
)


def lease_form(desk: HousingDesk, home: LeaseFile) -> SideForm:
    """Correct the lease of a home."""
    lease = home.lease
    form = SideForm("lease", "Le bail", desk.today, "Les lignes déjà au compte de loyer ne changent pas.")
    form.choice("kind", "&Nature du bail", LEASE_KIND_LABELS, lease.kind)
    form.line("reference", "N° du &bail", lease.reference)
    form.side_by_side()
    form.day("signed_on", "Si&gné le", lease.signed_on)
    form.day("starts_on", "En&trée le", lease.starts_on)
    form.side_by_side()
    form.day("ends_on", "&Fin le", lease.ends_on)
    form.number("due_day", "&Jour d’échéance", lease.due_day)
    add_terms(form, lease)

    def read() -> Work:
        kind = form.needed("kind", LeaseKind)
        new = NewLease(
            lease.household_id,
            lease.dwelling_id,
            kind,
            lease.creditor if kind is lease.kind else usual_creditor(kind),
            lease.head_lease_id,
            form.text("reference"),
            form.date_of("signed_on"),
            form.date_of("starts_on"),
            form.date_of("ends_on"),
            form.whole("due_day"),
            **read_terms(form),
        )
        return lambda: leases.change_lease(desk.file, desk.who, lease.id, new, lease.version)

    return form.intend(read, "Bail modifié")


def end_lease_form(desk: HousingDesk, lease: Lease) -> SideForm:
    """Ask for the last day of a lease."""
    form = SideForm("end_lease", "Fin du bail", desk.today, "Le compte de loyer reste ouvert.")
    form.day("ends_on", "&Dernier jour", lease.ends_on or desk.today)

    def read() -> Work:
        day = form.needed_date("ends_on")
        return lambda: leases.end_lease(desk.file, desk.who, lease.id, day)

    return form.intend(read, "Fin du bail notée")


def head_lease_form(desk: HousingDesk, home: LeaseFile) -> SideForm:
    """Ask for the association's lease with the landlord, under which the household sublets."""
    head = home.head_lease
    form = SideForm("head_lease", "Bail principal", desk.today, "Le bail entre le bailleur et l’association.")
    form.line("reference", "N° du &bail", head.reference if head else "")
    form.day("signed_on", "Si&gné le", head.signed_on if head else None)
    form.side_by_side()
    form.day("starts_on", "&Début le", head.starts_on if head else None)
    form.day("ends_on", "&Fin le", head.ends_on if head else None)
    form.side_by_side()
    form.amount("rent_cents", "&Loyer", head.rent_cents if head else None)
    form.amount("service_charges_cents", "&Charges", head.service_charges_cents if head else None)

    def read() -> Work:
        new = NewHeadLease(
            home.dwelling.id,
            form.text("reference"),
            form.date_of("signed_on"),
            form.date_of("starts_on"),
            form.date_of("ends_on"),
            form.cents("rent_cents"),
            form.cents("service_charges_cents"),
        )
        version = head.version if head else None
        return lambda: settling.write_head_lease(desk.file, desk.who, home.lease.id, new, version)

    return form.intend(read, "Bail principal noté")


def add_terms(form: SideForm, lease: Lease | None) -> None:
    """Add the amounts of a lease, by the month."""
    form.heading("Chaque mois, en euros")
    form.side_by_side()
    form.amount("rent_cents", "&Loyer", lease.rent_cents if lease else None)
    form.amount("service_charges_cents", "C&harges", lease.service_charges_cents if lease else None)
    form.side_by_side()
    form.amount("housing_benefit_cents", "A&PL, ALS ou ALF", lease.housing_benefit_cents if lease else None)
    reduction = lease.solidarity_reduction_cents if lease else None
    form.amount("solidarity_reduction_cents", "&Réduction (RLS)", reduction)
    payee = lease.benefit_paid_to if lease else BenefitPayee.HOUSEHOLD
    form.choice("benefit_paid_to", "Aide &versée", BENEFIT_PAYEE_LABELS, payee)
    form.amount("deposit_cents", "&Dépôt de garantie", lease.deposit_cents if lease else None)


def read_terms(form: SideForm) -> dict[str, Any]:
    """Return those amounts, by the names of the lease's fields. Raises InvalidEntry."""
    terms: dict[str, Any] = {name: form.cents(name) for name in _AMOUNTS}
    return {**terms, "benefit_paid_to": form.needed("benefit_paid_to", BenefitPayee)}
