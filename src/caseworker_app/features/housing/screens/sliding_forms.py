"""Forms of a sliding lease: agreement, reviews and their criteria, the landlord's answer, the transfer."""

from __future__ import annotations

from datetime import timedelta

from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.joint_review import (
    OPINION_LABELS,
    CriterionLine,
    Judgement,
    Opinion,
)
from caseworker_app.features.housing.domain.lease import LeaseKind, NewLease
from caseworker_app.features.housing.domain.sliding_lease import (
    CALEOL_OUTCOME_LABELS,
    LANDLORD_ANSWER_LABELS,
    CaleolOutcome,
    JointReview,
    LandlordAnswer,
    NewSlidingLease,
    SlidingLeaseFile,
    TransferSteps,
)
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.lease_forms import add_terms, read_terms
from caseworker_app.features.housing.service import joint_reviews, leases, transfers
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.ui_kit.side_form import SideForm, Work

NB = "\u00a0"


def agreement_form(desk: HousingDesk, home: LeaseFile) -> SideForm:
    """Ask for the three-party agreement of a sliding lease, with its first period."""
    form = SideForm(
        "agreement", "Convention de glissement", desk.today, "Tripartite, annexée à la sous-location."
    )
    form.day("agreement_signed_on", "&Signée le", home.lease.signed_on)
    form.day("starts_on", "&Début de la période", home.lease.starts_on)
    form.side_by_side()
    usual = leases.period_choices(desk.today)
    form.number("period_months", "D&urée, en mois", max(usual), hint=_usual(usual))
    form.number("review_months", "E&xamen tous les (mois)", None, hint="6 par décret.")

    def read() -> Work:
        new = NewSlidingLease(
            home.lease.id,
            form.needed_date("agreement_signed_on"),
            form.needed_whole("period_months"),
            form.date_of("starts_on"),
            form.whole("review_months"),
        )
        return lambda: leases.sign_sliding_lease(desk.file, desk.who, new)

    return form.intend(read, "Convention notée")


def renewal_form(desk: HousingDesk, sliding: SlidingLeaseFile) -> SideForm:
    """Ask for another examination period after the last one."""
    sentence = "Une nouvelle période suit la dernière\u00a0; le bailleur répondra de nouveau à son terme."
    form = SideForm("renewal", "Renouveler la convention", desk.today, sentence, "&Renouveler")
    usual = leases.period_choices(desk.today)
    form.side_by_side()
    form.number("period_months", "D&urée, en mois", min(usual, key=lambda n: abs(n - 6)), hint=_usual(usual))
    form.day("decided_on", "&Décidé le", desk.today)

    def read() -> Work:
        months, day = form.needed_whole("period_months"), form.needed_date("decided_on")
        agreement = sliding.agreement.id
        return lambda: leases.renew_examination_period(desk.file, desk.who, agreement, months, day)

    return form.intend(read, "Convention renouvelée")


def plan_review_form(desk: HousingDesk, sliding: SlidingLeaseFile) -> SideForm:
    """Ask when the next joint review is to be held, or move the one that is planned."""
    planned = sliding.planned_review()
    sentence = "À l’initiative de l’association, avec le bailleur et le ménage."
    form = SideForm("plan_review", f"Examen{NB}{len(sliding.held_reviews()) + 1}", desk.today, sentence)
    form.day("planned_on", "&Prévu le", planned.planned_on if planned else sliding.next_review_on)

    def read() -> Work:
        day = form.needed_date("planned_on")
        if planned is not None:
            return lambda: joint_reviews.move_joint_review(desk.file, desk.who, planned.id, day)
        return lambda: leases.plan_joint_review(desk.file, desk.who, sliding.agreement.id, day)

    return form.intend(read, "Examen prévu")


def hold_review_form(desk: HousingDesk, sliding: SlidingLeaseFile, review: JointReview | None) -> SideForm:
    """Ask when a review was held and what was agreed there."""
    held = sliding.held_reviews()
    number = held.index(review) + 1 if review in held else len(held) + 1
    form = SideForm(f"hold_review:{review.id if review else ''}", f"Examen{NB}{number} tenu", desk.today)
    day = (review.held_on or review.planned_on) if review else None
    form.day("held_on", "&Tenu le", min(day or desk.today, desk.today))
    form.long(
        "conclusion", "Conclusion", "ce que les trois parties retiennent", review.conclusion if review else ""
    )

    def read() -> Work:
        on, conclusion = form.needed_date("held_on"), form.text("conclusion")
        agreement, review_id = sliding.agreement.id, review.id if review else None
        return lambda: leases.hold_joint_review(desk.file, desk.who, agreement, on, review_id, conclusion)

    return form.intend(read, "Examen noté")


def criterion_form(desk: HousingDesk, review_id: str, line: CriterionLine) -> SideForm:
    """Ask what each party says of one criterion, and a remark on it."""
    before = line.judgement()
    key = f"criterion:{review_id}:{line.criterion.code}"
    form = SideForm(key, line.criterion.label, desk.today)
    for name, label, said in (
        ("by_landlord", "Avis du &bailleur", before.by_landlord),
        ("by_household", "Avis du &ménage", before.by_household),
        ("by_association", "Avis de l’&association", before.by_association),
    ):
        form.choice(name, label, OPINION_LABELS, said, nothing="À donner")
    form.long("remark", "Remarque", "un fait, une date", before.remark)

    def read() -> Work:
        judgement = Judgement(
            line.criterion.code,
            form.chosen("by_landlord", Opinion),
            form.chosen("by_household", Opinion),
            form.chosen("by_association", Opinion),
            form.text("remark"),
        )
        return lambda: joint_reviews.judge_criterion(desk.file, desk.who, review_id, judgement)

    return form.intend(read, f"Avis noté{NB}: {line.criterion.label}")


def answer_form(desk: HousingDesk, sliding: SlidingLeaseFile) -> SideForm:
    """Ask what the landlord told the préfet: a lease offered, or refused with its reasons."""
    agreement, period = sliding.agreement, sliding.last_period()
    form = SideForm(
        f"answer:{agreement.id}",
        "Réponse du bailleur",
        desk.today,
        "Deux mois avant le terme, le bailleur dit au préfet s’il propose un bail (CCH, art. L442-8-3).",
    )
    form.choice("answer", "Le &bailleur", LANDLORD_ANSWER_LABELS, period.landlord_answer if period else None)
    form.day("notified_on", "&Avis au préfet le", agreement.landlord_notified_on or desk.today)
    form.long("reasons", "Motifs", "s’il ne propose pas de bail", period.landlord_reasons if period else "")

    def read() -> Work:
        answer = form.needed("answer", LandlordAnswer)
        on, reasons = form.needed_date("notified_on"), form.text("reasons")
        return lambda: transfers.record_landlord_answer(
            desk.file, desk.who, agreement.id, on, answer, reasons
        )

    return form.intend(read, "Réponse du bailleur notée")


def steps_form(desk: HousingDesk, sliding: SlidingLeaseFile) -> SideForm:
    """Ask where the housing application and the commission stand."""
    a = sliding.agreement
    form = SideForm("transfer_steps", "Demande de logement et CALEOL", desk.today)
    form.line("application_number", "&Numéro unique", a.application_number)
    hint = "À renouveler chaque année."
    form.day("application_renewed_on", "Demande &renouvelée le", a.application_renewed_on, hint)
    form.side_by_side()
    form.day("caleol_on", "&CALEOL le", a.caleol_on)
    form.choice("caleol_outcome", "&Décision", CALEOL_OUTCOME_LABELS, a.caleol_outcome, nothing="À venir")

    def read() -> Work:
        steps = TransferSteps(
            form.text("application_number"),
            form.date_of("application_renewed_on"),
            form.date_of("caleol_on"),
            form.chosen("caleol_outcome", CaleolOutcome),
        )
        return lambda: transfers.record_transfer_steps(desk.file, desk.who, a.id, steps)

    return form.intend(read, "Démarches notées")


def transfer_form(desk: HousingDesk, home: LeaseFile, sliding: SlidingLeaseFile) -> SideForm:
    """Ask for the lease in the household's name; the sublease ends the day before."""
    form = SideForm(
        "transfer",
        "Glissement du bail",
        desk.today,
        "La sous-location finit la veille\u00a0; le ménage devient locataire du bailleur.",
        "&Faire glisser le bail",
    )
    end = sliding.ends_on()
    form.side_by_side()
    form.day("starts_on", "&Premier jour", end + timedelta(days=1) if end else None)
    form.day("signed_on", "Si&gné le")
    form.line("reference", "N° du &bail")
    add_terms(form, home.lease)

    def read() -> Work:
        new = NewLease(
            home.lease.household_id,
            home.dwelling.id,
            LeaseKind.LEASE,
            reference=form.text("reference"),
            signed_on=form.date_of("signed_on"),
            starts_on=form.needed_date("starts_on"),
            due_day=home.lease.due_day,
            **read_terms(form),
        )
        return lambda: transfers.transfer_lease(desk.file, desk.who, sliding.agreement.id, new)

    return form.intend(read, "Le bail a glissé au nom du ménage")


def _usual(months: list[int]) -> str:
    return f"D’usage{NB}: {join_words([str(each) for each in months[:-1]])} ou {plural(months[-1], 'mois', 'mois')}."
