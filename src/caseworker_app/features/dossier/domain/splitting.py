"""A household of which some members leave into a file of their own (« séparer un dossier »): who takes
what.

What concerns both stays in the first file: measures, diary, goals, budget, lease. What is a leaving
person's own (phones, agreements they gave) goes with them. Nothing is copied, so nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.features.dossier.domain.merging import Coming
from caseworker_app.features.dossier.domain.row_names import row_name
from caseworker_app.features.dossier.domain.wording import TABLES
from caseworker_app.features.households.domain import HouseholdMember, NewAddress
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import capital, join_words

# A table and the id of one of its rows.
RowKey = tuple[str, str]
Row = Mapping[str, Any]

MEMBERS = "household_member"
# What belongs to the one person it names, and goes with them.
_OWN = frozenset({"contact", "consent", "orientation"})
# What tells where a file came from.
_FIXED = frozenset({"former_household", "household_separation"})


@dataclass(frozen=True, slots=True)
class SplitPart:
    """Rows that stay or leave together, named by their first; `detail`: what else they are.

    `leaves`: whether they leave unless chosen otherwise; `fixed`: this cannot be chosen, for the reason
    `why`.
    """

    key: RowKey
    words: str
    detail: str
    leaves: bool
    fixed: bool
    why: str
    rows: tuple[RowKey, ...]


@dataclass(frozen=True, slots=True)
class SplitProposal:
    """What would stay and what would leave; `refusal`: why these members cannot leave, None: they can."""

    parts: tuple[SplitPart, ...]
    refusal: str | None

    def leaving(self) -> frozenset[RowKey]:
        """Return the parts that leave unless chosen otherwise."""
        return frozenset(part.key for part in self.parts if part.leaves and not part.fixed)


@dataclass(frozen=True, slots=True)
class SplitChoices:
    """What the person chose.

    `leaving` None: the parts proposed; `reference_person`: of the new file; `remaining_reference_person`:
    of the first, None where theirs stays. `new_address`: where those who leave live. `protect_new`: their
    file is under protection.
    """

    member_ids: tuple[str, ...]
    reference_person: str
    remaining_reference_person: str | None = None
    leaving: frozenset[RowKey] | None = None
    new_address: NewAddress | None = None
    protect_new: bool = False


@dataclass(frozen=True, slots=True)
class SplitReport:
    """What a split did: the new file, what it holds, and the links between both that were cut, in words."""

    household_id: str
    reference: str
    name: str
    moved: tuple[Coming, ...]
    cut: tuple[str, ...]


def refusal_of(members: Sequence[HouseholdMember], leaving: Collection[str]) -> str | None:
    """Say why these members cannot leave, None when they can; `members`: whoever lives or lived there."""
    if not leaving:
        return "Choisissez au moins une personne qui part."
    if not set(leaving) <= {member.id for member in members}:
        return "Une des personnes choisies ne fait plus partie du ménage\u00a0: relisez le dossier."
    if all(member.id in leaving for member in members if member.left_on is None):
        return "Une personne au moins reste dans le premier dossier\u00a0: sinon, gardez-le tel quel."
    return None


def parts_of(
    groups: Sequence[Sequence[RowKey]], rows: Mapping[RowKey, Row], leaving: Collection[str], day: date
) -> tuple[SplitPart, ...]:
    """Return what stays or leaves, each group of bound rows being one part; `leaving`: ids of the members
    who go.
    """
    return tuple(_part(group, rows, leaving, day) for group in groups)


def rows_leaving(proposal: SplitProposal, choices: SplitChoices) -> frozenset[RowKey]:
    """Return every row that leaves. Raises InvalidEntry when a choice names what cannot be chosen."""
    chosen = proposal.leaving() if choices.leaving is None else choices.leaving
    free = {part.key for part in proposal.parts if not part.fixed}
    if not chosen <= free:
        raise InvalidEntry(
            "Une des lignes choisies ne peut pas changer de dossier\u00a0: relisez les choix.", "leaving"
        )
    parts = (part for part in proposal.parts if part.key in chosen or (part.fixed and part.leaves))
    return frozenset(key for part in parts for key in part.rows)


def check_reference_persons(choices: SplitChoices, members: Sequence[HouseholdMember]) -> str:
    """Return who is the reference person of the first file once the others left. Raises InvalidEntry."""
    staying = [member.id for member in members if member.id not in choices.member_ids]
    if choices.reference_person not in choices.member_ids:
        raise InvalidEntry(
            "Choisissez la personne de référence du nouveau dossier parmi celles qui partent.", "reference"
        )
    if choices.remaining_reference_person is None:
        return staying[0]
    if choices.remaining_reference_person not in staying:
        raise InvalidEntry(
            "Choisissez la personne de référence du premier dossier parmi celles qui restent.", "remaining"
        )
    return choices.remaining_reference_person


def cut_words(table_name: str, row: Row, day: date) -> str:
    """Return what is said of a row whose link to the other file was cut, without naming what is in that
    file.
    """
    name = row_name(table_name, row, day)
    kind = TABLES[table_name]
    return f"{kind} «\u00a0{name}\u00a0»" if name else kind


def _part(
    group: Sequence[RowKey], rows: Mapping[RowKey, Row], leaving: Collection[str], day: date
) -> SplitPart:
    key = group[0]
    table_name, row_id = key
    is_member = table_name == MEMBERS
    owner = rows[key].get("member_id")
    leaves = row_id in leaving if is_member else table_name in _OWN and owner in leaving
    fixed = is_member or table_name in _FIXED
    why = _why(is_member, leaves) if fixed else ""
    return SplitPart(key, _words(key, rows, day), _detail(group[1:]), leaves, fixed, why, tuple(group))


def _words(key: RowKey, rows: Mapping[RowKey, Row], day: date) -> str:
    name = row_name(key[0], rows[key], day)
    kind = TABLES[key[0]]
    named = f" «\u00a0{name}\u00a0»" if name else ""
    return f"{capital(kind)}{named}"


def _detail(others: Sequence[RowKey]) -> str:
    counts: dict[str, int] = {}
    for table_name, _ in others:
        counts[TABLES[table_name]] = counts.get(TABLES[table_name], 0) + 1
    return f"avec {join_words([f'{kind} ({count})' for kind, count in counts.items()])}" if counts else ""


def _why(is_member: bool, leaves: bool) -> str:
    if not is_member:
        return "reste dans le premier dossier, dont il dit l’origine"
    return "part, vous l’avez choisi" if leaves else "reste"
