"""The home and the rent of a household in the words of an internal record; masked for one under protection."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import BENEFIT_PAYEE_LABELS, LEASE_KIND_LABELS
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.money import format_euros

MASKED = "masquée, dossier protégé"


def home_facts(home: LeaseFile, rent: RentStatement | None, *, protected: bool) -> Iterator[tuple[str, str]]:
    """Yield where it is, of whom it is held and by what, what it costs, and what is owed on the day of `rent`."""
    lease, dwelling = home.lease, home.dwelling
    kind = LEASE_KIND_LABELS[lease.kind]
    since = f"depuis le {format_long_date(lease.starts_on)}" if lease.starts_on else ""
    gross, benefit = lease.gross_term_cents(), lease.housing_benefit_cents
    payee = BENEFIT_PAYEE_LABELS[lease.benefit_paid_to]
    yield "Adresse", MASKED if protected else dwelling.one_line()
    yield "Logement", dwelling.description()
    yield "Titre", ", ".join(part for part in (kind, since) if part)
    yield "Bailleur", home.landlord.name if home.landlord else ""
    yield "Loyer et charges", f"{format_euros(gross)} par mois" if gross is not None else ""
    yield "Aide au logement", f"{format_euros(benefit)} par mois, {payee}" if benefit is not None else ""
    if rent is not None:
        yield "Compte de loyer", f"{balance_words(rent.balance_cents)} au {format_long_date(rent.day)}"


def balance_words(cents: int) -> str:
    """Return what an account comes to: « 142,00 € dus », « 12,00 € d’avance », « à jour »."""
    if cents == 0:
        return "à jour"
    return f"{format_euros(abs(cents))} {'dus' if cents > 0 else 'd’avance'}"
