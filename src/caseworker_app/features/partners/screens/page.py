"""The page « Partenaires »: the list searched and filtered, and beside it one of them or the form of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caseworker_app.features.partners import service
from caseworker_app.features.partners.domain.shown import KIND_ICONS, PartnerLine, PartnerListing
from caseworker_app.features.partners.screens import forms
from caseworker_app.features.partners.screens.desk import PartnersDesk
from caseworker_app.features.partners.screens.detail import PartnerDetail
from caseworker_app.features.partners.screens.head import PartnersHead
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.french import NARROW
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.searched_page import Listed, SearchedPage, SearchedWords
from caseworker_app.ui_kit.side_form import SideForm

_WORDS = SearchedWords(
    "partners", "Partenaires", "heart-handshake", "Aucun partenaire",
    "Importez un annuaire ouvert ou votre propre liste\u00a0: ses colonnes sont reconnues. "
    "Ou ajoutez-les un à un.",
    "&Nouveau partenaire", "&Importer un annuaire…",
    "Aucun partenaire ne correspond", "Essayez un mot plus court, une ville, ou retirez un filtre.",
)  # fmt: skip


class PartnersPage(SearchedPage):
    """The page « partners »; the subject of its route is the partner to stand on."""

    TABLES = ("partner", "partner_contact")
    SIDE_WIDTH = FORM_WIDTH = 376
    desk: PartnersDesk
    head: PartnersHead
    detail: PartnerDetail

    def __init__(self, desk: PartnersDesk) -> None:
        """Make the page, empty."""
        may_write = desk.who.may(Right.WRITE_FILES)
        super().__init__(
            desk, PartnersHead(desk.today), PartnerDetail(lambda: desk.today, may_write=may_write), _WORDS,
            may_add=may_write, may_import=desk.who.may(Right.IMPORT_LISTS),
        )  # fmt: skip
        self.detail.edit_asked.connect(self._edit)
        self.detail.retire_asked.connect(self._retire)
        self.detail.person_asked.connect(self._edit_person)
        self.detail.person_retired.connect(self._retire_person)

    def list_work(self) -> Callable[[], Listed]:
        """Return the reading of the partners asked for."""
        desk, (words, theme, kind) = self.desk, self.head.wanted()

        def read() -> Listed:
            with desk.file.reading() as connection:
                found = service.list_partners(connection, desk.who, words, theme, kind)
                return Listed(found.lines, found.in_directory, found)

        return read

    def open_work(self, key: str) -> Callable[[], service.PartnerFile]:
        """Return the reading of a partner and its people."""
        desk = self.desk

        def read() -> service.PartnerFile:
            with desk.file.reading() as connection:
                return service.open_partner(connection, desk.who, key)

        return read

    def key_of(self, opened: service.PartnerFile) -> str:
        """Return the id of a partner."""
        return opened.partner.id

    def row_of(self, line: PartnerLine) -> Row:
        """Return the row of a partner."""
        return Row(line.id, line.name, line.detail, icon=KIND_ICONS[line.kind], chevron=False)

    def show_told(self, listed: Listed) -> None:
        """Show how many there are."""
        self.head.count.setText(_counted(listed.told, narrowed=self.head.narrowed))

    def begin_new(self) -> None:
        """Open the form of a new partner."""
        self.place.open(forms.partner_form(self.desk))

    def key_added(self, form: SideForm, answer: Any) -> str:
        """Return the id of a partner just added."""
        return str(answer[0]) if form.key == forms.NEW else ""

    def _edit(self) -> None:
        if self.detail.shown is not None:
            self.place.open(forms.partner_form(self.desk, self.detail.shown.partner))

    def _edit_person(self, contact_id: str) -> None:
        shown = self.detail.shown
        if shown is not None:
            before = next((each for each in shown.contacts if each.id == contact_id), None)
            self.place.open(forms.contact_form(self.desk, shown.partner.id, before))

    def _retire(self) -> None:
        desk, shown = self.desk, self.detail.shown
        if shown is not None:
            key = shown.partner.id
            self._write(
                lambda: service.retire_partner(desk.file, desk.who, key), "Partenaire retiré de l’annuaire"
            )

    def _retire_person(self, contact_id: str) -> None:
        desk = self.desk
        self._write(
            lambda: service.retire_partner_contact(desk.file, desk.who, contact_id), "Personne retirée"
        )

    def _write(self, work: Callable[[], Changes], words: str) -> None:
        self.desk.tasks.run(work, lambda changes: self.desk.done(changes, words), owner=self)


def _counted(listing: PartnerListing, *, narrowed: bool) -> str:
    whole = f"{listing.in_directory:,}".replace(",", NARROW)
    if not narrowed:
        return whole if listing.in_directory else ""
    return f"{len(listing.lines):,} sur ".replace(",", NARROW) + whole
