"""From goals and evaluations to what the papers say: plain words, nothing internal on what is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    TREND_LABELS,
    EvaluationWithLevels,
    Trend,
    View,
    rung,
)
from caseworker_app.features.goals.domain.comparing import (
    ComparedDomain,
    Pair,
    choose_pair,
    compared_domains,
)
from caseworker_app.features.goals.domain.comparing import (
    version_words as mixed_words,
)
from caseworker_app.features.goals.domain.course import course_days, courses
from caseworker_app.features.goals.domain.edition import version_words
from caseworker_app.features.goals.domain.goal import Actor, GoalState, GoalStep, GoalWithSteps, StepState
from caseworker_app.features.goals.domain.grid import Grids
from caseworker_app.features.goals.domain.papers import (
    CourseLine,
    EvaluationReport,
    GoalPlan,
    LevelLine,
    PaperHead,
    PlanGoal,
    PlanStep,
    SharedWith,
    SupportContract,
    ViewPart,
)
from caseworker_app.kernel.dates import format_long_date, format_short_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.parameters import dated

TABLE = "support_contract"
_NO_GOAL = "Aucun objectif n’est ouvert\u00a0: ajoutez-en un dans l’onglet Objectifs, puis imprimez."
_NO_EVALUATION = (
    "Aucune évaluation n’est faite\u00a0: remplissez la grille dans l’onglet Objectifs, puis imprimez."
)
_VIEWS = {View.WORKER: "Regard de l’intervenant·e", View.HOUSEHOLD: "Regard du ménage"}


def goal_plan(head: PaperHead, goals: Sequence[GoalWithSteps], grids: Grids) -> GoalPlan:
    """Return the plan of the open goals. Raises InvalidEntry without any that may be on paper."""
    told, left_out = told_goals(goals, grids, head.day)
    if not told:
        raise InvalidEntry(_NO_GOAL, "goals")
    return GoalPlan(head, tuple(_goal(each, head) for each in told), left_out)


def told_goals(
    goals: Sequence[GoalWithSteps], grids: Grids, day: date
) -> tuple[tuple[GoalWithSteps, ...], int]:
    """Return the open goals a paper may tell, and how many of health or children are left out of it."""
    opened = [each for each in goals if each.goal.open]
    inner = {each.goal.id for each in opened if _internal(each, grids, day)}
    return tuple(each for each in opened if each.goal.id not in inner), len(inner)


def support_contract(
    head: PaperHead,
    facts: Sequence[tuple[str, str]],
    goals: Sequence[GoalWithSteps],
    grids: Grids,
    shared: Sequence[SharedWith],
) -> SupportContract:
    """Return the contract of a measure with the open goals and the agreements to share in force."""
    told, left_out = told_goals(goals, grids, head.day)

    def words(key: str) -> tuple[str, ...]:
        return tuple(dated(TABLE, key, head.day).value)

    return SupportContract(
        head,
        tuple(facts),
        tuple(_goal(each, head) for each in told),
        left_out,
        words("association_commitments"),
        words("household_commitments"),
        tuple(shared),
        words("appeals"),
        words("early_end"),
        words("data"),
    )


def evaluation_report(head: PaperHead, evaluations: Sequence[EvaluationWithLevels]) -> EvaluationReport:
    """Return the last evaluation by each view beside the one before it. Raises InvalidEntry without any."""
    pairs = [(view, choose_pair(evaluations, view)) for view in (View.WORKER, View.HOUSEHOLD)]
    parts = tuple(
        _with_course(view_part(view, pair), evaluations, view) for view, pair in pairs if pair is not None
    )
    if not parts:
        raise InvalidEntry(_NO_EVALUATION, "evaluations")
    return EvaluationReport(head, parts)


def _internal(goal: GoalWithSteps, grids: Grids, day: date) -> bool:
    domain = grids.domain(goal.goal.domain, day)
    return domain is not None and domain.internal


def _goal(goal: GoalWithSteps, head: PaperHead) -> PlanGoal:
    about = goal.goal
    waiting = ""
    if about.state is GoalState.ON_HOLD:
        until = f" jusqu’au {format_long_date(about.on_hold_until)}" if about.on_hold_until else ""
        waiting = f"en pause{until}"
    steps = tuple(_step(step, head) for step in goal.steps if step.state is not StepState.DROPPED)
    due = format_long_date(about.target_on) if about.target_on else ""
    return PlanGoal(about.title, due, about.indicator or "", waiting, steps)


def _step(step: GoalStep, head: PaperHead) -> PlanStep:
    done = step.state is StepState.DONE
    when = ""
    if done and step.done_on:
        when = f"fait le {format_long_date(step.done_on)}"
    elif step.due_on:
        when = format_long_date(step.due_on)
    return PlanStep(step.title, _who(step, head), when, done)


def _who(step: GoalStep, head: PaperHead) -> str:
    if step.actor_name:
        return step.actor_name
    called = {
        Actor.HOUSEHOLD: "Vous",
        Actor.WORKER: head.worker or "L’association",
        Actor.TOGETHER: "Ensemble",
        Actor.LANDLORD: "Le bailleur",
        Actor.PARTNER: "Un partenaire",
    }
    return called[step.actor]


def view_part(view: View, pair: Pair) -> ViewPart:
    """Return what papers say of one view at one or two dates, each level with the words of its own grid."""
    now = pair.after
    before = format_long_date(pair.before.evaluation.evaluated_on) if pair.before else ""
    return ViewPart(
        _VIEWS[view],
        before,
        format_long_date(now.evaluation.evaluated_on),
        version_words(now.grid),
        mixed_words(pair),
        tuple(_line(each) for each in compared_domains(pair)),
        now.evaluation.note or "",
    )


def _with_course(part: ViewPart, evaluations: Sequence[EvaluationWithLevels], view: View) -> ViewPart:
    """Add every date of the view; two dates are in the table of the comparison already."""
    days = course_days(evaluations, view)
    if len(days) < 3:
        return part
    lines = tuple(
        CourseLine(
            f"{each.domain.label} (interne)" if each.domain.internal else each.domain.label,
            tuple(LEVEL_LABELS[point.level] for point in each.points),
        )
        for each in courses(evaluations, view)
    )
    return replace(
        part, dates=tuple(f"{format_short_date(day)}\u00a0{day.year}" for day in days), course=lines
    )


def _line(each: ComparedDomain) -> LevelLine:
    before = each.before
    compared = each.trend is not Trend.NOT_COMPARABLE
    return LevelLine(
        each.domain.label,
        each.domain.short_label,
        LEVEL_LABELS[before] if before is not None else "",
        each.earlier_anchor if before is not None else "",
        LEVEL_LABELS[each.after],
        each.anchor,
        TREND_LABELS[each.trend] if compared else "",
        rung(before) if before is not None else None,
        rung(each.after),
        each.domain.internal,
        each.observation or "",
    )
