"""The side forms that open a record, each on a whole one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from caseworker_app.features.agenda import service as agenda
from caseworker_app.features.agenda.screens import form as agenda_form
from caseworker_app.features.agenda.screens.desk import AgendaDesk, open_time
from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import AppointmentKind, TimeForm
from caseworker_app.features.diary.domain.entry import EntryKind, NewEntry
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.record_forms import correction_form
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.landlord import NewLandlord
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import Intensity, NewMeasure
from caseworker_app.features.measures.domain.meeting import NewMeeting, NewTask
from caseworker_app.features.measures.domain.part import NewPart
from caseworker_app.features.measures.screens import forms as measure_forms
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.meetings_card import meeting_form, task_form
from caseworker_app.features.measures.screens.parts_card import part_form
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import Answer, NewOrientation
from caseworker_app.features.orientations.screens.desk import OrientationsDesk
from caseworker_app.features.orientations.screens.forms import orientation_form
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner, NewPartnerContact, PartnerKind
from caseworker_app.features.partners.screens import forms as partner_forms
from caseworker_app.features.partners.screens.desk import PartnersDesk
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure
from caseworker_app.features.procedures.screens.desk import ProceduresDesk
from caseworker_app.features.procedures.screens.forms import procedure_form
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.following import Conclusion, NewDiagnosis
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    Given,
    NewDecision,
    NewReferral,
    Product,
    Sender,
    Urgency,
    Way,
)
from caseworker_app.features.referrals.screens import forms as referral_forms
from caseworker_app.features.referrals.screens.desk import ReferralsDesk
from caseworker_app.features.referrals.screens.reception_form import ReceptionForm
from caseworker_app.features.veille import service as veille
from caseworker_app.features.veille.domain.contact import Way as WatchWay
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit
from caseworker_app.features.veille.domain.watch import Near, NewWatch, Origin
from caseworker_app.features.veille.screens import forms as veille_forms
from caseworker_app.features.veille.screens.desk import VeilleDesk
from tests.whole_records.world import Case, Opened, World

DAY = date(2026, 11, 24)
_THEMES = (
    "logement-hebergement--reduire-les-impayes-de-loyer",
    "logement-hebergement--changer-de-logement",
    "logement-hebergement--louer-un-logement",
    "logement-hebergement--acheter-un-logement",
)
PARTNER = NewPartner(
    "CCAS de Hem", PartnerKind.PUBLIC_SERVICE, siret="55801130000032", phones=("02 61 91 00 01", "06 39 98 12 47"),
    email="accueil@hem.example", website="https://hem.example", street="1 place de la Mairie", complement="Bât. B",
    postal_code="59510", city="Hem", opening_hours="Tu 09:00-12:00;\nWe 14:00-17:00",
    services=("Aide alimentaire", "Domiciliation"), themes=_THEMES, description="Sur rendez-vous.\n\nSonner deux fois.",
    source="DORA", source_id="d-77", updated_on=DAY,
)  # fmt: skip


def partner(world: World) -> Opened:
    key = partners.add_partner(world.file, world.who, PARTNER)[0]
    opened = world.read(partners.open_partner, key)
    return Opened(partner_forms.partner_form(world.desk(PartnersDesk), opened.partner), key)


def partner_contact(world: World) -> Opened:
    of = partners.add_partner(world.file, world.who, PARTNER)[0]
    new = NewPartnerContact("Zoé Petit", "accueil", "02 61 91 00 01", "zoe@hem.example")
    partners.add_partner_contact(world.file, world.who, of, new)
    (contact,) = world.read(partners.open_partner, of).contacts
    return Opened(partner_forms.contact_form(world.desk(PartnersDesk), of, contact), contact.id)


def orientation(world: World) -> Opened:
    to = partners.add_partner(world.file, world.who, PARTNER)[0]
    member = _adult(world)
    given = NewConsent(
        world.household, Recipient(RecipientKind.BODY, "CCAS de Hem"), frozenset({Topic.HOUSING_GOALS}), "Aide", DAY,
        until=DAY + timedelta(90),
    )  # fmt: skip
    agreed = consents.give_consent(world.file, world.who, given)[0]
    new = NewOrientation(
        to, "Dettes d’énergie.\n\nDepuis mars.", DAY - timedelta(20), member, agreed, _THEMES[0], DAY - timedelta(15),
        DAY - timedelta(3), Answer.ACCEPTED, DAY - timedelta(4), "Un dossier est monté.", DAY - timedelta(1),
    )  # fmt: skip
    key = orientations.propose_orientation(world.file, world.who, world.household, new)[0]
    page = world.read(orientations.orientations_page, world.household, DAY)
    (shown,) = [each for each in page.shown if each.orientation.id == key]
    return Opened(orientation_form(world.desk(OrientationsDesk, lambda *_asked: None), page, shown), key)


def _adult(world: World) -> str:
    return str(world.read(households.open_household, world.household).members[0].id)


def _referral(world: World) -> str:
    landlord = landlords.add_landlord(world.file, world.who, NewLandlord("Habitat du Nord"))[0]
    given = Given(
        "2 adultes, 1 enfant", "T3, 4 rue des Lilas", "B-118", date(2021, 5, 1), 61_200, 8_000, 21_000, 120_000,
        date(2026, 6, 1), "Commandement de payer", "Perte d’emploi.\n\nDepuis juin.", "Deux courriers.", "Oui",
    )  # fmt: skip
    new = NewReferral(
        DAY - timedelta(5), Sender.LANDLORD, ("unpaid_rent", "isolation"), Way.LETTER, landlord, None,
        "Habitat du Nord",
        "M. Brac", "02 61 91 00 03", "HN-77", DAY - timedelta(6), Product.MEASURE, "asll", None, Urgency.URGENT, True,
        DAY - timedelta(6), world.who.worker_id, given,
    )  # fmt: skip
    return str(referrals.receive_referral(world.file, world.who, new, world.household)[0].referral_id)


def reception(world: World) -> Opened:
    key = _referral(world)
    choices = world.read(referrals.form_choices, DAY)
    return Opened(
        ReceptionForm(world.desk(ReferralsDesk), choices, world.read(referrals.open_referral, key, DAY)), key
    )


def diagnosis(world: World) -> Opened:
    key = _referral(world)
    words = {name: f"Texte de {name}.\n\nSuite." for name in referral_forms.TEXTS}
    new = NewDiagnosis(
        DAY - timedelta(3), "CCAS", **words, conclusion=Conclusion.MEASURE, kind_code="asll",
        intensity=Intensity.MEDIUM,
        months=6, concluded_on=DAY,
    )  # fmt: skip
    referrals.write_diagnosis(world.file, world.who, key, new, None)
    opened = world.read(referrals.open_referral, key, DAY)
    form = referral_forms.diagnosis_form(
        world.desk(ReferralsDesk), opened, world.read(referrals.form_choices, DAY)
    )
    return Opened(form, opened.diagnosis.id)


def decision(world: World) -> Opened:
    key = _referral(world)
    new = NewDecision(
        Decision.WAITING_LIST, DAY - timedelta(1), None, "Complet.\n\nÀ revoir.", DAY + timedelta(30)
    )
    referrals.decide_referral(world.file, world.who, key, new)
    opened = world.read(referrals.open_referral, key, DAY)
    return Opened(referral_forms.decision_form(world.desk(ReferralsDesk), opened), key)


def watch(world: World) -> Opened:
    landlord = landlords.add_landlord(world.file, world.who, NewLandlord("Habitat du Nord"))[0]
    new = NewWatch(
        WatchWay.CALL, Rhythm(DAY - timedelta(20), 2, Unit.WEEKS, 3, DAY + timedelta(200), 630), world.who.worker_id,
        Origin.LANDLORD_LIST, landlord, "Seul depuis mai.\n\nNe sort plus.", "Parler fort.",
        Near("Mina Exemple", "06 39 98 24 30", "fille", True, "Plutôt le soir"),
    )  # fmt: skip
    key = veille.open_watch(world.file, world.who, world.household, new)[0]
    form = veille_forms.change_form(
        world.desk(VeilleDesk),
        world.read(veille.form_choices, DAY),
        world.read(veille.open_watch_file, key, DAY),
    )
    return Opened(form, key)


def part(world: World) -> Opened:
    partners.add_partner(world.file, world.who, NewPartner("Relais des Ormes", PartnerKind.ASSOCIATION))
    new = NewPart(
        "Relais des Ormes",
        "Parentalité",
        date(2026, 9, 1),
        date(2027, 3, 1),
        "Mme Ruel",
        True,
        "Le projet.\n\nRien d’autre.",
    )
    key = measures.add_part(world.file, world.who, world.household, new)[0]
    (found,) = world.read(measures.parts_of, world.household)
    return Opened(part_form(world.desk(MeasuresDesk), world.household, found), key)


def intensity(world: World) -> Opened:
    new = NewMeasure(
        world.household, "asll", date(2026, 9, 1), date(2027, 3, 1), prescriber="SIAO", visits_per_month=2
    )
    key = measures.open_measure(world.file, world.who, new)[0]
    (found,) = [each.measure for each in world.read(measures.measures_of, world.household, DAY)]
    return Opened(measure_forms.intensity_form(world.desk(MeasuresDesk), found), key)


def entry(world: World) -> Opened:
    new = NewEntry(
        world.household, EntryKind.HOME_VISIT, datetime.combine(DAY, time(13)), 50, "Domicile", "Mme Marchadier",
        "Budget",
        "Séjour chauffé.\n\nVu.", "Elle paie.", "À suivre.", travel_minutes=25, travel_metres=12_300,
    )  # fmt: skip
    key = diary.add_note(world.file, world.who, new)[0]
    return Opened(correction_form(world.desk(VisitDesk), world.read(diary.visit, key).entry), key)


def appointment(world: World) -> Opened:
    new = TimeForm(
        datetime.combine(date(2026, 11, 26), time(10, 30)), 90, AppointmentKind.HOME_VISIT, world.household,
        world.who.worker_id, False,
        "Au CCAS", "Budget", 20, 25, "Le bail", "Mme Ruel",
    )  # fmt: skip
    key = agenda.plan(world.file, world.who, new, None)[0][0]
    desk = world.desk(AgendaDesk, lambda _words: ())
    opened = open_time(desk, key)
    return Opened(agenda_form.change_form(desk, (), opened, desk.now, lambda _action: None), key)


def procedure(world: World) -> Opened:
    page = world.read(procedures.procedures_page, world.household, DAY)
    new = NewProcedure(
        page.lists[0].code,
        DAY - timedelta(20),
        DAY + timedelta(9),
        DAY - timedelta(3),
        DAY,
        "Déposée.\n\nSuivie.",
    )
    key = procedures.begin_procedure(world.file, world.who, world.household, new)[0]
    page = world.read(procedures.procedures_page, world.household, DAY)
    (found,) = [each.procedure for each in page.found if each.procedure.id == key]
    return Opened(procedure_form(world.desk(ProceduresDesk, lambda *_asked: None), page, found), key)


def _meeting(world: World) -> tuple[Any, str]:
    new = NewMeeting(DAY - timedelta(9), "PMI, CCAS", "Mairie", "Un relais.\n\nÀ revoir.")
    key = measures.add_meeting(world.file, world.who, world.household, new)[0]
    of = NewPart("Relais des Ormes", "Parentalité", date(2026, 9, 1))
    body = measures.add_part(world.file, world.who, world.household, of)[0]
    measures.add_task(world.file, world.who, key, NewTask("Appeler l’école", DAY + timedelta(3), body, DAY))
    (task,) = world.read(measures.open_tab, world.household, DAY).tasks
    measures.change_task(
        world.file,
        world.who,
        task.id,
        NewTask("Appeler l’école", DAY + timedelta(3), body, DAY),
        task.version,
    )
    return world.read(measures.open_tab, world.household, DAY), key


def meeting(world: World) -> Opened:
    shown, key = _meeting(world)
    return Opened(meeting_form(world.desk(MeasuresDesk), world.household, shown.meetings[0]), key)


def task(world: World) -> Opened:
    shown, _key = _meeting(world)
    return Opened(task_form(world.desk(MeasuresDesk), shown, shown.tasks[0]), shown.tasks[0].id)


_NOT_YET = frozenset({"ended_on", "exit_reason_code", "exit_reason_label", "destination", "agreement_id"})
_CONTRADICTORY = frozenset({"decision", "decided_on", "refusal_code", "decision_reason", "review_on"})
CASES = {
    "partners.screens.forms.partner_form": Case(
        partner, "partner", {"city": "Lens"}, frozenset({"city", "words"}), renewed=frozenset({"updated_on"})
    ),
    "partners.screens.forms.contact_form": Case(
        partner_contact, "partner_contact", {"job_title": "direction"}, frozenset({"job_title"})
    ),
    "orientations.screens.forms.orientation_form": Case(
        orientation, "orientation", {"result": "Une aide est accordée."}, frozenset({"result"})
    ),
    "referrals.screens.reception_form.ReceptionForm": Case(
        reception, "referral", {"contact_name": "Mme Brac"}, frozenset({"contact_name"}),
        _CONTRADICTORY | {"partner_id", "agreement_id", "measure_id", "watch_id"},
    ),
    "referrals.screens.forms.diagnosis_form": Case(
        diagnosis, "referral_diagnosis", {"months": "9"}, frozenset({"months"}),
        frozenset({"elsewhere", "no_measure_code"}),
    ),
    "referrals.screens.forms.decision_form": Case(
        decision, "referral", {"reason": "Toujours complet."}, frozenset({"decision_reason"}),
        frozenset({"partner_id", "agreement_id", "measure_id", "refusal_code", "watch_id"}),
    ),
    "veille.screens.forms.change_form": Case(
        watch, "watch", {"near_link": "voisine"}, frozenset({"near_link"}),
        frozenset({"ended_on", "end_code", "end_note"}),
    ),
    "measures.screens.parts_card.part_form": Case(part, "follow_part", {"person": "M. Roy"}, frozenset({"person"})),
    "measures.screens.forms.intensity_form": Case(
        intensity, "support_measure", {"visits_per_month": "4"}, frozenset({"visits_per_month"}), _NOT_YET
    ),
    "diary.screens.record_forms.correction_form": Case(
        entry, "diary_entry", {"purpose": "Loyer"}, frozenset({"purpose"}), frozenset({"signed_on", "refers_to"})
    ),
    "procedures.screens.forms.procedure_form": Case(
        procedure, "procedure", {"note": "Close."}, frozenset({"note"}), frozenset({"edition_id"})
    ),
    "measures.screens.meetings_card.meeting_form": Case(
        meeting, "follow_meeting", {"place": "École"}, frozenset({"place"})
    ),
    "measures.screens.meetings_card.task_form": Case(
        task, "meeting_task", {"what": "Écrire à l’école"}, frozenset({"what"})
    ),
    "agenda.screens.form.AppointmentForm": Case(
        appointment, "appointment", {"bring": "Les clés"}, frozenset({"bring"}),
        frozenset({"made_in", "entry_id", "series_id", "repeats", "outside_uid"}),
    ),
}  # fmt: skip
