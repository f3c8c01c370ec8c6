"""Where a household lives and lived: the present address first, then its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal

from caseworker_app.features.households.domain import Address, HouseholdFile
from caseworker_app.features.households.domain.shown import stay_words, towns_apart
from caseworker_app.features.households.domain.typed import BEFORE, NOW, typed_address
from caseworker_app.features.households.screens.forms import SectionForm
from caseworker_app.features.households.screens.section import Action, Section, SectionRow
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.mark import Mark

ADD, CHANGE = "add_address", "change_address"


class AddressForm(SectionForm):
    """An address, new or corrected. A new one tells whether the household lives there now."""

    def __init__(self, address: Address | None, typed: Mapping[str, str] | None = None) -> None:
        """Show an address, or an empty form; `typed` is what a draft kept."""
        title = "Modifier l’adresse" if address else "Nouvelle adresse"
        super().__init__(
            CHANGE if address else ADD,
            title,
            address.id if address else "",
            address.version if address else None,
        )
        if address is None:
            self.add_editor("when", self._when())
        self.add_line(("street", "Numéro et rue", Entry("14 rue des Tisserands")))
        self.add_line(("complement", "Complément", Entry("bât. B, apt 12, chez…")))
        self.add_line(
            ("postal_code", "Code postal", Entry(tabular=True)), ("city", "Commune", Entry()), weights=(4, 8)
        )
        self.add_line(
            ("from_date", "Depuis le", Entry("jj/mm/aaaa", tabular=True)),
            ("to_date", "Jusqu’au", Entry("jj/mm/aaaa", tabular=True)),
        )
        self.finish(typed_address(address) if address else {"when": NOW})
        if typed:
            self.show_typed(typed)
        self._fit()

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show what a row or a draft holds, the end of the stay only where there is one."""
        super().show_typed(typed)
        self._fit()

    def _when(self) -> Segment:
        segment = Segment("Cette adresse est")
        segment.add(NOW, "Le ménage y vit", "home")
        segment.add(BEFORE, "Il y a vécu avant", "history")
        segment.chosen.connect(lambda _key: self._fit())
        return segment

    def _fit(self) -> None:
        when = self.editors.get("when")
        lives_there = isinstance(when, Segment) and when.current_key() == NOW
        self.fields["to_date"].setVisible(not lives_there)
        hint = "L’adresse d’avant prend fin ce jour-là." if lives_there else ""
        self.fields["from_date"].show_hint(hint)


class AddressesSection(Section):
    """Addresses. `remove_asked(Address)`."""

    key = "addresses"
    remove_asked = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Adresses", "Aucune adresse connue.")
        self.people: HouseholdFile | None = None
        self.adding = Button("Ajouter une a&dresse", "ghost", "plus", compact=True)
        self.adding.clicked.connect(self.begin)
        self.add_action(self.adding)

    def show_people(self, people: HouseholdFile, day: date) -> None:
        """Show the present address, then the others."""
        self.people = people
        self.set_rows([self._row(address, day) for address in people.addresses])

    def begin(self) -> None:
        """Open an empty form."""
        self.open_form(AddressForm(None))

    def change(self, address: Address) -> None:
        """Open the form of an address."""
        self.open_form(AddressForm(address))

    def make_form(self, kind: str, row_id: str, typed: Mapping[str, str]) -> SectionForm | None:
        """Make the form a draft tells of."""
        if kind == ADD:
            return AddressForm(None, typed)
        known = self.people.addresses if self.people else ()
        address = next((a for a in known if a.id == row_id), None)
        return AddressForm(address, typed) if address is not None and kind == CHANGE else None

    def _row(self, address: Address, day: date) -> SectionRow:
        present = address.holds(day)
        street, town = towns_apart(address)
        mark = Mark("home" if present else "history", 20, "accent" if present else "muted")
        name = f"l’adresse {street or town}"
        row = SectionRow(address.id, street or town, name, mark, quiet=not present)
        row.add_line(town if street else "", "text" if present else "muted")
        row.add_line(stay_words(address, day))
        row.add_edit(lambda: self.change(address))
        row.add_menu(Action("&Retirer, saisie par erreur", lambda: self.remove_asked.emit(address)))
        return row
