"""The rules of « Ma semaine », declared in one list: each finds what is due and says where it is solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.goals.domain.goal import Actor, actor_text
from caseworker_app.features.housing.domain.eviction import EVICTION_KIND_LABELS, UNTIL_LABELS, EvictionKind
from caseworker_app.features.housing.domain.occupant_duty import DUTY_KIND_LABELS, DutyKind
from caseworker_app.features.week.domain.due import Due, Place, Source
from caseworker_app.features.week.domain.material import Agreed, Dated, FollowedMeasure, Material
from caseworker_app.features.week.domain.reports import reports
from caseworker_app.features.week.domain.watches import watches
from caseworker_app.kernel.dates import format_date, format_short_date
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros

NB = "\u00a0"
_OVERVIEW, _HOUSING, _PEOPLE = (
    Place("dossier", "overview"),
    Place("dossier", "housing"),
    Place("dossier", "composition"),
)
_GOALS, _DOCUMENTS, _MEASURE = (
    Place("dossier", "goals"),
    Place("dossier", "documents"),
    Place("dossier", "measure"),
)
_ORIENTATIONS = Place("dossier", "orientations")
_PROCEDURES = Place("dossier", "procedures")
_MONTH_DAYS = 30
_OURS = (Actor.WORKER, Actor.TOGETHER)

Finder = Callable[[Material], Iterator[Due]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in the list of sources, its icon, the words of its button, where its date comes from."""

    source: Source
    label: str
    icon: str
    action: str
    why: str
    find: Finder


def everything_due(material: Material) -> list[Due]:
    """Return all that the rules find up to the horizon, by date."""
    last = material.day + timedelta(material.limits.horizon_days)
    found = [due for rule in RULES for due in rule.find(material) if due.on <= last]
    return sorted(found, key=lambda due: (due.on, due.hour, due.source, due.household, due.row_id))


def rule_of(source: Source) -> Rule:
    """Return the rule of a source."""
    return _BY_SOURCE[source]


def silence_after(visits_per_month: int, silence_days: int) -> int:
    """Return after how many days without contact a household comes up: twice the time between two visits, and never
    more than `silence_days`.
    """
    return min(silence_days, 2 * _MONTH_DAYS // visits_per_month) if visits_per_month > 0 else silence_days


def _promises(m: Material) -> Iterator[Due]:
    for each in filter(_concerns(m.day), m.promises):
        said = f"convenu le {format_short_date(each.since)}" if each.since else "convenu"
        yield _agreed(m, Source.PROMISE, each, said, _OVERVIEW)


def _steps(m: Material) -> Iterator[Due]:
    for each in filter(_concerns(m.day), m.steps):
        yield _agreed(m, Source.GOAL_STEP, each, each.context, _GOALS)


def _decided(m: Material) -> Iterator[Due]:
    for each in filter(_concerns(m.day), m.decided):
        said = f"réunion du {format_short_date(each.since)}" if each.since else "réunion de synthèse"
        yield _agreed(m, Source.MEETING_TASK, each, said, _MEASURE)


def _pauses(m: Material) -> Iterator[Due]:
    for each in m.pauses:
        title = f"{'Pause terminée' if each.on <= m.day else 'Fin de pause'}{NB}: {each.words}"
        said = f"en attente{NB}: {each.kind}" if each.kind else "objectif en pause"
        yield m.due(Source.GOAL_PAUSE, each.id, each.household_id, title, said, each.on, _GOALS)


def _concerns(day: date) -> Callable[[Agreed], bool]:
    """What others do comes up once its day has passed, to be asked about; what the worker does, before."""
    return lambda each: each.actor in _OURS or each.due_on < day


def _agreed(m: Material, source: Source, each: Agreed, said: str, place: Place) -> Due:
    by = actor_text(Actor(each.actor), each.actor_name)
    return m.due(
        source, each.id, each.household_id, each.text, f"{by}, {said}" if said else by, each.due_on, place
    )


def _appointments(m: Material) -> Iterator[Due]:
    for each in m.meetings:
        day = each.starts_at.date()
        if each.state == AppointmentState.PLANNED and day < m.day:
            title = f"{each.purpose or 'Rendez-vous'}, à compléter"
            words = f"rendez-vous du {format_short_date(day)}"
            yield m.due(Source.APPOINTMENT, each.id, each.household_id, title, words, day, Place("visit"))


def _silences(m: Material) -> Iterator[Due]:
    # Only what is silent, or will be within the week: every household would be here otherwise.
    soon = m.day + timedelta(days=6 - m.day.weekday())
    for measure in _first_measures(m).values():
        since = m.contacts.get(measure.household_id) or measure.starts_on
        allowed = silence_after(measure.visits_per_month, m.limits.silence_days)
        on = since + timedelta(allowed)
        if on <= soon and since <= m.day:
            days = plural((m.day - since).days, "jour")
            rhythm = f"rythme convenu, {plural(measure.visits_per_month, 'visite')} par{NB}mois"
            title = f"Aucun contact depuis {days}"
            yield m.due(Source.SILENCE, measure.id, measure.household_id, title, rhythm, on, _PEOPLE)


def _visits_due(m: Material) -> Iterator[Due]:
    for each in m.measures:
        if each.visit_days is None or each.suspended:
            continue
        held = m.met.get(each.household_id)
        since = max(held, each.starts_on) if held else each.starts_on
        on, planned = since + timedelta(each.visit_days), m.planned.get(each.household_id)
        if planned is not None and planned <= max(on, m.day):
            continue
        rhythm = "chaque jour" if each.visit_days == 1 else f"tous les {each.visit_days}{NB}jours"
        said = f"convention{NB}: {rhythm}" + (f", prévue le {format_short_date(planned)}" if planned else "")
        yield m.due(
            Source.VISIT_RHYTHM, each.id, each.household_id, "Visite de la convention", said, on, _OVERVIEW
        )


def _relays(m: Material) -> Iterator[Due]:
    for each in m.relays:
        title, said = f"Relais{NB}: {each.words}", "le suivi change de mains ce jour-là"
        yield m.due(Source.RELAY, each.id, each.household_id, title, said, each.on, _MEASURE)


def _measure_ends(m: Material) -> Iterator[Due]:
    for each in m.measures:
        if each.planned_end_on is not None:
            title, said = f"Fin de mesure {each.kind_label}", f"ouverte le {format_date(each.starts_on)}"
            yield m.due(
                Source.MEASURE_END, each.id, each.household_id, title, said, each.planned_end_on, _MEASURE
            )


def _sliding(source: Source, title: str, said: str) -> Finder:
    def find(m: Material) -> Iterator[Due]:
        for each in m.sliding:
            if each.source == source:
                since = f" du {format_date(each.since)}" if each.since else ""
                words = f"date fixée, {said}{since}" if each.planned else f"{said}{since}"
                yield m.due(source, each.row_id, each.household_id, title, words, each.on, _HOUSING)

    return find


def _arrears(m: Material) -> Iterator[Due]:
    for each in m.accounts:
        if each.now_cents > 0 and each.now_cents > each.before_cents:
            before, now = format_euros(max(0, each.before_cents)), format_euros(each.now_cents)
            title = f"Impayé en hausse{NB}: {before} → {now}"
            said = f"compte locataire, dernière ligne le {format_short_date(each.last_on)}"
            on = each.last_on + timedelta(m.limits.arrears_days)
            yield m.due(Source.ARREARS, each.lease_id, each.household_id, title, said, on, _HOUSING)


def _evictions(m: Material) -> Iterator[Due]:
    for each in m.evictions:
        kind = EvictionKind(each.kind)
        title = _capital(EVICTION_KIND_LABELS[kind])
        said = f"{UNTIL_LABELS.get(kind, 'jusqu’au')} {format_date(each.on)}"
        yield m.due(Source.EVICTION, each.id, each.household_id, title, said, each.on, _HOUSING)


def _duties(m: Material) -> Iterator[Due]:
    for each in m.duties:
        title = f"{_capital(DUTY_KIND_LABELS[DutyKind(each.kind)])}, à renouveler"
        said = f"valable jusqu’au {format_date(each.on)}"
        yield m.due(Source.DUTY, each.id, each.household_id, title, said, each.on, _HOUSING)


def _consents(m: Material) -> Iterator[Due]:
    for each in m.consents:
        yield _consent(m, each)


def _orientations(m: Material) -> Iterator[Due]:
    for each in m.orientations:
        said = "Orientation sans réponse" if each.on <= m.day else "Réponse attendue d’un partenaire"
        title = f"{said}{NB}: {each.words}"
        said = f"proposée le {format_date(each.since)}" if each.since else "orientation proposée"
        yield m.due(Source.ORIENTATION, each.id, each.household_id, title, said, each.on, _ORIENTATIONS)


def _papers(source: Source, said: str) -> Finder:
    def find(m: Material) -> Iterator[Due]:
        for each in m.papers:
            if each.kind == source:
                since = f", commencée le {format_date(each.since)}" if each.since else ""
                yield m.due(
                    source, each.id, each.household_id, each.words, f"{said}{since}", each.on, _PROCEDURES
                )

    return find


def _referrals(source: Source, late: str, coming: str) -> Finder:
    def find(m: Material) -> Iterator[Due]:
        for each in m.referrals:
            if each.kind == source:
                title = f"{late if each.on <= m.day else coming}{NB}: {each.words}"
                said = f"demande reçue le {format_date(each.since)}" if each.since else "demande reçue"
                place = Place("referrals", subject=each.id)
                yield m.due(source, each.id, each.household_id, title, said, each.on, place)

    return find


def _consent(m: Material, each: Dated) -> Due:
    given = f"donné le {format_date(each.since)}" if each.since else "accord de partage"
    title = f"Accord de partage à renouveler{NB}: {each.words}"
    return m.due(Source.CONSENT, each.id, each.household_id, title, given, each.on, _DOCUMENTS)


def _first_measures(m: Material) -> Mapping[str, FollowedMeasure]:
    """Return one measure a household, the one with the closest rhythm: it sets how long silence may last.

    A measure that is suspended expects nobody.
    """
    followed = (each for each in m.measures if not each.suspended)
    ordered = sorted(followed, key=lambda each: (each.visits_per_month, each.starts_on))
    return {each.household_id: each for each in ordered}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


RULES: tuple[Rule, ...] = (
    Rule(Source.PROMISE, "Engagements pris", "list-check", "Ouvrir", "la date convenue en visite", _promises),
    Rule(Source.GOAL_STEP, "Étapes d’objectifs", "target", "Voir l’étape", "la date de l’étape", _steps),
    Rule(
        Source.MEETING_TASK, "Décisions de réunion", "users-group", "Voir la décision",
        "la date convenue en réunion de synthèse", _decided,
    ),
    Rule(
        Source.GOAL_PAUSE, "Objectifs en pause", "clock", "Revoir l’objectif", "le jour donné en le mettant en pause",
        _pauses,
    ),
    Rule(
        Source.APPOINTMENT, "Rendez-vous à compléter", "calendar-event", "Compléter",
        "un rendez-vous passé dont rien n’est écrit", _appointments,
    ),
    Rule(
        Source.SILENCE, "Sans contact", "message-off", "Joindre",
        "deux fois le temps entre deux visites convenues, et au plus la durée du barème", _silences,
    ),
    Rule(
        Source.VISIT_RHYTHM, "Visites des conventions", "home", "Planifier",
        "le rythme de visites que fixe la convention, depuis la dernière rencontre", _visits_due,
    ),
    Rule(Source.RELAY, "Relais", "users", "Voir la mesure", "le jour du relais noté dans la mesure", _relays),
    Rule(Source.MEASURE_END, "Fins de mesure", "flag", "Voir la mesure", "la fin prévue de la mesure", _measure_ends),
    Rule(
        Source.JOINT_REVIEW, "Examens du bail glissant", "users", "Préparer l’examen",
        "le rythme écrit dans la convention",
        _sliding(Source.JOINT_REVIEW, "Examen périodique du bail glissant", "convention"),
    ),
    Rule(
        Source.LANDLORD_NOTICE, "Avis du bailleur", "building", "Voir le bail",
        "avant la fin de la période d’examen (barème du bail glissant)",
        _sliding(Source.LANDLORD_NOTICE, "Avis du bailleur au préfet", "période d’examen"),
    ),
    Rule(
        Source.PERIOD_END, "Termes de période", "key", "Voir le bail", "la durée de la période d’examen",
        _sliding(Source.PERIOD_END, "Terme de la période d’examen", "période"),
    ),
    Rule(
        Source.APPLICATION, "Demandes de logement", "home", "Voir le bail", "un an après le dernier renouvellement",
        _sliding(Source.APPLICATION, "Demande de logement social à renouveler", "renouvelée"),
    ),
    Rule(
        Source.ARREARS, "Impayés en hausse", "trending-up", "Voir le compte",
        "le compte de loyer dépasse celui de la fin du mois passé", _arrears,
    ),
    Rule(
        Source.EVICTION, "Procédures", "alert-triangle", "Voir la procédure", "le délai de l’acte inscrit", _evictions
    ),
    Rule(Source.DUTY, "Attestations", "shield-check", "Demander la pièce", "la fin de la pièce reçue", _duties),
    Rule(
        Source.CONSENT, "Accords de partage", "heart-handshake", "Voir l’accord", "la fin de l’accord donné", _consents
    ),
    Rule(
        Source.ORIENTATION, "Orientations sans réponse", "share-3", "Relancer",
        "le jour où la réponse du partenaire était attendue", _orientations,
    ),
    Rule(
        Source.PAPERS_MISSING, "Pièces manquantes", "folder-open", "Voir la démarche",
        "le jour où la démarche est à déposer, sinon le délai du barème après son début",
        _papers(Source.PAPERS_MISSING, "démarche"),
    ),
    Rule(
        Source.PAPER_ENDING, "Pièces qui expirent", "file-pencil", "Voir la démarche",
        "la fin de validité d’une pièce reçue", _papers(Source.PAPER_ENDING, "démarche"),
    ),
    Rule(
        Source.REFERRAL_CONTACT, "Demandes à joindre", "phone-call", "Voir la demande",
        "le délai de premier contact de la convention, sinon du barème",
        _referrals(Source.REFERRAL_CONTACT, "Ménage à joindre", "Premier contact"),
    ),
    Rule(
        Source.REFERRAL_DECISION, "Demandes à décider", "mail", "Voir la demande",
        "le délai de décision de la convention, sinon du barème, ou le jour où revoir une attente",
        _referrals(Source.REFERRAL_DECISION, "Décision attendue", "Décision à venir"),
    ),
    Rule(
        Source.REFERRAL_OPENING, "Mesures à ouvrir", "flag", "Ouvrir la mesure", "le jour où la demande est acceptée",
        _referrals(Source.REFERRAL_OPENING, "Mesure à ouvrir", "Mesure à ouvrir"),
    ),
    Rule(
        Source.WATCH_DUE, "Appels et visites de veille", "phone-call", "Appeler", "le rythme de la veille",
        watches(Source.WATCH_DUE, "Veille en retard", "Veille"),
    ),
    Rule(
        Source.WATCH_SILENT, "Veilles sans réponse", "message-off", "Voir la veille",
        "autant d’essais sans réponse que le dit le barème", watches(Source.WATCH_SILENT, "Veille", "Veille"),
    ),
    Rule(
        Source.WATCH_END, "Veilles à terminer", "flag", "Voir la veille", "le dernier jour du rythme",
        watches(Source.WATCH_END, "Veille à terminer", "Fin de veille"),
    ),
    Rule(
        Source.REPORT_TO_READ, "Comptes rendus à valider", "eye", "Lire",
        "le délai du barème après la demande de relecture", reports(Source.REPORT_TO_READ),
    ),
    Rule(
        Source.REPORT_SENT_BACK, "Comptes rendus à reprendre", "pencil", "Voir l’écrit",
        "le délai du barème après la réponse de qui a relu", reports(Source.REPORT_SENT_BACK),
    ),
)  # fmt: skip
_BY_SOURCE = {rule.source: rule for rule in RULES}
