"""Forms of the rent account: a payment, months of rent, a correction, a repayment plan."""

from __future__ import annotations

from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.features.housing.domain.rent_account import (
    RENT_ENTRY_KIND_LABELS,
    NewRentEntry,
    RentEntryKind,
)
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.domain.repayment_plan import (
    NewRepaymentPlan,
    RepaymentPlan,
    instalments_needed,
)
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.service import rent
from caseworker_app.kernel.dates import add_months, format_month, month_of
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.ui_kit.side_form import SideForm, Work

_PAYMENTS = {
    kind: RENT_ENTRY_KIND_LABELS[kind]
    for kind in (RentEntryKind.PAID, RentEntryKind.BENEFIT_PAID, RentEntryKind.PLAN_PAYMENT)
}
_CHARGES = {
    kind: RENT_ENTRY_KIND_LABELS[kind]
    for kind in (RentEntryKind.CORRECTION, RentEntryKind.DUE, RentEntryKind.OPENING_BALANCE)
}


def payment_form(
    desk: HousingDesk, lease: Lease, account: Account, kind: RentEntryKind = RentEntryKind.PAID
) -> SideForm:
    """Ask for a payment that came in: the household's, the benefit, an instalment of the plan."""
    form = SideForm("payment", "Paiement reçu", desk.today)
    form.amount("amount_cents", "&Montant en euros")
    form.side_by_side()
    form.day("received_on", "&Reçu le", desk.today)
    form.month("month", "&Pour le mois de", month_of(desk.today))
    form.choice("kind", "&Nature", _PAYMENTS, kind)
    return form.intend(lambda: _entry(desk, form, lease, account), "Paiement noté")


def correction_form(desk: HousingDesk, lease: Lease, account: Account) -> SideForm:
    """Ask for a line that is no payment: a « régularisation », a rent of one month, an opening balance."""
    form = SideForm("correction", "Autre ligne du compte", desk.today)
    hint = "Négatif s’il est en faveur du locataire."
    form.amount("amount_cents", "&Montant en euros", hint=hint)
    form.month("month", "Mois &concerné", month_of(desk.today))
    form.choice("kind", "&Nature", _CHARGES, RentEntryKind.CORRECTION)
    return form.intend(lambda: _entry(desk, form, lease, account), "Ligne ajoutée au compte")


def charge_form(desk: HousingDesk, lease: Lease, statement: RentStatement) -> SideForm:
    """Ask for the months of rent to add by the terms of the lease."""
    due = lease.monthly_due_cents()
    sentence = "Ajoute le loyer de chaque mois qui n’en a pas encore."
    if due is not None:
        sentence = f"Ajoute {format_euros(due)} à chaque mois qui n’a pas encore de loyer."
    form = SideForm("charge", "Appeler le loyer", desk.today, sentence, "&Ajouter les mois")
    form.side_by_side()
    empty = [each.month for each in statement.months if not each.due_cents]
    last_charged = max((each.month for each in statement.months if each.due_cents), default=None)
    this_month = month_of(desk.today)
    first = min(add_months(last_charged, 1), this_month) if last_charged and empty else this_month
    form.month("first", "&Du mois de", first)
    form.month("last", "&Au mois de", this_month)

    def read() -> Work:
        first, last = form.needed_month("first"), form.needed_month("last")
        return lambda: rent.charge_rent(desk.file, desk.who, lease.id, first, last)

    return form.intend(read, "Loyer ajouté au compte")


def plan_form(desk: HousingDesk, lease: Lease, account: Account, statement: RentStatement) -> SideForm:
    """Ask for a repayment plan; how many months it takes is told while one types."""
    form = SideForm(
        "plan", "Plan d’apurement", desk.today, "Une mensualité par mois, en plus du loyer.", "&Noter le plan"
    )
    owed = statement.balance_cents if statement.balance_cents > 0 else None
    form.amount("total_cents", "&Dette à rembourser", owed)
    form.side_by_side()
    form.amount("monthly_cents", "&Mensualité")
    form.month("first_month", "&Premier mois", add_months(month_of(desk.today), 1))
    form.day("signed_on", "Si&gné le", desk.today)
    told = form.note("")

    def tell() -> None:
        try:
            total, monthly = form.cents("total_cents"), form.cents("monthly_cents")
            first = form.needed_month("first_month")
        except CaseworkerError:
            total = monthly = None
        count = instalments_needed(total, monthly) if total and monthly else None
        if count is None:
            told.setText("Le nombre de mensualités se calcule quand la dette et la mensualité sont connues.")
            return
        end = NewRepaymentPlan(lease.id, account, first, monthly or 0, count, total).last_month()
        told.setText(f"{plural(count, 'mensualité')}, soldé en {format_month(end)}.")

    form.typed.connect(tell)
    tell()

    def read() -> Work:
        total, monthly = form.needed_cents("total_cents"), form.needed_cents("monthly_cents")
        new = NewRepaymentPlan(
            lease.id,
            account,
            form.needed_month("first_month"),
            monthly,
            _instalments(total, monthly),
            total,
            form.date_of("signed_on"),
        )
        return lambda: rent.agree_repayment_plan(desk.file, desk.who, new)

    return form.intend(read, "Plan d’apurement noté")


def end_plan_form(desk: HousingDesk, plan: RepaymentPlan) -> SideForm:
    """Ask when a plan was given up or replaced."""
    form = SideForm(
        "end_plan",
        "Fin du plan",
        desk.today,
        "Abandonné, ou remplacé par un autre. Ce qui est payé reste payé.",
    )
    form.day("ended_on", "&Dernier jour", desk.today)

    def read() -> Work:
        day = form.needed_date("ended_on")
        return lambda: rent.end_repayment_plan(desk.file, desk.who, plan.id, day)

    return form.intend(read, "Fin du plan notée")


def _instalments(total_cents: int, monthly_cents: int) -> int:
    count = instalments_needed(total_cents, monthly_cents)
    if count is None:
        raise InvalidEntry(
            "Cette mensualité ne rembourse pas la dette en dix ans\u00a0: augmentez-la.", "monthly_cents"
        )
    return count


def _entry(desk: HousingDesk, form: SideForm, lease: Lease, account: Account) -> Work:
    new = NewRentEntry(
        lease.household_id,
        lease.id,
        account,
        form.needed_month("month"),
        form.needed("kind", RentEntryKind),
        form.needed_cents("amount_cents"),
        form.date_of("received_on") if "received_on" in form.editors else None,
    )
    return lambda: rent.record_rent_entry(desk.file, desk.who, new)
