"""The shorter forms of a referral: an attempt, its diagnosis, its decision, the measure it opens."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.features.measures.domain.measure import (
    INTENSITY_LABELS,
    Intensity,
    NewMeasure,
)
from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.following import (
    ADVICE_TEXTS,
    CONCLUSION_LABELS,
    HOUSING_TEXTS,
    MEANS_LABELS,
    PURPOSE_LABELS,
    SOCIAL_TEXTS,
    TEXTS,
    Conclusion,
    Diagnosis,
    Means,
    NewAttempt,
    NewDiagnosis,
    Purpose,
)
from caseworker_app.features.referrals.domain.referral import (
    DECISION_LABELS,
    Decision,
    NewDecision,
)
from caseworker_app.features.referrals.domain.stages import Stage
from caseworker_app.features.referrals.domain.tables import no_measures, refusals
from caseworker_app.features.referrals.screens.desk import ReferralsDesk
from caseworker_app.features.referrals.service.reading import FormChoices
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.side_form import SideForm, Work
from caseworker_app.ui_kit.theme import px

# A diagnosis has a dozen texts: each begins short, and scrolls.
_LEAST_ZONE, _MOST_ZONE = 92, 128


def attempt_form(desk: ReferralsDesk, file: ReferralFile) -> SideForm:
    """Ask how the household was sought, and whether it answered."""
    of = file.referral
    form = SideForm(f"attempt:{of.id}", "Contact ou entretien", desk.today, file.people.household.name)
    form.side_by_side()
    form.day("held_on", "&Le", desk.today)
    form.choice("means", "&Par", MEANS_LABELS, Means.CALL)
    begun = file.progress.stage in (Stage.DIAGNOSIS, Stage.CONTACTED)
    form.side_by_side()
    form.choice("purpose", "P&our", PURPOSE_LABELS, Purpose.INTERVIEW if begun else Purpose.REACH)
    form.choice("reached", "&Résultat", {"yes": "ménage joint", "no": "sans réponse"}, None)
    form.long("note", "Note", "Ce qui est convenu, quand rappeler")

    def read() -> Work:
        if form.text("reached") is None:
            raise InvalidEntry("Dites si le ménage a répondu.", "reached")
        new = NewAttempt(
            form.needed_date("held_on"),
            form.needed("means", Means),
            form.needed("purpose", Purpose),
            form.text("reached") == "yes",
            form.text("note"),
        )
        return lambda: service.note_attempt(desk.file, desk.who, of.id, new)

    return form.intend(read, "Contact noté")


def diagnosis_form(desk: ReferralsDesk, file: ReferralFile, choices: FormChoices) -> SideForm:
    """Write the diagnosis: who prescribed it, what is seen, what it concludes."""
    of, found = file.referral, file.diagnosis
    form = SideForm(f"diagnosis:{of.id}", "Diagnostic", desk.today, "Interne, sauf accord du ménage.")
    form.side_by_side()
    form.day("prescribed_on", "&Prescrit le", found.prescribed_on if found else of.since)
    form.line("prescribed_by", "Prescrit par", found.prescribed_by if found else of.body)
    for title, texts in (("Volet social", SOCIAL_TEXTS), ("Volet logement", HOUSING_TEXTS)):
        form.heading(title)
        _zones(form, texts, found)
    _advise(form, file, choices)
    version = found.version if found else None

    def read() -> Work:
        new = _diagnosis(form)
        return lambda: service.write_diagnosis(desk.file, desk.who, of.id, new, version)

    return form.intend(read, "Diagnostic enregistré")


def _advise(form: SideForm, file: ReferralFile, choices: FormChoices) -> None:
    """Ask what the diagnosis concludes, and the measure it proposes or why there is none."""
    of, found = file.referral, file.diagnosis
    form.heading("Préconisation")
    form.side_by_side()
    form.choice(
        "conclusion",
        "&Conclusion",
        CONCLUSION_LABELS,
        found.conclusion if found else None,
        nothing="Pas encore",
    )
    form.day("concluded_on", "Conclu &le", found.concluded_on if found else None)
    kinds = {kind.code: kind.short_label for kind in choices.kinds}
    form.choice(
        "kind_code", "&Mesure proposée", kinds, found.kind_code if found else of.kind_code, nothing="Aucune"
    )
    form.side_by_side()
    form.choice(
        "intensity", "&Intensité", INTENSITY_LABELS, found.intensity if found else None, nothing="À voir"
    )
    form.number("months", "&Durée, en\u00a0mois", found.months if found else None)
    form.line("elsewhere", "Orienté &vers", found.elsewhere if found else "")
    refused = {each.code: each.label for each in no_measures(form.today)}
    form.choice(
        "no_measure_code",
        "Motif du &non-lieu",
        refused,
        found.no_measure_code if found else None,
        nothing="Aucun",
    )
    _zones(form, ADVICE_TEXTS, found)


def _zones(form: SideForm, texts: Mapping[str, str], found: Diagnosis | None) -> None:
    for key, label in texts.items():
        zone = form.long(key, label, "", getattr(found, key) if found else "")
        zone.setMinimumHeight(px(_LEAST_ZONE))
        zone.setMaximumHeight(px(_MOST_ZONE))


def _diagnosis(form: SideForm) -> NewDiagnosis:
    texts = {key: form.text(key) for key in TEXTS}
    return NewDiagnosis(
        form.needed_date("prescribed_on"),
        form.text("prescribed_by"),
        **texts,
        conclusion=form.chosen("conclusion", Conclusion),
        kind_code=form.text("kind_code"),
        intensity=form.chosen("intensity", Intensity),
        months=form.whole("months"),
        elsewhere=form.text("elsewhere"),
        no_measure_code=form.text("no_measure_code"),
        concluded_on=form.date_of("concluded_on"),
    )


def decision_form(desk: ReferralsDesk, file: ReferralFile) -> SideForm:
    """Ask what was decided, when, and why."""
    of = file.referral
    form = SideForm(f"decision:{of.id}", "Décision", desk.today, file.people.household.name)
    form.side_by_side()
    form.choice("decision", "&Décision", DECISION_LABELS, of.decision)
    form.day("decided_on", "&Le", of.decided_on or desk.today)
    codes = {each.code: each.label for each in refusals(desk.today)}
    form.choice("refusal_code", "Motif du &refus", codes, of.refusal_code, nothing="Sans objet")
    form.day("review_on", "À re&voir le", of.review_on, hint="Pour une liste d’attente")
    form.long("reason", "Précisions", "Restent internes", of.decision_reason)

    def read() -> Work:
        new = NewDecision(
            form.needed("decision", Decision),
            form.needed_date("decided_on"),
            form.text("refusal_code"),
            form.text("reason"),
            form.date_of("review_on"),
        )
        return lambda: service.decide_referral(desk.file, desk.who, of.id, new)

    return form.intend(read, "Décision enregistrée")


def measure_key(file: ReferralFile) -> str:
    """Return the key of the form that opens the measure a referral asked for."""
    return f"measure:{file.referral.id}"


def measure_form(desk: ReferralsDesk, file: ReferralFile, choices: FormChoices) -> SideForm:
    """Open the measure, everything the referral and its diagnosis say already filled."""
    of = file.referral
    form = SideForm(
        measure_key(file), "Ouvrir la mesure", desk.today, file.people.household.name, "&Ouvrir la mesure"
    )
    kinds = {kind.code: kind.label for kind in choices.kinds}
    form.choice("kind_code", "&Sorte de mesure", kinds, file.measure_kind)
    agreements = {each.id: each.name for each in choices.agreements}
    form.choice("agreement_id", "&Convention", agreements, of.agreement_id, nothing="Aucune")
    form.side_by_side()
    form.day("starts_on", "&Début le", desk.today)
    form.day("planned_end_on", "&Fin prévue le", file.measure_end(desk.today), _usual_length(file, choices))
    form.line("prescriber", "&Prescripteur", of.body)
    workers = {each.id: each.name for each in choices.workers if each.active}
    form.side_by_side()
    form.choice("lead_worker_id", "&Référent·e", workers, of.worker_id)
    form.choice("intensity", "&Intensité", INTENSITY_LABELS, file.measure_intensity)

    def read() -> Work:
        kind = form.text("kind_code")
        if kind is None:
            raise InvalidEntry("Choisissez la sorte de mesure dans la liste.", "kind_code")
        new = NewMeasure(
            of.household_id,
            kind,
            form.needed_date("starts_on"),
            form.date_of("planned_end_on"),
            form.text("agreement_id"),
            form.text("prescriber"),
            form.text("lead_worker_id"),
            form.needed("intensity", Intensity),
        )
        return lambda: service.open_measure_from(desk.file, desk.who, of.id, new)

    return form.intend(read, "Mesure ouverte")


def _usual_length(file: ReferralFile, choices: FormChoices) -> str:
    """Return the hint of an end left empty: « Vide : 6 mois »."""
    months = next((kind.default_months for kind in choices.kinds if kind.code == file.measure_kind), None)
    return f"Vide\u00a0: {months}\u00a0mois" if months else ""
