"""Progress by housing goal at two dates, in words, and the facts and requests marked as proposable."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.diary.domain.entry import FACT_TOPIC_LABELS, FactTopic, ShareableFact
from caseworker_app.features.diary.domain.visit import OPEN_PROMISES, Promise, Visit
from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    DomainProgress,
    EvaluationWithLevels,
    Level,
    Trend,
    View,
    compare,
    rung,
)
from caseworker_app.features.goals.domain.goal import Actor, GoalState, GoalWithSteps, actor_text
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.handover.domain.meetings import origin_of
from caseworker_app.features.handover.domain.proposal import ItemText, Origin, ProposedItem, Section
from caseworker_app.features.handover.domain.review_content import GoalProgress
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural

_PLACES = {
    FactTopic.PAYMENT: (Section.PAYMENT, Topic.PAYMENT),
    FactTopic.INSURANCE: (Section.DUTIES, Topic.INSURANCE),
    FactTopic.DWELLING: (Section.ROOMS, Topic.DWELLING_CONDITION),
    FactTopic.VISITS: (Section.MEETINGS, Topic.VISITS),
    FactTopic.GOALS: (Section.GOALS, Topic.HOUSING_GOALS),
}


def goal_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the housing goals of the period with the levels of their domain at two dates, in words.

    Domains that are evaluated without a goal of their own are told by their label. Health and children
    never are, nor any domain or goal that is not about housing; there is no total.
    """
    grid = material.grid
    moved = {each.domain: each for each in _progress(evaluations_compared(material))}
    goals = [goal for goal in material.goals if concerns_housing(goal, grid) and _in_period(goal, material)]
    told = {goal.goal.domain for goal in goals}
    items = [_goal_item(goal, moved.get(goal.goal.domain)) for goal in goals]
    return items + [_domain_item(each) for code, each in moved.items() if code not in told]


def evaluations_compared(
    material: ReviewMaterial,
) -> tuple[EvaluationWithLevels | None, EvaluationWithLevels | None]:
    """Return the evaluation that stood at the start of the period, if another, and the last up to its end.

    The worker's own view where there is one, else the household's; the two are never mixed.
    """
    for view in (View.WORKER, View.HOUSEHOLD):
        seen = [
            e
            for e in material.evaluations
            if e.evaluation.view is view and e.evaluation.evaluated_on <= material.end
        ]
        if seen:
            earlier = [e for e in seen if e.evaluation.evaluated_on <= material.period.start]
            first = earlier[-1] if earlier else seen[0]
            return (None if first is seen[-1] else first), seen[-1]
    return None, None


def concerns_housing(goal: GoalWithSteps, grid: Grid) -> bool:
    """Say whether a goal may be told: marked as housing, in a housing domain that is not an internal one."""
    if not goal.goal.housing or not grid.holds(goal.goal.domain):
        return False
    domain = grid.domain(goal.goal.domain)
    return domain.housing and not domain.internal


def fact_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return the facts marked at the visits of the period as proposable, in the words written for outside."""
    return [_fact_item(visit, fact) for visit in reversed(material.visits) for fact in visit.facts]


def request_items(material: ReviewMaterial) -> list[ProposedItem]:
    """Return what was agreed and marked shareable; by default, only what the landlord is waited for."""
    return [
        _request_item(visit, promise)
        for visit in reversed(material.visits)
        for promise in visit.promises
        if promise.shareable and promise.state in OPEN_PROMISES
    ]


def _progress(pair: tuple[EvaluationWithLevels | None, EvaluationWithLevels | None]) -> list[DomainProgress]:
    before, after = pair
    if after is None:
        return []
    told = [each for each in compare(before or after, after) if each.housing and not each.internal]
    if before is None:  # one evaluation alone: it says where things stand, not how they moved
        told = [replace(each, trend=Trend.NOT_COMPARABLE) for each in told]
    return [each for each in told if rung(each.after) is not None]


def _in_period(goal: GoalWithSteps, material: ReviewMaterial) -> bool:
    closed = goal.goal.closed_on
    in_time = goal.goal.opened_on <= material.end and (closed is None or closed >= material.period.start)
    return in_time and goal.goal.state is not GoalState.ABANDONED


def _goal_item(goal: GoalWithSteps, moved: DomainProgress | None) -> ProposedItem:
    steps = f"{plural(goal.done, 'étape faite', 'étapes faites')} sur {goal.counted}" if goal.done else ""
    reached = "objectif atteint" if goal.goal.state is GoalState.ACHIEVED else ""
    comment = ", ".join(part for part in (reached, steps) if part) or _anchor(moved)
    return _item(f"goal:{goal.goal.id}", goal.goal.title, comment, moved, Origin("Objectif"))


def _domain_item(moved: DomainProgress) -> ProposedItem:
    return _item(f"domain:{moved.domain}", moved.label, _anchor(moved), moved, Origin("Grille d’autonomie"))


def _anchor(moved: DomainProgress | None) -> str:
    """Return what the grid says of the level reached, to follow a colon."""
    return moved.anchor[:1].lower() + moved.anchor[1:] if moved and moved.anchor else ""


def _item(
    item_id: str, title: str, comment: str, moved: DomainProgress | None, origin: Origin
) -> ProposedItem:
    comparable = moved is not None and moved.trend is not Trend.NOT_COMPARABLE
    value = GoalProgress(
        title, _level(moved.before) if moved and comparable else None, _level(moved.after) if moved else None
    )
    texts = (
        ItemText(item_id, "Objectif", title),
        ItemText(f"{item_id}:comment", "Où nous en sommes", comment),
    )
    stands = f"\u00a0: {LEVEL_LABELS[moved.after]}" if moved else ""
    return ProposedItem(
        item_id, Section.GOALS, Topic.HOUSING_GOALS, f"{title}{stands}", origin, texts, True, value
    )


def _level(level: Level) -> int | None:
    place = rung(level)
    return None if place is None else place - 1


def _fact_item(visit: Visit, fact: ShareableFact) -> ProposedItem:
    section, topic = _PLACES[fact.topic]
    item_id = f"fact:{fact.id}"
    texts = (ItemText(item_id, "Fait proposé", fact.text),)
    label = f"Fait, {FACT_TOPIC_LABELS[fact.topic]}"
    return ProposedItem(item_id, section, topic, label, origin_of(visit.entry), texts)


def _request_item(visit: Visit, promise: Promise) -> ProposedItem:
    asked = promise.actor is Actor.LANDLORD
    who = "Demandé au bailleur" if asked else f"Convenu ({actor_text(promise.actor, None)})"
    due = f", pour le {format_long_date(promise.due_on)}" if promise.due_on else ""
    text = f"{who} le {format_long_date(visit.entry.started_at.date())}\u00a0: {promise.text}{due}."
    item_id = f"promise:{promise.id}"
    texts = (ItemText(item_id, "Demande", text),)
    return ProposedItem(
        item_id, Section.PROPOSAL, Topic.REQUESTED_MEASURES, who, origin_of(visit.entry), texts, asked
    )
