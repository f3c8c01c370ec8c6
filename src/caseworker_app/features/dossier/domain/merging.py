"""Two households made one (« réunir deux dossiers »): who is likely the same person, what must be looked at
again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseworker_app.features.dossier.domain.value_words import value_words
from caseworker_app.features.households.domain import Household, HouseholdMember, Relation
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.joining import Outcome

NB = "\u00a0"
# A row that goes and its field; the table is told by the row.
FieldKey = tuple[str, str]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class MergeMember:
    """A member as the dialog shows them."""

    id: str
    name: str
    birth: date | None


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two households."""

    household_id: str
    reference: str
    name: str
    protected: bool
    members: tuple[MergeMember, ...]


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two members who are, or are likely, one person; `why`: in words."""

    absorbed_id: str
    kept_id: str
    why: str


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field told differently, both values in words; `subject`: of what or whom; `key`: what a choice
    names.
    """

    key: FieldKey
    subject: str
    label: str
    kept: str
    absorbed: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Coming:
    """So many rows of one kind: « écrit du journal », 12."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class MergeChoices:
    """What the person chose.

    `same_members`: by member who goes, the one they are; `taken`: the fields whose value of the household
    that goes is preferred; `relations`: what members who come are to the reference person.
    """

    same_members: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[FieldKey] = frozenset()
    relations: Mapping[str, Relation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two households side by side before they are made one; `refusal`: why not in this direction, None: it
    may be.
    """

    kept: MergeSide
    absorbed: MergeSide
    same_members: tuple[SamePerson, ...]
    fields: tuple[FieldComparison, ...]
    coming: tuple[Coming, ...]
    to_review: tuple[str, ...]
    refusal: str | None

    def choices(self) -> MergeChoices:
        """Return what the dialog starts with: the persons proposed as the same, the values of the one that
        stays.
        """
        return MergeChoices({same.absorbed_id: same.kept_id for same in self.same_members})


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did; `set_aside`: what was not kept as a field, told in the note of the former
    household.
    """

    kept_id: str
    reference: str
    former_reference: str
    name: str
    moved: tuple[Coming, ...]
    not_doubled: int
    set_aside: tuple[str, ...]
    to_review: tuple[str, ...]


def side_of(household: Household, members: Sequence[HouseholdMember]) -> MergeSide:
    """Return a household as the dialog shows it."""
    shown = tuple(MergeMember(m.id, m.full_name(), m.birth_date) for m in members)
    return MergeSide(household.id, household.reference, household.name, household.protected, shown)


def likely_same(
    kept: Sequence[HouseholdMember], absorbed: Sequence[HouseholdMember]
) -> tuple[SamePerson, ...]:
    """Propose who of one household is who of the other: same names, and birth dates that do not differ."""
    found: list[SamePerson] = []
    left = list(kept)
    for person in absorbed:
        for certain in (True, False):
            twin = next(
                (m for m in left if _same_names(m, person) and _same_birth(m, person) is certain), None
            )
            if twin is not None:
                found.append(SamePerson(person.id, twin.id, _SURE if certain else _NEARLY))
                left.remove(twin)
                break
    return tuple(found)


def refusal_of(kept: Household, absorbed: Household) -> str | None:
    """Say why a household cannot go into another, None when it can.

    A protected one never goes into a space that more people read.
    """
    if kept.id == absorbed.id:
        return "Choisissez deux dossiers différents."
    if absorbed.protected and not kept.protected and absorbed.space_id != kept.space_id:
        return (
            f"Le dossier {absorbed.reference} est dans un espace protégé{NB}: "
            "gardez-le, et faites-y entrer l’autre dossier."
        )
    return None


def check_choices(choices: MergeChoices, kept: Sequence[str], absorbed: Sequence[str]) -> None:
    """Refuse choices that cannot be: `kept` and `absorbed` are the ids of the members. Raises InvalidEntry."""
    twins = list(choices.same_members.values())
    if not set(choices.same_members) <= set(absorbed) or not set(twins) <= set(kept):
        raise InvalidEntry(
            "Une des personnes à réunir n’est pas de ces dossiers\u00a0: relisez-les.", "members"
        )
    if len(set(twins)) < len(twins):
        raise InvalidEntry(
            "Une personne ne peut être réunie qu’à une seule autre\u00a0: choisissez.", "members"
        )
    if Relation.REFERENCE_PERSON in choices.relations.values():
        raise InvalidEntry(
            "Le ménage garde sa personne de référence\u00a0: changez-la après la réunion, si besoin.",
            "relation",
        )


def mark_of(reference: str) -> str:
    """Return what stands above a text that came from a household."""
    return f"— Dossier {reference} —"


def points_to_review(kept: Rows, absorbed: Rows, day: date) -> tuple[str, ...]:
    """Say what a person should look at again once both are one: what was right in each may be double
    together.

    `kept` and `absorbed`: their rows as stored, by table, without those that are one thing in both.
    """
    told = []
    for table_name, end, words in _RUNNING:
        count = [sum(_runs(row, end, day) for row in rows.get(table_name, ())) for rows in (kept, absorbed)]
        if all(count):
            told.append(
                f"{words}{NB}: {plural(sum(count), 'est', 'sont')} en cours, vérifiez lesquels le restent."
            )
    months = [{row["month"] for row in rows.get("budget_line", ())} for rows in (kept, absorbed)]
    if both := sorted(months[0] & months[1]):
        names = join_words([value_words("budget_month", "month", month, day) for month in both])
        told.append(f"Budget de {names}{NB}: les lignes des deux dossiers sont réunies, relisez-les.")
    homes = sum(row["to_date"] is None for rows in (kept, absorbed) for row in rows.get("address", ()))
    if homes > 1:
        told.append(
            f"Adresses{NB}: {homes} sont notées comme actuelles, indiquez celle que le ménage a quittée."
        )
    return tuple(told)


def _runs(row: Mapping[str, Any], end: str, day: date) -> bool:
    return row[end] is None or row[end] >= day.isoformat()


def _same_names(one: HouseholdMember, other: HouseholdMember) -> bool:
    lasts = [{fold(n) for n in (m.last_name, m.birth_name) if n} for m in (one, other)]
    firsts = [fold(m.first_name or "") for m in (one, other)]
    straight = bool(lasts[0] & lasts[1]) and firsts[0] == firsts[1] and bool(firsts[0])
    crossed = firsts[0] in lasts[1] and firsts[1] in lasts[0]
    return straight or crossed


def _same_birth(one: HouseholdMember, other: HouseholdMember) -> bool | None:
    """Say whether two were born the same day; False: not known of both, None: on different days."""
    if one.birth_date is None or other.birth_date is None:
        return False
    return True if one.birth_date == other.birth_date else None


_SURE = "même nom et même date de naissance"
_NEARLY = "même nom, date de naissance inconnue d’un côté"
_RUNNING = (
    ("lease", "ends_on", "Baux"),
    ("support_measure", "ended_on", "Mesures"),
)
