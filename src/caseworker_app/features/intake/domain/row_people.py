"""The people of a row: holders, co-holder, dependants, with civilities and relations."""

from __future__ import annotations

import re

from caseworker_app.features.households.domain import MAX_NAME, Civility, NewMember, Relation
from caseworker_app.features.intake.domain import names, values
from caseworker_app.features.intake.domain.proposal import WARNING
from caseworker_app.features.intake.domain.row_cells import CONTROLS, FORMULA, FORMULA_START, Place, RowCells
from caseworker_app.kernel.folding import fold

NO_NAME = "Aucun nom lisible sur cette ligne."
NAME_UNREADABLE = "Ce nom n’est pas lisible\u00a0: il doit contenir des lettres."
NAME_TOO_LONG = f"Ce nom est trop long\u00a0: {MAX_NAME} caractères au plus."
NAME_DAMAGED = "Ce nom contient des caractères illisibles (NUL)\u00a0: corrigez-le dans la liste."
LOST = "Des lettres ont été perdues par l’encodage de la liste\u00a0: vérifiez l’orthographe."

_SAME_NAME = frozenset({"idem", "id", "suite", "dito"})
_NO_NAMES = frozenset({"neant", "inconnu", "inconnue", "nc", "null", "vide", "non renseigne"})
# Read in this order: « petit-fils » is no « fils », « belle-mère » no « mère ».
_RELATIONS = tuple(
    (re.compile(pattern), relation)
    for pattern, relation in (
        (r"petit|grand|neveu|niece|oncle|tante|cousin|\bbeau|\bbelle", Relation.OTHER_RELATIVE),
        (r"conjoint|epou|concub|\bmari\b|femme|compagn|pacs|partenaire|co ?titulaire", Relation.PARTNER),
        (r"enfant|fils|fille|mineur", Relation.CHILD),
        (r"parent|pere|mere|ascendant", Relation.PARENT),
        (r"frere|soeur", Relation.SIBLING),
        (r"titulaire|demandeur|reference|chef|locataire|preneur|meme|principal", Relation.REFERENCE_PERSON),
        (r"famille|autre", Relation.OTHER_RELATIVE),
    )
)


class PeopleReader:
    """Reads the people of the row that `cells` stands on."""

    def __init__(self, cells: RowCells, dependants: list[int]) -> None:
        """Learn in which order columns write whole names; `dependants` are the numbers in the header."""
        self._cells = cells
        self._dependants = dependants
        self._orders = {key: self._order_of(key) for key in ("full_name", "co_holder_full_name")}
        self._previous_name = ""

    def members(self) -> list[NewMember]:
        """Return the people of the row, holders first. Raises RowRefused when no name is readable."""
        holders = self._holders()
        members = holders + self._co_holder(holders[0])
        for rank in self._dependants:
            members += self._dependant(rank, holders[0])
        return members

    def _holders(self) -> list[NewMember]:
        people, couple = self._holder_names()
        civility = self._civility(couple)
        birth = self._cells.birth("birth_date")
        birth_name, other_name = self._cells.plain("birth_name"), self._cells.plain("other_name")
        first = people[0]
        if other_name and fold(other_name) != fold(first.last_name):
            self._cells.notes.append(f"Autre nom\u00a0: {other_name[:MAX_NAME]}")
        relation = self._relation("relation", Relation.REFERENCE_PERSON)
        reference = NewMember(
            first.last_name,
            first.first_name or None,
            civility=first.civility or civility,
            birth_name=birth_name[:MAX_NAME]
            if birth_name and fold(birth_name) != fold(first.last_name)
            else None,
            birth_date=birth,
            relation=relation,
        )
        partners = [
            NewMember(p.last_name, p.first_name or None, civility=p.civility, relation=Relation.PARTNER)
            for p in people[1:]
        ]
        return [reference, *partners]

    def _holder_names(self) -> tuple[list[names.PersonName], str]:
        """Read the name, in one column or two. Refuses the row when there is none."""
        if place := self._cells.columns.get("full_name"):
            text = self._name_text(place[0], required=True)
            people = names.split_people(text, self._orders["full_name"])
            if not people or not people[0].last_name:
                self._cells.refuse(place[0][1], text, NAME_UNREADABLE)
            self._previous_name = people[0].last_name
            return people, names.take_civility(text)[2]
        return self._two_columns()

    def _two_columns(self) -> tuple[list[names.PersonName], str]:
        place = self._cells.columns["last_name"][0]
        first_place = self._cells.columns.get("first_name")
        first = self._name_text(first_place[0], required=False) if first_place else ""
        if fold(self._cells.cells[place[0]][:20]) in _SAME_NAME and first and self._previous_name:
            last = self._previous_name
        else:
            last = self._name_text(place, required=True)
        last, civility, couple = names.take_civility(last)
        if not first and " " in last and first_place:
            # The whole name stands in the first column of two; a family name of two words too. Only capitals
            # tell.
            cut = names.split_people(last)[0] if not (last.isupper() or last.istitle()) else None
            if cut and cut.first_name:
                last, first = cut.last_name, cut.first_name
        self._previous_name = last
        return [
            names.PersonName(names.proper_last_name(last), names.proper_first_name(first), civility)
        ], couple

    def _name_text(self, place: Place, *, required: bool) -> str:
        """Return a name that can be one; refuses the row when it must be there and is not."""
        index, column = place
        text = " ".join(self._cells.cells[index].split())
        if self._cells.has_controls and CONTROLS.search(text):
            self._cells.refuse(column, text, NAME_DAMAGED)
        wrong = _wrong_name(text)
        if wrong:
            if required or wrong is FORMULA:
                self._cells.refuse(column, text, wrong)
            if text and wrong is not NO_NAME:
                self._cells.keep_aside(column, text, wrong)
            return ""
        if names.has_lost_letters(text):
            self._cells.tell(WARNING, column, text, LOST)
        return text

    def _civility(self, couple_in_name: str) -> Civility | None:
        text = self._cells.plain("civility")
        civility, couple = names.parse_civility(text) if text else (None, False)
        if couple or couple_in_name:
            self._cells.notes.append(f"Civilité de la liste\u00a0: {text or couple_in_name}")
        return civility

    def _relation(self, key: str, default: Relation) -> Relation:
        text = fold(self._cells.plain(key)[:60])
        if not text:
            return default
        return next((relation for pattern, relation in _RELATIONS if pattern.search(text)), default)

    def _co_holder(self, holder: NewMember) -> list[NewMember]:
        people: list[names.PersonName] = []
        if place := self._cells.columns.get("co_holder_full_name"):
            text = self._second_name(place[0])
            if text:
                people = names.split_people(text, self._orders["co_holder_full_name"], holder.last_name)[:1]
        elif place := (
            self._cells.columns.get("co_holder_last_name") or self._cells.columns.get("co_holder_first_name")
        ):
            last, first = self._second_names("co_holder", holder.last_name)
            people = [names.PersonName(last, first)] if last else []
        if not people:
            return []
        person = people[0]
        civility = person.civility or names.parse_civility(self._cells.plain("co_holder_civility"))[0]
        # Lists say who shares the lease, hardly ever how they are related: the note asks to look.
        column = place[0][1] if place else ""
        whole = f"{person.first_name} {person.last_name}".strip()
        self._cells.notes.append(f"{column}\u00a0: {whole} (lien à vérifier)")
        return [self._member("co_holder", person, Relation.PARTNER, civility)]

    def _dependant(self, rank: int, holder: NewMember) -> list[NewMember]:
        owner = f"dependant_{rank}"
        if place := self._cells.columns.get(f"{owner}_full_name"):
            text = self._second_name(place[0])
            people = names.split_people(text, names.FIRST_LAST, holder.last_name)[:1] if text else []
            if people and not people[0].first_name and fold(people[0].last_name) != fold(holder.last_name):
                people = [names.PersonName(holder.last_name, names.proper_first_name(people[0].last_name))]
        else:
            last, first = self._second_names(owner, holder.last_name)
            people = [names.PersonName(last, first)] if last else []
        return [self._member(owner, people[0], Relation.CHILD, people[0].civility)] if people else []

    def _member(
        self, owner: str, person: names.PersonName, default: Relation, civility: Civility | None
    ) -> NewMember:
        return NewMember(
            person.last_name,
            person.first_name or None,
            civility=civility,
            birth_date=self._cells.birth(f"{owner}_birth_date"),
            relation=self._relation_of_another(f"{owner}_relation", default),
        )

    def _relation_of_another(self, key: str, default: Relation) -> Relation:
        """Read the relation of somebody else; two people called holders are told no relation."""
        relation = self._relation(key, default)
        return Relation.UNKNOWN if relation is Relation.REFERENCE_PERSON else relation

    def _second_names(self, owner: str, holder_last_name: str) -> tuple[str, str]:
        """Read the names of somebody else; without a family name of their own they have the holder's."""
        last_place, first_place = (
            self._cells.columns.get(f"{owner}_last_name"),
            self._cells.columns.get(f"{owner}_first_name"),
        )
        last = self._second_name(last_place[0]) if last_place else ""
        first = self._second_name(first_place[0]) if first_place else ""
        if first and not last:
            last = holder_last_name
        return names.proper_last_name(last), names.proper_first_name(first)

    def _second_name(self, place: Place) -> str:
        """Return the name of somebody else of the household; an unreadable one never keeps the row out."""
        text = " ".join(self._cells.text(place).split())
        if not text:
            return ""
        if len(text) > MAX_NAME or not any(c.isalpha() for c in text):
            self._cells.keep_aside(place[1], text, NAME_UNREADABLE)
            return ""
        if names.has_lost_letters(text):
            self._cells.tell(WARNING, place[1], text, LOST)
        return text

    def _order_of(self, key: str) -> str:
        """Return the order in which a column writes whole names; its own title may say it."""
        if key not in self._cells.columns:
            return names.LAST_FIRST
        place = self._cells.columns[key][0]
        title = fold(place[1])
        if "prenom" in title and "nom" in title.replace("prenom", ""):
            default = (
                names.FIRST_LAST
                if title.index("prenom") < title.replace("prenom", "######").index("nom")
                else names.LAST_FIRST
            )
        else:
            default = names.LAST_FIRST
        holder = self._cells.columns.get("last_name") if key != "full_name" else None
        return names.column_order(
            (
                (row.cells[place[0]], row.cells[holder[0][0]] if holder else "")
                for row in self._cells.sheet.rows[:1_000]
                if row.cells[place[0]]
            ),
            default,
        )


def _wrong_name(text: str) -> str:
    """Return why a text cannot be a name, empty when it can."""
    # « Sans » and « Aucune » are families too; « néant » and « NC » are not.
    if not text or fold(text) in _NO_NAMES or (values.is_nothing(text) and not text.isalpha()):
        return NO_NAME
    if len(text) > MAX_NAME:
        return NAME_TOO_LONG
    if FORMULA_START.match(text):
        return FORMULA
    return "" if any(c.isalpha() for c in text) else NAME_UNREADABLE
