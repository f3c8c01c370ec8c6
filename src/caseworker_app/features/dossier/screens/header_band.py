"""The band at the top of a dossier: who, where, how to reach safely, which measure, who follows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.header import Header
from caseworker_app.features.dossier.domain.neighbours import Neighbours
from caseworker_app.features.dossier.screens.showing import detail_of, state_of
from caseworker_app.features.handover.domain.follow_up_sections import SYNTHESIS
from caseworker_app.features.handover.domain.kinds import (
    CONTRACT,
    DIAGNOSIS,
    END_RECORD,
    EVALUATION,
    GOAL_PLAN,
    TO_BRING,
)
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.facts import Fact
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.states import Avatar, Pill, State
from caseworker_app.ui_kit.tabs import Tabs
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

# The tabs of this room. Those of other rooms stand between the overview and the diary.
FIRST_TABS = (("overview", "Vue d’ensemble"),)
LAST_TABS = (("diary", "Journal"), ("documents", "Documents"), ("history", "Historique"))
_FACT_WEIGHTS = (27, 28, 28, 24)
# Protected, followed, appointment: never more signs than that.
_SIGNS = 3


_RESTRICTED = (
    "Traitement limité à la demande de la personne\u00a0: ce dossier se lit, mais ne se modifie, ne s’imprime ni ne "
    "se transmet."
)


class HeaderBand(Band):
    """The band of a dossier; `stepped(forward)`: go to the next household of the list, or the one before.

    `file_asked(code)`: the follow-up file, with the parts of a preset (empty: all); `paper_asked(code)`: a
    paper of its goals, by its kind.
    """

    visit_asked = Signal()
    report_asked = Signal()
    review_asked = Signal()
    file_asked = Signal(str)
    paper_asked = Signal(str)
    undo_asked = Signal()
    merge_asked = Signal()
    split_asked = Signal()
    people_asked = Signal()
    rights_asked = Signal()
    stepped = Signal(bool)

    def __init__(self, room_tabs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        """Make it empty; `room_tabs` are the keys and words of the tabs other rooms bring."""
        super().__init__(parent=parent)
        self.avatar = Avatar("")
        self.name = Label("", 20, fonts.SEMI_BOLD)
        self.people = ElidedLabel("", 13, tone="muted")
        self.pills = [Pill(State("")) for _ in range(_SIGNS)]
        self.housing = Fact("map-pin", "Logement")
        self.contact = Fact("shield", "Joindre sans risque")
        self.measure = Fact("flag", "Mesure")
        self.follower = Fact("user", "Suivi")
        self.tabs = Tabs("Pages du dossier")
        for key, words in (*FIRST_TABS, *room_tabs, *LAST_TABS):
            self.tabs.add(key, words)
        self._has_visit = False
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, 1)
        column.setSpacing(px(10))
        self.restricted = Banner(_RESTRICTED, "warn", "lock")
        see = Button("&Voir", "quiet", compact=True)
        see.clicked.connect(self.rights_asked)
        self.restricted.add_action(see)
        self.restricted.hide()
        column.addWidget(self.restricted)
        column.addLayout(self._top_line())
        column.addLayout(self._facts())
        column.addWidget(self.tabs)

    def show_header(self, header: Header, *, has_visit: bool) -> None:
        """Show a household; `has_visit`: there is a visit to print the report of."""
        self._has_visit = has_visit
        self.restricted.setVisible(header.restricted)
        self.avatar.set_initials(header.initials)
        self.name.setText(header.name)
        self.people.setText(f"{header.people} · dossier n°\u00a0{header.reference}")
        for number, pill in enumerate(self.pills):
            pill.setVisible(number < len(header.signs))
            if number < len(header.signs):
                pill.set_state(state_of(header.signs[number]))
        for shown, fact in (
            (self.housing, header.housing),
            (self.contact, header.contact),
            (self.measure, header.measure),
            (self.follower, header.follower),
        ):
            shown.show_answer(fact.answer, detail_of(fact))
            shown.setToolTip(fact.whole)
            shown.setAccessibleDescription(fact.whole)

    def show_neighbours(self, neighbours: Neighbours | None) -> None:
        """Show where the household stands in the list it was opened from, if it was."""
        self.walk.setVisible(neighbours is not None)
        if neighbours is not None:
            total = f"{neighbours.place.total:,}".replace(",", "\u202f")
            number = f"{neighbours.place.position + 1:,}".replace(",", "\u202f")
            self.place.setText(f"{number} sur {total}")
            self.before.setEnabled(neighbours.before is not None)
            self.after.setEnabled(neighbours.after is not None)

    def print_menu(self) -> Menu:
        """Build the menu of what can be printed."""
        menu = Menu(parent=self)
        report = menu.addAction("&Compte rendu de la dernière visite…")
        report.setEnabled(self._has_visit)
        report.triggered.connect(lambda _on=False: self.report_asked.emit())
        review = menu.addAction("&Bilan pour le bailleur…")
        review.triggered.connect(lambda _on=False: self.review_asked.emit())
        menu.addSeparator()
        for words, code in (("&Dossier de suivi…", ""), ("&Synthèse d’une page…", SYNTHESIS.code)):
            menu.addAction(words).triggered.connect(lambda _on=False, c=code: self.file_asked.emit(c))
        menu.addSeparator()
        for words, code in (
            ("&Plan d’objectifs…", GOAL_PLAN.code),
            ("Con&trat d’accompagnement…", CONTRACT.code),
            ("&Évaluation de l’autonomie…", EVALUATION.code),
            ("P&ièces à apporter…", TO_BRING.code),
            ("Dia&gnostic social…", DIAGNOSIS.code),
            ("&Fiche de fin de mesure…", END_RECORD.code),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, c=code: self.paper_asked.emit(c))
        menu.addSeparator()
        copy = menu.addAction("C&opie des données pour la personne…")
        copy.triggered.connect(lambda _on=False: self.rights_asked.emit())
        return menu

    def more_menu(self) -> Menu:
        """Build the menu of the rest."""
        menu = Menu(parent=self)
        menu.addAction("&Annuler ma dernière modification").triggered.connect(
            lambda _on=False: self.undo_asked.emit()
        )
        menu.addAction("Voir l’&historique du dossier").triggered.connect(
            lambda _on=False: self.tabs.choose("history")
        )
        menu.addSeparator()
        for words, asked in (
            ("&Fusionner avec un autre dossier…", self.merge_asked),
            ("&Séparer le dossier…", self.split_asked),
            ("Réunir deux fiches d’une même &personne…", self.people_asked),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, each=asked: each.emit())
        return menu

    def _make_buttons(self) -> None:
        self.before = IconButton("chevron-left", "Ménage précédent (Ctrl+Page préc.)", icon_size=16)
        self.after = IconButton("chevron-right", "Ménage suivant (Ctrl+Page suiv.)", icon_size=16)
        self.place = Label("", 13, tone="muted")
        self.before.clicked.connect(lambda: self.stepped.emit(False))
        self.after.clicked.connect(lambda: self.stepped.emit(True))
        self.printing = Button("&Imprimer…", "secondary", "printer")
        self.printing.clicked.connect(lambda: _drop(self.print_menu(), self.printing))
        self.more = IconButton("dots", "Autres actions", size=36, bordered=True)
        self.more.clicked.connect(lambda: _drop(self.more_menu(), self.more))
        self.visit = Button("&Nouvelle visite", "primary", "plus")
        self.visit.clicked.connect(self.visit_asked)

    def _top_line(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        title = Flow(gap=8)
        for part in (self.name, *self.pills):
            title.addWidget(part)
        names.addLayout(title)
        names.addWidget(self.people)
        self.walk = QWidget()
        walk = QHBoxLayout(self.walk)
        walk.setContentsMargins(0, 0, px(4), 0)
        walk.setSpacing(px(2))
        for part in (self.before, self.place, self.after):
            walk.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(self.avatar)
        line.addLayout(names, 1)
        for part in (self.walk, self.printing, self.more, self.visit):
            line.addWidget(part)
        return line

    def _facts(self) -> Columns:
        facts = Columns(weights=_FACT_WEIGHTS)
        for fact in (self.housing, self.contact, self.measure, self.follower):
            facts.addWidget(fact)
        return facts


def _drop(menu: Menu, button: QWidget) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
