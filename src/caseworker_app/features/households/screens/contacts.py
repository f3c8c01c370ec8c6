"""Phones and e-mails of a household: whose, and whether they may be used without danger."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from caseworker_app.features.households.domain import Contact, ContactKind, HouseholdFile
from caseworker_app.features.households.domain.shown import called, contact_owner, contact_words, left_words
from caseworker_app.features.households.domain.typed import typed_contact
from caseworker_app.features.households.screens.forms import LongText, SectionForm, choice_of
from caseworker_app.features.households.screens.section import Action, Section, SectionRow
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import State

ADD, CHANGE = "add_contact", "change_contact"
SAFE = State("Utilisable sans risque", "ok", "shield-check")
UNSURE = State("À vérifier avant d’appeler", "warn", "alert-triangle")
_ICONS = {ContactKind.PHONE: "phone", ContactKind.EMAIL: "mail"}


class ContactForm(SectionForm):
    """A phone or an e-mail, new or corrected."""

    def __init__(
        self, people: HouseholdFile, contact: Contact | None, typed: Mapping[str, str] | None = None
    ) -> None:
        """Show a contact, or an empty form; `typed` is what a draft kept."""
        title = f"Modifier {contact_words(contact)}" if contact else "Nouveau numéro ou courriel"
        super().__init__(
            CHANGE if contact else ADD,
            title,
            contact.id if contact else "",
            contact.version if contact else None,
        )
        owners = {m.id: called(m) for m in people.everyone}
        self.add_line(("value", "Téléphone ou courriel", Entry("06… ou nom@domaine.fr", tabular=True)))
        self.add_line(
            ("member", "À qui", choice_of(owners, "Tout le ménage")),
            ("label", "Précision", Entry("travail, voisine…")),
        )
        self.add_editor("safe", Check("Utilisable sans ris&que"))
        hint = "SMS seulement, après 17 h, ne pas laisser de message"
        self.add_editor("instructions", LongText("Quand et comment", hint))
        self.finish(typed_contact(contact) if contact else {"member": ""})
        if typed:
            self.show_typed(typed)


class ContactsSection(Section):
    """Phones and e-mails. `remove_asked(Contact)`."""

    key = "contacts"
    remove_asked = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Joindre le ménage", "Aucun numéro ni courriel\u00a0: à demander au ménage.")
        self.people: HouseholdFile | None = None
        self.adding = Button("Ajouter un n&uméro", "ghost", "plus", compact=True)
        self.adding.clicked.connect(self.begin)
        self.add_action(self.adding)

    def show_people(self, people: HouseholdFile) -> None:
        """Show how the household may be reached, the safe ways first; numbers of people who left come last."""
        self.people = people
        rows = [self._row(contact, people) for contact in people.contacts]
        rows += [self._former_row(contact, people) for contact in people.former_contacts]
        self.set_rows(rows)

    def begin(self) -> None:
        """Open an empty form."""
        if self.people is not None:
            self.open_form(ContactForm(self.people, None))

    def change(self, contact: Contact) -> None:
        """Open the form of a contact."""
        if self.people is not None:
            self.open_form(ContactForm(self.people, contact))

    def make_form(self, kind: str, row_id: str, typed: Mapping[str, str]) -> SectionForm | None:
        """Make the form a draft tells of."""
        people = self.people
        if people is None:
            return None
        if kind == ADD:
            return ContactForm(people, None, typed)
        contact = next((c for c in people.every_contact if c.id == row_id), None)
        return ContactForm(people, contact, typed) if contact is not None and kind == CHANGE else None

    def _row(self, contact: Contact, people: HouseholdFile) -> SectionRow:
        row = self._plain_row(contact)
        row.add_line(contact_owner(contact, people.members))
        row.add_states(SAFE if contact.safe else UNSURE)
        row.add_line(contact.instructions or "", "note")
        self._act(row, contact)
        return row

    def _former_row(self, contact: Contact, people: HouseholdFile) -> SectionRow:
        """A number of somebody who left may be that of a violent partner: it is never called by habit."""
        row = self._plain_row(contact, quiet=True)
        owner = next(m for m in people.former_members if m.id == contact.member_id)
        row.add_line(contact_owner(contact, people.former_members))
        row.add_states(State(left_words(owner), "muted", "ban"))
        row.add_line(contact.instructions or "", "note")
        self._act(row, contact)
        return row

    def _plain_row(self, contact: Contact, *, quiet: bool = False) -> SectionRow:
        words = contact_words(contact)
        return SectionRow(contact.id, words, words, Mark(_ICONS[contact.kind], 20, "muted"), quiet=quiet)

    def _act(self, row: SectionRow, contact: Contact) -> None:
        row.add_edit(lambda: self.change(contact))
        row.add_menu(Action("&Retirer", lambda: self.remove_asked.emit(contact)))
