"""What a person keeps, rewrites and adds in a proposed review; also what its draft holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from caseworker_app.features.handover.domain.proposal import ItemText, OptionCode, ProposedItem, Section
from caseworker_app.features.handover.domain.written_form import Unreadable, field_kinds, read_value, written

FORMAT = 1

# Parts to which a paragraph of the writer's own may be added.
ADDITION_SECTIONS = (Section.MEETINGS, Section.PAYMENT, Section.ROOMS, Section.PROPOSAL)


@dataclass(frozen=True, slots=True)
class TextChoice:
    """A text rewritten: the key of an `ItemText` and what stands in its place."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A paragraph of the writer's own in a part of the review."""

    section: Section
    text: str


@dataclass(frozen=True, slots=True)
class ReviewChoices:
    """Choices over a proposal; without any, the review says what is proposed by default.

    `removed`, `added`: ids of items taken out or in against the default. `option_detail`: more words beside
    the option chosen. `opinion`: the household's own words, typed for this review. `kept_hits`: keys of the
    words that the second check showed and that are kept knowingly.
    """

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    texts: tuple[TextChoice, ...] = ()
    additions: tuple[Addition, ...] = ()
    option: OptionCode | None = None
    option_detail: str = ""
    reasons: str = ""
    opinion: str = ""
    kept_hits: tuple[str, ...] = ()

    def keeps(self, item: ProposedItem) -> bool:
        """Say whether an item is kept."""
        return item.id in self.added or (item.included and item.id not in self.removed)

    def text(self, proposed: ItemText) -> str:
        """Return a text as rewritten, else as proposed."""
        return next((each.text for each in self.texts if each.key == proposed.key), proposed.text)

    def with_item(self, item: ProposedItem, kept: bool) -> Self:
        """Return the choices with an item taken in or out."""
        removed = tuple(i for i in self.removed if i != item.id)
        added = tuple(i for i in self.added if i != item.id)
        if kept:
            return replace(self, removed=removed, added=added if item.included else (*added, item.id))
        return replace(self, removed=(*removed, item.id) if item.included else removed, added=added)

    def with_text(self, key: str, text: str) -> Self:
        """Return the choices with a text rewritten."""
        others = tuple(each for each in self.texts if each.key != key)
        return replace(self, texts=(*others, TextChoice(key, text)))

    def keeping(self, hit_key: str) -> Self:
        """Return the choices with a word kept knowingly."""
        return self if hit_key in self.kept_hits else replace(self, kept_hits=(*self.kept_hits, hit_key))


def review_draft_key(household_id: str) -> str:
    """Return the key of a household's review in the file of drafts."""
    return f"review:{household_id}"


def choices_to_dict(choices: ReviewChoices) -> dict[str, Any]:
    """Return what the file of drafts keeps: text, lists and mappings only."""
    return {"format": FORMAT, **written(choices)}


def choices_from_dict(content: Mapping[str, Any]) -> ReviewChoices:
    """Return the choices a draft holds. Never refuses one: what cannot be read takes its usual value."""
    kinds, found = field_kinds(ReviewChoices), {}
    for field in fields(ReviewChoices):
        try:
            found[field.name] = read_value(kinds[field.name], content[field.name])
        except (Unreadable, KeyError):
            continue
    return ReviewChoices(**found)
