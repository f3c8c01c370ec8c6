"""What the palette offers: things found, in groups, the best first; pure, so that every rule of order is tested."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from caseworker_app.kernel.folding import letters_of, words_of
from caseworker_app.shell.called import SECTIONS, TAB_WORDS
from caseworker_app.shell.catalogue import COMMANDS, SCREENS, Command
from caseworker_app.ui_kit.page import Route

# From so many letters on a word of an action may have a slip.
_TOLERANT_FROM = 4
# Said without being looked for: « ouvrir une mesure » is about « mesure ».
_LITTLE_WORDS = frozenset(
    words_of("un une le la les de du des l d a au aux mon ma mes son sa ses ce cette en et ou")
)
# What one wants to do, left out when nothing is found with it: « saisir le budget » opens the budget.
_WISHES = frozenset(
    words_of(
        "ouvrir voir aller afficher ajouter créer faire nouveau nouvelle saisir modifier changer mettre écrire noter "
        "prendre préparer gérer chercher trouver comment imprimer pour sur dans avec"
    )
)
_SCREEN, _GOING = "screen:", ("aller", "a")
# Every document is looked for by these too.
_OF_DOCUMENTS = ("imprimer", "impression", "pdf")


class Group(StrEnum):
    """A group of the palette."""

    RECENT = "recent"
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    DWELLINGS = "dwellings"
    PARTNERS = "partners"
    TEXTS = "texts"
    CLOSE = "close"
    HERE = "here"
    SETTINGS = "settings"
    DOCUMENTS = "documents"
    ACTIONS = "actions"


GROUP_LABELS = {
    Group.RECENT: "Ouverts récemment",
    Group.HOUSEHOLDS: "Ménages",
    Group.PEOPLE: "Personnes",
    Group.DWELLINGS: "Logements",
    Group.PARTNERS: "Partenaires",
    Group.TEXTS: "Dans les écrits",
    Group.CLOSE: "Orthographe proche",
    Group.HERE: "Pages du dossier",
    Group.SETTINGS: "Réglages",
    Group.DOCUMENTS: "Documents",
    Group.ACTIONS: "Actions",
}
# Groups that name people, places or texts of the file, in the order they are shown in.
_OF_FILE = (
    Group.HOUSEHOLDS, Group.PEOPLE, Group.DWELLINGS, Group.PARTNERS, Group.TEXTS, Group.CLOSE,
)  # fmt: skip
_OF_PROGRAM = (Group.HERE, Group.DOCUMENTS, Group.ACTIONS, Group.SETTINGS)
# How many of a group are shown: more would push the next group out of sight.
_SHOWN = {
    Group.HOUSEHOLDS: 6, Group.PEOPLE: 3, Group.DWELLINGS: 3, Group.PARTNERS: 3, Group.TEXTS: 3,
    Group.CLOSE: 4, Group.RECENT: 5, Group.HERE: 3, Group.DOCUMENTS: 4, Group.ACTIONS: 4,
    Group.SETTINGS: 3,
}  # fmt: skip


# Actions that lead to a page, where they begin something.
_PAGE_OF = {"visit": "visit", "import": "import", "writings": "writings", "appointment": "agenda"}


@dataclass(frozen=True, slots=True)
class Found:
    """One line: where it leads (`route`) or what it does (`command`), and the folded words to mark in it.

    `household`: it is about one household, to be named where none is stood on; `keys`: its shortcut.
    """

    key: str
    group: Group
    title: str
    detail: str = ""
    icon: str = ""
    keys: str = ""
    sought: tuple[str, ...] = ()
    route: Route | None = None
    command: str = ""
    household: bool = False

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        parts = (self.title, self.detail, GROUP_LABELS[self.group], self.keys)
        return ", ".join(part for part in parts if part)

    def of(self, household: str) -> Route | None:
        """Return where it leads for a household."""
        return replace(self.route, household=household) if self.route and self.household else self.route


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and what the answer depends on; `choosing`: a household is to be named, nothing else."""

    words: str
    choosing: bool = False
    recent: tuple[str, ...] = ()


def of_catalogue(
    here: Route | None, pages: Sequence[tuple[str, str]], sections: Collection[str] = ()
) -> list[Found]:
    """Return every action and page of the window; `pages`: keys and words of the tabs of a dossier, `sections`:
    keys of those of the settings.

    « Nouvelle visite » and pages of a dossier are about the household stood on, where there is one.
    """
    found = [_of_command(command) for command in COMMANDS]
    found += [
        Found(
            f"{_SCREEN}{screen.key}", Group.ACTIONS, f"Aller à «\u00a0{screen.title}\u00a0»", "",
            screen.icon, route=Route(screen.pages[0]), sought=tuple(words_of(screen.other_words)),
        )
        for screen in SCREENS
    ]  # fmt: skip
    found += [
        Found(
            f"page:{key}", Group.HERE, words, "" if here and here.household else "d’un ménage", "folder-open",
            route=Route("dossier", tab=key), household=True, sought=tuple(words_of(TAB_WORDS.get(key, ""))),
        )
        for key, words in pages
    ]  # fmt: skip
    found += [
        Found(
            f"settings:{each.key}", Group.SETTINGS, each.title, "dans les réglages", each.icon,
            route=Route("settings", subject=each.key), sought=tuple(words_of(each.other_words)),
        )
        for each in SECTIONS
        if each.key in sections
    ]  # fmt: skip
    return found


def _of_command(command: Command) -> Found:
    route = Route(_PAGE_OF[command.key]) if command.key in _PAGE_OF else None
    # What people may also call it is kept in `sought` until it is matched.
    return Found(
        command.key, Group.ACTIONS, command.title, "", command.icon, command.shown,
        tuple(words_of(command.other_words)), route, command.key, command.household,
    )  # fmt: skip


def matching(offered: Iterable[Found], typed: str) -> list[tuple[int, Found]]:
    """Return what the typed words name, best first, each with its rank: 0 begins its title, 1 its words, 2 nearly."""
    every, words = list(offered), words_of(typed)
    meant = [word for word in words if word not in _LITTLE_WORDS] or words
    without_wishes = [word for word in meant if word not in _WISHES]
    return _ranked(every, meant) or (_ranked(every, without_wishes) if without_wishes != meant else [])


def _ranked(offered: Sequence[Found], words: list[str]) -> list[tuple[int, Found]]:
    ranked = []
    for each in offered:
        rank = _rank(_title_words(each), _other_words(each), words)
        if rank is not None:
            ranked.append((rank, replace(each, sought=tuple(words))))
    return sorted(ranked, key=lambda pair: pair[0])


def _title_words(found: Found) -> list[str]:
    words = words_of(found.title)
    # « Aller à » stands before every page: what is looked for is the page.
    return [word for word in words if word not in _GOING] if found.key.startswith(_SCREEN) else words


def _other_words(found: Found) -> list[str]:
    others = [word for words in found.sought for word in words_of(words)]
    return [*others, *_OF_DOCUMENTS] if found.group is Group.DOCUMENTS else others


def arranged(of_file: Sequence[Found], of_program: Sequence[tuple[int, Found]]) -> list[Found]:
    """Return the lines in groups: people first, unless only an action begins with what was typed."""
    groups = {each.group for each in of_file}
    program = [each for _, each in of_program]
    named = not groups.isdisjoint((Group.HOUSEHOLDS, Group.PEOPLE))
    # A street that begins like an action comes after it; a name never does.
    least = 2 if Group.DWELLINGS not in groups else 1
    first = bool(program) and not named and of_program[0][0] < least
    order: tuple[Group, ...] = (*_OF_PROGRAM, *_OF_FILE) if first else (*_OF_FILE, *_OF_PROGRAM)
    every = [*of_file, *program]
    if first:
        # The group of the likeliest comes first among those of the program.
        best = program[0].group
        order = (best, *(group for group in order if group is not best))
    return [each for group in order for each in [f for f in every if f.group is group][: _SHOWN[group]]]


def suggested(recent: Sequence[Found], offered: Sequence[Found], here: Route | None) -> list[Found]:
    """Return what is shown before anything is typed: households opened lately, and the most common actions."""
    usual = ["note", "new-household", "import", "guide"]
    if here and here.household:
        usual = ["visit", *usual[:1], *usual[3:]]
    by_key = {each.key: replace(each, sought=()) for each in offered}
    others = [each for each in recent if not here or each.route != Route("dossier", here.household)]
    return [*others[: _SHOWN[Group.RECENT]], *(by_key[key] for key in usual if key in by_key)]


def _rank(title: list[str], others: list[str], words: list[str]) -> int | None:
    if not words:
        return None
    if all(any(name.startswith(word) for name in title) for word in words):
        return 0 if title[0].startswith(words[0]) else 1
    known = [*title, *others]
    if all(any(name.startswith(word) for name in known) for word in words):
        return 1
    if letters_of(" ".join(title)).startswith("".join(words)):
        return 1
    return 2 if all(_nearly(word, known) for word in words) else None


def _nearly(word: str, known: list[str]) -> bool:
    if len(word) < _TOLERANT_FROM:
        return any(name.startswith(word) for name in known)
    from rapidfuzz.distance import OSA

    slips = 1 if len(word) < 7 else 2
    return any(
        OSA.distance(word, head, score_cutoff=slips) <= slips
        for name in known
        for head in {name, name[: len(word)], name[: len(word) + 1]}
    )
