"""A dossier shaped for its page, so that the window only has to put words in their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from caseworker_app.features.consents.domain import TOPIC_LABELS, Consent
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.report_review import ReportReview, latest_by_entry
from caseworker_app.features.dossier.domain.figures import KeyFigure, key_figures
from caseworker_app.features.dossier.domain.happening import Happening, Thread
from caseworker_app.features.dossier.domain.header import Header, header_of
from caseworker_app.features.dossier.domain.next_steps import NextStep, done_steps, next_steps
from caseworker_app.features.dossier.domain.overview import Overview, SentDocument
from caseworker_app.features.dossier.domain.timeline import happenings
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.households.domain import RELATION_LABELS
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital, join_words, plural


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the household: full name, relation and age in words."""

    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Shared:
    """An agreement to share that holds today: towards whom, and on what until when, in words."""

    id: str
    recipient: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShownDossier:
    """Everything the page of a household shows; `workers`: names by id; `report_reviews`: the last of each entry."""

    household_id: str
    header: Header
    figures: tuple[KeyFigure, ...]
    to_do: tuple[NextStep, ...]
    done: tuple[NextStep, ...]
    thread: tuple[Happening, ...]
    goals: tuple[GoalWithSteps, ...]
    people: tuple[Person, ...]
    shared: tuple[Shared, ...]
    entries: tuple[DiaryEntry, ...]
    documents: tuple[SentDocument, ...]
    last_visit_id: str | None
    workers: Mapping[str, str]
    report_reviews: Mapping[str, ReportReview] = field(default_factory=dict)

    def counts(self) -> dict[Thread, int]:
        """Count what happened by kind, in the order of the kinds, only those that hold something."""
        counted = Counter(each.thread for each in self.thread)
        return {kind: counted[kind] for kind in Thread if counted[kind]}

    def narrowed(self, thread: Thread | None) -> tuple[Happening, ...]:
        """Return what happened of one kind, or everything."""
        return self.thread if thread is None else tuple(e for e in self.thread if e.thread is thread)


def shown_dossier(overview: Overview) -> ShownDossier:
    """Shape a dossier for its page."""
    dossier = overview.dossier
    held = next((entry.id for entry in dossier.entries if entry.held), None)
    return ShownDossier(
        overview.household_id,
        header_of(overview),
        key_figures(overview),
        next_steps(overview),
        done_steps(overview),
        happenings(overview),
        tuple(goal for goal in dossier.goals if goal.goal.open),
        _people(overview),
        tuple(_shared(c) for c in dossier.consents if c.in_force(overview.day)),
        dossier.entries,
        overview.documents,
        held,
        overview.workers,
        latest_by_entry(dossier.report_reviews),
    )


def _people(overview: Overview) -> tuple[Person, ...]:
    people = []
    for member in overview.dossier.people.members:
        age = member.age(overview.day)
        words = [RELATION_LABELS[member.relation]]
        if age is not None:
            words.append(plural(age, "an") if age else "moins d’un an")
        if member.interpreter_needed:
            words.append(f"interprète {member.language}" if member.language else "interprète")
        text = ", ".join(words)
        people.append(Person(member.id, member.full_name(), capital(text)))
    return tuple(people)


def _shared(consent: Consent) -> Shared:
    topics = join_words(sorted(TOPIC_LABELS[topic] for topic in consent.topics))
    until = f", jusqu’au {format_date(consent.until)}" if consent.until else ""
    return Shared(consent.id, consent.recipient.name, f"{capital(topics)}{until}")
