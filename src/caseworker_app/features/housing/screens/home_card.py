"""The dwelling and its landlord, with whom to call there; and the lease in a few answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint

from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.landlord import Landlord, LandlordContact, recipient_lines
from caseworker_app.features.housing.domain.lease import (
    BENEFIT_PAYEE_LABELS,
    LEASE_KIND_LABELS,
    Creditor,
    HeadLease,
    Lease,
    LeaseKind,
)
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.screens import home_forms, lease_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.features.housing.service import landlords
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.money import format_euros
from caseworker_app.kernel.phones import format_phone
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.fact_grid import FactGrid
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.row_list import Row, RowList

NB = "\u00a0"
OWED_TO = {Creditor.LANDLORD: "au bailleur", Creditor.ASSOCIATION: "à l’association"}


class HomeCard(HousingCard):
    """Dwelling and landlord."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Logement et bailleur")
        self._shown: ShownHome | None = None
        self._landlords: tuple[Landlord, ...] = ()
        self.change_landlord = Button("Bailleur", "quiet", "building-estate", compact=True)
        self.change_landlord.clicked.connect(self._landlord_menu)
        self.add_action(self.change_landlord)
        self.change = self.action("Modifier le lo&gement", "pencil")
        self.change.clicked.connect(self._open)
        self.facts = FactGrid()
        self.add(self.facts)
        self.contacts = RowList("Interlocuteurs chez le bailleur", fit=True)
        self.contacts.opened.connect(self._contact_menu)
        self._people = self.add_ruled(self.contacts)
        self.add_stretch()

    def show_home(self, home: ShownHome, landlords_known: tuple[Landlord, ...]) -> None:
        """Show a dwelling; the landlords known are proposed in its form."""
        self._shown, self._landlords = home, landlords_known
        d, landlord = home.file.dwelling, home.file.landlord
        town = " ".join(part for part in (d.postal_code, d.city) if part)
        self.facts.show_facts(
            [
                ("Adresse", ", ".join(part for part in (d.street, d.complement) if part)),
                ("Commune", town),
                ("Bâtiment", ", ".join(p for p in (d.building, f"étage {d.floor}" if d.floor else "") if p)),
                ("Type", d.description()),
                ("Bailleur", landlord.name if landlord else "non renseigné"),
                ("Courriers à", ", ".join(recipient_lines(landlord)[1:]) if landlord else ""),
                ("Téléphone", format_phone(landlord.phone) if landlord and landlord.phone else ""),
                ("Réf. du logement", d.reference or ""),
            ]
        )
        self.change_landlord.setVisible(landlord is not None)
        self.contacts.set_rows([_contact(each) for each in home.file.contacts])
        self._people.setVisible(bool(home.file.contacts))

    def landlord_menu(self) -> Menu:
        """Return what can be done with the landlord."""
        menu = Menu(parent=self)
        menu.addAction("Modifier le bailleur").triggered.connect(self._open_landlord)
        menu.addAction("Ajouter un interlocuteur").triggered.connect(self._open_contact)
        return menu

    def contact_menu(self, contact_id: str) -> Menu:
        """Return what can be done with a person at the landlord's."""
        menu = Menu(parent=self)
        action = menu.addAction("N’y travaille plus")
        action.triggered.connect(partial(self._retire, contact_id))
        return menu

    def _landlord_menu(self) -> None:
        button = self.change_landlord
        self.landlord_menu().popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _contact_menu(self, contact_id: str) -> None:
        corner = self.contacts.visualRect(self.contacts.currentIndex()).bottomLeft()
        self.contact_menu(contact_id).popup(self.contacts.viewport().mapToGlobal(corner))

    def _open(self) -> None:
        if self._shown is not None:
            self.form_asked.emit(home_forms.home_form(self.desk, self._shown.file, self._landlords))

    def _open_landlord(self, _on: bool = False) -> None:
        landlord = self._shown.file.landlord if self._shown else None
        if landlord is not None:
            self.form_asked.emit(home_forms.landlord_form(self.desk, landlord))

    def _open_contact(self, _on: bool = False) -> None:
        landlord = self._shown.file.landlord if self._shown else None
        if landlord is not None:
            self.form_asked.emit(home_forms.contact_form(self.desk, landlord))

    def _retire(self, contact_id: str, _on: bool = False) -> None:
        desk = self.desk
        self.change_asked.emit(
            lambda: landlords.retire_landlord_contact(desk.file, desk.who, contact_id),
            "Interlocuteur retiré des choix",
        )


class LeaseCard(HousingCard):
    """The lease: dates, amounts, and the association's own lease above it."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Bail")
        self._home: LeaseFile | None = None
        self.head = Button("Bail principal", "quiet", "file-certificate", compact=True)
        self.head.clicked.connect(self._open_head)
        self.end = Button("&Fin", "quiet", "logout", compact=True)
        self.end.clicked.connect(self._open_end)
        self.add_action(self.head)
        self.add_action(self.end)
        self.change = self.action("Modifier le &bail", "pencil")
        self.change.clicked.connect(self._open)
        self.facts = FactGrid()
        self.add(self.facts)
        self.add_stretch()

    def show_home(self, home: ShownHome) -> None:
        """Show a lease."""
        self._home = home.file
        lease, head = home.file.lease, home.file.head_lease
        self.head.setVisible(lease.kind in (LeaseKind.SUBLEASE, LeaseKind.SLIDING_LEASE))
        kind = LEASE_KIND_LABELS[lease.kind]
        self.facts.show_facts(
            [
                ("Nature", f"{capital(kind)}, loyer dû {OWED_TO[lease.creditor]}"),
                ("N° du bail", lease.reference or ""),
                ("Signé le", format_long_date(lease.signed_on) if lease.signed_on else ""),
                ("Entrée le", format_long_date(lease.starts_on) if lease.starts_on else "date à compléter"),
                ("Fin le", format_long_date(lease.ends_on) if lease.ends_on else ""),
                ("Échéance", f"le {lease.due_day} du mois" if lease.due_day else ""),
                ("Loyer", _rent(lease)),
                ("Réduction", _monthly(lease.solidarity_reduction_cents)),
                ("Aide au logement", _benefit(lease)),
                ("Dépôt de garantie", format_euros(lease.deposit_cents) if lease.deposit_cents else ""),
                ("Bail principal", _head(head) if head else ""),
            ]
        )

    def _open(self) -> None:
        if self._home is not None:
            self.form_asked.emit(lease_forms.lease_form(self.desk, self._home))

    def _open_end(self) -> None:
        if self._home is not None:
            self.form_asked.emit(lease_forms.end_lease_form(self.desk, self._home.lease))

    def _open_head(self) -> None:
        if self._home is not None:
            self.form_asked.emit(lease_forms.head_lease_form(self.desk, self._home))


def _contact(contact: LandlordContact) -> Row:
    reach = (format_phone(contact.phone) if contact.phone else "", contact.email or "")
    detail = " · ".join(p for p in (contact.job_title, contact.agency, *reach) if p)
    return Row(contact.id, contact.name, detail, icon="user")


def _rent(lease: Lease) -> str:
    if lease.rent_cents is None:
        return "à compléter"
    rent = format_euros(lease.rent_cents)
    if not lease.service_charges_cents:
        return f"{rent} par mois"
    return f"{rent} + {format_euros(lease.service_charges_cents)} de charges, par mois"


def _monthly(cents: int | None) -> str:
    return f"{format_euros(cents)} par mois" if cents else ""


def _benefit(lease: Lease) -> str:
    if not lease.housing_benefit_cents:
        return ""
    payee = BENEFIT_PAYEE_LABELS[lease.benefit_paid_to]
    return f"{format_euros(lease.housing_benefit_cents)} par mois, {payee}"


def _head(head: HeadLease) -> str:
    parts = [f"signé le {format_long_date(head.signed_on)}" if head.signed_on else ""]
    parts.append(_monthly(head.rent_cents))
    return ", ".join(part for part in parts if part) or "noté"
