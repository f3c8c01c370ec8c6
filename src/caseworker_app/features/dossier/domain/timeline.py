"""The thread of a dossier: everything that happened to a household, newest first, each thing in a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.budget.domain.indicators import residual_income, residual_per_day
from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS, VISIT_KINDS, DiaryEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.dossier.domain.overview import Overview, Tone, one_line
from caseworker_app.features.dossier.domain.when import NB, duration_words, of_month
from caseworker_app.features.goals.domain.goal import GOAL_STATE_LABELS, GoalState, StepState, actor_text
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import LEASE_KIND_LABELS
from caseworker_app.features.housing.domain.occupant_duty import DUTY_KIND_LABELS
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.features.procedures.domain.procedure import Procedure
from caseworker_app.features.referrals.domain.following import CONCLUSION_LABELS
from caseworker_app.features.referrals.domain.referral import DECISION_LABELS, Decision, Referral
from caseworker_app.features.referrals.domain.stages import Progress
from caseworker_app.features.referrals.domain.tables import reason_words
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.shown import ending_words, held_by
from caseworker_app.kernel.dates import end_of_month, format_date
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros


class Thread(StrEnum):
    """What the thread can be narrowed to."""

    VISITS = "visits"
    CALLS = "calls"
    SUPPORT = "support"
    BUDGET = "budget"
    HOUSING = "housing"
    DOCUMENTS = "documents"


THREAD_LABELS = {
    Thread.VISITS: "Visites",
    Thread.CALLS: "Échanges",
    Thread.SUPPORT: "Suivi",
    Thread.BUDGET: "Budget",
    Thread.HOUSING: "Logement",
    Thread.DOCUMENTS: "Documents",
}


class Reach(StrEnum):
    """How far what happened may be told."""

    INTERNAL = "internal"
    SENT = "sent"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `icon` is the name of what is drawn beside it.

    `month`: it belongs to a month rather than to its `day`, which only gives its place.
    """

    key: str
    thread: Thread
    day: date
    title: str
    sentence: str = ""
    icon: str = "circle"
    tone: Tone = Tone.PLAIN
    reach: Reach = Reach.PLAIN
    month: bool = False


ENTRY_ICONS = {
    EntryKind.HOME_VISIT: "home",
    EntryKind.OFFICE: "building",
    EntryKind.ACCOMPANIMENT: "map-pin",
    EntryKind.THREE_PARTY_MEETING: "users-group",
    EntryKind.PARTNER_MEETING: "users",
    EntryKind.CALL: "phone",
    EntryKind.UNANSWERED_CALL: "message-off",
    EntryKind.VIDEO_CALL: "camera",
    EntryKind.SMS: "message",
    EntryKind.EMAIL: "mail",
    EntryKind.LETTER: "mail",
    EntryKind.DROP_IN: "door",
    EntryKind.NOTE: "notes",
    EntryKind.MISSED_VISIT: "message-off",
    EntryKind.ADDITION: "pencil",
}


def happenings(overview: Overview) -> tuple[Happening, ...]:
    """Return everything that happened until the day of the overview, newest first."""
    told = [
        *(entry_happening(entry) for entry in overview.dossier.entries),
        *_goals(overview),
        *(h for measure in overview.dossier.measures for h in _measure(overview, measure)),
        *(h for of, progress in overview.referrals for h in _referral(of, progress)),
        *(h for of in overview.procedures for h in _procedure(of)),
        *(h for file in overview.watches for h in _watch(file)),
        *_budgets(overview),
        *(h for lease in overview.dossier.housing.leases for h in _lease(lease)),
        *_rent(overview),
        *(h for consent in overview.dossier.consents for h in _consent(consent)),
        *_documents(overview),
    ]
    past = [each for each in told if each.day <= overview.day]
    return tuple(sorted(past, key=lambda each: (each.day, each.key), reverse=True))


def entry_happening(entry: DiaryEntry) -> Happening:
    """Return a diary entry as it stands in the thread."""
    label = ENTRY_KIND_LABELS[entry.kind]
    title = label[:1].upper() + label[1:]
    if entry.duration_minutes:
        title += f", {duration_words(entry.duration_minutes)}"
    sentence = one_line(first_text(entry))
    missed = entry.kind is EntryKind.MISSED_VISIT
    thread = Thread.VISITS if entry.kind in VISIT_KINDS else Thread.CALLS
    tone = Tone.DUE if missed else Tone.NEWS
    return Happening(
        f"entry:{entry.id}",
        thread,
        entry.started_at.date(),
        title,
        sentence,
        ENTRY_ICONS[entry.kind],
        tone,
        Reach.INTERNAL,
    )


def first_text(entry: DiaryEntry) -> str:
    """Return the first text of an entry that says something: seen, said, thought, else its purpose."""
    texts = (entry.observed, entry.said, entry.analysis, entry.purpose)
    return next((text for text in texts if text and text.strip()), "")


def _goals(overview: Overview) -> Iterator[Happening]:
    for goal in overview.dossier.goals:
        yield Happening(
            f"goal:{goal.goal.id}",
            Thread.SUPPORT,
            goal.goal.opened_on,
            f"Objectif fixé{NB}: {goal.goal.title}",
            plural(goal.counted, "étape") if goal.counted else "",
            "target",
            Tone.PLAIN,
        )
        if goal.goal.closed_on is not None:
            reached = goal.goal.state is GoalState.ACHIEVED
            words = GOAL_STATE_LABELS[goal.goal.state]
            yield Happening(
                f"goal-end:{goal.goal.id}",
                Thread.SUPPORT,
                goal.goal.closed_on,
                f"Objectif {words}{NB}: {goal.goal.title}",
                f"{goal.done} étapes faites sur {goal.counted}" if goal.counted else "",
                "target",
                Tone.DONE if reached else Tone.PLAIN,
            )
        for step in goal.steps:
            if step.state is StepState.DONE and step.done_on is not None:
                who = actor_text(step.actor, step.actor_name)
                yield Happening(
                    f"step:{step.id}",
                    Thread.SUPPORT,
                    step.done_on,
                    f"Étape faite{NB}: {step.title}",
                    f"{who[:1].upper()}{who[1:]}, pour «{NB}{goal.goal.title}{NB}»",
                    "circle-check",
                    Tone.DONE,
                )
    for evaluation in overview.dossier.evaluations:
        day = evaluation.evaluation.evaluated_on
        words = f"{plural(len(evaluation.levels), 'domaine')} regardés avec le ménage"
        yield Happening(
            f"evaluation:{evaluation.evaluation.id}",
            Thread.SUPPORT,
            day,
            "Évaluation de l’autonomie",
            words,
            "list-check",
            Tone.PLAIN,
            Reach.INTERNAL,
        )


def _measure(overview: Overview, file: MeasureFile) -> Iterator[Happening]:
    measure = file.measure
    name = overview.measure_name(measure.kind_code, measure.kind_label)
    until = (
        f"Jusqu’au {format_date(measure.planned_end_on)}"
        if measure.planned_end_on and not file.renewals
        else ""
    )
    asked = f"à la demande de {measure.prescriber}" if measure.prescriber else ""
    sentence = ", ".join(part for part in (until, asked) if part)
    yield Happening(
        f"measure:{measure.id}",
        Thread.SUPPORT,
        measure.starts_on,
        f"Mesure ouverte{NB}: {name}",
        sentence[:1].upper() + sentence[1:],
        "flag",
        Tone.NEWS,
    )
    for renewal in file.renewals:
        yield Happening(
            f"renewal:{renewal.id}",
            Thread.SUPPORT,
            renewal.decided_on,
            f"Mesure renouvelée{NB}: {name}",
            f"Du {format_date(renewal.from_date)} au {format_date(renewal.to_date)}",
            "refresh",
            Tone.NEWS,
        )
    if measure.ended_on is not None:
        yield Happening(
            f"measure-end:{measure.id}",
            Thread.SUPPORT,
            measure.ended_on,
            f"Fin de la mesure {name}",
            measure.exit_reason_label or "",
            "flag",
            Tone.PLAIN,
        )


def _referral(of: Referral, progress: Progress) -> Iterator[Happening]:
    yield Happening(
        f"referral:{of.id}",
        Thread.SUPPORT,
        of.received_on,
        f"Demande reçue{NB}: {of.body}",
        reason_words(of.reason_codes),
        "mail",
        Tone.NEWS,
        Reach.INTERNAL,
    )
    if progress.concluded_on is not None and progress.conclusion is not None:
        words = CONCLUSION_LABELS[progress.conclusion]
        key = f"referral-diagnosis:{of.id}"
        yield Happening(
            key, Thread.SUPPORT, progress.concluded_on, f"Diagnostic{NB}: {words}", icon="list-check",
            reach=Reach.INTERNAL,
        )  # fmt: skip
    if of.decision is not None and of.decided_on is not None:
        words = DECISION_LABELS[of.decision]
        tone = Tone.DONE if of.decision is Decision.ACCEPTED else Tone.PLAIN
        yield Happening(
            f"referral-decision:{of.id}",
            Thread.SUPPORT,
            of.decided_on,
            f"Demande {words}" if of.decision is not Decision.WAITING_LIST else f"Demande en {words}",
            of.body,
            "check",
            tone,
            Reach.INTERNAL,
        )


def _procedure(of: Procedure) -> Iterator[Happening]:
    due = f"À déposer pour le {format_date(of.due_on)}" if of.due_on else ""
    for what, day, said, sentence, tone in (
        ("procedure", of.started_on, "commencée", due, Tone.NEWS),
        ("procedure-filed", of.filed_on, "déposée", "", Tone.DONE),
        ("procedure-end", of.ended_on, "terminée", "", Tone.PLAIN),
    ):
        if day is not None:
            title = f"Démarche {said}{NB}: {of.label}"
            yield Happening(f"{what}:{of.id}", Thread.SUPPORT, day, title, sentence, "list-check", tone)


def _watch(file: WatchFile) -> Iterator[Happening]:
    """Say that a veille began and ended; each call and visit of it is told by its entry of the diary."""
    of = file.watch
    yield Happening(
        f"watch:{of.id}", Thread.SUPPORT, of.starts_on, "Veille ouverte", held_by(file), "phone-call", Tone.NEWS,
        Reach.INTERNAL,
    )  # fmt: skip
    if of.ended_on is not None:
        yield Happening(
            f"watch-end:{of.id}", Thread.SUPPORT, of.ended_on, "Veille terminée", ending_words(of), "phone-call",
            reach=Reach.INTERNAL,
        )  # fmt: skip


def _budgets(overview: Overview) -> Iterator[Happening]:
    for sheet in overview.dossier.budgets:
        month, per_day = residual_income(sheet).value, residual_per_day(sheet).value
        day = min(end_of_month(sheet.month.month), overview.day)
        sentence = (
            f"Reste à vivre {format_euros(per_day)} par jour et par personne, {format_euros(month)} par mois."
            if month is not None and per_day is not None
            else ""
        )
        title = f"Budget {of_month(sheet.month.month)}"
        yield Happening(
            f"budget:{sheet.month.id}",
            Thread.BUDGET,
            day,
            title,
            sentence,
            "wallet",
            Tone.PLAIN,
            Reach.INTERNAL,
            month=True,
        )


def _lease(file: LeaseFile) -> Iterator[Happening]:
    lease, kind = file.lease, LEASE_KIND_LABELS[file.lease.kind]
    start = lease.signed_on or lease.starts_on
    if start is not None:
        title = f"Signature{NB}: {kind}" if lease.signed_on else f"Entrée dans le logement, {kind}"
        yield Happening(
            f"lease:{lease.id}", Thread.HOUSING, start, title, file.dwelling.one_line(), "key", Tone.NEWS
        )
    if lease.ends_on is not None:
        yield Happening(f"lease-end:{lease.id}", Thread.HOUSING, lease.ends_on, f"Fin de {kind}", "", "key")
    for plan in file.plans:
        yield Happening(
            f"plan:{plan.id}",
            Thread.HOUSING,
            plan.signed_on or plan.first_month,
            "Plan d’apurement convenu",
            f"{plan.instalments} mensualités de {format_euros(plan.monthly_cents)}",
            "signature",
            Tone.NEWS,
        )
    for duty in file.duties:
        label = DUTY_KIND_LABELS[duty.kind]
        until = f"Valable jusqu’au {format_date(duty.valid_until)}" if duty.valid_until else ""
        yield Happening(
            f"duty:{duty.id}",
            Thread.HOUSING,
            duty.proof_received_on,
            f"Justificatif reçu{NB}: {label}",
            until,
            "file-check",
            Tone.DONE,
        )
    for review in file.sliding.reviews if file.sliding else ():
        if review.held_on is not None:
            yield Happening(
                f"review:{review.id}",
                Thread.HOUSING,
                review.held_on,
                "Examen périodique contradictoire tenu",
                "",
                "users-group",
                Tone.NEWS,
            )


def _rent(overview: Overview) -> Iterator[Happening]:
    for month in overview.rent.months if overview.rent else ():
        if month.received_on is None:
            continue
        late = month.missing_cents > 0
        parts = [f"{format_euros(month.rent_paid_cents)} reçus"]
        if month.plan_cents:
            parts.append(f"plus {format_euros(month.plan_cents)} du plan")
        if late:
            parts.append(f"il manque {format_euros(month.missing_cents)}")
        what = "payé en partie" if late else "payé"
        yield Happening(
            f"rent:{month.month.isoformat()}",
            Thread.HOUSING,
            month.received_on,
            f"Loyer {of_month(month.month)} {what}",
            ", ".join(parts),
            "cash",
            Tone.DUE if late else Tone.DONE,
        )


def _consent(consent: Consent) -> Iterator[Happening]:
    name = consent.recipient.name
    yield Happening(
        f"consent:{consent.id}",
        Thread.DOCUMENTS,
        consent.given_on,
        f"Accord de partage donné{NB}: {name}",
        plural(len(consent.topics), "sujet"),
        "heart-handshake",
        Tone.DONE,
    )
    if consent.withdrawn_on is not None:
        yield Happening(
            f"consent-end:{consent.id}",
            Thread.DOCUMENTS,
            consent.withdrawn_on,
            f"Accord de partage retiré{NB}: {name}",
            "",
            "ban",
            Tone.DUE,
        )


def _documents(overview: Overview) -> Iterator[Happening]:
    for document in overview.documents:
        yield Happening(
            f"document:{document.id}",
            Thread.DOCUMENTS,
            document.made_on,
            f"{document.title} transmis",
            f"À {document.recipient}, {plural(document.pages, 'page')}, n°{NB}{document.number}",
            "file-export",
            Tone.NEWS,
            Reach.SENT,
        )
