"""Forms of the dwelling and its landlord: a first home, the dwelling corrected, the landlord and its people."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.households.domain import Address
from caseworker_app.features.housing.domain.dwelling import (
    Dwelling,
    NewDwelling,
    format_floor_area,
    parse_floor_area,
)
from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.landlord import (
    LANDLORD_KIND_LABELS,
    Landlord,
    LandlordContact,
    LandlordKind,
    NewLandlord,
    NewLandlordContact,
)
from caseworker_app.features.housing.domain.lease import LEASE_KIND_LABELS, LeaseKind, NewLease
from caseworker_app.features.housing.domain.shown_housing import ShownHousing
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.landlord_entry import LandlordEntry
from caseworker_app.features.housing.screens.lease_forms import add_terms, read_terms
from caseworker_app.features.housing.service import landlords, leases, settling
from caseworker_app.kernel.phones import format_phone
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.side_form import SideForm, Work


def new_home_form(desk: HousingDesk, shown: ShownHousing) -> SideForm:
    """Ask for a household's first (or next) home: dwelling, landlord, lease, all at once.

    The first begins with the address the household already has: nobody types it twice.
    """
    form = SideForm(
        "new_home",
        "Nouveau logement",
        desk.today,
        "L’adresse et la nature du bail suffisent. Le reste se complète plus tard.",
        "&Ajouter le logement",
    )
    _add_dwelling(form, shown.landlords, None, None, shown.address)
    form.heading("Bail")
    form.choice("kind", "&Nature du bail", LEASE_KIND_LABELS, LeaseKind.LEASE)
    form.side_by_side()
    form.day("starts_on", "&Entrée le")
    form.day("signed_on", "Bail si&gné le")
    add_terms(form, None)

    def read() -> Work:
        dwelling, landlord, kind = _read_dwelling(form)
        lease = NewLease(
            shown.household_id,
            "",
            form.needed("kind", LeaseKind),
            signed_on=form.date_of("signed_on"),
            starts_on=form.date_of("starts_on"),
            **read_terms(form),
        )
        return lambda: settling.settle_home(desk.file, desk.who, dwelling, landlord, lease, kind)

    return form.intend(read, "Logement ajouté")


def lodge_form(desk: HousingDesk, household: str, found: FoundDwelling) -> SideForm:
    """Ask for the lease of a household in a dwelling that is known."""
    form = SideForm(
        "lodge", "Loger le ménage ici", desk.today, f"{found.title}. {found.detail}.", "&Ajouter le bail"
    )
    form.choice("kind", "&Nature du bail", LEASE_KIND_LABELS, LeaseKind.LEASE)
    form.side_by_side()
    form.day("starts_on", "&Entrée le")
    form.day("signed_on", "Bail si&gné le")
    add_terms(form, None)

    def read() -> Work:
        lease = NewLease(
            household,
            found.dwelling.id,
            form.needed("kind", LeaseKind),
            signed_on=form.date_of("signed_on"),
            starts_on=form.date_of("starts_on"),
            **read_terms(form),
        )
        return lambda: leases.add_lease(desk.file, desk.who, lease)

    return form.intend(read, "Logement ajouté")


def home_form(desk: HousingDesk, home: LeaseFile, known: Sequence[Landlord]) -> SideForm:
    """Correct what is known of the dwelling, and who lets it."""
    form = SideForm("home", "Le logement", desk.today)
    _add_dwelling(form, known, home.dwelling, home.landlord)

    def read() -> Work:
        dwelling, landlord, kind = _read_dwelling(form)
        row = home.dwelling
        return lambda: settling.change_home(
            desk.file, desk.who, row.id, dwelling, landlord, row.version, kind
        )

    return form.intend(read, "Logement modifié")


def landlord_form(desk: HousingDesk, landlord: Landlord) -> SideForm:
    """Correct what is known of the landlord, for every household it lets to."""
    sentence = "Ces coordonnées servent à tous les ménages de ce bailleur."
    form = SideForm("landlord", "Le bailleur", desk.today, sentence)
    form.line("name", "&Nom", landlord.name)
    form.choice("kind", "&Sorte de bailleur", LANDLORD_KIND_LABELS, landlord.kind)
    form.line("siret", "SIRE&T", landlord.siret)
    _add_place(form, landlord)
    _add_reach(form, landlord)

    def read() -> Work:
        new = NewLandlord(
            form.text("name") or "",
            form.needed("kind", LandlordKind),
            *(
                form.text(k)
                for k in ("siret", "street", "complement", "postal_code", "city", "phone", "email")
            ),
        )
        return lambda: landlords.change_landlord(desk.file, desk.who, landlord.id, new, landlord.version)

    return form.intend(read, "Bailleur modifié")


def contact_form(desk: HousingDesk, landlord: Landlord) -> SideForm:
    """Add a person at the landlord's, to whom letters go."""
    form = SideForm("contact", f"Interlocuteur chez {landlord.name}", desk.today)
    form.line("name", "&Nom", placeholder="Mme Sophie Vannier")
    form.line("job_title", "&Fonction", placeholder="chargée de clientèle")
    form.line("agency", "A&gence")
    _add_place(form, None)
    _add_reach(form, None)

    def read() -> Work:
        keys = ("job_title", "agency", "street", "complement", "postal_code", "city", "phone", "email")
        new = NewLandlordContact(form.text("name") or "", *(form.text(key) for key in keys))
        return lambda: landlords.add_landlord_contact(desk.file, desk.who, landlord.id, new)

    return form.intend(read, "Interlocuteur ajouté")


def _add_dwelling(
    form: SideForm, known: Sequence[Landlord], dwelling: Dwelling | None, landlord: Landlord | None,
    address: Address | None = None,
) -> None:  # fmt: skip
    d, at = dwelling, dwelling or address
    street = form.line("street", "&Adresse", at.street if at else "", "14 rue des Tisserands")
    if address is not None:
        street.selectAll()
        street.textEdited.connect(lambda typed: _forget_address(form, address, typed))
    form.line("complement", "&Complément", at.complement if at else "", "porte 23, chez…")
    form.side_by_side()
    form.line("building", "&Bâtiment", d.building if d else "")
    form.line("floor", "É&tage", d.floor if d else "")
    form.side_by_side()
    form.line("postal_code", "Code p&ostal", at.postal_code if at else "")
    form.line("city", "Co&mmune", at.city if at else "")
    form.side_by_side()
    form.line("typology", "T&ype", d.typology if d else "", "T3")
    area = format_floor_area(d.floor_area) if d and d.floor_area else ""
    form.line("floor_area", "&Surface", area, "62 m²")
    form.heading("Bailleur")
    entry = LandlordEntry(known)
    entry.setText(landlord.name if landlord else "")
    form.add_entry("landlord", "&Bailleur ou propriétaire", entry)
    kind = form.choice("landlord_kind", "Sorte de bailleur", LANDLORD_KIND_LABELS, LandlordKind.SOCIAL)
    form.line("reference", "&Référence du logement chez le bailleur", d.reference if d else "")

    def tell(_text: str = "") -> None:
        form.fields["landlord"].show_hint(entry.hint())
        # The kind of a landlord that is known is changed with the landlord itself.
        form.fields["landlord_kind"].setVisible(bool(entry.text().strip()) and entry.known() is None)

    entry.textChanged.connect(tell)
    kind.setAccessibleDescription("Sorte du nouveau bailleur")
    tell()


def _forget_address(form: SideForm, address: Address, street: str) -> None:
    """Empty the rest of the address proposed, once another street is typed in its place."""
    if len(street) > 1 and street[:1] == (address.street or "")[:1]:
        return
    for key in ("complement", "postal_code", "city"):
        entry = form.editors[key]
        if isinstance(entry, Entry) and form.text(key) == getattr(address, key):
            entry.clear()


def _read_dwelling(form: SideForm) -> tuple[NewDwelling, str | None, LandlordKind]:
    area = form.text("floor_area")
    dwelling = NewDwelling(
        None,
        form.text("reference"),
        form.text("street"),
        form.text("complement"),
        form.text("postal_code"),
        form.text("city"),
        form.text("typology"),
        parse_floor_area(area) if area else None,
        form.text("floor"),
        form.text("building"),
    )
    return dwelling, form.text("landlord"), form.needed("landlord_kind", LandlordKind)


def _add_place(form: SideForm, known: Landlord | LandlordContact | None) -> None:
    form.line("street", "&Adresse", known.street if known else "")
    form.line("complement", "&Complément", known.complement if known else "")
    form.side_by_side()
    form.line("postal_code", "Code p&ostal", known.postal_code if known else "")
    form.line("city", "Co&mmune", known.city if known else "")


def _add_reach(form: SideForm, known: Landlord | None) -> None:
    phone = format_phone(known.phone) if known and known.phone else ""
    form.line("phone", "Télé&phone", phone)
    form.line("email", "Co&urriel", known.email if known else "")
