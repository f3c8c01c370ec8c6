"""The association's own edition of the grid while it is written: domains reworded, moved, left out, added.

Nothing here changes a version that exists: what comes out is checked, then recorded as a new one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from caseworker_app.features.goals.domain.grid import DEFAULT_SET, LEVELS, MOST_DOMAINS, Grid, GridDomain
from caseworker_app.features.goals.domain.ordering import moved
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

MAX_LABEL = 60
MAX_SHORT = 18
MAX_ANCHOR = 120
SOURCE = "Rédaction de l’association"
# Health and children never leave the house, whatever an association calls them.
ALWAYS_INTERNAL = frozenset({"health", "children"})


@dataclass(frozen=True, slots=True)
class GridDraft:
    """A grid while it is written: every domain in order, those left out included, and the sets by kind."""

    domains: tuple[GridDomain, ...]
    sets: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def used(self) -> tuple[GridDomain, ...]:
        """The domains in use."""
        return tuple(domain for domain in self.domains if not domain.left_out)

    def domain(self, code: str) -> GridDomain | None:
        """Return a domain by its code, None for none."""
        return next((each for each in self.domains if each.code == code), None)

    def asked(self, kind: str) -> tuple[str, ...]:
        """Return the codes a kind of measure asks about; those of the usual set where it has none."""
        sets = dict(self.sets)
        return sets.get(kind, sets.get(DEFAULT_SET, ()))

    def has_own(self, kind: str) -> bool:
        """Say whether a kind of measure has a set of its own."""
        return kind in dict(self.sets)


@dataclass(frozen=True, slots=True)
class GridEdition:
    """A row of the file: one version the association wrote, never changed afterwards; `content`: JSON."""

    id: str
    version: str
    code: str
    starts_on: date
    content: str


def draft_of(grid: Grid) -> GridDraft:
    """Return what one begins to edit a version from."""
    return GridDraft(grid.known, grid.sets)


def onto(draft: GridDraft, grid: Grid) -> GridDraft:
    """Return a draft begun on another version as an edition of this one: what it does not know is left out."""
    known = {each.code for each in draft.domains}
    rest = tuple(replace(each, left_out=True) for each in grid.known if each.code not in known)
    return replace(draft, domains=(*draft.domains, *rest))


def draft_from_content(content: str) -> GridDraft:
    """Return the draft of what `content_of` gave."""
    read = json.loads(content)
    return GridDraft(
        tuple(_read_domain(each) for each in read["domains"]),
        tuple((kind, tuple(codes)) for kind, codes in read["sets"].items()),
    )


def reworded(draft: GridDraft, domain: GridDomain) -> GridDraft:
    """Return a draft with one of its domains written anew."""
    return replace(draft, domains=tuple(domain if d.code == domain.code else d for d in draft.domains))


def put_before(draft: GridDraft, code: str, before: str | None) -> GridDraft:
    """Return a draft with a domain before another one, after all of them when that is None."""
    order = moved([each.code for each in draft.domains], code, before)
    known = {each.code: each for each in draft.domains}
    return replace(draft, domains=tuple(known[each] for each in order))


def left_out(draft: GridDraft, code: str) -> GridDraft:
    """Return a draft that no longer asks about a domain: out of every set, its words kept."""
    out = tuple(replace(d, left_out=True) if d.code == code else d for d in draft.domains)
    sets = tuple((kind, tuple(each for each in codes if each != code)) for kind, codes in draft.sets)
    return GridDraft(out, tuple((kind, codes) for kind, codes in sets if codes or kind == DEFAULT_SET))


def taken_back(draft: GridDraft, code: str) -> GridDraft:
    """Return a draft that asks about a domain again; it comes back into the usual set."""
    back = tuple(replace(d, left_out=False) if d.code == code else d for d in draft.domains)
    return _in_usual_set(replace(draft, domains=back), code)


def added(draft: GridDraft, label: str) -> tuple[GridDraft, str]:
    """Return a draft with a new domain, its anchors still to write, and its code.

    The code of a domain is the label it was added under: it stays readable wherever a version is not at hand.
    Raises InvalidEntry beyond fourteen domains, or without a label.
    """
    name = one_line(label, MAX_LABEL, "label")
    if not name:
        raise InvalidEntry("Donnez un nom au domaine.", "label")
    if len(draft.used) >= MOST_DOMAINS:
        raise InvalidEntry(
            f"La grille a déjà {MOST_DOMAINS} domaines\u00a0: laissez-en un de côté pour en ajouter un.",
            "label",
        )
    code, number = name, 2
    while draft.domain(code) is not None:
        code, number = f"{name} ({number})", number + 1
    fresh = GridDomain(code, name, name[:MAX_SHORT].strip(), False, False, ("",) * LEVELS)
    return _in_usual_set(replace(draft, domains=(*draft.domains, fresh)), code), code


def with_set(draft: GridDraft, kind: str, codes: Sequence[str] | None) -> GridDraft:
    """Return a draft where a kind of measure asks about these domains; None: about the usual ones."""
    sets = {each: own for each, own in draft.sets if each != kind}
    if codes is not None:
        sets[kind] = tuple(each.code for each in draft.domains if each.code in set(codes))
    return replace(draft, sets=tuple(sets.items()))


def checked_draft(draft: GridDraft, before: Grid) -> GridDraft:
    """Return a draft as it is recorded, its spaces tidied.

    Raises InvalidEntry, with `domain:field` as its field, for a domain without words, two of one name, more
    than fourteen or none, an internal one that concerns the dwelling, a usual set left empty, and for an
    edition that changes nothing.
    """
    domains = tuple(_checked_domain(each) for each in draft.domains)
    tidy = replace(draft, domains=domains)
    if not 1 <= len(tidy.used) <= MOST_DOMAINS:
        raise InvalidEntry(f"Une grille a de un à {MOST_DOMAINS} domaines.", "domains")
    if any(tidy.domain(each.code) is None for each in before.known):
        raise InvalidEntry("Un domaine qui a servi se laisse de côté, il ne disparaît pas.", "domains")
    _check_names(tidy)
    tidy = replace(tidy, sets=_checked_sets(tidy))
    if tidy == draft_of(before):
        raise InvalidEntry("Rien n’a changé dans la grille.", "domains")
    return tidy


def difference_words(before: Grid, draft: GridDraft) -> str:
    """Say what an edition changes, for the person about to keep it: empty when nothing does."""
    known = {each.code: each for each in before.known}
    new = [each.label for each in draft.used if each.code not in known]
    gone = [e.label for e in draft.domains if e.left_out and e.code in known and not known[e.code].left_out]
    back = [e.label for e in draft.used if e.code in known and known[e.code].left_out]
    other = [e.label for e in draft.used if e.code in known and _reads_otherwise(known[e.code], e)]
    order = [e.code for e in draft.used if e.code in known] != [
        e.code for e in before.domains if (d := draft.domain(e.code)) and not d.left_out
    ]
    told = (("Ajouté", new), ("Laissé de côté", gone), ("Repris", back), ("Reformulé", other))
    parts = [f"{word}\u00a0: {', '.join(labels)}" for word, labels in told if labels]
    parts += ["Ordre changé"] if order and not back else []
    parts += ["Domaines par mesure changés"] if dict(before.sets) != dict(draft.sets) else []
    return ". ".join(parts)


def content_of(draft: GridDraft) -> str:
    """Return a draft as the file keeps it."""
    return json.dumps(
        {"domains": [asdict(each) for each in draft.domains], "sets": dict(draft.sets)}, ensure_ascii=False
    )


def grid_of(edition: GridEdition) -> Grid:
    """Return the version an edition is."""
    read = draft_from_content(edition.content)
    return Grid(edition.code, edition.starts_on, SOURCE, False, read.domains, read.sets, edition.id)


def edition_code(starts_on: date, taken: Sequence[str], mark: str) -> str:
    """Return the code of a new version: its day, numbered, and a mark of the device that made it."""
    same = sum(each.startswith(starts_on.isoformat()) for each in taken)
    return f"{starts_on.isoformat()}-{same + 1}-{mark}"


def version_words(grid: Grid) -> str:
    """Call a version: « grille du 24 novembre 2026 », or the program's own."""
    if grid.edition_id is None:
        return f"grille du logiciel, {grid.version}"
    return f"grille du {format_long_date(grid.start)}"


def _read_domain(content: Mapping[str, Any]) -> GridDomain:
    return GridDomain(
        str(content["code"]),
        str(content["label"]),
        str(content["short_label"]),
        bool(content["housing"]),
        bool(content["internal"]),
        tuple(str(each) for each in content["anchors"]),
        bool(content["left_out"]),
    )


def _in_usual_set(draft: GridDraft, code: str) -> GridDraft:
    usual = dict(draft.sets).get(DEFAULT_SET, ())
    return with_set(draft, DEFAULT_SET, (*usual, code))


def _checked_domain(domain: GridDomain) -> GridDomain:
    place = domain.code
    label = one_line(domain.label, MAX_LABEL, f"{place}:label")
    short = one_line(domain.short_label, MAX_SHORT, f"{place}:short_label")
    anchors = tuple(
        one_line(words, MAX_ANCHOR, f"{place}:anchor{number}") for number, words in enumerate(domain.anchors)
    )
    if domain.left_out:
        return replace(domain, label=label, short_label=short, anchors=anchors)
    if not label:
        raise InvalidEntry("Donnez un nom au domaine.", f"{place}:label")
    if not short:
        raise InvalidEntry("Donnez un nom court, pour le schéma.", f"{place}:short_label")
    for number, words in enumerate(anchors):
        if not words:
            raise InvalidEntry(
                f"Dites ce que ce niveau veut dire pour «\u00a0{label}\u00a0».", f"{place}:anchor{number}"
            )
    if len({fold(words) for words in anchors}) < len(anchors):
        raise InvalidEntry(f"Deux niveaux de «\u00a0{label}\u00a0» disent la même chose.", f"{place}:anchor0")
    internal = domain.internal or place in ALWAYS_INTERNAL
    if internal and domain.housing:
        raise InvalidEntry(
            "Un domaine interne ne peut pas être proposé au bailleur\u00a0: retirez l’une des deux coches.",
            f"{place}:housing",
        )
    return replace(domain, label=label, short_label=short, anchors=anchors, internal=internal)


def _check_names(draft: GridDraft) -> None:
    for name, field in (("label", "label"), ("short_label", "short_label")):
        seen: set[str] = set()
        for domain in draft.used:
            folded = fold(getattr(domain, name))
            if folded in seen:
                raise InvalidEntry(
                    f"Deux domaines s’appellent «\u00a0{getattr(domain, name)}\u00a0»\u00a0: changez l’un des deux.",
                    f"{domain.code}:{field}",
                )
            seen.add(folded)


def _checked_sets(draft: GridDraft) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sets in the order of the grid, of domains in use alone."""
    used = [each.code for each in draft.used]
    kept = {kind: tuple(code for code in used if code in set(codes)) for kind, codes in draft.sets}
    if not kept.get(DEFAULT_SET):
        raise InvalidEntry("Gardez au moins un domaine pour les mesures sans choix particulier.", "sets")
    return tuple((kind, codes) for kind, codes in kept.items() if codes)


def _reads_otherwise(before: GridDomain, after: GridDomain) -> bool:
    return replace(before, left_out=False) != replace(after, left_out=False)
