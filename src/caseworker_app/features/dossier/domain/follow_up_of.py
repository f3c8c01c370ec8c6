"""From all that was read of a household to its follow-up file (« dossier de suivi »), in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.features.consents.domain import CONSENT_FORM_LABELS, TOPIC_LABELS, Consent
from caseworker_app.features.dossier.domain.follow_up_content import (
    ConsentLine,
    FollowUpFile,
    GoalPart,
    Head,
    Line,
    MeasurePart,
    OrientationLine,
    RenewalLine,
    SentLine,
    StepLine,
)
from caseworker_app.features.dossier.domain.follow_up_diary import diary_part
from caseworker_app.features.dossier.domain.follow_up_figures import autonomy_part, budget_part
from caseworker_app.features.dossier.domain.follow_up_housing import dwelling_words, housing_part
from caseworker_app.features.dossier.domain.follow_up_people import (
    path_part,
    people_part,
    reach_words,
    short_name,
)
from caseworker_app.features.dossier.domain.follow_up_procedures import procedures_part
from caseworker_app.features.dossier.domain.follow_up_referrals import referrals_part
from caseworker_app.features.goals.domain.goal import (
    GOAL_STATE_LABELS,
    STEP_STATE_LABELS,
    GoalStep,
    GoalWithSteps,
    actor_text,
)
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.follow_up_sections import (
    FOLLOW_UP_SECTION_LABELS,
    FollowUpSection,
)
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.measures.domain.measure import INTENSITY_LABELS, MeasureFile
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.french import in_sentence, join_words, plural


def follow_up_of(material: FollowUpMaterial) -> FollowUpFile:
    """Return the file of a household with the sections of its preset; its head names those left out."""
    mask = Mask(material.hidden)
    made = {section: make(material, mask) for section, make in _MAKERS.items() if material.wants(section)}
    head = replace(
        _head(material, mask),
        left_out=tuple(FOLLOW_UP_SECTION_LABELS[s] for s in FollowUpSection if s not in made),
        nothing=tuple(FOLLOW_UP_SECTION_LABELS[s] for s in FollowUpSection if s in made and not made[s]),
    )
    return FollowUpFile(head, **{section.value: part for section, part in made.items()})


def _head(material: FollowUpMaterial, mask: Mask) -> Head:
    household, preset = material.people.household, material.preset
    current = _current(material)
    since = f"depuis le {format_long_date(current.measure.starts_on)}" if current else ""
    return Head(
        title="Synthèse" if preset.one_page else "Dossier de suivi",
        choice=preset.title,
        household=household.name,
        person=short_name(material),
        subtitle=f"{current.measure.kind_label} – {since}" if current else "Aucune mesure en cours",
        reference=household.reference,
        copy=material.mark.copy,
        at=material.mark.at,
        by=material.mark.by,
        protected=household.protected,
        writings=preset.writings,
        facts=_cover_facts(material, current, mask),
    )


def _cover_facts(material: FollowUpMaterial, current: MeasureFile | None, mask: Mask) -> tuple[Line, ...]:
    home = material.housing.current
    address = material.people.address_on(material.day)
    where = dwelling_words(home, material) if home else ""
    if not where and address:
        where = _masked_home(material) or address.one_line()
    follower = material.workers.get(current.measure.lead_worker_id) if current else None
    who = (
        ", ".join(part for part in (follower.name, in_sentence(follower.job_title or "")) if part)
        if follower
        else ""
    )
    facts = [
        Line("Dossier", material.people.household.reference),
        Line("Contenu", material.preset.title),
        Line("Ouvert le", format_long_date(material.people.household.opened_on)),
        Line("Logement", where),
        Line("Bailleur", home.landlord.name if home and home.landlord else ""),
        Line("Suivi par", who),
        Line("Joindre", reach_words(material, mask)),
    ]
    return tuple(fact for fact in facts if fact.text)


def _masked_home(material: FollowUpMaterial) -> str:
    return "adresse masquée, dossier protégé" if material.protected else ""


def _current(material: FollowUpMaterial) -> MeasureFile | None:
    return next((m for m in material.measures if m.measure.runs_on(material.day)), None)


# Measures


def _measures(material: FollowUpMaterial, mask: Mask) -> tuple[MeasurePart, ...]:
    return tuple(_measure(each, material, mask) for each in material.measures)


def _measure(file: MeasureFile, material: FollowUpMaterial, mask: Mask) -> MeasurePart:
    measure = file.measure
    visits = f"{plural(measure.visits_per_month, 'visite')} par mois attendues"
    if measure.visits_per_month < 2:
        visits = f"{plural(measure.visits_per_month, 'visite')} par mois attendue"
    ended = ""
    if measure.ended_on is not None:
        reason = f", {measure.exit_reason_label}" if measure.exit_reason_label else ""
        ended = f"{format_long_date(measure.ended_on)}{reason}"
    lines = [
        Line("Période", _measure_span(file, material.day)),
        Line("Fin", ended),
        Line("Après la sortie", mask(measure.destination) if material.preset.writings else ""),
        Line("Demandée par", measure.prescriber or ""),
        Line("Convention", file.agreement.name if file.agreement else ""),
        Line("Référent·e", material.worker_name(measure.lead_worker_id)),
        Line("Intensité", f"{INTENSITY_LABELS[measure.intensity]}, {visits}"),
    ]
    renewals = tuple(
        RenewalLine(
            format_long_date(each.decided_on),
            f"du {format_long_date(each.from_date)} au {format_long_date(each.to_date)}",
            mask(each.reason) if material.preset.writings else "",
        )
        for each in file.renewals
    )
    return MeasurePart(measure.kind_label, tuple(line for line in lines if line.text), renewals)


def _measure_span(file: MeasureFile, day: date) -> str:
    measure = file.measure
    start = f"depuis le {format_long_date(measure.starts_on)}"
    if measure.planned_end_on is None:
        return f"{start}, sans terme fixé"
    late = measure.runs_on(day) and measure.planned_end_on < day
    term = f"{start}, terme prévu le {format_long_date(measure.planned_end_on)}"
    return f"{term}, dépassé" if late else term


def _orientations(material: FollowUpMaterial, mask: Mask) -> tuple[OrientationLine, ...]:
    told = mask if material.preset.writings else lambda _text: ""
    return tuple(
        OrientationLine(
            mask(each.partner),
            f"{each.days}, pour {each.whom}" if each.whom else each.days,
            each.state,
            told(each.orientation.reason),
            told(each.orientation.result),
        )
        for each in material.orientations
    )


# Goals


def _goals(material: FollowUpMaterial, mask: Mask) -> tuple[GoalPart, ...]:
    grid = material.grid
    shown = []
    for goal in material.goals:
        internal = grid.holds(goal.goal.domain) and grid.domain(goal.goal.domain).internal
        if material.preset.writings or not internal:
            shown.append(_goal(goal, material, mask))
    return tuple(shown)


def _goal(goal: GoalWithSteps, material: FollowUpMaterial, mask: Mask) -> GoalPart:
    about = goal.goal
    dates = [f"ouvert le {format_date(about.opened_on)}"]
    if about.target_on is not None:
        dates.append(f"visé pour le {format_date(about.target_on)}")
    if about.closed_on is not None:
        dates.append(f"clos le {format_date(about.closed_on)}")
    state = GOAL_STATE_LABELS[about.state]
    return GoalPart(
        mask(about.title),
        ", ".join([f"{state[:1].upper()}{state[1:]}", _domain_label(about.domain, material), *dates]),
        goal.done,
        goal.counted,
        mask(about.note) if material.preset.writings else "",
        tuple(_step(step, about.open, material.day, mask) for step in goal.steps),
        about.open,
    )


def _domain_label(code: str, material: FollowUpMaterial) -> str:
    domain = material.grids.domain(code, material.day)
    if domain is None:
        return "domaine d’une ancienne grille"
    return domain.label[:1].lower() + domain.label[1:]


def _step(step: GoalStep, open_goal: bool, day: date, mask: Mask) -> StepLine:
    late = open_goal and step.days_late(day) > 0
    state = f"faite le {format_date(step.done_on)}" if step.done_on else STEP_STATE_LABELS[step.state]
    return StepLine(
        mask(step.title),
        mask(actor_text(step.actor, step.actor_name)),
        format_date(step.due_on) if step.due_on else "",
        "en retard" if late else state,
        late,
    )


# What left, and what may leave


def _documents(material: FollowUpMaterial, _mask: Mask) -> tuple[SentLine, ...]:
    return tuple(_sent(line, material) for line in material.transmissions)


def _consents(material: FollowUpMaterial, mask: Mask) -> tuple[ConsentLine, ...]:
    return tuple(_consent(each, material.day, mask) for each in material.consents)


def _sent(line: Transmission, material: FollowUpMaterial) -> SentLine:
    topics = join_words([TOPIC_LABELS[topic] for topic in TOPIC_LABELS if topic in line.told])
    title = material.kind_titles.get(line.kind, line.kind)
    return SentLine(line.made_on, line.number, title, line.recipient_name, topics, line.pages)


def _consent(consent: Consent, day: date, mask: Mask) -> ConsentLine:
    topics = [TOPIC_LABELS[topic] for topic in TOPIC_LABELS if topic in consent.topics]
    return ConsentLine(
        consent.recipient.name,
        join_words(topics),
        f"{format_long_date(consent.given_on)}, {CONSENT_FORM_LABELS[consent.form]}",
        consent.state(day),
        mask(consent.purpose),
        consent.in_force(day),
    )


_MAKERS: dict[FollowUpSection, Callable[[FollowUpMaterial, Mask], Any]] = {
    FollowUpSection.PEOPLE: people_part,
    FollowUpSection.PATH: path_part,
    FollowUpSection.HOUSING: housing_part,
    FollowUpSection.REFERRALS: referrals_part,
    FollowUpSection.MEASURES: _measures,
    FollowUpSection.ORIENTATIONS: _orientations,
    FollowUpSection.PROCEDURES: procedures_part,
    FollowUpSection.GOALS: _goals,
    FollowUpSection.AUTONOMY: autonomy_part,
    FollowUpSection.BUDGET: budget_part,
    FollowUpSection.DIARY: diary_part,
    FollowUpSection.DOCUMENTS: _documents,
    FollowUpSection.CONSENTS: _consents,
}
