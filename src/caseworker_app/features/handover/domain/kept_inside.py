"""Counting what a household's file holds that no review ever proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from caseworker_app.features.budget.domain.categories import Section as BudgetSection
from caseworker_app.features.diary.domain.entry import VISIT_KINDS, DiaryEntry
from caseworker_app.features.goals.domain.autonomy import rung
from caseworker_app.features.handover.domain.frame import is_nameable
from caseworker_app.features.handover.domain.held_back import Withheld, WithheldKind, held_back
from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople
from caseworker_app.features.handover.domain.progress import concerns_housing, evaluations_compared
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.handover.domain.word_check import check_words

# The account of the rent is the only debt a landlord hears of.
_RENT_DEBT = "rent"
_NOBODY = KnownPeople()


def kept_inside(material: ReviewMaterial) -> tuple[Withheld, ...]:
    """Return what stays in the association whatever is agreed, each kind counted."""
    return (
        *_diary(material),
        *_health(material),
        *_children(material),
        *held_back(WithheldKind.OTHER_GOALS, _other_goals(material)),
        *held_back(WithheldKind.OTHER_CREDITORS, sum(debt.nature != _RENT_DEBT for debt in material.debts)),
        *held_back(WithheldKind.BUDGET, _budget_lines(material)),
        *_people(material),
        *held_back(WithheldKind.MEASURE, int(material.measure is not None and not is_nameable(material))),
        *_rooms(material),
    )


def _diary(material: ReviewMaterial) -> tuple[Withheld, ...]:
    visits = [entry for entry in material.entries if entry.kind in VISIT_KINDS]
    notes = [entry for entry in material.entries if entry.kind not in VISIT_KINDS]
    return (
        *_texts(WithheldKind.ANALYSIS, visits, lambda entry: entry.analysis),
        *_texts(WithheldKind.SAID, visits, lambda entry: entry.said),
        *_texts(WithheldKind.OBSERVED, visits, lambda entry: entry.observed),
        *_texts(WithheldKind.NOTES, notes, lambda entry: entry.id),
    )


def _texts(
    kind: WithheldKind, entries: Iterable[DiaryEntry], text: Callable[[DiaryEntry], str | None]
) -> tuple[Withheld, ...]:
    found = tuple(entry.id for entry in entries if text(entry))
    return held_back(kind, len(found), found)


def _health(material: ReviewMaterial) -> tuple[Withheld, ...]:
    """Count mentions of health: goals and levels of its domain, entries of the period with a word of it."""
    told = tuple(entry.id for entry in material.entries if _speaks_of_health(entry, material))
    return held_back(WithheldKind.HEALTH, len(told) + _in_domain(material, "health"), told)


def _speaks_of_health(entry: DiaryEntry, material: ReviewMaterial) -> bool:
    text = "\n".join(part for part in (entry.purpose, entry.observed, entry.said, entry.analysis) if part)
    return any(hit.kind is HitKind.HEALTH for hit in check_words("", text, _NOBODY, material.day))


def _children(material: ReviewMaterial) -> tuple[Withheld, ...]:
    members = sum(material.is_child(member) for member in material.members)
    return held_back(WithheldKind.CHILDREN, members + _in_domain(material, "children"))


def _in_domain(material: ReviewMaterial, domain: str) -> int:
    _, last = evaluations_compared(material)
    level = int(last is not None and rung(last.level(domain)) is not None)
    return level + sum(goal.goal.domain == domain for goal in material.goals)


def _other_goals(material: ReviewMaterial) -> int:
    """Count goals and evaluated domains that are neither housing's nor counted as health or children."""
    grid = material.grid
    counted = ("health", "children")
    goals = sum(not concerns_housing(g, grid) and g.goal.domain not in counted for g in material.goals)
    _, last = evaluations_compared(material)
    levels = last.levels if last else ()
    others = [each for each in levels if last and not last.grid.domain(each.domain).housing]
    return goals + sum(each.domain not in counted and rung(each.level) is not None for each in others)


def _budget_lines(material: ReviewMaterial) -> int:
    if material.budget is None:
        return 0
    return sum(len(material.budget.of(section)) for section in BudgetSection)


def _people(material: ReviewMaterial) -> tuple[Withheld, ...]:
    instructions = [material.household.visit_instructions, material.household.note]
    instructions += [contact.instructions for contact in material.contacts]
    protections = sum(member.legal_protection is not None for member in material.members)
    return (
        *held_back(WithheldKind.INSTRUCTIONS, sum(bool(text) for text in instructions)),
        *held_back(WithheldKind.LEGAL_PROTECTION, protections),
    )


def _rooms(material: ReviewMaterial) -> tuple[Withheld, ...]:
    seen = [(visit.entry.id, room) for visit in material.visits for room in visit.rooms if not room.shareable]
    return held_back(WithheldKind.ROOMS, len(seen), tuple(dict.fromkeys(entry_id for entry_id, _ in seen)))
