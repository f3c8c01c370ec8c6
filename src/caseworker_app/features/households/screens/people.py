"""The people of a household: who lives there, who left, and the forms to add, correct, let leave, take out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal

from caseworker_app.features.households.domain import (
    CIVILITY_LABELS,
    LEGAL_PROTECTION_LABELS,
    READING_LABELS,
    RELATION_LABELS,
    HouseholdFile,
    HouseholdMember,
    Relation,
)
from caseworker_app.features.households.domain.shown import (
    called,
    count_words,
    identity_words,
    initials,
    language_words,
    left_words,
    protection_words,
    reading_words,
)
from caseworker_app.features.households.domain.typed import typed_member
from caseworker_app.features.households.screens.forms import SectionForm, choice_of
from caseworker_app.features.households.screens.section import Action, Section, SectionRow
from caseworker_app.kernel.dates import format_date
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.states import Avatar, State
from caseworker_app.ui_kit.text import Label

ADD, CHANGE, LEAVE, LEAD = "add_member", "change_member", "leave_household", "change_reference_person"


class MemberForm(SectionForm):
    """A member, new or corrected."""

    def __init__(self, member: HouseholdMember | None, typed: Mapping[str, str] | None = None) -> None:
        """Show a member, or an empty form; `typed` is what a draft kept."""
        title = f"Modifier {called(member)}" if member else "Nouvelle personne"
        super().__init__(
            CHANGE if member else ADD, title, member.id if member else "", member.version if member else None
        )
        self.add_line(
            ("civility", "Civilité", choice_of(CIVILITY_LABELS)),
            ("last_name", "Nom", Entry()),
            ("first_name", "Prénom", Entry()),
            weights=(3, 6, 6),
        )
        relation = self._relation(member)
        self.add_line(
            ("birth_date", "Date de naissance", Entry("jj/mm/aaaa", tabular=True)),
            ("birth_name", "Nom de naissance", Entry()),
            ("relation", "Lien", relation),
            weights=(4, 5, 6),
        )
        self.add_line(
            ("language", "Langue où la personne est à l’aise", Entry("arabe, tigrinya, anglais…")),
            ("reading", "Lecture du français", choice_of(READING_LABELS)),
            weights=(8, 7),
        )
        self.add_editor("interpreter_needed", Check("Un interprète est nécessaire"))
        self.add_line(
            ("legal_protection", "Protection juridique", choice_of(LEGAL_PROTECTION_LABELS)),
            ("protected_by", "Exercée par", Entry("association tutélaire, proche…")),
            weights=(7, 8),
        )
        self.finish(typed_member(member) if member else {"relation": Relation.UNKNOWN})
        if typed:
            self.show_typed(typed)

    def focus_first(self) -> None:
        """Begin with the name, which is all a new person needs."""
        self.editors["last_name"].setFocus()

    def _relation(self, member: HouseholdMember | None) -> Choice:
        if member is not None and member.relation is Relation.REFERENCE_PERSON:
            only = choice_of({Relation.REFERENCE_PERSON: RELATION_LABELS[Relation.REFERENCE_PERSON]}, "")
            only.setEnabled(False)
            return only
        return choice_of({r: w for r, w in RELATION_LABELS.items() if r is not Relation.REFERENCE_PERSON}, "")


class LeavingForm(SectionForm):
    """The day a member left."""

    beside = True

    def __init__(self, member: HouseholdMember, day: date, typed: Mapping[str, str] | None = None) -> None:
        """Ask for the day; `day` is today, proposed."""
        super().__init__(LEAVE, f"{called(member)} a quitté le ménage", member.id, member.version)
        self.add_line(("left_on", "Date du départ", Entry("jj/mm/aaaa", tabular=True)))
        words = "La personne reste dans le dossier\u00a0; ses numéros ne sont plus proposés pour joindre le ménage."
        self.add_part(Label(words.replace("\u00a0;", "\u202f;"), 13, tone="muted", wrap=True))
        self.finish({"left_on": format_date(member.left_on or day)})
        if typed:
            self.show_typed(typed)


class LeadForm(SectionForm):
    """A member becomes the reference person: what the former one is to them."""

    beside = True

    def __init__(
        self, member: HouseholdMember, former: HouseholdMember, typed: Mapping[str, str] | None = None
    ) -> None:
        """Ask for the relation of the former reference person."""
        super().__init__(LEAD, f"{called(member)} devient la personne de référence", member.id)
        others = {r: w for r, w in RELATION_LABELS.items() if r is not Relation.REFERENCE_PERSON}
        self.add_line(("relation", f"Pour cette personne, {called(former)} est", choice_of(others, "")))
        self.finish({"relation": _mirror(member.relation)})
        if typed:
            self.show_typed(typed)


class PeopleSection(Section):
    """The people. `return_asked(id, version)`, `remove_asked(id, version)` with the words of the person."""

    key = "people"
    return_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Personnes du ménage")
        self.people: HouseholdFile | None = None
        self._day = date.min
        self.adding = Button("Ajouter une &personne", "ghost", "user-plus", compact=True)
        self.adding.clicked.connect(self.begin)
        self.add_action(self.adding)

    def show_people(self, people: HouseholdFile, day: date) -> None:
        """Show who lives there, then who left."""
        self.people, self._day = people, day
        self.remark.setText(count_words(people, day))
        rows = [self._row(member) for member in people.members]
        rows += [self._former_row(member) for member in people.former_members]
        self.set_rows(rows)

    def begin(self) -> None:
        """Open an empty form."""
        self.open_form(MemberForm(None))

    def change(self, member: HouseholdMember) -> None:
        """Open the form of a member."""
        self.open_form(MemberForm(member))

    def let_leave(self, member: HouseholdMember) -> None:
        """Ask on which day a member left."""
        self.open_form(LeavingForm(member, self._day))

    def let_lead(self, member: HouseholdMember) -> None:
        """Make a member the reference person."""
        if self.people is not None:
            self.open_form(LeadForm(member, self.people.reference_person))

    def make_form(self, kind: str, row_id: str, typed: Mapping[str, str]) -> SectionForm | None:
        """Make the form a draft tells of."""
        if kind == ADD:
            return MemberForm(None, typed)
        people = self.people
        member = next((m for m in people.everyone if m.id == row_id), None) if people else None
        if member is None or people is None:
            return None
        if kind == CHANGE:
            return MemberForm(member, typed)
        if kind == LEAVE:
            return LeavingForm(member, self._day, typed)
        return LeadForm(member, people.reference_person, typed) if kind == LEAD else None

    def _row(self, member: HouseholdMember) -> SectionRow:
        row = self._plain_row(member)
        leads = member.relation is Relation.REFERENCE_PERSON
        row.add_line(identity_words(member, self._day))
        row.add_states(*_speech(member))
        row.add_states(*_protection(member))
        row.add_edit(lambda: self.change(member))
        if not leads:
            row.add_menu(
                Action("Devient la personne de &référence…", lambda: self.let_lead(member)),
                Action("A &quitté le ménage…", lambda: self.let_leave(member)),
                Action("&Retirer, saisie par erreur", lambda: self.remove_asked.emit(member)),
            )
        return row

    def _former_row(self, member: HouseholdMember) -> SectionRow:
        row = self._plain_row(member, quiet=True)
        row.add_states(State(left_words(member), "muted", "logout"))
        row.add_line(identity_words(member, self._day))
        row.add_edit(lambda: self.change(member))
        row.add_menu(
            Action("De &retour dans le ménage", lambda: self.return_asked.emit(member)),
            Action("Corriger la &date du départ…", lambda: self.let_leave(member)),
            Action("Retirer, &saisie par erreur", lambda: self.remove_asked.emit(member)),
        )
        return row

    def _plain_row(self, member: HouseholdMember, *, quiet: bool = False) -> SectionRow:
        avatar = Avatar(initials(member), 36, "muted" if quiet else "accent")
        return SectionRow(member.id, member.full_name(), called(member), avatar, quiet=quiet)


def _speech(member: HouseholdMember) -> list[State]:
    """Return in which language one speaks with a member, and whether they read French."""
    told = [(language_words(member), "language"), (reading_words(member), "school")]
    return [State(words, "text", icon) for words, icon in told if words]


def _protection(member: HouseholdMember) -> list[State]:
    words = protection_words(member)
    return [State(words, "note", "shield-lock")] if words else []


def _mirror(relation: Relation) -> Relation:
    """Return what the former reference person is to the new one, where it follows."""
    mirrored = {
        Relation.PARTNER: Relation.PARTNER,
        Relation.CHILD: Relation.PARENT,
        Relation.PARENT: Relation.CHILD,
        Relation.SIBLING: Relation.SIBLING,
        Relation.OTHER_RELATIVE: Relation.OTHER_RELATIVE,
        Relation.UNRELATED: Relation.UNRELATED,
    }
    return mirrored.get(relation, Relation.UNKNOWN)
