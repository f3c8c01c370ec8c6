"""The dwellings the agreement stood on reserves: where, since when, free or lived in."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.domain.reserved import ShownDwelling, dwelling_words, reserved_words
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.side_form import Work
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label

_NOTHING = "Aucun logement réservé\u00a0: cherchez-en un par son adresse ou sa référence."


class ReserveDialog(AskDialog):
    """Asks which dwelling is reserved, found by the words typed, and from when."""

    def __init__(self, desk: MeasuresDesk, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Réserver un logement", "&Réserver", "check", parent)
        self._desk = desk
        self.words, self.found = Entry("Rue, ville, référence du bailleur…"), Choice("Aucun logement trouvé")
        self.starts_on = Entry("jj/mm/aaaa", tabular=True)
        self.fields = {
            "words": Field("&Chercher", self.words),
            "dwelling_id": Field("&Logement", self.found),
            "starts_on": Field("&Depuis le", self.starts_on),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        self._asking = desk.tasks.latest(self._show, owner=self)
        self.words.textEdited.connect(self._search)

    def ask(self) -> None:
        """Show it empty, from today."""
        self.say("Le logement est déjà dans le fichier\u00a0: un bail, un import ou la palette l’y ont mis.")
        self.words.clear()
        self.found.clear()
        self.starts_on.setText(format_date(self._desk.today))
        self.begin(self.words)

    def read(self) -> tuple[str, date] | None:
        """Return what is chosen, or say beside its field what is missing."""
        try:
            if not self.found.current_key():
                raise InvalidEntry("Cherchez le logement, puis choisissez-le dans la liste.", "words")
            return self.found.current_key(), parse_day(self.starts_on.text(), self._desk.today, "starts_on")
        except InvalidEntry as error:
            self.refuse(error)
            return None

    def _search(self, words: str) -> None:
        desk = self._desk

        def read() -> list[FoundDwelling]:
            with desk.file.reading() as connection:
                return service.dwellings_to_reserve(connection, desk.who, words, desk.today)

        if words.strip():
            self._asking.ask(read)

    def _show(self, found: list[FoundDwelling]) -> None:
        self.found.clear()
        for each in found:
            self.found.add(each.dwelling.id, f"{each.title}, {each.state.lower()}")
        if found:
            self.found.choose(found[0].dwelling.id)


class GiveBackDialog(AskDialog):
    """Asks until when a dwelling is reserved; `shown`: the one stood on."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Logement réservé", "&Enregistrer", "check", parent)
        self.shown: ShownDwelling | None = None
        self._today = date.min
        self.ends_on = Entry("jj/mm/aaaa", tabular=True)
        self.fields = {"ends_on": Field("Réservé &jusqu’au", self.ends_on)}
        self.body.addWidget(self.fields["ends_on"])

    def ask(self, shown: ShownDwelling, today: date) -> None:
        """Show it for a dwelling."""
        self.shown, self._today = shown, today
        self.say(", ".join(dwelling_words(shown)))
        self.ends_on.setText(format_date(shown.reserved.ends_on or today))
        self.begin(self.ends_on)

    def read(self) -> date | None:
        """Return the day, or say beside the field why it cannot be read."""
        try:
            return parse_day(self.ends_on.text(), self._today, "ends_on")
        except InvalidEntry as error:
            self.refuse(error)
            return None


class ReservedCard(Card):
    """Dwellings, those still reserved first; Enter on one says until when."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty and hidden."""
        super().__init__("Logements réservés")
        self._desk, self._agreement = desk, ""
        self.held: list[ShownDwelling] = []
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.add_one = Button("Réserver", "ghost", "plus", compact=True)
        self.add_one.setAccessibleName("Réserver un logement")
        self.add_action(self.add_one)
        self.said = Label("", 13, wrap=True)
        self.said.setContentsMargins(INSET, 0, INSET, INSET)
        self.rows = RowList("Logements réservés", height=52, fit=True)
        self.add_rows(self.said, rule=False)
        self.add_rows(self.rows)
        self.dialog, self.end_dialog = ReserveDialog(desk, self), GiveBackDialog(self)
        self.add_one.clicked.connect(self.dialog.ask)
        self.rows.opened.connect(self._open)
        self.dialog.confirm.clicked.connect(self._reserve)
        self.end_dialog.confirm.clicked.connect(self._give_back)
        concerned = ("reserved_dwelling", "lease", "dwelling")
        desk.changes.listen(self, lambda c: any(c.concerns(table=t) for t in concerned), self.read_again)
        self.hide()

    def show_dwellings(self, agreement: Agreement | None) -> None:
        """Show those of an agreement, to whoever reads files; None while a new one is being written."""
        self._agreement = agreement.id if agreement else ""
        self.read_again()

    def read_again(self) -> None:
        """Read the dwellings again."""
        desk, agreement = self._desk, self._agreement

        def read() -> tuple[str, list[ShownDwelling]]:
            with desk.file.reading() as connection:
                return agreement, service.reserved_under(connection, desk.who, agreement, desk.today)

        if agreement and desk.who.may(Right.READ_FILES):
            self._reading.ask(read)

    def _show(self, read: tuple[str, list[ShownDwelling]]) -> None:
        agreement, held = read
        if agreement != self._agreement:
            return
        self.held = held
        may = self._desk.may_manage
        self.said.setText(reserved_words(held, self._desk.today) if held else _NOTHING)
        self.said.set_tone("text" if held else "muted")
        self.rows.set_rows([_row(each, self._desk.today, may_open=may) for each in held])
        self.rows.setVisible(bool(held))
        self.add_one.setVisible(may)

    def _open(self, key: str) -> None:
        for each in self.held:
            if each.reserved.id == key and self._desk.may_manage:
                self.end_dialog.ask(each, self._desk.today)

    def _reserve(self) -> None:
        desk, agreement, read = self._desk, self._agreement, self.dialog.read()
        if read is not None:
            self._run(
                self.dialog,
                lambda: service.reserve_dwelling(desk.file, desk.who, agreement, *read),
                "Logement réservé",
            )

    def _give_back(self) -> None:
        desk, shown, day = self._desk, self.end_dialog.shown, self.end_dialog.read()
        if shown is not None and day is not None:
            self._run(
                self.end_dialog,
                lambda: service.give_back_dwelling(desk.file, desk.who, shown.reserved.id, day),
                "Réservation enregistrée",
            )

    def _run(self, dialog: AskDialog, work: Work, words: str) -> None:
        def done(answer: object) -> None:
            dialog.accept()
            self._desk.done(answer, words)

        dialog.confirm.setEnabled(False)
        self._desk.tasks.run(work, done, dialog.refuse, owner=self)


def _row(shown: ShownDwelling, day: date, *, may_open: bool) -> Row:
    title, detail = dwelling_words(shown)
    held = shown.reserved.holds(day)
    pill = None
    if held:
        free = shown.found.household_id is None
        pill = State("Libre", "ok", "check") if free else State("Occupé", "muted", "home")
    return Row(shown.reserved.id, title, detail, icon="home", pill=pill, done=not held, chevron=may_open)
