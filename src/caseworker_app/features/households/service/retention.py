"""Steps of the retention room on households: kept apart or put back, made anonymous, a person erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import Relation, household_name, sort_name
from caseworker_app.features.households.domain.archive import ANONYMOUS
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.declarations import references_to
from caseworker_app.storage.erasure import renew_household, rows_pointing
from caseworker_app.storage.search_index import household_texts
from caseworker_app.storage.unit_of_work import UnitOfWork

# Rows that are somebody's own; others that point to a member are the household's, and stay without the pointer.
OF_THE_PERSON = frozenset({"contact", "consent", "orientation", "procedure_paper"})
# Letters from which a name is looked for in texts: « Li » would be found everywhere.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class MemberGoing:
    """What goes with a person: rows by table and id, the names of their own, the words that name them in texts."""

    household_id: str
    rows: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    words: tuple[str, ...]


def set_archived(uow: UnitOfWork, household_id: str, since: date | None) -> None:
    """Keep a household apart since a day, or put it back among the others (None), inside another intention."""
    uow.update(store.household, household_id, {"archived_on": since})


def anonymous_fields(uow: UnitOfWork) -> Mapping[str, Mapping[str, Any]]:
    """Return, by table, what an anonymous household is written with besides what counts."""
    month = uow.today.replace(day=1)
    household = {
        "reference": uow.next_number("ANONYME"), "name": ANONYMOUS, "sort_name": fold(ANONYMOUS),
        "archived_on": month, "anonymised_on": month,
    }  # fmt: skip
    return {"household": household}


def rows_of_member(uow: UnitOfWork, member_id: str) -> MemberGoing:
    """Return what goes with a person who is erased. Raises NotFound, InvalidEntry for the reference person."""
    member = store.members.one(uow.connection, member_id)
    if member.relation is Relation.REFERENCE_PERSON:
        raise InvalidEntry(
            "La personne de référence ne peut pas être effacée seule\u00a0: "
            "choisissez-en d’abord une autre, ou effacez le dossier.",
            "member",
        )
    rows = [
        key
        for table, name in references_to("household_member")
        if table in OF_THE_PERSON
        for key in rows_pointing(uow.connection, table, name, member_id)
    ]
    others = {n for each in store.everyone_of(uow.connection, member.household_id) if each.id != member_id
              for n in (each.last_name, each.birth_name, each.first_name) if n}  # fmt: skip
    own = [n for n in (member.last_name, member.birth_name, member.first_name) if n]
    words = tuple(dict.fromkeys(fold(n) for n in own if n not in others))
    names = tuple(dict.fromkeys(n for n in (member.birth_name, member.last_name) if n and n not in others))
    return MemberGoing(member.household_id, (*rows, ("household_member", member_id)), names, words)


def rename_for_good(uow: UnitOfWork, household_id: str) -> None:
    """Give a household the name its members make once one was erased, and destroy what it was called before."""
    members = store.members_of(uow.connection, household_id)
    renew_household(uow, household_id, {"name": household_name(members), "sort_name": sort_name(members)})


def texts_citing(uow: UnitOfWork, household_id: str, words: Iterable[str]) -> int:
    """Return how many long texts of a household hold one of some folded words of three letters or more.

    A step of another room's intention.
    """
    sought = [f" {word} " for word in words if len(word) >= _SHORTEST]
    texts = (f" {text} " for text in household_texts(uow.connection, household_id))
    return sum(any(word in text for word in sought) for text in texts)
