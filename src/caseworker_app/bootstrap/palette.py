"""Answers the palette from an open file: households, people, homes, texts, documents, actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from caseworker_app.features.diary.screens.quick_note_households import FoundName
from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.domain.found import FoundHousehold
from caseworker_app.features.handover.domain.follow_up_sections import SYNTHESIS
from caseworker_app.features.handover.domain.kinds import (
    CONTRACT,
    DATA_COMMUNICATION,
    DIAGNOSIS,
    END_RECORD,
    EVALUATION,
    FOLLOW_UP_FILE,
    GOAL_PLAN,
    LANDLORD_REVIEW,
    ORIENTATION_LETTER,
    PART_SHEET,
    PIECES,
    SYNTHESIS_PAGE,
    TO_BRING,
    VISIT_REPORT,
)
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service.dwellings import find_dwellings
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.marking import marks_in
from caseworker_app.shell.catalogue import SCREENS
from caseworker_app.shell.palette_found import (
    Found,
    Group,
    Query,
    arranged,
    matching,
    of_catalogue,
    suggested,
)
from caseworker_app.storage.search import query_words
from caseworker_app.storage.search_close import SHORTEST
from caseworker_app.ui_kit.page import Route

if TYPE_CHECKING:
    from datetime import date

    from caseworker_app.features.team.domain import Who
    from caseworker_app.storage.connection import Connection
    from caseworker_app.storage.encrypted_file import EncryptedFile

# Households looked for at once: more than fit the list would only slow it.
LIMIT, CLOSE_LIMIT = 10, 4
# With fewer households than this, the words may be mistyped.
_LITTLE = 3
# Whole households read to name a person or a home.
_READ = 3
_NAMES = ("household.name", "household.reference", "former_household.name", "former_household.reference")
_HOMES = ("address", "lease")
_PARTNERS_PAGE = "partners"
# Prepared on the page « document » for a household; the report of the last visit is looked for when it is chosen.
REPORT_COMMAND = "report"
# Before the id of a dwelling where nobody lives.
DWELLING_COMMAND = "dwelling:"
# Dwellings shown before those of the households found, and read for that.
_DWELLINGS_SHOWN, _DWELLINGS_READ = 2, 12
DOCUMENTS = (
    Found(
        "document:bilan-bailleur", Group.DOCUMENTS, LANDLORD_REVIEW.title, icon="file-text",
        sought=("bilan", "hlm", "rapport"), route=Route("document", subject=LANDLORD_REVIEW.code), household=True,
    ),
    Found(
        "document:compte-rendu-visite", Group.DOCUMENTS, "Compte rendu de la dernière visite (interne)",
        icon="file-text", sought=("cr", "rapport", VISIT_REPORT.code), command=REPORT_COMMAND, household=True,
    ),
    Found(
        "document:dossier-suivi", Group.DOCUMENTS, FOLLOW_UP_FILE.title, icon="file-text",
        sought=("imprimer le dossier", "suivi"), route=Route("follow-up"), household=True,
    ),
    Found(
        "document:synthese", Group.DOCUMENTS, SYNTHESIS_PAGE.title, icon="file-text",
        sought=("résumé", "une page"), route=Route("follow-up", subject=SYNTHESIS.code), household=True,
    ),
    *(
        Found(
            f"document:{kind.code}", Group.DOCUMENTS, kind.title, icon="file-text", sought=sought,
            route=Route("paper", subject=kind.code), household=True,
        )
        for kind, sought in (
            (GOAL_PLAN, ("feuille de route", "plan d’action")),
            (CONTRACT, ("contrat", "engagements")),
            (EVALUATION, ("grille", "radar")),
            (DIAGNOSIS, ("diagnostic d’accompagnement", "non-lieu")),
            (END_RECORD, ("sortie", "fin de l’accompagnement")),
            (TO_BRING, ("pièces manquantes", "justificatifs", "liste")),
        )
    ),
    Found(
        "document:communication-donnees", Group.DOCUMENTS, DATA_COMMUNICATION.title, icon="file-text",
        sought=("rgpd", "droit d’accès", "copie des données"), route=Route("dossier", tab="rights"), household=True,
    ),
    Found(
        f"document:{ORIENTATION_LETTER.code}", Group.DOCUMENTS, ORIENTATION_LETTER.title, icon="mail",
        sought=("courrier", "partenaire"), route=Route("letter", subject=ORIENTATION_LETTER.code), household=True,
    ),
    Found(
        f"document:{PART_SHEET.code}", Group.DOCUMENTS, PART_SHEET.title, icon="mail",
        sought=("intervenant", "qui fait quoi", "part", "remettre"),
        route=Route("letter", subject=PART_SHEET.code), household=True,
    ),
    Found(
        f"document:{PIECES.code}", Group.DOCUMENTS, PIECES.title, icon="paperclip",
        sought=("justificatifs", "bordereau", "démarche", "dalo", "fsl", "surendettement"),
        route=Route("dossier", tab="procedures"), household=True,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What the answer depends on besides the words: where one stands, the tabs a dossier has, the sections of
    the settings one may see.
    """

    here: Route | None
    tabs: tuple[tuple[str, str], ...]
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The lines for a query; `little`: few households hold the words, so that near ones are worth a second look."""

    query: Query
    found: list[Found]
    little: bool = False


def answer(file: EncryptedFile, who: Who, query: Query, around: Around, *, tolerant: bool = False) -> Answer:
    """Return the lines of the palette for a query. Runs on the reader's thread.

    `tolerant`: words near those typed count too, which takes longer: for the second look only.
    """
    with file.reading() as connection:
        reads = who.may(Right.READ_FILES)
        asking = _Asking(file, connection, who, query, around)
        of_file = asking.households(tolerant=tolerant) if reads and query.words else []
        recent = _recent(connection, who, query) if reads and not query.words else []
        if query.choosing:
            found = arranged(of_file, ()) if query.words else recent
            return Answer(query, found, asking.little)
        offered = [*DOCUMENTS, *of_catalogue(around.here, around.tabs, around.sections)]
        if query.words:
            partners = _partners(connection, who, query) if reads else []
            homes = _dwellings(connection, who, query, asking.day, of_file) if reads else []
            found = arranged([*homes, *of_file, *partners], matching(offered, query.words))
        else:
            found = suggested(recent, offered, around.here)
        return Answer(query, list(_with_household(connection, who, found, around.here)), asking.little)


def households_named(file: EncryptedFile, who: Who, words: str) -> list[FoundName]:
    """Return the households to add to a note: those found, then those whose name is near. Raises NotAllowed."""
    with file.reading() as connection:
        found = directory.search(connection, who, words, LIMIT)
        if len(found) < _LITTLE:
            known = [hit.household_id for hit in found]
            found += directory.search_close(connection, who, words, CLOSE_LIMIT, known)[0]
    return [FoundName(hit.household_id, hit.name, _detail(hit), hit.protected) for hit in found]


class _Asking:
    """Looks for households; reads whole only the few whose member or home is to be named."""

    def __init__(
        self, file: EncryptedFile, connection: Connection, who: Who, query: Query, around: Around
    ) -> None:
        self.day = today(file.clock)
        self._connection, self._who, self._words = connection, who, query.words
        self._tabs = {key for key, _ in around.tabs}
        self._left = {Group.PEOPLE: _READ, Group.DWELLINGS: _READ}
        self.little = False

    def households(self, *, tolerant: bool) -> list[Found]:
        """Return the households found, then, when asked, those whose names or addresses are near."""
        sought = query_words(self._words)
        hits = directory.search(self._connection, self._who, self._words, LIMIT)
        found = [self.line(hit, sought) for hit in hits]
        few = sum(each.group is not Group.TEXTS for each in found) < _LITTLE
        if few and tolerant:
            known = [hit.household_id for hit in hits]
            near, meant = directory.search_close(self._connection, self._who, self._words, CLOSE_LIMIT, known)
            found += [replace(self.line(hit, meant), group=Group.CLOSE) for hit in near]
        self.little = few and not tolerant and len("".join(sought)) >= SHORTEST
        return found

    def line(self, hit: FoundHousehold, sought: Sequence[str]) -> Found:
        """Return the line of a household found."""
        group = _group_of(hit, sought)
        if self._left.get(group, 1) <= 0:
            group = Group.HOUSEHOLDS
        route = Route("dossier", hit.household_id)
        icon = "lock" if hit.protected else "users"
        line = Found(
            f"household:{hit.household_id}", group, hit.name, _detail(hit), icon, sought=tuple(sought),
            route=route,
        )  # fmt: skip
        if group is Group.PEOPLE:
            self._left[group] -= 1
            return self._person(line, hit, sought)
        if group is Group.DWELLINGS:
            self._left[group] -= 1
            return self._home(line, hit)
        return line

    def _person(self, line: Found, hit: FoundHousehold, sought: Sequence[str]) -> Found:
        people = households.open_household(self._connection, self._who, hit.household_id)
        named = [member for member in people.members if marks_in(member.full_name(), sought)]
        if not named:
            return replace(line, group=Group.HOUSEHOLDS)
        age = named[0].age(self.day)
        years = "" if age is None else f"{age}\u00a0ans · " if age > 1 else f"{age}\u00a0an · "
        icon = "lock" if hit.protected else "user"
        tab = "composition" if "composition" in self._tabs else ""
        return replace(
            line, title=named[0].full_name(), detail=f"{years}{hit.name}", icon=icon,
            route=Route("dossier", hit.household_id, named[0].id if tab else "", tab),
        )  # fmt: skip

    def _home(self, line: Found, hit: FoundHousehold) -> Found:
        tab = "housing" if "housing" in self._tabs else ""
        route = Route("dossier", hit.household_id, tab=tab)
        if hit.protected:
            return replace(line, title="Adresse masquée", detail=hit.name, icon="lock", route=route)
        people = households.open_household(self._connection, self._who, hit.household_id)
        where = people.address_on(self.day)
        title = where.one_line() if where else _detail(hit)
        return replace(line, title=title, detail=hit.name, icon="home", route=route)


def _group_of(hit: FoundHousehold, sought: Sequence[str]) -> Group:
    first = hit.matched[0] if hit.matched else None
    if first is None or first.field in _NAMES or all(marks_in(hit.name, [word]) for word in sought):
        return Group.HOUSEHOLDS
    table, _, _ = first.field.partition(".")
    if table == "household_member":
        return Group.PEOPLE
    if table in _HOMES:
        return Group.DWELLINGS
    return Group.HOUSEHOLDS if table == "contact" else Group.TEXTS


def _detail(hit: FoundHousehold) -> str:
    """Return where the words were found beside the name, or the household's number."""
    beside = [match for match in hit.matched if match.field != "household.name"]
    told = [f"{match.label}\u00a0: {match.context}" for match in beside if match.context not in hit.name]
    return " · ".join(list(dict.fromkeys(told))[:2]) or f"n°\u00a0{hit.reference}"


def _dwellings(
    connection: Connection, who: Who, query: Query, day: date, known: Sequence[Found]
) -> list[Found]:
    """Return the dwellings found, those where nobody lives first; those of households found are told by these."""
    sought = query_words(query.words)
    if len("".join(sought)) < SHORTEST:
        return []
    households_found = {each.route.household for each in known if each.route is not None}
    lines = []
    for each in find_dwellings(connection, who, query.words, day, _DWELLINGS_READ):
        lived_in = each.household_id
        if lived_in is not None and lived_in in households_found:
            continue
        lines.append(
            Found(
                f"dwelling:{each.dwelling.id}", Group.DWELLINGS, each.title, each.detail, "home",
                sought=tuple(sought), route=Route("dossier", lived_in, tab="housing") if lived_in else None,
                command="" if lived_in else f"{DWELLING_COMMAND}{each.dwelling.id}",
            )
        )  # fmt: skip
    return lines[:_DWELLINGS_SHOWN]


def _partners(connection: Connection, who: Who, query: Query) -> list[Found]:
    """Return the partners found, once there is a page that shows them."""
    if not any(_PARTNERS_PAGE in screen.pages for screen in SCREENS):
        return []
    from caseworker_app.features.partners.service import search_partners

    return [
        Found(
            f"partner:{each.id}", Group.PARTNERS, each.name, each.city or "", "building",
            sought=tuple(query_words(query.words)), route=Route(_PARTNERS_PAGE, subject=each.id),
        )
        for each in search_partners(connection, who, query.words, most=_READ)
    ]  # fmt: skip


def _recent(connection: Connection, who: Who, query: Query) -> list[Found]:
    summaries = households.summaries(connection, who, list(query.recent))
    return [
        Found(
            f"household:{each.id}", Group.RECENT, each.name, f"n°\u00a0{each.reference}",
            "lock" if each.protected else "history", route=Route("dossier", each.id),
        )
        for household in query.recent
        if (each := summaries.get(household)) is not None
    ]  # fmt: skip


def _with_household(
    connection: Connection, who: Who, found: Sequence[Found], here: Route | None
) -> Iterator[Found]:
    """Say of what is about one household which one it will be."""
    household = here.household if here else ""
    name = ""
    if household and who.may(Right.READ_FILES) and any(each.household for each in found):
        summary = households.summaries(connection, who, [household]).get(household)
        name = summary.name if summary else ""
    for each in found:
        words = f"pour {name}" if name else "choisissez ensuite le ménage"
        yield replace(each, detail=words) if each.household else each
