"""The page « Veille »: who is to be called or visited, and beside the list the one stood on or a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Right
from caseworker_app.features.veille import service
from caseworker_app.features.veille.documents import render_call_sheet
from caseworker_app.features.veille.domain.call_sheet import CallSheet
from caseworker_app.features.veille.domain.contact import Outcome, outcomes_of
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.listed import WatchLine, line_detail, line_state
from caseworker_app.features.veille.domain.tables import retry_on
from caseworker_app.features.veille.screens import forms
from caseworker_app.features.veille.screens.desk import VeilleDesk
from caseworker_app.features.veille.screens.detail import WAY_ICONS, WatchDetail
from caseworker_app.features.veille.screens.head import VeilleHead
from caseworker_app.features.veille.service import FormChoices
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import capital, plural
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.searched_page import Listed, SearchedPage, SearchedWords
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.states import State

FROM_REFERRAL = "referral:"
_WORDS = SearchedWords(
    "veille", "Veilles", "phone-call", "Aucune veille",
    "Un suivi léger, sans mesure\u00a0: appels ou visites réguliers à une personne isolée. "
    "Ce qui est à faire aujourd’hui se range ici.",
    "&Nouvelle veille", "", "Rien ici pour l’instant", "Tout est à jour, ou un filtre les cache.",
)  # fmt: skip
_KEYS = tuple(Qt.Key(Qt.Key.Key_1 + n) for n in range(len(Outcome)))


class VeillePage(SearchedPage):
    """The page « veille ».

    The subject of its route is the veille to stand on, or the referral one is opened from; its household one to open.
    """

    TABLES = ("watch", "watch_contact", "household", "contact", "diary_entry")
    desk: VeilleDesk
    head: VeilleHead
    detail: WatchDetail

    def __init__(self, desk: VeilleDesk) -> None:
        """Make the page, empty."""
        detail = WatchDetail(lambda: desk.today, may_write=desk.may_write, may_call=desk.may_call)
        super().__init__(
            desk, VeilleHead(may_print=desk.who.may(Right.PRINT)), detail, _WORDS, may_add=desk.may_write,
            may_import=False,
        )  # fmt: skip
        self.choices: FormChoices | None = None
        self._workers: dict[str, str] = {}
        self._open_for = ("", "")
        self._begins = False
        self.list.installEventFilter(self)
        self.head.sheet.clicked.connect(self.print_sheet)
        if self.nothing.button is not None:
            self.nothing.button.setText("&Toutes les veilles")
            self.nothing.button.clicked.connect(self.head.show_all)
        detail.noted.connect(self.note)
        detail.edit_asked.connect(self._edit)
        detail.end_asked.connect(self._end)
        detail.orient_asked.connect(lambda: self._go("orientations"))
        detail.dossier_asked.connect(lambda: self._go(""))

    def enter(self, route: Route) -> None:
        """Show the list where it was left, standing on the veille the route names, or open one."""
        referral = (
            route.subject.removeprefix(FROM_REFERRAL) if route.subject.startswith(FROM_REFERRAL) else ""
        )
        opening = bool(referral) or (bool(route.household) and not route.subject)
        self._open_for = (route.household, referral) if opening else ("", "")
        if opening:
            route = replace(route, subject="")
        super().enter(route)

    def focus_first(self) -> None:
        """Begin in the list, where a digit notes the result of a call."""
        # Nothing may be read yet: the list takes the cursor when it comes.
        self._begins = self.place.form is None and not self._lines
        if self.place.form is None and self._lines:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a digit typed in the list note how the call went; walk through it from the search."""
        if watched is not self.list:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
            file = self.detail.shown
            if file is not None and self.desk.may_call and file.watch.runs:
                self.note(outcomes_of(file.watch.way)[_KEYS.index(Qt.Key(event.key()))])
            return True
        return False

    def list_work(self) -> Callable[[], Listed]:
        """Return the reading of the veilles asked for, with what forms offer."""
        desk, wanted, day = self.desk, self.head.wanted(), self.desk.today

        def read() -> Listed:
            with desk.file.reading() as connection:
                found = service.list_watches(connection, desk.who, wanted, day)
                choices = service.form_choices(connection, desk.who, day)
            return Listed(found.lines, found.in_all, (found, choices))

        return read

    def open_work(self, key: str) -> Callable[[], WatchFile]:
        """Return the reading of a veille."""
        desk, day = self.desk, self.desk.today

        def read() -> WatchFile:
            with desk.file.reading() as connection:
                return service.open_watch_file(connection, desk.who, key, day)

        return read

    def key_of(self, opened: WatchFile) -> str:
        """Return the id of a veille."""
        return opened.watch.id

    def row_of(self, line: WatchLine) -> Row:
        """Return the row of a veille."""
        return _row(line, self._workers, self.desk.today)

    def show_told(self, listed: Listed) -> None:
        """Show the counts and the team; open the form of the household one came for."""
        listing, self.choices = listed.told
        workers = listed.told[1].workers
        self._workers = {each.id: each.name for each in workers}
        self.head.show_workers(workers)
        self.head.show_listing(listing)
        if self._open_for[0]:
            (household, referral), self._open_for = self._open_for, ("", "")
            self._begin_for(household, referral)

    def begin_new(self) -> None:
        """Open the form of a new veille, of a household to name."""
        if self.choices is not None:
            self.place.open(forms.opening_form(self.desk, self.choices))

    def key_added(self, form: SideForm, answer: Any) -> str:
        """Return the id of a veille just opened; after a call, mean the next of the list to be stood on."""
        if form.key == forms.NEW:
            return str(answer[0])
        if form.key.startswith(f"{forms.CONTACT}:"):
            self._mean_next()
        return ""

    def note(self, outcome: Outcome) -> None:
        """Open the form of a call or a visit that went so, the cursor where what was said is typed."""
        if self.detail.shown is None or self.choices is None:
            return
        form = forms.contact_form(self.desk, self.choices, self.detail.shown, outcome)
        self.place.open(form)
        if self.place.form is form:
            form.begin_in("note")

    def print_sheet(self) -> None:
        """Write the call sheet of the day, of whoever is chosen, where the person says."""
        desk, day = self.desk, self.desk.today
        out = ask_place(self, "Enregistrer la feuille d’appels", f"feuille-d-appels-{day.isoformat()}.pdf")
        if out is None:
            return
        worker = self.head.wanted().worker_id

        def told(sheet: CallSheet) -> None:
            count = plural(len(sheet.rows), "appel ou visite", "appels et visites")
            desk.navigator.confirm(f"Feuille d’appels du {format_long_date(day)} enregistrée\u00a0: {count}")

        desk.tasks.read(
            lambda: service.print_call_sheet(desk.file, desk.who, day, out, render_call_sheet, worker), told,
            owner=self, words="Feuille d’appels",
        )  # fmt: skip

    def _stand_anew(self, key: str) -> None:
        self.current = key
        # One that is not due today is among all of them.
        self.head.show_all()

    def _stand_on(self, place: int) -> None:
        super()._stand_on(place)
        begins, self._begins = self._begins, False
        # Nothing has it while the window is not active yet.
        if begins and QApplication.focusWidget() in (None, self.head.search) and not self.head.search.text():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_for(self, household: str, referral: str) -> None:
        """Open the form of a new veille of a household already followed."""
        desk, choices = self.desk, self.choices

        def read() -> str:
            with desk.file.reading() as connection:
                return households.open_household(connection, desk.who, household).household.name

        def show(name: str) -> None:
            if choices is not None:
                self.place.open(forms.opening_form(desk, choices, (household, name), referral))

        desk.tasks.read(read, show, owner=self)

    def _mean_next(self) -> None:
        ids = [line.id for line in self._lines]
        place = ids.index(self.current) if self.current in ids else -1
        if 0 <= place < len(ids) - 1:
            self.current = ids[place + 1]

    def _edit(self) -> None:
        if self.detail.shown is not None and self.choices is not None:
            self.place.open(forms.change_form(self.desk, self.choices, self.detail.shown))

    def _end(self) -> None:
        if self.detail.shown is not None and self.choices is not None:
            self.place.open(forms.ending_form(self.desk, self.choices, self.detail.shown))

    def _go(self, tab: str) -> None:
        if self.detail.shown is not None:
            self.desk.navigator.open("dossier", self.detail.shown.watch.household_id, tab=tab)


def _row(line: WatchLine, workers: dict[str, str], day: date) -> Row:
    words, tone = line_state(line, day, retry_on(day))
    mark = State(capital(words), tone) if tone in ("warn", "danger") else None
    detail = line_detail(line, workers)
    row = Row(
        line.id, line.household, detail, mark, WAY_ICONS[line.way], chevron=False,
        trailing="" if mark else words, done=line.ended_on is not None,
    )  # fmt: skip
    if line.protected:
        return replace(row, icon="shield-lock", icon_tone="note", detail=f"Ménage protégé · {detail}")
    return row
