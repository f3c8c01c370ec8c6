"""Two evaluations side by side, domain by domain, as the tab draws and tells them; nothing is ever added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    Evaluation,
    EvaluationWithLevels,
    Level,
    Trend,
    View,
    compare,
    rung,
)
from caseworker_app.features.goals.domain.grid import GridDomain
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import join_words

# The key of « no earlier evaluation », chosen by a person.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """The evaluation shown, and the earlier one it is compared with, if any; both of one view."""

    after: EvaluationWithLevels
    before: EvaluationWithLevels | None = None


@dataclass(frozen=True, slots=True)
class ComparedDomain:
    """One domain at one or two dates; `before` None: nothing is compared. Observations are *interne*.

    `domain`: as the later evaluation's version words it, `earlier`: as the earlier one's does, each level being
    read with the words it was chosen by; None where that version does not know it.
    """

    domain: GridDomain
    before: Level | None
    after: Level
    trend: Trend
    sentence: str
    observation: str | None
    earlier_observation: str | None
    earlier: GridDomain | None = None

    @property
    def earlier_anchor(self) -> str:
        """What the earlier version of the grid said of the earlier level."""
        return anchor_of(self.earlier or self.domain, self.before)

    @property
    def anchor(self) -> str:
        """What the grid says of the later level, empty when the domain was not assessed."""
        return anchor_of(self.domain, self.after)

    @property
    def applies(self) -> bool:
        """Say whether the domain concerns the household at the later date."""
        return self.after is not Level.NOT_APPLICABLE

    @property
    def assessed(self) -> bool:
        """Say whether the later evaluation has a level."""
        return rung(self.after) is not None

    @property
    def assessed_before(self) -> bool:
        """Say whether the earlier evaluation has a level."""
        return self.before is not None and rung(self.before) is not None


def anchor_of(domain: GridDomain, level: Level | None) -> str:
    """Return what the grid says of a level of a domain, empty for « non évalué » and « sans objet »."""
    place = rung(level) if level is not None else None
    return domain.anchors[place - 1] if place else ""


def of_view(evaluations: Sequence[EvaluationWithLevels], view: View) -> tuple[EvaluationWithLevels, ...]:
    """Return the evaluations of one view, oldest first as they are given."""
    return tuple(each for each in evaluations if each.evaluation.view is view)


def first_view(evaluations: Sequence[EvaluationWithLevels]) -> View:
    """Return the view to show first: the worker's, the household's where it alone was ever asked."""
    return (
        View.WORKER
        if of_view(evaluations, View.WORKER) or not evaluations
        else evaluations[-1].evaluation.view
    )


def choose_pair(
    evaluations: Sequence[EvaluationWithLevels], view: View, before_id: str = "", after_id: str = ""
) -> Pair | None:
    """Return the two evaluations of a view to compare; None when the view has none.

    By default the last one and the one before it. An unknown id counts as not chosen; two chosen the wrong
    way round are turned.
    """
    seen = of_view(evaluations, view)
    if not seen:
        return None
    places = {each.evaluation.id: place for place, each in enumerate(seen)}
    after = places.get(after_id, len(seen) - 1)
    if before_id == NONE:
        return Pair(seen[after])
    before = places.get(before_id, after - 1)
    if before == after:
        before = after - 1
    if before > after:
        before, after = after, before
    return Pair(seen[after], seen[before] if before >= 0 else None)


def compared_domains(pair: Pair) -> tuple[ComparedDomain, ...]:
    """Return every domain that one of the two evaluations holds, in the order of the later grid.

    A domain that only the earlier version knows comes last, in the words of that one.
    """
    held = {each.domain for side in (pair.after, pair.before) if side for each in side.levels}
    progress = {each.domain: each for each in compare(pair.before, pair.after)} if pair.before else {}
    found = []
    for domain in _known(pair):
        if domain.code not in held:
            continue
        moved = progress.get(domain.code)
        found.append(
            ComparedDomain(
                domain,
                pair.before.level(domain.code) if pair.before else None,
                pair.after.level(domain.code),
                moved.trend if moved else Trend.NOT_COMPARABLE,
                moved.sentence if moved else "",
                _observation(pair.after, domain.code),
                _observation(pair.before, domain.code) if pair.before else None,
                _domain_before(pair, domain.code),
            )
        )
    return tuple(found)


def version_words(pair: Pair) -> str:
    """Say what two versions of the grid change for a comparison; empty where one version, or the same words.

    Only of domains that one of the two evaluations has a level of.
    """
    if pair.before is None or pair.before.grid.version == pair.after.grid.version:
        return ""
    reworded, fresh, gone = [], [], []
    for each in compared_domains(pair):
        code, label = each.domain.code, each.domain.label
        if not (each.assessed or each.assessed_before):
            continue
        if not pair.before.grid.holds(code):
            fresh.append(label)
        elif not pair.after.grid.holds(code) or pair.after.grid.domain(code).left_out:
            gone.append(label)
        elif pair.before.grid.domain(code).anchors != pair.after.grid.domain(code).anchors:
            reworded.append(label)
    told = (("reformulé", reworded), ("ajouté", fresh), ("laissé de côté", gone))
    parts = [f"{word}\u00a0: {join_words(labels)}" for word, labels in told if labels]
    if not parts:
        return ""
    which = " ; ".join(parts).replace(" ;", "\u202f;")
    return (
        "Ces deux évaluations n’ont pas été faites avec les mêmes mots"
        f" ({which}). Chaque niveau se lit avec les mots de sa date\u202f; ces domaines ne se comparent pas."
    )


def what_moved(domains: Sequence[ComparedDomain]) -> tuple[ComparedDomain, ...]:
    """Return the domains that moved between the two dates: those that progress, then those that recede."""
    return tuple(each for trend in (Trend.PROGRESS, Trend.DECLINE) for each in domains if each.trend is trend)


def spoken_domain(domain: ComparedDomain, pair: Pair) -> str:
    """Say a domain whole, as it is read aloud: « Paiement du loyer : fragile le 6 avril 2026, … »."""
    parts = []
    if pair.before is not None and domain.before is not None:
        parts.append(
            f"{LEVEL_LABELS[domain.before]} le {format_long_date(pair.before.evaluation.evaluated_on)}"
        )
    parts.append(f"{LEVEL_LABELS[domain.after]} le {format_long_date(pair.after.evaluation.evaluated_on)}")
    inner = ", interne" if domain.domain.internal else ""
    return f"{domain.domain.label}{inner}\u00a0: {', '.join(parts)}"


def dated_labels(evaluations: Sequence[EvaluationWithLevels]) -> dict[str, str]:
    """Return the words of each evaluation by its id: its day, numbered where one day has several."""
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    for each in evaluations:
        day = day_words(each.evaluation)
        counts[day] = counts.get(day, 0) + 1
        labels[each.evaluation.id] = day if counts[day] == 1 else f"{day} ({counts[day]})"
    return labels


def day_words(evaluation: Evaluation) -> str:
    """Return the day of an evaluation as it is shown."""
    return format_long_date(evaluation.evaluated_on)


def _known(pair: Pair) -> tuple[GridDomain, ...]:
    """Return the domains of both versions: those of the later one, then what only the earlier one knows."""
    later = pair.after.grid.known
    if pair.before is None:
        return later
    return (*later, *(d for d in pair.before.grid.known if not pair.after.grid.holds(d.code)))


def _domain_before(pair: Pair, code: str) -> GridDomain | None:
    if pair.before is None or not pair.before.grid.holds(code):
        return None
    return pair.before.grid.domain(code)


def _observation(evaluation: EvaluationWithLevels, code: str) -> str | None:
    return next((each.observation for each in evaluation.levels if each.domain == code), None)
