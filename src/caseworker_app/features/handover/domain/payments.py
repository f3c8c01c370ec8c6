"""Payments of the rent in a review: what the household owes and its plan; nothing else of money."""

from __future__ import annotations

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.handover.domain.proposal import ItemText, Origin, PlanFact, ProposedItem, Section
from caseworker_app.features.handover.domain.review_content import RentMonth, RentRecord
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.housing.domain import rent_account
from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, Lease
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.domain.repayment_plan import PlanProgress
from caseworker_app.kernel.dates import format_long_date, format_month, month_of
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros

_ACCOUNT = Origin("Compte de loyer")


def payment_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the table of payments and the plan, from the household's account; none without a line."""
    if material.rent is None or material.lease is None:
        return []
    record = rent_record(material, material.rent, material.lease.lease)
    if not record.months:
        return []
    texts = (ItemText("payment:rent", "Commentaire", record.comment),)
    label = f"Compte de loyer, {plural(len(record.months), 'mois', 'mois')}"
    rent = ProposedItem("payment:rent", Section.PAYMENT, Topic.PAYMENT, label, _ACCOUNT, texts, True, record)
    return [rent, *_plan_items(material.rent)]


def payee_of(material: ReviewMaterial) -> str:
    """Return to whom the household owes its rent: the association in a sublease, else the landlord."""
    own = material.lease.lease.household_account() if material.lease else Account.HOUSEHOLD_TO_LANDLORD
    return "l’association" if own is Account.HOUSEHOLD_TO_ASSOCIATION else material.landlord.name


def rent_record(material: ReviewMaterial, statement: RentStatement, lease: Lease) -> RentRecord:
    """Return the account as printed: months before its first line are left out."""
    used = [month for month in statement.months if month.due_cents or month.paid_cents]
    first = used[0].month if used else None
    months = tuple(_month(month, lease) for month in statement.months if first and month.month >= first)
    ahead = statement.balance_cents < 0
    return RentRecord(
        payee_of(material),
        months,
        _comment(material, statement) if months else "",
        max(0, statement.balance_cents),
        statement.day,
        " ".join(part for part in (_ahead(statement) if ahead else "", _benefit(lease)) if part),
    )


def _month(month: rent_account.RentMonth, lease: Lease) -> RentMonth:
    late = lease.due_day is not None and month.is_late(lease.due_day)
    due = month.due_cents or None
    return RentMonth(month.month, due, month.rent_paid_cents, month.plan_cents, month.received_on, late)


def _comment(material: ReviewMaterial, statement: RentStatement) -> str:
    first = month_of(material.period.start)
    due = [month for month in statement.months if month.month >= first and month.due_cents]
    if not due:
        return ""
    full = sum(month.missing_cents == 0 for month in due)
    if full == len(due):
        return f"Sur la période, loyer et charges sont réglés en entier chaque mois ({full} sur {len(due)})."
    return f"Sur la période, loyer et charges sont réglés en entier {full}\u00a0mois sur {len(due)}."


def _ahead(statement: RentStatement) -> str:
    return f"Le compte est créditeur de {format_euros(-statement.balance_cents)}."


def _benefit(lease: Lease) -> str:
    if lease.benefit_paid_to is BenefitPayee.HOUSEHOLD:
        return ""
    payee = "à l’association" if lease.benefit_paid_to is BenefitPayee.ASSOCIATION else "au bailleur"
    return f"L’aide au logement versée {payee} est comprise dans «\u00a0Payé\u00a0»."


def _kept(progress: PlanProgress) -> str:
    paid = plural(progress.kept, "mensualité réglée", "mensualités réglées")
    if progress.kept >= progress.expected:
        return f"{paid}, aucune en retard"
    return f"{paid} sur {progress.expected} échues"


def _plan_items(statement: RentStatement) -> list[ProposedItem]:
    plan, progress = statement.plan, statement.progress
    if plan is None or progress is None:
        return []
    signed = f" signé le {format_long_date(plan.signed_on)}" if plan.signed_on else ""
    terms = f"{plural(plan.instalments, 'mensualité')} de {format_euros(plan.monthly_cents)}"
    kept = _kept(progress)
    last = format_month(plan.last_month())
    left = f"reste à payer {format_euros(progress.remaining_cents)}, dernière échéance en {last}"
    text = f"Plan d’apurement{signed}, {terms}\u00a0: {kept}, {left}."
    fact = PlanFact(progress.kept, progress.expected, progress.instalments, progress.remaining_cents)
    texts = (ItemText("payment:plan", "Plan d’apurement", text),)
    return [
        ProposedItem(
            "payment:plan", Section.PAYMENT, Topic.PAYMENT, "Plan d’apurement", _ACCOUNT, texts, True, fact
        )
    ]
