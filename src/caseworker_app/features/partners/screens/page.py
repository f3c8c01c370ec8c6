"""The page « Partenaires »: the list searched and filtered, and beside it one of them or the form of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.partners import service
from caseworker_app.features.partners.domain.shown import KIND_ICONS, PartnerLine, PartnerListing
from caseworker_app.features.partners.screens import forms
from caseworker_app.features.partners.screens.desk import PartnersDesk
from caseworker_app.features.partners.screens.detail import PartnerDetail
from caseworker_app.features.partners.screens.head import PartnersHead
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import NARROW
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.row_model import PAGE
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LIST, _NOBODY, _NOTHING, _SAYING = range(4)
_SIDE_WIDTH = 376


@dataclass(frozen=True, slots=True)
class _Found:
    """What one reading brings: the listing, and which partner to stand on (empty: the one stood on)."""

    listing: PartnerListing
    wanted: str


class PartnersPage(Page):
    """The page « partners »; the subject of its route is the partner to stand on."""

    def __init__(self, desk: PartnersDesk) -> None:
        """Make the page, empty."""
        super().__init__()
        self.desk = desk
        self._may_write = desk.who.may(Right.WRITE_FILES)
        self._may_import = desk.who.may(Right.IMPORT_LISTS)
        self.head = PartnersHead(desk.today)
        self.list = RowList("Partenaires")
        self.detail = PartnerDetail(may_write=self._may_write)
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, "partners")
        self._lines: tuple[PartnerLine, ...] = ()
        self.current = ""
        self._reading = desk.tasks.latest(self._show, self._refuse, owner=self)
        self._opening = desk.tasks.latest(
            self._show_partner, lambda _error: self.detail.show_nobody(), owner=self
        )
        self._build()
        self._join()

    def enter(self, route: Route) -> None:
        """Show the list where it was left, standing on the partner the route names."""
        if route.subject:
            self.current = route.subject
            if self.head.narrowed:
                self.head.clear()
        self._ask(route.subject)

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def focus_first(self) -> None:
        """Begin by typing a name, or in the form that is open."""
        if self.place.form is not None:
            self.place.form.focus_first()
        else:
            self.head.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read the list and the partner stood on again."""
        self._ask()

    def add_partner(self) -> None:
        """Open the form of a new partner."""
        self.place.open(forms.partner_form(self.desk))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one walk through the list from the search."""
        if (
            watched is self.head.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._walk(step)
                return True
            if event.key() == Qt.Key.Key_Escape and self.head.search.text():
                self.head.search.clear()
                return True
        return False

    def _ask(self, wanted: str = "") -> None:
        desk, (words, theme, kind) = self.desk, self.head.wanted()

        def read() -> _Found:
            with desk.file.reading() as connection:
                return _Found(service.list_partners(connection, desk.who, words, theme, kind), wanted)

        self._reading.ask(read)

    def _show(self, found: _Found) -> None:
        listing = found.listing
        self._lines = listing.lines
        filled = listing.in_directory > 0
        self.head.show_filled(filled=filled, may_write=self._may_write, may_import=self._may_import)
        self.head.count.setText(_counted(listing, narrowed=self.head.narrowed))
        self.list.rows.start(len(self._lines), [_row(line) for line in self._lines[: 2 * PAGE]])
        self.bodies.setCurrentIndex(_LIST if self._lines else _NOTHING if filled else _NOBODY)
        self.side.setVisible(filled or self.place.form is not None)
        places = {line.id: place for place, line in enumerate(self._lines)}
        place = places.get(found.wanted or self.current)
        if place is None and found.wanted:
            self._open(found.wanted)
        elif self._lines:
            self._stand_on(place or 0)
        else:
            self.current = ""
            self.detail.show_nobody()

    def _stand_on(self, place: int) -> None:
        first = place // PAGE * PAGE
        self._fill(self.list.rows.generation, first, PAGE)
        self.list.setCurrentIndex(self.list.rows.index(place, 0))
        self._open(self._lines[place].id)

    def _walk(self, step: int) -> None:
        if self._lines:
            place = max(0, min(self.list.currentIndex().row() + step, len(self._lines) - 1))
            self._stand_on(place)

    def _fill(self, generation: int, first: int, count: int) -> None:
        self.list.rows.fill(generation, first, [_row(line) for line in self._lines[first : first + count]])

    def _open(self, partner_id: str) -> None:
        desk, self.current = self.desk, partner_id

        def read() -> service.PartnerFile:
            with desk.file.reading() as connection:
                return service.open_partner(connection, desk.who, partner_id)

        self._opening.ask(read)

    def _show_partner(self, of: service.PartnerFile) -> None:
        if of.partner.id == self.current:
            self.detail.show_partner(of, self.desk.today)

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

    def _written(self, form: SideForm, answer: Any) -> None:
        """Stand on a partner just added; what deserves a look is said with the confirmation."""
        if form.key == forms.NEW:
            self.current = answer[0]
            if self.head.narrowed:
                self.head.clear()

    def _refuse(self, error: CaseworkerError) -> None:
        self.head.show_filled(filled=False, may_write=False, may_import=False)
        self.said.setText(error.sentence)
        self.bodies.setCurrentIndex(_SAYING)

    def _concerned(self, changes: Changes) -> bool:
        return changes.concerns(table="partner") or changes.concerns(table="partner_contact")

    def _show_form(self, opened: bool) -> None:
        self.sides.setCurrentIndex(1 if opened else 0)
        self.side.setVisible(opened or bool(self._lines) or self.head.search.isVisibleTo(self))

    def _join(self) -> None:
        head, detail = self.head, self.detail
        head.sought.connect(self._ask)
        head.adding.clicked.connect(self.add_partner)
        head.search.installEventFilter(self)
        for button in (head.importing, self.import_first):
            button.clicked.connect(lambda: self.desk.navigator.open("import"))
        self.list.rows.page_wanted.connect(self._fill)
        self.list.stood_on.connect(self._open)
        detail.edit_asked.connect(self._edit)
        detail.retire_asked.connect(self._retire)
        detail.person_asked.connect(self._edit_person)
        detail.person_retired.connect(self._retire_person)
        self.place.shown.connect(self._show_form)
        self.place.written.connect(self._written)
        self.desk.changes.listen(self, self._concerned, self.read_again)

    def _build(self) -> None:
        self.side = QWidget()
        self.side.setFixedWidth(px(_SIDE_WIDTH))
        self.sides = QStackedWidget()
        self.sides.addWidget(self.detail)
        self.sides.addWidget(self.place)
        inside = QHBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(Rule(vertical=True))
        inside.addWidget(self.sides, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._bodies(), 1)
        below.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(below, 1)
        self.side.hide()

    def _bodies(self) -> QStackedWidget:
        self.nobody = EmptyState(
            "heart-handshake", "Aucun partenaire",
            "Importez un annuaire ouvert ou votre propre liste\u00a0: ses colonnes sont reconnues. "
            "Ou ajoutez-les un à un.",
            "&Nouveau partenaire", "plus",
        )  # fmt: skip
        self.import_first = Button("&Importer un annuaire…", "secondary", "file-import")
        inside = self.nobody.layout()
        if isinstance(inside, QVBoxLayout):
            inside.insertWidget(inside.count() - 1, self.import_first, 0, Qt.AlignmentFlag.AlignHCenter)
        self.nothing = EmptyState(
            "search", "Aucun partenaire ne correspond", "Essayez un mot plus court, une ville, ou retirez un filtre.",
            "&Tout effacer", "x",
        )  # fmt: skip
        if self.nobody.button is not None:
            self.nobody.button.clicked.connect(self.add_partner)
            self.nobody.button.setVisible(self._may_write)
        self.import_first.setVisible(self._may_import)
        if self.nothing.button is not None:
            self.nothing.button.set_kind("secondary")
            self.nothing.button.clicked.connect(self.head.clear)
        self.bodies = QStackedWidget()
        self.said = Label("", 13, tone="muted", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for body in (self.list, self.nobody, self.nothing, self.said):
            self.bodies.addWidget(body)
        self.bodies.setCurrentIndex(_SAYING)
        return self.bodies


def _row(line: PartnerLine) -> Row:
    return Row(line.id, line.name, line.detail, icon=KIND_ICONS[line.kind], chevron=False)


def _counted(listing: PartnerListing, *, narrowed: bool) -> str:
    whole = f"{listing.in_directory:,}".replace(",", NARROW)
    if not narrowed:
        return whole if listing.in_directory else ""
    return f"{len(listing.lines):,} sur ".replace(",", NARROW) + whole
