"""How the figures of a rent account were made: lines, formula, source, for whoever asks."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.housing.domain.lease import (
    ACCOUNT_LABELS,
    BENEFIT_PAYEE_LABELS,
    Account,
    Lease,
)
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.domain.repayment_plan import PlanProgress, RepaymentPlan
from caseworker_app.kernel.dates import format_date, format_month
from caseworker_app.kernel.explanation import Explanation, Line
from caseworker_app.kernel.french import capital, plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.kernel.parameters import DatedValue

NB = "\u00a0"


def explain_balance(statement: RentStatement) -> Explanation:
    """Tell what the debt of a day is made of: the months left unpaid, oldest first."""
    lines = [
        Line(
            f"Reste à payer, {format_month(month.month) if month.month else 'solde de départ'}",
            format_euros(month.remaining_cents),
        )
        for month in statement.unpaid
    ]
    if not lines:
        lines = [Line("Aucun mois n’attend de paiement", format_euros(0))]
    if statement.balance_cents < 0:
        lines.append(Line("Payé d’avance", format_euros(-statement.balance_cents)))
    note = "Un paiement va d’abord au mois pour lequel il est fait, puis à la dette la plus ancienne."
    if statement.terms_owed is not None and statement.balance_cents > 0:
        terms = str(statement.terms_owed).replace(".", ",")
        note += f" Cela fait {terms} mois de loyer et charges."
    who = ACCOUNT_LABELS[statement.account]
    return Explanation(
        f"{capital(who)}, au {format_date(statement.day)}",
        format_euros(statement.balance_cents),
        tuple(lines),
        formula="loyers et régularisations − paiements − aide au logement − mensualités du plan",
        note=note,
    )


def explain_threshold(lease: Lease, statement: RentStatement, terms: DatedValue) -> Explanation | None:
    """Tell from what debt there is an « impayé », None where it cannot be told."""
    threshold, gross = statement.threshold_cents, lease.gross_term_cents()
    if threshold is None or gross is None:
        return None
    lines = [
        Line("Loyer", format_euros(lease.rent_cents or 0)),
        Line("+ Charges", format_euros(lease.service_charges_cents or 0)),
    ]
    formula = f"{format_euros(gross)} × {terms.value}"
    if lease.third_party_payment():
        lines.append(Line("− Aide au logement", format_euros(lease.housing_benefit_cents or 0)))
        formula = f"{format_euros(lease.net_term_cents() or 0)} × {terms.value}"
    payee = BENEFIT_PAYEE_LABELS[lease.benefit_paid_to]
    note = f"L’aide est {payee}{NB}: le seuil se compte sur le terme "
    note += "net, aide déduite." if lease.third_party_payment() else "brut, loyer et charges."
    source = f"{terms.source}, en vigueur depuis le {format_date(terms.start)}"
    return Explanation("Seuil d’impayé", format_euros(threshold), tuple(lines), formula, source, note)


def explain_plan(plan: RepaymentPlan, progress: PlanProgress, day: date) -> Explanation:
    """Tell what a repayment plan was, and what is left of it."""
    lines = [
        Line("Montant du plan", format_euros(plan.total_cents)),
        Line("− Payé au titre du plan", format_euros(progress.paid_cents)),
        Line("Mensualités tenues", f"{progress.kept} sur {progress.instalments}", part=True),
        Line("Mensualités échues", str(progress.expected), part=True),
    ]
    if progress.missed:
        lines.append(Line("Mensualités manquées", str(progress.missed), part=True))
    last = plan.instalment_cents(plan.instalments)
    note = f"{plural(plan.instalments, 'mensualité')} de {format_euros(plan.monthly_cents)}"
    if last != plan.monthly_cents:
        note += f", la dernière de {format_euros(last)}"
    note += f", de {format_month(plan.first_month)} à {format_month(plan.last_month())}."
    return Explanation(
        f"Plan d’apurement au {format_date(day)}, reste à payer",
        format_euros(progress.remaining_cents),
        tuple(lines),
        note=note + " Une mensualité payée en retard compte comme tenue.",
    )


def explain_month(lease: Lease) -> Explanation | None:
    """Tell what a month of rent is made of, None when the rent is not known."""
    due = lease.monthly_due_cents()
    if due is None:
        return None
    lines = [
        Line("Loyer", format_euros(lease.rent_cents or 0)),
        Line("+ Charges", format_euros(lease.service_charges_cents or 0)),
    ]
    if lease.solidarity_reduction_cents:
        lines.append(
            Line("− Réduction de loyer de solidarité", format_euros(lease.solidarity_reduction_cents))
        )
    note = ""
    if lease.housing_benefit_cents:
        note = f"Aide au logement{NB}: {format_euros(lease.housing_benefit_cents)} par mois, "
        note += f"{BENEFIT_PAYEE_LABELS[lease.benefit_paid_to]}."
    return Explanation("Dû chaque mois, avant l’aide au logement", format_euros(due), tuple(lines), note=note)


def account_name(account: Account) -> str:
    """Return an account in two words: « Ménage → association »."""
    return {
        Account.HOUSEHOLD_TO_ASSOCIATION: "Ménage → association",
        Account.HOUSEHOLD_TO_LANDLORD: "Ménage → bailleur",
        Account.ASSOCIATION_TO_LANDLORD: "Association → bailleur",
    }[account]


def account_sign(statement: RentStatement) -> tuple[str, str]:
    """Return how an account stands in a few words and their tone; empty words before any line."""
    plan, progress = statement.plan, statement.progress
    if statement.in_arrears and plan is None:
        return "Seuil d’impayé atteint", "danger"
    if plan is not None and progress is not None and progress.remaining_cents:
        if progress.missed:
            return plural(progress.missed, "mensualité manquée", "mensualités manquées"), "danger"
        return (
            f"{plural(progress.kept, 'mois tenu', 'mois tenus')}" if progress.kept else "Plan en cours"
        ), "ok"
    if statement.balance_cents > 0:
        return "Retard sous le seuil d’impayé" if statement.threshold_cents else "Retard", "warn"
    return ("À jour", "ok") if any(m.due_cents or m.paid_cents for m in statement.months) else ("", "muted")
