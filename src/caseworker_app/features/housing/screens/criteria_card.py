"""A joint review: its criteria as the three parties see them, changed where one stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from caseworker_app.features.housing.domain.joint_review import (
    OPINION_LABELS,
    PARTY_LABELS,
    CriterionLine,
    Opinion,
    Party,
    criteria_table,
)
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.domain.sliding_lease import JointReview, SlidingLeaseFile
from caseworker_app.features.housing.screens import sliding_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.features.housing.service import joint_reviews
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import HEADER_HEIGHT, ROW_HEIGHT, Cell, RowTable
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

NB = "\u00a0"
_PARTIES = (Party.LANDLORD, Party.HOUSEHOLD, Party.ASSOCIATION)
_CELLS = {
    None: Cell("À donner", tone="muted", icon="circle-dashed"),
    Opinion.MET: Cell("Atteint", tone="ok", icon="circle-check"),
    Opinion.IN_PROGRESS: Cell("En cours", tone="warn", icon="clock"),
    Opinion.NOT_MET: Cell("Non atteint", tone="danger", icon="alert-circle"),
}
_KEYS = {
    Qt.Key.Key_A: Opinion.MET,
    Qt.Key.Key_E: Opinion.IN_PROGRESS,
    Qt.Key.Key_N: Opinion.NOT_MET,
    Qt.Key.Key_Delete: None,
}


class CriteriaTable(RowTable):
    """Criteria down, parties across. Enter or Space asks for the opinion, A, E, N and Delete give it.

    `judged(line, party, opinion or None)`, `line_opened(line)`: the remark on a criterion.
    """

    judged = Signal(object, object, object)
    line_opened = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        columns = [Column("Critère de la convention")]
        columns += [Column(PARTY_LABELS[party].capitalize(), 112) for party in _PARTIES]
        super().__init__("Critères de l’examen", LazyRows(_cells, lambda line: line.criterion.code, columns))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleDescription(
            "Flèches pour aller d’un avis à l’autre, Entrée pour choisir\u00a0; "
            "A pour atteint, E pour en cours, N pour non atteint, Suppr pour effacer."
        )
        self.setMinimumWidth(px(150 + 3 * 112))

    def show_lines(self, lines: tuple[CriterionLine, ...]) -> None:
        """Show criteria, standing where one stood."""
        index = self.currentIndex()
        place = (index.row(), index.column()) if index.isValid() else None
        self.rows.set_rows(lines)
        self.setFixedHeight(px(HEADER_HEIGHT) + px(ROW_HEIGHT) * len(lines) + 1)
        if place is not None and place[0] < len(lines):
            self.setCurrentIndex(self.rows.index(*place))

    def menu(self) -> Menu | None:
        """Return the menu of the opinion one stands on, None on a criterion's name."""
        line, party = self._here()
        if line is None or party is None:
            return None
        menu = Menu(parent=self)
        for opinion in (*Opinion, None):
            words = OPINION_LABELS[opinion].capitalize() if opinion else "À donner"
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(line.opinion(party) is opinion)
            action.triggered.connect(lambda _on=False, o=opinion: self.judged.emit(line, party, o))
        return menu

    def ask(self) -> None:
        """Ask for the opinion one stands on, or open the criterion."""
        line, _party = self._here()
        menu = self.menu()
        if menu is not None:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            menu.popup(self.viewport().mapToGlobal(corner + QPoint(0, 2)))
        elif line is not None:
            self.line_opened.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give an opinion by its letter, ask for it with Enter or Space."""
        line, party = self._here()
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.ask()
        elif key in _KEYS and line is not None and party is not None and not event.modifiers():
            self.judged.emit(line, party, _KEYS[key])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what was clicked."""
        super().mouseReleaseEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring around the current one."""
        QTableView.paintEvent(self, event)
        index = self.currentIndex()
        if index.isValid() and self.hasFocus() and self.ring_shown:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.ring(painter, self.visualRect(index), 3)
            painter.end()

    def _here(self) -> tuple[CriterionLine | None, Party | None]:
        index = self.currentIndex()
        line = self.rows.row_at(index.row()) if index.isValid() else None
        if not isinstance(line, CriterionLine):
            return None, None
        return line, _PARTIES[index.column() - 1] if index.column() else None


class CriteriaCard(HousingCard):
    """The review to come, or one that was held."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Examen périodique")
        self._home: ShownHome | None = None
        self._sliding: SlidingLeaseFile | None = None
        self._looked_at = ""
        self.others = IconButton("list", "Choisir un autre examen", size=28, icon_size=16)
        self.others.clicked.connect(self._choose)
        self.add_action(self.others)
        self.plan = self.action("Prévoir", "calendar-plus")
        self.plan.clicked.connect(self._plan)
        self.hold = self.action("&Tenu le\u2026", "check")
        self.hold.clicked.connect(self._hold)
        self.table = take_part(CriteriaTable)
        self.table.judged.connect(self._judge)
        self.table.line_opened.connect(self._open)
        self.nothing = EmptyState(
            "users-group",
            "Aucun examen prévu",
            "Tous les six mois, le bailleur, le ménage et l’association font le point ensemble.",
            "Prévoir l’&examen",
            "calendar-plus",
        )
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(self._plan)
        self.conclusion = Label("", 13, wrap=True)
        self.conclusion.setContentsMargins(16, px(8), 16, px(10))
        self.add_rows(self.table)
        self.add_rows(self.conclusion, rule=False)
        self.add_rows(self.nothing, 1, rule=False)
        self.add_stretch()

    @property
    def review(self) -> JointReview | None:
        """The review looked at."""
        if self._sliding is None:
            return None
        reviews = self.reviews()
        found = next((each for each in reviews if each.id == self._looked_at), None)
        return found or self._sliding.planned_review() or (reviews[-1] if reviews else None)

    def reviews(self) -> list[JointReview]:
        """Every review, those held first."""
        if self._sliding is None:
            return []
        waiting = [each for each in self._sliding.reviews if each.held_on is None]
        return [*self._sliding.held_reviews(), *waiting]

    def show_home(self, home: ShownHome) -> None:
        """Show the reviews of a sliding lease."""
        self._home, self._sliding = home, home.file.sliding
        review = self.review
        self.table.setVisible(review is not None)
        self.nothing.setVisible(review is None)
        self.hold.setVisible(review is not None)
        planned = self._sliding.planned_review() if self._sliding else None
        self.plan.setText("&Déplacer" if planned else "Prévoir le &suivant")
        self.plan.setVisible(review is not None)
        self.plan.updateGeometry()
        self.others.setVisible(len(self.reviews()) > 1)
        said = (review.conclusion or "") if review else ""
        self.conclusion.setText(f"Conclusion{NB}: {said}")
        self.conclusion.setVisible(bool(said))
        if review is not None and self._sliding is not None:
            self.retitle(f"Critères de l’examen{NB}{self._number(review)}", _when(review))
            self.table.show_lines(criteria_table(home.criteria, self._sliding.criteria, review.id))
        else:
            self.retitle("Examen périodique")

    def look_at(self, review_id: str) -> None:
        """Show another review."""
        self._looked_at = review_id
        if self._home is not None:
            self.show_home(self._home)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def others_menu(self) -> Menu:
        """Return the menu of the reviews."""
        menu = Menu(parent=self)
        for review in self.reviews():
            words = f"Examen{NB}{self._number(review)}, {_when(review)}"
            menu.addAction(words).triggered.connect(partial(self._looked, review.id))
        return menu

    def _looked(self, review_id: str, _on: bool = False) -> None:
        self.look_at(review_id)

    def _number(self, review: JointReview) -> int:
        return self.reviews().index(review) + 1

    def _choose(self) -> None:
        self.others_menu().popup(self.others.mapToGlobal(QPoint(0, self.others.height() + 2)))

    def _plan(self) -> None:
        if self._sliding is not None:
            self.form_asked.emit(sliding_forms.plan_review_form(self.desk, self._sliding))

    def _hold(self) -> None:
        if self._sliding is not None:
            self.form_asked.emit(sliding_forms.hold_review_form(self.desk, self._sliding, self.review))

    def _open(self, line: CriterionLine) -> None:
        if self.review is not None:
            self.form_asked.emit(sliding_forms.criterion_form(self.desk, self.review.id, line))

    def _judge(self, line: CriterionLine, party: Party, opinion: Opinion | None) -> None:
        review = self.review
        if review is None or line.opinion(party) is opinion:
            return
        judgement = line.judgement().given(party, opinion)
        words = OPINION_LABELS[opinion] if opinion else "à donner"
        said = f"{line.criterion.label}, {PARTY_LABELS[party]}{NB}: {words}"
        desk, review_id = self.desk, review.id
        self.change_asked.emit(
            lambda: joint_reviews.judge_criterion(desk.file, desk.who, review_id, judgement), said
        )


def _cells(line: CriterionLine) -> tuple[Cell, ...]:
    remark = (line.said.remark or "") if line.said else ""
    name = Cell(line.criterion.label, " ".join(remark.split()), strong=True)
    return (name, *(_CELLS[line.opinion(party)] for party in _PARTIES))


def _when(review: JointReview) -> str:
    day = review.held_on or review.planned_on
    if day is None:
        return "à fixer"
    return f"{'tenu' if review.held_on else 'prévu'} le {format_short_date(day)}{NB}{day.year}"
