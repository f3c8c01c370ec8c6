"""What the papers of this room say: the plan handed to the household, the contract, the evaluation (internal).

Contents only, in words: whoever reads the file fills them, `goals.documents` draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PLAN, CONTRACT, EVALUATION = "plan-objectifs", "contrat-accompagnement", "evaluation-autonomie"


@dataclass(frozen=True, slots=True)
class PaperHead:
    """Who and when: `signers` are the adults who sign, with how each is called; `measure` empty without one.

    `protector`: a legal protection has somebody sign beside them (curatelle, tutelle, habilitation familiale).
    """

    household: str
    reference: str
    signers: tuple[str, ...]
    protector: str
    measure: str
    worker: str
    worker_title: str
    day: date
    printed_by: str


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step: what, who in words that address the household, when; `done` steps are ticked."""

    what: str
    who: str
    when: str
    done: bool


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """A goal of the plan: its title, when, by what one sees it is reached, where it waits, its steps."""

    title: str
    due: str
    indicator: str
    waiting: str
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """The plan of goals (« feuille de route »); `left_out`: goals of health or children, not on this paper."""

    head: PaperHead
    goals: tuple[PlanGoal, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class SharedWith:
    """To whom the household agreed that something is told: who, what, until when."""

    recipient: str
    topics: str
    until: str


@dataclass(frozen=True, slots=True)
class SupportContract:
    """The contract of accompaniment (« contrat d’accompagnement »): parties, basis, length, goals, commitments,
    rhythm, what is shared, how to appeal, how it ends early.
    """

    head: PaperHead
    facts: tuple[tuple[str, str], ...]
    goals: tuple[PlanGoal, ...]
    left_out: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    shared: tuple[SharedWith, ...]
    appeals: tuple[str, ...]
    early_end: tuple[str, ...]
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A domain: its level at each date in words, what the grid says of each, and its places to draw (1 to 5)."""

    label: str
    short_label: str
    before: str
    before_anchor: str
    now: str
    now_anchor: str
    trend: str
    before_place: int | None
    now_place: int | None
    internal: bool
    observation: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A domain over every date of a view: its levels in words, oldest first; never added up."""

    label: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewPart:
    """The evaluation by one view: the dates in words, its version of the grid, what two versions change.

    `dates`, `course`: every date of the view and each domain over them, empty where two dates say it all.
    """

    view: str
    before: str
    now: str
    version: str
    mixed: str
    lines: tuple[LevelLine, ...]
    note: str
    dates: tuple[str, ...] = ()
    course: tuple[CourseLine, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The evaluation of autonomy on paper, *interne*: a part by view, never added up."""

    head: PaperHead
    views: tuple[ViewPart, ...]


HouseholdPaper = GoalPlan | SupportContract | EvaluationReport
