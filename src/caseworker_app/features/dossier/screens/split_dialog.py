"""Letting some members of a household leave into a file of their own: who, what with them, where; then a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.splitting import SplitChoices, SplitProposal, SplitReport
from caseworker_app.features.dossier.screens.split_dialog_parts import Parts
from caseworker_app.features.dossier.screens.split_dialog_people import WhoLeaves
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk, WorkDialog, inset, rows_card
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile, NewAddress
from caseworker_app.features.households.domain.typed import NOW, address_from
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.states import Pill, State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_TITLE = "Séparer le dossier"
_FIRST = (
    "Les personnes qui partent auront leur dossier. Rien n’est copié, rien n’est perdu, "
    "et un clic suffit pour revenir."
)
_PROTECTION = (
    "Aucun lien visible n’est gardé entre les deux dossiers\u202f; "
    "l’adresse et les coordonnées sont masquées."
)
_PLAIN = "Un lien «\u00a0dossier séparé le…\u00a0» reste visible dans les deux dossiers."


class SplitDialog(WorkDialog):
    """Over the dossier of a household; tells what was done once it is, and stays open when refused."""

    def __init__(self, desk: JoiningDesk, household: str, parent: QWidget | None = None) -> None:
        """Read who lives there."""
        super().__init__(_TITLE, _FIRST, parent)
        self.desk, self._household = desk, household
        self.people: HouseholdFile | None = None
        self.report: SplitReport | None = None
        self._splitting = False
        self._day = today(desk.file.clock)
        self.who, self.parts, self.home = WhoLeaves(), Parts(), NewHome()
        self._page = self.add_page(self.who, self.parts, self.home)
        self._make_buttons()
        self._proposed = desk.tasks.latest(self._show_proposal, self._refused, owner=self)
        self.who.changed.connect(self._propose)
        self._fit_buttons()
        desk.tasks.read(self._open, self._show_people, self._refused, owner=self)

    def split(self) -> None:
        """Make the new file."""
        if self.people is None or self._splitting or self.report is not None:
            return
        try:
            choices = self.choices()
        except InvalidEntry as error:
            self._refused(error)
            return
        desk, household = self.desk, self._household
        self._set_splitting(True)
        desk.tasks.run(
            lambda: service.split_household(desk.file, desk.who, household, choices),
            self._split, self._refused, owner=self, words="Séparation du dossier",
        )  # fmt: skip

    def choices(self) -> SplitChoices:
        """Return what is chosen. Raises InvalidEntry."""
        leads = self.who.leads
        remaining = None if leads["remaining"].isHidden() else self.who.old_lead.current_key()
        return SplitChoices(
            self.who.leaving(),
            self.who.new_lead.current_key(),
            remaining,
            self.parts.leaving(),
            self.home.address(self._day),
            self.home.protect.isChecked(),
        )

    def _make_buttons(self) -> None:
        self.undo = Button("A&nnuler la séparation", "secondary", "arrow-back-up")
        self.cancel = Button("A&nnuler", "secondary")
        self.stay = Button("&Rester dans ce dossier", "secondary")
        self.confirm = Button("&Séparer le dossier", "primary", "users-group")
        self.go = Button("&Ouvrir le nouveau dossier", "primary", "folder-open")
        self.add_button(self.undo, self._undo)
        self.buttons.addStretch(1)
        actions: tuple[tuple[Button, Callable[[], object]], ...] = (
            (self.cancel, self.reject), (self.stay, self.accept),
            (self.confirm, self.split), (self.go, self._go),
        )  # fmt: skip
        for button, run in actions:
            self.add_button(button, run)

    def _open(self) -> HouseholdFile:
        with self.desk.file.reading() as connection:
            return households.open_household(connection, self.desk.who, self._household)

    def _show_people(self, people: HouseholdFile) -> None:
        self.people = people
        self.who.show_members(people, self._day)
        self.home.show_protection(protected=people.household.protected)
        first = next(iter(self.who.checks.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self) -> None:
        desk, household, leaving = self.desk, self._household, self.who.leaving()
        self.refuse("")
        self._fit_buttons()
        if not leaving:
            self._proposed.forget()
            self.parts.clear()
            return

        def read() -> SplitProposal:
            with desk.file.reading() as connection:
                return service.propose_split(connection, desk.who, household, leaving, self._day)

        self._proposed.ask(read)

    def _show_proposal(self, proposal: SplitProposal) -> None:
        self.refuse(proposal.refusal or "")
        self.parts.show_parts(proposal.parts)
        self._fit_buttons(allowed=proposal.refusal is None)

    def _fit_buttons(self, *, allowed: bool = False) -> None:
        before, after = (self.cancel, self.confirm), (self.undo, self.stay, self.go)
        done = self.report is not None
        # Hidden first: all of them together would make the dialog wider.
        for button in before if done else after:
            button.hide()
        for button in after if done else before:
            button.show()
        self.confirm.setEnabled(allowed and not self._splitting)

    def _set_splitting(self, splitting: bool) -> None:
        self._splitting = splitting
        self.stack.setEnabled(not splitting)
        self._fit_buttons(allowed=not splitting)

    def _refused(self, error: CaseworkerError) -> None:
        self._set_splitting(False)
        fields = {**self.who.leads, **self.home.fields}
        field = fields.get(error.field or "") if isinstance(error, InvalidEntry) else None
        if field is None or field.isHidden():
            self.refuse(error.sentence)
            return
        field.refuse(error.sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.ensureWidgetVisible(field)

    def _split(self, answer: tuple[SplitReport, Changes]) -> None:
        self.report, changes = answer
        self._splitting = False
        self.stack.setEnabled(True)
        self.desk.changes.announce(changes)
        self.desk.navigator.confirm(f"Nouveau dossier n°\u00a0{self.report.reference}", self._undo_from_line)
        self.title.setText("Le dossier est séparé")
        self.sentence.setText(f"{self.report.name} a maintenant le dossier n°\u00a0{self.report.reference}.")
        self.stack.setCurrentWidget(self.add_page(*_report_cards(self.report)))
        self._fit_buttons()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if self.report is not None:
            self.accept()
            self.desk.navigator.open("dossier", self.report.household_id)

    def _undo(self) -> None:
        home = self.parentWidget()
        self.accept()
        self.desk.undo(home, lambda: self.desk.navigator.open("dossier", self._household))

    def _undo_from_line(self) -> None:
        # The line outlives the dialog: what it needs was kept before.
        self.desk.undo(None, lambda: self.desk.navigator.open("dossier", self._household))


class NewHome(Card):
    """Where those who leave live, and whether their file is under protection."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Leur nouvelle adresse", "si elle est connue")
        self.entries = {
            "street": Entry("8 quai du Canal"), "complement": Entry("chez…, bât. B"),
            "postal_code": Entry(tabular=True), "city": Entry(), "from_date": Entry("jj/mm/aaaa", tabular=True),
        }  # fmt: skip
        labels = ("Numéro et rue", "Complément", "Code postal", "Commune", "Depuis le")
        self.fields = {
            name: Field(label, entry)
            for (name, entry), label in zip(self.entries.items(), labels, strict=True)
        }
        for names, weights in (
            (("street", "complement"), (8, 5)),
            (("postal_code", "city", "from_date"), (3, 6, 4)),
        ):
            holder = QWidget()
            line = Columns(holder, gap=px(12), weights=weights)
            for name in names:
                line.addWidget(self.fields[name])
            self.add(holder)
        self.protect = Check("Protéger le nouveau dossier (&violences)")
        self.words = Label(_PLAIN, 13, tone="muted", wrap=True)
        self.protect.toggled.connect(self._tell)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.protect, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.words)
        self.add_rows(inset(holder, 10))

    def show_protection(self, *, protected: bool) -> None:
        """A file parted from one under protection is under protection too."""
        if protected:
            self.protect.setChecked(True)
            self.protect.setEnabled(False)

    def address(self, day: date) -> NewAddress | None:
        """Return what is typed, None when nothing is. Raises InvalidEntry."""
        typed = {name: entry.text() for name, entry in self.entries.items()}
        if not any(text.strip() for text in typed.values()):
            return None
        return address_from({**typed, "when": NOW}, day)

    def _tell(self, on: bool) -> None:
        self.words.setText(_PROTECTION if on else _PLAIN)


def _report_cards(report: SplitReport) -> list[QWidget]:
    moved = QWidget()
    flow = Flow(moved, gap=8)
    for each in report.moved:
        words = f"{capital(each.words)}\u00a0: {each.count}"
        flow.addWidget(Pill(State(words, "muted", "arrow-right")))
    cards: list[QWidget] = [rows_card("Ce qui est parti", [inset(moved, 10)])]
    if report.cut:
        told = "Ces lignes ne renvoient plus à une personne ou à une ligne de l’autre dossier\u00a0:"
        lines: list[QWidget] = [inset(Label(told, 13, tone="muted", wrap=True))]
        lines += [inset(Label(_capital(words), 13, fonts.MEDIUM, wrap=True)) for words in report.cut]
        cards.append(rows_card("À relire", lines))
    return cards


def _capital(words: str) -> str:
    return capital(words)
