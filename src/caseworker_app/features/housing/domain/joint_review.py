"""What each party says of each criterion at a joint review (« examen périodique contradictoire »)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.parameters import all_dated


class Opinion(StrEnum):
    """What a party thinks of a criterion; none given yet is None."""

    MET = "met"
    IN_PROGRESS = "in_progress"
    NOT_MET = "not_met"


OPINION_LABELS = {
    Opinion.MET: "atteint",
    Opinion.IN_PROGRESS: "en cours",
    Opinion.NOT_MET: "non atteint",
}


class Party(StrEnum):
    """Who gives an opinion: the three who sign the agreement."""

    LANDLORD = "landlord"
    HOUSEHOLD = "household"
    ASSOCIATION = "association"


PARTY_LABELS = {Party.LANDLORD: "bailleur", Party.HOUSEHOLD: "ménage", Party.ASSOCIATION: "association"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the agreement (« critère de la convention »), of a dated list."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ReviewCriterion:
    """What was said of one criterion at one review."""

    id: str
    version: str
    household_id: str
    joint_review_id: str
    criterion: str
    by_landlord: Opinion | None
    by_household: Opinion | None
    by_association: Opinion | None
    remark: str | None

    def opinion(self, party: Party) -> Opinion | None:
        """Return what a party said."""
        return {
            Party.LANDLORD: self.by_landlord,
            Party.HOUSEHOLD: self.by_household,
            Party.ASSOCIATION: self.by_association,
        }[party]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the parties say of a criterion, about to be written: it replaces what was said before."""

    criterion: str
    by_landlord: Opinion | None = None
    by_household: Opinion | None = None
    by_association: Opinion | None = None
    remark: str | None = None

    def given(self, party: Party, opinion: Opinion | None) -> Judgement:
        """Return it with the opinion of one party changed."""
        if party is Party.LANDLORD:
            return replace(self, by_landlord=opinion)
        if party is Party.HOUSEHOLD:
            return replace(self, by_household=opinion)
        return replace(self, by_association=opinion)


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A line of the table of a review: the criterion, and what was said of it (None: nothing yet)."""

    criterion: Criterion
    said: ReviewCriterion | None

    def judgement(self) -> Judgement:
        """Return what was said, to be written again with a change."""
        if self.said is None:
            return Judgement(self.criterion.code)
        s = self.said
        return Judgement(s.criterion, s.by_landlord, s.by_household, s.by_association, s.remark)

    def opinion(self, party: Party) -> Opinion | None:
        """Return what a party said, None when nothing yet."""
        return self.said.opinion(party) if self.said else None


def criteria_on(day: date) -> tuple[Criterion, ...]:
    """Return the criteria looked at in a joint review, in the order of the dated list."""
    rows = (each.value for each in all_dated("sliding_lease", "criterion", day))
    return tuple(Criterion(row["code"], row["label"]) for row in rows)


def criteria_table(
    criteria: Sequence[Criterion], said: Iterable[ReviewCriterion], review_id: str
) -> tuple[CriterionLine, ...]:
    """Return the lines of a review, in the order of the list.

    A criterion that is no longer in the list stays, last, when something was said of it.
    """
    own = {each.criterion: each for each in said if each.joint_review_id == review_id}
    known = [CriterionLine(criterion, own.pop(criterion.code, None)) for criterion in criteria]
    return (*known, *(CriterionLine(Criterion(code, code), each) for code, each in sorted(own.items())))


def check_judgement(judgement: Judgement, criteria: Iterable[Criterion]) -> None:
    """Refuse a criterion that the list does not know. Raises InvalidEntry."""
    if judgement.criterion not in {criterion.code for criterion in criteria}:
        raise InvalidEntry("Ce critère n’est pas dans la convention\u00a0: choisissez-en un de la liste.")
