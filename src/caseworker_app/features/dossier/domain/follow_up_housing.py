"""The home, its lease and its rent accounts, for the follow-up file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.features.dossier.domain.follow_up_content import DutyLine, HousingPart, Line, RentAccount
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import (
    ACCOUNT_LABELS,
    BENEFIT_PAYEE_LABELS,
    LEASE_KIND_LABELS,
    Account,
    Lease,
)
from caseworker_app.features.housing.domain.occupant_duty import DUTY_KIND_LABELS, DUTY_STATE_LABELS, DutyKind
from caseworker_app.features.housing.domain.rent_account import UnpaidMonth
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.kernel.dates import format_date, format_long_date, format_month
from caseworker_app.kernel.french import capital, join_words, plural
from caseworker_app.kernel.money import format_euros

_MASKED_ADDRESS = "adresse masquée, dossier protégé"
# Unpaid months named one by one; beyond, the sum says it.
_UNPAID_NAMED = 6


def dwelling_words(home: LeaseFile, material: FollowUpMaterial) -> str:
    """Return where a home is, masked for a protected household."""
    return _MASKED_ADDRESS if material.protected else home.dwelling.one_line()


def housing_part(material: FollowUpMaterial, mask: Mask) -> HousingPart | None:
    """Return the home it lives in and those before; None for a household without any lease."""
    home = material.housing.current
    before = tuple(each for each in material.housing.leases if each is not home)
    if home is None and not before:
        return None
    return HousingPart(
        tuple(line for line in _home_lines(home, material) if line.text) if home else (),
        tuple(account for each in material.accounts if (account := _account(each, home))),
        tuple(_duties(home, material.day, mask, material.preset.writings)) if home else (),
        tuple(_earlier(each, material) for each in before),
    )


def _home_lines(home: LeaseFile, material: FollowUpMaterial) -> Iterator[Line]:
    place, lease = home.dwelling, home.lease
    floor = f"étage {place.floor}" if place.floor and not material.protected else ""
    reference = f"réf. {place.reference}" if place.reference and not material.protected else ""
    landlord = home.landlord.name if home.landlord else ""
    yield Line("Adresse", dwelling_words(home, material))
    yield Line("Type", ", ".join(part for part in (place.description(), floor) if part))
    yield Line("Titre", _title_words(lease))
    yield Line("Bailleur", ", ".join(part for part in (landlord, reference) if part))
    yield Line("Loyer et charges", _rent_words(lease))
    yield Line("Aide au logement", _benefit_words(lease))
    if home.sliding:
        yield Line("Convention tripartite", _sliding_words(home, material.day))


def _title_words(lease: Lease) -> str:
    kind = LEASE_KIND_LABELS[lease.kind]
    parts = [capital(kind)]
    if lease.reference:
        parts.append(f"n° {lease.reference}")
    if lease.signed_on:
        parts.append(f"signé le {format_long_date(lease.signed_on)}")
    if lease.starts_on:
        parts.append(f"depuis le {format_long_date(lease.starts_on)}")
    if lease.ends_on:
        parts.append(f"jusqu’au {format_long_date(lease.ends_on)}")
    return ", ".join(parts)


def _rent_words(lease: Lease) -> str:
    gross = lease.gross_term_cents()
    if gross is None:
        return ""
    detail = f"loyer {format_euros(lease.rent_cents or 0)}"
    if lease.service_charges_cents:
        detail += f" ; charges {format_euros(lease.service_charges_cents)}"
    if lease.solidarity_reduction_cents:
        detail += f" ; réduction de solidarité {format_euros(-lease.solidarity_reduction_cents)}"
    due = f", dus le {lease.due_day} du mois" if lease.due_day else ""
    return f"{format_euros(gross)} ({detail}){due}"


def _benefit_words(lease: Lease) -> str:
    if lease.housing_benefit_cents is None:
        return ""
    return (
        f"{format_euros(lease.housing_benefit_cents)} par mois, {BENEFIT_PAYEE_LABELS[lease.benefit_paid_to]}"
    )


def _sliding_words(home: LeaseFile, day: date) -> str:
    sliding = home.sliding
    if sliding is None:
        return ""
    parts = [f"signée le {format_long_date(sliding.agreement.agreement_signed_on)}"]
    end = sliding.ends_on()
    if end:
        parts.append(f"terme le {format_long_date(end)}")
    review = format_long_date(sliding.next_review_on)
    late = sliding.next_review_on < day
    parts.append(f"examen en retard, dû le {review}" if late else f"prochain examen le {review}")
    if sliding.landlord_notice_due_on:
        parts.append(f"réponse du bailleur attendue le {format_long_date(sliding.landlord_notice_due_on)}")
    return ", ".join(parts)


def _earlier(file: LeaseFile, material: FollowUpMaterial) -> Line:
    lease, kind = file.lease, LEASE_KIND_LABELS[file.lease.kind]
    since = format_date(lease.starts_on) if lease.starts_on else "?"
    until = format_date(lease.ends_on) if lease.ends_on else "?"
    landlord = file.landlord.name if file.landlord else ""
    where = ", ".join(part for part in (kind, dwelling_words(file, material), landlord) if part)
    return Line(f"{since} – {until}", capital(where))


# Accounts


def _account(statement: RentStatement, home: LeaseFile | None) -> RentAccount | None:
    """Return an account; None for one that never had a line or a plan."""
    first = next((i for i, m in enumerate(statement.months) if m.due_cents or m.paid_cents), None)
    if first is None and not statement.balance_cents and statement.plan is None:
        return None
    label = ACCOUNT_LABELS[statement.account]
    landlord = home.landlord.name if home and home.landlord else "le bailleur"
    payee = "l’association" if statement.account is Account.HOUSEHOLD_TO_ASSOCIATION else landlord
    return RentAccount(
        capital(label),
        payee,
        statement.months[first:] if first is not None else (),
        tuple(line for line in _account_lines(statement) if line.text),
    )


def _account_lines(statement: RentStatement) -> Iterator[Line]:
    yield Line("Solde", _balance_words(statement))
    yield Line(
        "Mois payés en entier",
        f"{statement.months_paid} sur {statement.months_due}" if statement.months_due else "",
    )
    yield Line("Reste à payer", _unpaid_words(statement.unpaid))
    yield Line("Seuil d’impayé", _threshold_words(statement))
    yield Line("Plan d’apurement", _plan_words(statement))


def _balance_words(statement: RentStatement) -> str:
    day, owed = format_long_date(statement.day), statement.balance_cents
    if owed < 0:
        return f"{format_euros(-owed)} d’avance au {day}"
    terms = statement.terms_owed
    many = f", soit {str(terms).replace('.', ',')} terme" if terms else ""
    many += "s" if terms and terms >= 2 else ""
    return f"{format_euros(owed)} dus au {day}{many}" if owed else f"à jour au {day}"


def _unpaid_words(unpaid: tuple[UnpaidMonth, ...]) -> str:
    named = [
        f"{_unpaid_name(each)} ({format_euros(each.remaining_cents)})" for each in unpaid[:_UNPAID_NAMED]
    ]
    rest = unpaid[_UNPAID_NAMED:]
    if rest:
        left = sum(each.remaining_cents for each in rest)
        named.append(f"{plural(len(rest), 'autre mois', 'autres mois')} ({format_euros(left)})")
    return join_words(named)


def _unpaid_name(unpaid: UnpaidMonth) -> str:
    return format_month(unpaid.month) if unpaid.month else "solde de départ"


def _threshold_words(statement: RentStatement) -> str:
    if statement.threshold_cents is None:
        return ""
    reached = "atteint" if statement.in_arrears else "non atteint"
    return f"{format_euros(statement.threshold_cents)}, {reached}"


def _plan_words(statement: RentStatement) -> str:
    plan, progress = statement.plan, statement.progress
    if plan is None or progress is None:
        return ""
    span = f"de {format_month(plan.first_month)} à {format_month(plan.last_month())}"
    kept = f"{progress.kept} tenues" if progress.kept > 1 else f"{progress.kept} tenue"
    missed = f", {progress.missed} en retard" if progress.missed else ""
    return (
        f"{plural(plan.instalments, 'mensualité')} de {format_euros(plan.monthly_cents)}, {span} : "
        f"{kept}{missed}, reste {format_euros(progress.remaining_cents)}"
    )


def _duties(home: LeaseFile, day: date, mask: Mask, writings: bool) -> Iterator[DutyLine]:
    proofs = home.latest_proofs()
    for kind in DutyKind:
        proof, state = proofs.get(kind), DUTY_STATE_LABELS[home.duty_state(kind, day)]
        label = DUTY_KIND_LABELS[kind]
        parts = []
        if proof:
            parts.append(f"justificatif reçu le {format_long_date(proof.proof_received_on)}")
            if proof.valid_until:
                parts.append(f"valable jusqu’au {format_long_date(proof.valid_until)}")
            if proof.note and writings:
                parts.append(mask(proof.note))
        yield DutyLine(capital(label), capital(state), ", ".join(parts))
