"""Which household might be the same as another: found by words, or probably a duplicate, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.dossier.domain.merging import likely_same
from caseworker_app.features.households.domain import HouseholdFile, HouseholdSummary
from caseworker_app.features.households.domain.shown import called, contact_words
from caseworker_app.kernel.french import plural


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """A household one could make one with another; `why` it is probably the same, empty when only found."""

    household_id: str
    reference: str
    name: str
    protected: bool
    detail: str
    why: str = ""


def candidate(summary: HouseholdSummary, day: date, why: str = "") -> MergeCandidate:
    """Return a household as the list shows it; the town of a protected one is not told."""
    adults, children = summary.adults_and_children(day)
    people = [plural(adults, "adulte")] if adults else []
    people += [plural(children, "enfant")] if children else []
    town = "" if summary.protected else summary.city_on(day) or ""
    parts = (f"n°\u00a0{summary.reference}", " et ".join(people), town)
    detail = " · ".join(part for part in parts if part)
    return MergeCandidate(summary.id, summary.reference, summary.name, summary.protected, detail, why)


def why_same(one: HouseholdFile, other: HouseholdFile) -> str:
    """Say why two households are probably one; empty when nothing tells so.

    What reaches a household under protection is not compared: it would tell that of the other.
    """
    same = likely_same(one.everyone, other.everyone)
    if same:
        names = {member.id: called(member) for member in one.everyone + other.everyone}
        return f"{names[same[0].absorbed_id]}\u00a0: {same[0].why}"
    if one.household.protected or other.household.protected:
        return ""
    known = {contact.value for contact in one.every_contact}
    shared = next((c for c in other.every_contact if c.value in known), None)
    return f"mêmes coordonnées\u00a0: {contact_words(shared)}" if shared else ""


def probable_first(
    found: Sequence[HouseholdFile], of: HouseholdFile, summaries: Mapping[str, HouseholdSummary], day: date
) -> tuple[MergeCandidate, ...]:
    """Return the households that are probably the same as one, those of the same person first."""
    told = [(why_same(of, each), each.household.id) for each in found if each.household.id != of.household.id]
    likely = sorted((pair for pair in told if pair[0]), key=lambda pair: pair[0].startswith("mêmes"))
    return tuple(candidate(summaries[i], day, why) for why, i in likely if i in summaries)
