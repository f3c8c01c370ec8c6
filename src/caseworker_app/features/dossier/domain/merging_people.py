"""Two members of one household who are one person (« réunir deux fiches »): who may be, which record stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.features.dossier.domain.merging import (
    Coming,
    FieldComparison,
    MergeMember,
    SamePerson,
    likely_same,
)
from caseworker_app.features.households.domain import RELATION_LABELS, HouseholdMember, Relation
from caseworker_app.kernel.dates import format_date


@dataclass(frozen=True, slots=True)
class PeopleMergeProposal:
    """Two records side by side before they are one; `refusal`: why not in this direction, None: it may be."""

    kept: MergeMember
    absorbed: MergeMember
    fields: tuple[FieldComparison, ...]
    coming: tuple[Coming, ...]
    refusal: str | None


@dataclass(frozen=True, slots=True)
class PeopleMergeReport:
    """What became of two records; `set_aside`: what was not kept as a field, told in the note of the household."""

    kept_id: str
    name: str
    set_aside: tuple[str, ...]


def twins_among(members: Sequence[HouseholdMember]) -> tuple[SamePerson, ...]:
    """Propose who of a household is there twice: same names, and birth dates that do not differ."""
    found: list[SamePerson] = []
    for number, member in enumerate(members):
        gone = {each.absorbed_id for each in found}
        if member.id not in gone:
            others = [each for each in members[number + 1 :] if each.id not in gone]
            found += [pair for other in others for pair in likely_same([member], [other])]
    return tuple(found)


def people_refusal(kept: HouseholdMember, absorbed: HouseholdMember) -> str | None:
    """Say why a record cannot go into another, None when it can.

    The one that stays says whether the person lives there: somebody present does not go into somebody who left.
    """
    if kept.id == absorbed.id:
        return "Choisissez deux fiches différentes."
    if kept.household_id != absorbed.household_id:
        return "Ces deux personnes ne sont pas du même dossier\u00a0: fusionnez d’abord les dossiers."
    if kept.left_on is not None and absorbed.left_on is None:
        return f"{absorbed.full_name()} vit dans le ménage\u00a0: gardez cette fiche, et faites-y entrer l’autre."
    return None


def told_beside(kept: HouseholdMember, absorbed: HouseholdMember) -> list[str]:
    """Tell what the record that goes says of a person's place in the household, where that one is not kept."""
    told = []
    if absorbed.relation not in (kept.relation, Relation.UNKNOWN, Relation.REFERENCE_PERSON):
        told.append(f"{absorbed.full_name()}, lien\u00a0: {RELATION_LABELS[absorbed.relation]}")
    if absorbed.left_on is not None and absorbed.left_on != kept.left_on:
        told.append(
            f"{absorbed.full_name()}, noté\u00b7e parti\u00b7e le\u00a0: {format_date(absorbed.left_on)}"
        )
    return told
