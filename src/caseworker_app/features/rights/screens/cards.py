"""The cards of the tab « Droits »: requests, restriction of processing, copies handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.rights.domain.held import Person
from caseworker_app.features.rights.domain.requests import RequestKind
from caseworker_app.features.rights.domain.shown import RequestShown, RightsPage
from caseworker_app.features.rights.screens.forms import RightsForm
from caseworker_app.features.rights.screens.rows_card import Row, RowsCard
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card, Surface
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_FREE = (
    "Quand une personne conteste ce qui est écrit ou s’oppose à son usage, le traitement peut être limité\u00a0: le "
    "dossier reste lisible, rien ne s’y écrit, ne s’imprime ni ne se transmet."
)
_ICONS = {
    RequestKind.ACCESS: "eye",
    RequestKind.RECTIFICATION: "pencil",
    RequestKind.ERASURE: "trash",
    RequestKind.RESTRICTION: "lock",
    RequestKind.PORTABILITY: "file-export",
    RequestKind.OBJECTION: "ban",
}


class RestrictionCard(Surface):
    """Whether processing is restricted; `asked()` limits it, or lifts that."""

    asked = Signal()

    def __init__(self) -> None:
        """Make it say nothing yet."""
        super().__init__()
        self._mark = Mark("lock-open", 20)
        self.title = Label("", 14, fonts.SEMI_BOLD, wrap=True)
        self.sentence = Label("", 13, tone="muted", wrap=True)
        self.past = Label("", 12, tone="muted", wrap=True)
        self.button = Button("", "secondary", compact=True)
        self.button.clicked.connect(self.asked)
        words = QVBoxLayout()
        words.setSpacing(px(4))
        for part in (self.title, self.sentence, self.past):
            words.addWidget(part)
        line = QHBoxLayout()
        line.setContentsMargins(16, px(12), 16, px(12))
        line.setSpacing(px(12))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.column.addLayout(line)

    def show_page(self, page: RightsPage, *, may_write: bool) -> None:
        """Say how it is."""
        running = page.restriction
        self.set_ground("warn_soft" if running else "surface", "warn" if running else "border")
        self._mark.set_icon("lock" if running else "lock-open", "warn" if running else "muted")
        self.title.setText("Traitement limité" if running else "Traitement non limité")
        self.title.set_tone("warn" if running else "text")
        told = f"{capital(running.words(page.day))}." if running else _FREE
        self.sentence.setText(told)
        past = [
            f"du {format_date(r.starts_on)} au {format_date(r.lifted_on)}" for r in page.past if r.lifted_on
        ]
        self.past.setText(f"Limité auparavant {', '.join(past)}." if past else "")
        self.past.setVisible(bool(past))
        self.button.setText("Le&ver la limitation\u2026" if running else "&Limiter le traitement\u2026")
        self.button.setVisible(may_write)
        self.button.updateGeometry()
        self.setAccessibleName(self.title.text())


class RequestsCard(RowsCard):
    """The register of requests. `asked(what, request id)`: new, answer, extend, link, statement, copy."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__(
            "Demandes des personnes",
            "Aucune demande. Accès, rectification, effacement, limitation, opposition, portabilité\u00a0: "
            "notez-la le jour où elle arrive.",
        )
        self.new = Button("&Nouvelle demande", "secondary", "plus", compact=True)
        self.new.clicked.connect(lambda: self.asked.emit("request", ""))
        self.add_action(self.new)

    def show_page(self, page: RightsPage, form: RightsForm | None, *, may_write: bool) -> None:
        """Show the requests, with the form that is open, which stays as it is."""
        self.new.setVisible(may_write)
        rows = {each.request.id: RequestRow(each, may_write=may_write) for each in page.requests}
        self.show_rows(rows, form)
        self.remark.setText(f"{page.waiting} en attente" if page.waiting else "")


class RequestRow(Row):
    """One request: what, who, until when, what it led to, and what can be done."""

    def __init__(self, shown: RequestShown, *, may_write: bool) -> None:
        """Show a request."""
        super().__init__()
        self.shown = shown
        words = QVBoxLayout()
        words.setSpacing(px(3))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Label(shown.title, 14, fonts.SEMI_BOLD))
        self.state = StateLabel(State(capital(shown.state), shown.tone))
        head.addWidget(self.state)
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(Label(shown.who, 13, tone="muted", wrap=True))
        for line in shown.lines:
            words.addWidget(Label(line, 13, wrap=True))
        for each in shown.corrections:
            words.addWidget(_correction(each.about, each.text, statement=each.statement))
        self.buttons: dict[str, Button] = {}
        if may_write and shown.request.is_open:
            words.addSpacing(px(4))
            words.addLayout(self._actions())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(INSET - 1, px(12), INSET - 1, px(12))
        whole.setSpacing(px(12))
        whole.addWidget(Mark(_ICONS[shown.request.kind], 20), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(words, 1)
        self.setAccessibleName(f"{shown.title}, {shown.who}, {shown.state}")

    def _actions(self) -> Flow:
        request = self.shown.request
        offered = [("answer", "&Répondre", "check", True)]
        if request.kind in (RequestKind.ACCESS, RequestKind.PORTABILITY):
            offered.insert(0, ("copy", "&Préparer la copie", "file-text", request.kind is RequestKind.ACCESS))
        if request.kind is RequestKind.RECTIFICATION:
            offered.insert(0, ("statement", "Garder sa &déclaration", "quote", True))
            offered.insert(0, ("link", "Noter une &correction", "pencil", bool(self.shown.possible)))
        if request.kind is RequestKind.RESTRICTION:
            offered.insert(0, ("restrict", "&Limiter le traitement", "lock", True))
        offered.append(("extend", "Prolon&ger", "calendar-plus", request.extended_on is None))
        line = Flow()
        for key, words, icon, wanted in offered:
            if wanted:
                button = self.buttons[key] = Button(words, "secondary", icon, compact=True)
                button.clicked.connect(lambda _on=False, key=key: self.asked.emit(key))
                line.addWidget(button)
        return line


class CopiesCard(Card):
    """The copies handed over, and preparing one. `asked(member id, empty: the whole household)`."""

    asked = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Communication des données")
        self.whom = Choice("Pour qui", height=30)
        self.whom.setAccessibleName("Pour qui")
        self.prepare = Button("Préparer une &copie\u2026", "secondary", "file-text", compact=True)
        self.prepare.clicked.connect(lambda: self.asked.emit(self.whom.current_key()))
        self.add_action(self.whom)
        self.add_action(self.prepare)
        self.words = Label(
            "Un PDF de tout ce qui est gardé sur le ménage, notes internes comprises. Ce qui concerne d’autres "
            "personnes est proposé au retrait, et relu avant d’imprimer.",
            13, tone="muted", wrap=True,
        )  # fmt: skip
        self.add(self.words)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(6))
        self.body.addLayout(self._lines)

    def show_page(self, page: RightsPage, *, may_print: bool) -> None:
        """Show them."""
        self._fill(page.people)
        for part in (self.whom, self.prepare):
            part.setVisible(may_print)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for copy in page.copies:
            self._lines.addWidget(
                Label(f"{copy.title}\u00a0: {copy.detail[:1].lower()}{copy.detail[1:]}", 13, wrap=True)
            )

    def _fill(self, people: tuple[Person, ...]) -> None:
        before = self.whom.current_key()
        self.whom.clear()
        self.whom.add("", "Tout le ménage")
        for person in people:
            left = "" if person.left_on is None else f", parti·e le {format_date(person.left_on)}"
            self.whom.add(person.id, f"{person.name} seul·e{left}")
        known = {person.id for person in people}
        self.whom.choose(before if before in known else "")


def _correction(about: str, text: str, *, statement: bool) -> QWidget:
    ground = Surface("note_soft" if statement else "ok_soft", None, 6)
    column = QVBoxLayout(ground)
    column.setContentsMargins(px(12), px(8), px(12), px(8))
    column.setSpacing(px(2))
    title = "Déclaration de la personne" if statement else "Corrigé"
    column.addWidget(
        Label(f"{title}\u00a0: {about}", 12, fonts.SEMI_BOLD, "note" if statement else "ok", wrap=True)
    )
    column.addWidget(Label(text, 13, wrap=True))
    return ground
