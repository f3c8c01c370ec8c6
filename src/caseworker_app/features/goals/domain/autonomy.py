"""The autonomy grid (« grille d’autonomie ») and evaluations of it: levels in words, by domain.

There is no average and no total here, on purpose: a level is a word beside a domain, and two dates are
compared domain by domain. Levels are kept as words in the file too, so that nothing adds them up by accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.kernel.errors import InvalidEntry


class Level(StrEnum):
    """Where a household stands in one domain, in words that can be read beside it."""

    TO_SECURE = "to_secure"
    FRAGILE = "fragile"
    STABLE = "stable"
    PROGRESSING = "progressing"
    AUTONOMOUS = "autonomous"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


LEVEL_LABELS = {
    Level.TO_SECURE: "à sécuriser",
    Level.FRAGILE: "fragile",
    Level.STABLE: "stabilisé",
    Level.PROGRESSING: "en progrès",
    Level.AUTONOMOUS: "autonome",
    Level.NOT_ASSESSED: "non évalué",
    Level.NOT_APPLICABLE: "sans objet",
}
LADDER = (Level.TO_SECURE, Level.FRAGILE, Level.STABLE, Level.PROGRESSING, Level.AUTONOMOUS)


def rung(level: Level) -> int | None:
    """Return the place of a level, 1 to 5, to draw it; None for « non évalué » and « sans objet ».

    A place in an order, not a quantity: never add rungs up.
    """
    return LADDER.index(level) + 1 if level in LADDER else None


class View(StrEnum):
    """Who looks (« regard »)."""

    HOUSEHOLD = "household"
    WORKER = "worker"


VIEW_LABELS = {View.HOUSEHOLD: "ménage", View.WORKER: "intervenant·e"}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation at a date, by one view, on one version of the grid; `note` is *interne*."""

    id: str
    version: str
    household_id: str
    evaluated_on: date
    view: View
    grid_version: str
    note: str | None
    grid_edition_id: str | None = None


@dataclass(frozen=True, slots=True)
class DomainLevel:
    """The level of one domain in an evaluation; `observation` is *interne*."""

    id: str
    version: str
    household_id: str
    evaluation_id: str
    domain: str
    level: Level
    observation: str | None


@dataclass(frozen=True, slots=True)
class EvaluationWithLevels:
    """An evaluation with the levels of its domains, in the order of the version of the grid it was made on."""

    evaluation: Evaluation
    levels: tuple[DomainLevel, ...]
    grid: Grid

    def level(self, domain: str) -> Level:
        """Return the level of a domain, « non évalué » when the evaluation does not hold it."""
        return next((each.level for each in self.levels if each.domain == domain), Level.NOT_ASSESSED)


@dataclass(frozen=True, slots=True)
class NewLevel:
    """The level of one domain about to be recorded."""

    domain: str
    level: Level
    observation: str | None = None


@dataclass(frozen=True, slots=True)
class NewEvaluation:
    """An evaluation about to be recorded; `grid_version`: the one whose words were read, None: that of the day."""

    household_id: str
    evaluated_on: date
    view: View
    levels: tuple[NewLevel, ...]
    note: str | None = None
    grid_version: str | None = None


def check_evaluation(new: NewEvaluation, grid: Grid, today: date) -> None:
    """Refuse a date to come, an unknown or doubled domain, or nothing evaluated at all.

    Raises InvalidEntry.
    """
    if new.evaluated_on > today:
        raise InvalidEntry("Une évaluation ne peut pas porter une date à venir.", "evaluated_on")
    codes = [each.domain for each in new.levels]
    for code in codes:
        grid.domain(code)
    if len(set(codes)) != len(codes):
        raise InvalidEntry(
            "Un domaine figure deux fois dans cette évaluation\u00a0: gardez une seule ligne.", "levels"
        )
    if all(rung(each.level) is None for each in new.levels):
        raise InvalidEntry("Évaluez au moins un domaine avant d’enregistrer.", "levels")


@dataclass(frozen=True, slots=True)
class EvaluationCorrection:
    """What an evaluation should have said: its day, its note, and the levels to correct or add."""

    evaluated_on: date
    levels: tuple[NewLevel, ...]
    note: str | None = None


def check_correction(held: EvaluationWithLevels, correction: EvaluationCorrection, today: date) -> None:
    """Refuse what `check_evaluation` refuses of an evaluation as it would be once corrected.

    Raises InvalidEntry.
    """
    named = {each.domain for each in correction.levels}
    kept = tuple(NewLevel(each.domain, each.level) for each in held.levels if each.domain not in named)
    own = held.evaluation
    whole = NewEvaluation(own.household_id, correction.evaluated_on, own.view, kept + correction.levels)
    check_evaluation(whole, held.grid, today)


class Trend(StrEnum):
    """How one domain moved between two dates."""

    PROGRESS = "progress"
    STABLE = "stable"
    DECLINE = "decline"
    NOT_COMPARABLE = "not_comparable"


TREND_LABELS = {
    Trend.PROGRESS: "progresse",
    Trend.STABLE: "stable",
    Trend.DECLINE: "recule",
    Trend.NOT_COMPARABLE: "non comparable",
}


@dataclass(frozen=True, slots=True)
class DomainProgress:
    """How one domain moved, in words: both levels, what the grid says of the later one, and the trend."""

    domain: str
    label: str
    housing: bool
    internal: bool
    before: Level
    after: Level
    anchor: str | None
    trend: Trend

    @property
    def sentence(self) -> str:
        """The movement in words, e.g. « de fragile à en progrès »; empty when the dates do not compare."""
        if self.trend is Trend.NOT_COMPARABLE:
            return ""
        after = LEVEL_LABELS[self.after]
        if self.trend is Trend.STABLE:
            return f"stable\u00a0: {after}"
        return f"de {LEVEL_LABELS[self.before]} à {after}"


def compare(before: EvaluationWithLevels, after: EvaluationWithLevels) -> tuple[DomainProgress, ...]:
    """Compare two evaluations of one view, domain by domain, in the order of the later grid.

    Domains without a level at one of the dates, or whose anchors were reworded between them, are « non
    comparable »; domains at neither date are left out. Raises InvalidEntry when the views differ.
    """
    if before.evaluation.view is not after.evaluation.view:
        raise InvalidEntry(
            "Deux regards différents ne se comparent pas dans le temps\u00a0: choisissez le même regard."
        )
    return tuple(
        _progress(before, after, domain.code)
        for domain in after.grid.known
        if rung(before.level(domain.code)) or rung(after.level(domain.code))
    )


def _progress(before: EvaluationWithLevels, after: EvaluationWithLevels, code: str) -> DomainProgress:
    domain = after.grid.domain(code)
    first, last = before.level(code), after.level(code)
    place = rung(last)
    return DomainProgress(
        code,
        domain.label,
        domain.housing,
        domain.internal,
        first,
        last,
        domain.anchors[place - 1] if place else None,
        _trend(first, last) if _same_anchors(before.grid, after.grid, code) else Trend.NOT_COMPARABLE,
    )


def _same_anchors(before: Grid, after: Grid, code: str) -> bool:
    return before.holds(code) and before.domain(code).anchors == after.domain(code).anchors


def _trend(before: Level, after: Level) -> Trend:
    first, last = rung(before), rung(after)
    if first is None or last is None:
        return Trend.NOT_COMPARABLE
    return Trend.STABLE if first == last else Trend.PROGRESS if last > first else Trend.DECLINE
