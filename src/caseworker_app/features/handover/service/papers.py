"""Reading a household for its papers: the plan, the contract, the evaluation, the diagnosis, the end of a measure."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import TOPIC_LABELS, Consent
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.papers import PaperHead, SharedWith
from caseworker_app.features.goals.domain.writing_papers import evaluation_report, goal_plan, support_contract
from caseworker_app.features.handover.domain.kinds import (
    CONTRACT,
    DIAGNOSIS,
    END_RECORD,
    GOAL_PLAN,
    TO_BRING,
    DocumentKind,
    Paper,
)
from caseworker_app.features.handover.domain.masking import Mask, masked_whole
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.handover.service.records import diagnosis_of, end_of_measure
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    LEGAL_PROTECTION_LABELS,
    HouseholdFile,
    HouseholdMember,
    Relation,
    is_adult,
)
from caseworker_app.features.housing.service import homes
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import INTENSITY_LABELS, MeasureFile
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection

_NO_MEASURE = (
    "Un contrat d’accompagnement se prépare à partir d’une mesure\u00a0: ouvrez-la dans l’onglet Mesure,"
    " puis imprimez."
)


def household_paper(
    connection: Connection, who: Who, kind: DocumentKind, household_id: str, *, day: date, subject: str = ""
) -> Paper:
    """Return what a paper of a household says on a day, its home masked where it is under protection.

    `subject`: the referral whose diagnosis, the measure whose end it is, empty for the newest; the procedure whose
    papers are to be brought, empty for all. Raises InvalidEntry where there is nothing to put on it, NotFound,
    NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    people = households.open_household(connection, who, household_id)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    measure = _measure(connection, who, household_id, day)
    head = _head(connection, who, people, measure, day)
    streets = [lease.dwelling.street for lease in homes.housing_of(connection, who, household_id, day).leases]
    hidden = hidden_places(people.household, people.addresses, people.every_contact, streets)
    if kind is DIAGNOSIS:
        made: Paper = diagnosis_of(connection, who, household_id, subject, head)
    elif kind is END_RECORD:
        made = end_of_measure(connection, who, household_id, subject, head)
    elif kind is TO_BRING:
        made = procedures.papers_to_bring(connection, who, household_id, head, subject)
    else:
        made = _content(connection, who, kind, head, measure, household_id)
    return masked_whole(made, Mask(hidden))


def remark_of(paper: Paper) -> str:
    """Return what whoever prints must know: the goals of health or children that stay off the paper."""
    left_out = getattr(paper, "left_out", 0)
    if not left_out:
        return ""
    verb = "ne figure pas" if left_out == 1 else "ne figurent pas"
    return f"{plural(left_out, 'objectif interne', 'objectifs internes')} {verb} sur ce document."


def _content(
    connection: Connection,
    who: Who,
    kind: DocumentKind,
    head: PaperHead,
    measure: MeasureFile | None,
    household_id: str,
) -> Paper:
    grids = goals.grids(connection, who)
    if kind not in (GOAL_PLAN, CONTRACT):
        return evaluation_report(head, goals.evaluations_of(connection, who, household_id))
    told = goals.goals_of(connection, who, household_id)
    if kind is GOAL_PLAN:
        return goal_plan(head, told, grids)
    if measure is None:
        raise InvalidEntry(_NO_MEASURE, "measure")
    agreed = consents.consents_of(connection, who, household_id)
    shared = [_shared(each) for each in agreed if each.in_force(head.day)]
    return support_contract(head, _facts(measure, head.day), told, grids, shared)


def _measure(connection: Connection, who: Who, household_id: str, day: date) -> MeasureFile | None:
    """Return the measure that runs, else the next to begin."""
    known = measures.measures_of(connection, who, household_id, day)
    running = [each for each in known if each.measure.runs_on(day)]
    coming = [each for each in known if each.measure.ended_on is None and each.measure.starts_on > day]
    return next(iter((*running, *coming)), None)


def _head(
    connection: Connection, who: Who, people: HouseholdFile, measure: MeasureFile | None, day: date
) -> PaperHead:
    workers = {each.id: each for each in team.list_workers(connection, who)}
    worker = workers.get(measure.measure.lead_worker_id if measure else who.worker_id)
    adults = [each for each in people.members if _signs(each, day)] or [people.reference_person]
    protected = [each for each in adults if each.legal_protection is not None]
    protector = ", ".join(
        f"{each.protected_by or each.full_name()}, {LEGAL_PROTECTION_LABELS[each.legal_protection]}"
        for each in protected
        if each.legal_protection is not None
    )
    return PaperHead(
        people.household.name,
        people.household.reference,
        tuple(each.full_name() for each in adults),
        protector,
        measure.measure.kind_label if measure else "",
        worker.name if worker else who.name,
        (worker.job_title or "") if worker else "",
        day,
        who.name,
    )


def _signs(member: HouseholdMember, day: date) -> bool:
    return member.relation in (Relation.REFERENCE_PERSON, Relation.PARTNER) and is_adult(
        member.relation, member.birth_date, day
    )


def _facts(file: MeasureFile, day: date) -> list[tuple[str, str]]:
    measure = file.measure
    kinds = {each.code: each for each in measures.list_kinds(max(day, measure.starts_on))}
    kind = kinds.get(measure.kind_code)
    end = f" au {format_long_date(measure.planned_end_on)}" if measure.planned_end_on else ", sans terme fixé"
    start = f"du {format_long_date(measure.starts_on)}" if measure.planned_end_on else (
        f"à partir du {format_long_date(measure.starts_on)}"
    )  # fmt: skip
    visits = plural(measure.visits_per_month, "rencontre")
    return [
        ("Mesure", measure.kind_label),
        ("Cadre", kind.basis if kind else ""),
        ("Convention", file.agreement.name if file.agreement else ""),
        ("À la demande de", measure.prescriber or ""),
        ("Durée", f"{start}{end}"),
        ("Rythme", f"{visits} par mois, intensité {INTENSITY_LABELS[measure.intensity]}"),
    ]


def _shared(consent: Consent) -> SharedWith:
    topics = ", ".join(TOPIC_LABELS[topic] for topic in TOPIC_LABELS if topic in consent.topics)
    until = format_long_date(consent.until) if consent.until else "sans terme fixé"
    return SharedWith(consent.recipient.name, topics, until)
