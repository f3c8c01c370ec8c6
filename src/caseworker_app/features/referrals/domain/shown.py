"""A referral in words: how far it went, what is asked, what was given, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.domain.places import AgreementPlaces, places_words
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.following import (
    CONCLUSION_LABELS,
    MEANS_LABELS,
    Attempt,
    Conclusion,
    Diagnosis,
    Purpose,
    interviews,
)
from caseworker_app.features.referrals.domain.referral import (
    DECISION_LABELS,
    PRODUCT_LABELS,
    SENDER_LABELS,
    URGENCY_LABELS,
    WAY_LABELS,
    Decision,
    Product,
    Referral,
    Sender,
)
from caseworker_app.features.referrals.domain.stages import Progress, Stage, delay_words, due_words
from caseworker_app.features.referrals.domain.tables import every_label, reason_words
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital, plural
from caseworker_app.kernel.money import format_euros

NB = "\u00a0"
MASKED = "Masqué, ménage protégé\u00a0: «\u00a0Modifier\u00a0» le montre"
Facts = list[tuple[str, str]]

SENDER_ICONS = {
    Sender.LANDLORD: "building",
    Sender.SIAO: "share-3",
    Sender.SOCIAL_SERVICE: "users-group",
    Sender.HOUSING_FUND: "wallet",
    Sender.COMMISSION: "file-certificate",
    Sender.PARTNER: "heart-handshake",
    Sender.PERSON: "user",
    Sender.OTHER: "mail",
}


class Action(StrEnum):
    """What may be done with a referral."""

    CONTACT = "contact"
    DIAGNOSIS = "diagnosis"
    DECIDE = "decide"
    OPEN = "open"
    WATCH = "watch"


_NEXT = {
    Stage.RECEIVED: Action.CONTACT,
    Stage.CONTACTED: Action.DIAGNOSIS,
    Stage.DIAGNOSIS: Action.DIAGNOSIS,
    Stage.TO_DECIDE: Action.DECIDE,
    Stage.WAITING: Action.DECIDE,
    Stage.TO_OPEN: Action.OPEN,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: its title, what is told of it, its tone (ok done, warn or danger due, muted to come)."""

    title: str
    words: str
    tone: str


def next_action(of: Progress, product: Product = Product.MEASURE) -> Action | None:
    """Return what is to be done first, None once it is over; what is asked for says what is opened."""
    first = _NEXT.get(of.stage)
    return Action.WATCH if first is Action.OPEN and product is Product.WATCH else first


def steps_of(file: ReferralFile, day: date) -> list[Step]:
    """Return the way of a referral, from its reception to the measure it opens."""
    return [
        _received(file.referral),
        _contact(file, day),
        *_diagnosis(file),
        _decision(file, day),
        *_measure(file),
    ]


def request_facts(file: ReferralFile, day: date) -> Facts:
    """Say who asks for what, why, under which agreement, and whether the household agrees."""
    of = file.referral
    person = ", ".join(part for part in (of.contact_name, of.contact_reach) if part)
    facts = [
        (
            "Adressée par",
            f"{of.body} ({SENDER_LABELS[of.sender]})" if of.sender is not Sender.PERSON else of.body,
        ),
        ("Interlocuteur", person),
        ("Leur référence", of.their_reference or ""),
        ("Motifs", reason_words(of.reason_codes)),
        ("Demande", product_words(of, file)),
        ("Convention", agreement_words(file.agreement, file.taken) if file.agreement else ""),
        ("Accord du ménage", agreed_words(of)),
        ("Urgence", URGENCY_LABELS[of.urgency]),
        ("Suivie par", file.workers.get(of.worker_id, "Personne inconnue de ce fichier")),
        ("Refus", every_label("refusal").get(of.refusal_code or "", "")),
        ("Décision motivée", of.decision_reason or ""),
    ]
    return [(label, words) for label, words in facts if words]


def given_facts(file: ReferralFile) -> Facts:
    """Say what the sender gave; where the household lives is masked for one under protection."""
    of = file.referral
    hidden = file.people.household.protected
    lease = ", ".join(
        part
        for part in (
            f"bail n°{NB}{of.lease_reference}" if of.lease_reference else "",
            f"depuis le {format_date(of.lease_since)}" if of.lease_since else "",
        )
        if part
    )
    facts = [
        ("Personnes", of.people or ""),
        ("Logement", MASKED if hidden and of.dwelling else of.dwelling or ""),
        ("Bail", MASKED if hidden and lease else lease),
        ("Loyer", _rent(of)),
        ("Solde", _balance(of)),
        ("Procédure", of.procedure or ""),
        ("Situation décrite", of.statement or ""),
        ("Démarches faites", of.steps_taken or ""),
        ("Réponse attendue", of.answer_expected or ""),
        ("Pièces jointes", "\n".join(file.attached)),
    ]
    return [(label, words) for label, words in facts if words]


def diagnosis_facts(file: ReferralFile) -> Facts:
    """Say what the diagnosis concludes, nothing before it does."""
    found = file.diagnosis
    if found is None or found.conclusion is None:
        return []
    facts = [
        ("Conclusion", conclusion_words(found, file)),
        ("Logement préconisé", found.sought_home or ""),
        ("Fondée sur", found.motive or ""),
        ("Avis du ménage", found.household_view or ""),
    ]
    return [(label, words) for label, words in facts if words]


def attempt_words(of: Attempt) -> tuple[str, str]:
    """Return the two lines of an attempt: « Appel, sans réponse », then its day and its note."""
    means = MEANS_LABELS[of.means]
    what = f"Entretien, {means}" if of.purpose is Purpose.INTERVIEW else capital(means)
    missed = "absent·e" if of.purpose is Purpose.INTERVIEW else "sans réponse"
    told = what if of.reached else f"{what}, {missed}"
    note = " ".join((of.note or "").split())
    return told, f"{NB}· ".join(part for part in (format_date(of.held_on), note) if part)


def agreement_words(of: Agreement, taken: AgreementPlaces | None) -> str:
    """Return an agreement with the places it has left."""
    places = places_words(of, taken) if taken is not None else ""
    return f"{of.name}\n{places}" if places else of.name


def agreed_words(of: Referral) -> str:
    """Say whether the household agrees, since when."""
    if of.agreed is None:
        return "non précisé\u00a0: à demander au premier contact"
    if not of.agreed:
        return "non"
    return f"oui, le {format_date(of.agreed_on)}" if of.agreed_on else "oui"


def product_words(of: Referral, file: ReferralFile) -> str:
    """Say what is asked for."""
    if of.product is Product.MEASURE and of.kind_code:
        return f"{PRODUCT_LABELS[of.product]}{NB}: {file.kinds.get(of.kind_code, of.kind_code)}"
    return PRODUCT_LABELS[of.product]


def conclusion_words(found: Diagnosis, file: ReferralFile) -> str:
    """Say what a diagnosis concludes: « mesure proposée : ASLL, 6 mois »."""
    if found.conclusion is None:
        return ""
    label = CONCLUSION_LABELS[found.conclusion]
    if found.conclusion is Conclusion.MEASURE:
        months = f"{found.months}{NB}mois" if found.months else ""
        more = ", ".join(part for part in (file.kinds.get(found.kind_code or "", ""), months) if part)
    elif found.conclusion is Conclusion.ELSEWHERE:
        more = found.elsewhere or ""
    else:
        more = every_label("no_measure").get(found.no_measure_code or "", "")
    return f"{label}{NB}: {more}" if more else label


def short_words(of: Referral, progress: Progress, day: date) -> tuple[str, str]:
    """Return the two lines of a referral in its household's file: « Demande de Bailleur A », then how far it went."""
    due, _tone = due_words(progress, day)
    decided = DECISION_LABELS[of.decision] if of.decision else ""
    parts = (
        f"reçue le {format_date(of.received_on)}",
        reason_words(of.reason_codes),
        decided or due,
        of.number,
    )
    return f"Demande\u00a0: {of.body}", f"{NB}· ".join(part for part in parts if part)


def _received(of: Referral) -> Step:
    told = f"le {format_date(of.received_on)}, par {WAY_LABELS[of.way]}"
    if of.prescribed_on is not None and of.prescribed_on != of.received_on:
        told += f"\nprescrite le {format_date(of.prescribed_on)}"
    return Step("Demande reçue", told, "ok")


def _contact(file: ReferralFile, day: date) -> Step:
    of, progress = file.referral, file.progress
    allowed = (of.contact_due_on - of.received_on).days
    if progress.reached_on is not None:
        told = delay_words(progress.contact_days, allowed, "")
        late = progress.reached_on > of.contact_due_on
        return Step(
            "Premier contact", f"le {format_date(progress.reached_on)}, {told}", "warn" if late else "ok"
        )
    tries = plural(progress.attempts, "essai") + " sans réponse" if progress.attempts else ""
    if progress.stage is not Stage.RECEIVED:
        return Step("Premier contact", tries or "pas noté", "muted")
    due, tone = due_words(progress, day)
    told = "\n".join(part for part in (due, tries) if part)
    return Step("Premier contact", told, tone if tone != "muted" else "accent")


def _diagnosis(file: ReferralFile) -> Iterator[Step]:
    found = file.diagnosis
    if found is None:
        if file.referral.product is Product.DIAGNOSIS:
            yield Step("Diagnostic", "à commencer", "muted")
        return
    held = len(interviews(file.attempts))
    met = f"{plural(held, 'entretien')}" if held else "aucun entretien noté"
    if found.conclusion is None:
        yield Step("Diagnostic", f"prescrit le {format_date(found.prescribed_on)}, {met}", "accent")
        return
    when = f"conclu le {format_date(found.concluded_on)}, {met}" if found.concluded_on else met
    yield Step("Diagnostic", f"{when}\n{conclusion_words(found, file)}", "ok")


def _decision(file: ReferralFile, day: date) -> Step:
    of, progress = file.referral, file.progress
    if of.decision is not None and of.decided_on is not None:
        told = f"{DECISION_LABELS[of.decision]} le {format_date(of.decided_on)}"
        if of.decision is Decision.WAITING_LIST:
            review = f"\nà revoir le {format_date(of.review_on)}" if of.review_on else ""
            return Step("Décision", f"{told}{review}", "warn")
        allowed = (of.decision_due_on - of.received_on).days
        late = of.decided_on > of.decision_due_on
        told += f", {delay_words(progress.decision_days, allowed, '')}"
        return Step("Décision", told, "warn" if late else "ok")
    if progress.stage is Stage.CLOSED:
        return Step("Décision", "sans objet après le diagnostic", "muted")
    if progress.stage is Stage.RECEIVED:
        return Step("Décision", f"avant le {format_date(of.decision_due_on)}", "muted")
    due, tone = due_words(progress, day)
    return Step("Décision", due, tone if tone != "muted" else "accent")


def _measure(file: ReferralFile) -> Iterator[Step]:
    if file.referral.opened:
        what = "Mesure" if file.referral.measure_id is not None else "Veille"
        yield Step(what, "ouverte à partir de cette demande", "ok")
    elif file.progress.stage is Stage.TO_OPEN:
        yield Step("Veille" if file.referral.product is Product.WATCH else "Mesure", "à ouvrir", "warn")


def _rent(of: Referral) -> str:
    parts = (("loyer", of.rent_cents), ("charges", of.charges_cents), ("APL", of.benefit_cents))
    return ", ".join(f"{label} {format_euros(cents)}" for label, cents in parts if cents is not None)


def _balance(of: Referral) -> str:
    if of.balance_cents is None:
        return f"premier impayé le {format_date(of.unpaid_since)}" if of.unpaid_since else ""
    owed = f"{format_euros(abs(of.balance_cents))} {'dus' if of.balance_cents > 0 else 'd’avance'}"
    if of.balance_cents == 0:
        owed = "à jour"
    return f"{owed}, premier impayé le {format_date(of.unpaid_since)}" if of.unpaid_since else owed
