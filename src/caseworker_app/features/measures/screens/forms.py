"""Forms of a measure that runs: renewed, closer or lighter, handed over, suspended, resumed, ended."""

from __future__ import annotations

from datetime import timedelta

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import (
    INTENSITY_LABELS,
    Intensity,
    MeasureFile,
    Relay,
    SupportMeasure,
    Suspension,
)
from caseworker_app.features.measures.domain.relay import lead_on, relay_words
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures, length_hint
from caseworker_app.features.measures.domain.suspension import days_words
from caseworker_app.features.measures.domain.terms import reasons_offered, renewed_end
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import typeset
from caseworker_app.ui_kit.side_form import SideForm, Work


def renew_form(desk: MeasuresDesk, shown: ShownMeasures, file: MeasureFile) -> SideForm:
    """Ask until when the measure goes on, and why; the agreement's length, else the kind's, is proposed."""
    measure = file.measure
    form = SideForm(f"renew:{measure.id}", "Renouveler la mesure", desk.today, measure.kind_label)
    start = measure.planned_end_on + timedelta(days=1) if measure.planned_end_on else desk.today
    kind = shown.kinds.get(measure.id)
    form.note(f"Du {format_date(start)}, à la suite de la période en cours.")
    rule = shown.rule(measure.agreement_id, start)
    proposed = renewed_end(kind, measure, start, file.agreement, rule) if kind else None
    form.day("to_date", "&Jusqu’au", proposed, length_hint(kind, rule) if kind else "")
    form.day("decided_on", "&Décidé le", desk.today)
    form.long("reason", "Motif", "ce qui reste à faire")

    def read() -> Work:
        to_date, decided = form.needed_date("to_date"), form.date_of("decided_on")
        reason = form.text("reason")
        return lambda: service.renew_measure(
            desk.file, desk.who, measure.id, to_date, decided_on=decided, reason=reason
        )

    return form.intend(read, "Mesure renouvelée")


def intensity_form(desk: MeasuresDesk, measure: SupportMeasure) -> SideForm:
    """Ask how close the support is, and for how many visits a month."""
    form = SideForm(f"intensity:{measure.id}", "Changer l’intensité", desk.today, measure.kind_label)
    choice = form.choice("intensity", "&Intensité", INTENSITY_LABELS, measure.intensity)
    visits = form.number("visits_per_month", "&Visites par\u00a0mois", measure.visits_per_month)
    usual = {each: service.usual_visits(each, desk.today) for each in Intensity}
    choice.activated.connect(lambda _i: visits.setText(str(usual[Intensity(choice.current_key())])))

    def read() -> Work:
        intensity, number = form.needed("intensity", Intensity), form.needed_whole("visits_per_month")
        return lambda: service.change_intensity(desk.file, desk.who, measure.id, intensity, number)

    return form.intend(read, "Intensité modifiée")


def hand_over_form(desk: MeasuresDesk, shown: ShownMeasures, file: MeasureFile) -> SideForm:
    """Ask who leads the measure, and from which day: past, today, or to come."""
    measure = file.measure
    sentence = typeset(
        f"{measure.kind_label}. « Ma semaine » de chacun suit la date ; l’historique garde qui suivait."
    )
    form = SideForm(f"hand-over:{measure.id}", "Passer le relais", desk.today, sentence)
    lead = lead_on(measure, file.relays, desk.today)
    names = {each.id: each.name for each in shown.workers if each.active and each.id != lead}
    form.choice("worker_id", "&Référent·e", names)
    form.day("from_date", "À partir &du", desk.today, "Passée, aujourd’hui ou à venir")
    if not names:
        form.note("Personne d’autre dans l’équipe\u00a0: ajoutez une personne dans Réglages.")

    def read() -> Work:
        worker, day = form.text("worker_id"), form.needed_date("from_date")
        if worker is None:
            raise InvalidEntry("Choisissez la personne qui prend la suite.", "worker_id")
        return lambda: service.change_lead_worker(desk.file, desk.who, measure.id, worker, day)

    return form.intend(read, "Relais noté")


def call_off_form(desk: MeasuresDesk, shown: ShownMeasures, relay: Relay) -> SideForm:
    """Show a relay to come, which may be called off."""
    title, when = relay_words(
        relay, shown.worker_name(relay.before_id), shown.worker_name(relay.worker_id), desk.today
    )
    form = SideForm(f"relay:{relay.id}", "Relais prévu", desk.today, title, "&Annuler ce relais")
    form.note(f"Il prend effet {when}. Annulé, rien ne change ce jour-là.")
    return form.intend(lambda: lambda: service.call_off_relay(desk.file, desk.who, relay.id), "Relais annulé")


def suspend_form(desk: MeasuresDesk, measure: SupportMeasure) -> SideForm:
    """Ask from when the measure stops, until when if it is known, and why."""
    form = SideForm(f"suspend:{measure.id}", "Suspendre la mesure", desk.today, measure.kind_label)
    form.day("from_date", "&Du", desk.today)
    form.day("to_date", "&Au", hint="Vide\u00a0: jusqu’à ce qu’elle reprenne")
    form.side_by_side()
    form.note(typeset("La fin prévue ne bouge pas ; « Ma semaine » n’attend aucun contact pendant ce temps."))
    form.long("reason", "Motif", "hospitalisation, absence, demande du ménage")

    def read() -> Work:
        start, end, reason = form.needed_date("from_date"), form.date_of("to_date"), form.text("reason")
        return lambda: service.suspend_measure(desk.file, desk.who, measure.id, start, end, reason)

    return form.intend(read, "Mesure suspendue")


def resume_form(desk: MeasuresDesk, measure: SupportMeasure, held: Suspension) -> SideForm:
    """Ask from which day the measure goes on."""
    sentence = f"{measure.kind_label}, suspendue {days_words(held)}"
    form = SideForm(f"resume:{held.id}", "Reprendre la mesure", desk.today, sentence)
    form.day("resumed_on", "&Reprend le", desk.today)

    def read() -> Work:
        day = form.needed_date("resumed_on")
        return lambda: service.resume_measure(desk.file, desk.who, held.id, day)

    return form.intend(read, "Mesure reprise")


def end_form(desk: MeasuresDesk, shown: ShownMeasures, measure: SupportMeasure) -> SideForm:
    """Ask when and why the measure ends, and where the household goes; its agreement's reasons where it has some."""
    form = SideForm(f"end:{measure.id}", "Terminer la mesure", desk.today, measure.kind_label)
    form.day("ended_on", "&Dernier jour", desk.today)
    rule = shown.rule(measure.agreement_id, desk.today)
    reasons = {each.code: each.label for each in reasons_offered(rule, service.exit_reasons(desk.today))}
    form.choice("exit_reason_code", "&Motif de fin", reasons)
    form.long("destination", "Où va le ménage", "logement, relais")

    def read() -> Work:
        day, code, where = (
            form.needed_date("ended_on"),
            form.text("exit_reason_code"),
            form.text("destination"),
        )
        if code is None:
            raise InvalidEntry("Choisissez le motif dans la liste.", "exit_reason_code")
        return lambda: service.end_measure(desk.file, desk.who, measure.id, day, code, where)

    return form.intend(read, "Mesure terminée")
