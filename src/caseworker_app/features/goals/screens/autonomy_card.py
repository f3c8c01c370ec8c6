"""The card of the autonomy grid: two evaluations compared, drawn as a star or told as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.autonomy import (
    LADDER,
    LEVEL_LABELS,
    EvaluationWithLevels,
    View,
    rung,
)
from caseworker_app.features.goals.domain.comparing import (
    NONE,
    ComparedDomain,
    Pair,
    choose_pair,
    compared_domains,
    dated_labels,
    of_view,
    spoken_domain,
    version_words,
    what_moved,
)
from caseworker_app.features.goals.domain.course import courses
from caseworker_app.features.goals.screens.autonomy_table import AutonomyTable
from caseworker_app.features.goals.screens.domain_detail import DomainDetail
from caseworker_app.features.goals.screens.level_lines import LevelLines
from caseworker_app.features.goals.screens.words import TREND_DRESS
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.card import INSET, Card, FoldRow, Rule
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import Banner, EmptyState
from caseworker_app.ui_kit.radar import FEWEST_AXES, Radar, RadarAxis, RadarSample
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

STAR, TABLE = "star", "table"
MOVED_SHOWN = 6
_RINGS = f"Du centre vers le bord\u00a0: {', '.join(LEVEL_LABELS[level] for level in LADDER)}."
_TOO_FEW = "Le schéma se dessine à partir de trois domaines évalués\u00a0: lisez le tableau."


class AutonomyCard(Card):
    """« Grille d’autonomie ». `evaluation_asked()`, `correction_asked(id)`, `removal_asked(id)`,
    `detail_shown(its widget)` when the person stands on a domain.
    """

    evaluation_asked = Signal()
    correction_asked = Signal(str)
    removal_asked = Signal(str)
    detail_shown = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Grille d’autonomie")
        self.view = View.WORKER
        self.pair: Pair | None = None
        self.domains: tuple[ComparedDomain, ...] = ()
        self._evaluations: tuple[EvaluationWithLevels, ...] = ()
        self._labels: dict[str, str] = {}
        self._build_parts()
        self._lay_out()
        self._join()

    def show_evaluations(self, evaluations: Sequence[EvaluationWithLevels], view: View) -> None:
        """Show a household's evaluations by one view; the two dates chosen stay if they are still there."""
        same = view is self.view and bool(self._evaluations)
        before, after = (self.before.current_key(), self.after.current_key()) if same else ("", "")
        newest = evaluations[-1].evaluation.id if evaluations else ""
        known = {each.evaluation.id for each in self._evaluations}
        if newest and newest not in known:
            before = after = ""  # a new one is what one wants to see
        self.view, self._evaluations = view, tuple(evaluations)
        self._labels = dated_labels(evaluations)
        self._compare(before, after)

    def forget(self) -> None:
        """Forget the dates chosen and the domain stood on: another household comes."""
        self._evaluations, self._unfolded = (), False
        self.stand_on("")

    def stand_on(self, code: str) -> None:
        """Show what is known of one domain, of none when empty."""
        self.radar.stand_on(code)
        self.table.stand_on(code)
        self._show_detail(code)

    def _build_parts(self) -> None:
        self.switch = Segment("Affichage")
        self.switch.add(STAR, "Schéma", "target")
        self.switch.add(TABLE, "Tableau", "list")
        self.more = IconButton("dots", "Corriger ou retirer une évaluation", size=28, icon_size=16)
        self.before, self.after = Choice("Aucune", height=28), Choice(height=28)
        self.before.setAccessibleName("Évaluation de départ")
        self.after.setAccessibleName("Évaluation comparée")
        self.radar = Radar("Schéma d’autonomie")
        self.rings = Label(_RINGS, 12, tone="muted", wrap=True)
        self.table = AutonomyTable()
        self.mixed = Banner("", "accent", "info-circle")
        self.mixed.hide()
        self.too_few = Label(_TOO_FEW, 12, tone="muted", wrap=True)
        self.lines = LevelLines("Évolution par domaine")
        self.lines.hide()
        self.course = Label("", 12, tone="muted", wrap=True)
        self.course.hide()
        self.over_time = FoldRow("", "trending-up")
        self._over_time_shown = False
        self.detail = DomainDetail()
        self.moved_title = Label("Ce qui a bougé", 14, fonts.SEMI_BOLD)
        self.moved = RowList("Ce qui a bougé", height=32, fit=True)
        self.fold = FoldRow("")
        self._unfolded = False
        self.still = Label("", 13, tone="muted", wrap=True)
        self.inside = _InsideLine()
        self.empty = EmptyState(
            "target",
            "Aucune évaluation",
            "La grille situe le ménage dans chaque domaine, avec des mots qu’il peut lire. Deux regards,"
            " le sien et le vôtre\u00a0; jamais de note d’ensemble.",
            "Faire la première évaluation",
            "plus",
        )

    def _lay_out(self) -> None:
        self.add_action(self.switch)
        self.add_action(self.more)
        self._drawn = QWidget()
        inner = QVBoxLayout(self._drawn)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addWidget(self._dates())
        inner.addWidget(self.mixed)
        self._star = QWidget()
        column = QVBoxLayout(self._star)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.radar)
        column.addWidget(self.rings)
        inner.addWidget(self.too_few)
        inner.addWidget(self._star)
        inner.addWidget(self.over_time)
        inner.addWidget(self.lines)
        inner.addWidget(self.course)
        self._under = QWidget()
        under = QVBoxLayout(self._under)
        under.setContentsMargins(INSET - 1, px(8), INSET - 1, px(12))
        under.addWidget(self.detail)
        # Their rules are their own, so that an empty card has none.
        self._lower = QWidget()
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.addWidget(Rule())
        words = QVBoxLayout()
        words.setContentsMargins(INSET - 1, px(6), INSET - 1, px(4))
        words.addWidget(self.moved_title)
        words.addWidget(self.still)
        lower.addLayout(words)
        self.add(self._drawn)
        self.add(self.empty)
        self.add_rows(self.table, rule=False)
        self.add_rows(self._under, rule=False)
        self.add_rows(self._lower, rule=False)
        self.add_rows(self.moved, rule=False)
        self.add_rows(self.fold, rule=False)
        self.add_stretch()
        self.add_rows(self.inside, rule=False)

    def _dates(self) -> QWidget:
        line = QWidget()
        flow = Flow(line, gap=8)
        for dashed, choice in ((True, self.before), (False, self.after)):
            pair = QWidget()
            inner = QHBoxLayout(pair)
            inner.setContentsMargins(0, 0, px(4), 0)
            inner.setSpacing(px(6))
            inner.addWidget(RadarSample(dashed=dashed))
            inner.addWidget(choice)
            flow.addWidget(pair)
        return line

    def _join(self) -> None:
        self.switch.chosen.connect(lambda _key: self._show_drawing())
        self.more.clicked.connect(self._open_menu)
        self.before.activated.connect(lambda _index: self._chosen())
        self.after.activated.connect(lambda _index: self._chosen())
        self.radar.stood_on.connect(self._stood)
        self.table.stood_on.connect(self._stood)
        self.moved.opened.connect(self._stood)
        self.fold.clicked.connect(self._switch_fold)
        self.over_time.clicked.connect(self._switch_lines)
        self.lines.stood_on.connect(self._say_course)
        if self.empty.button is not None:
            self.empty.button.set_kind("secondary")
            self.empty.button.clicked.connect(self.evaluation_asked)

    def _chosen(self) -> None:
        self._compare(self.before.current_key(), self.after.current_key())

    def _compare(self, before: str, after: str) -> None:
        self.pair = choose_pair(self._evaluations, self.view, before, after)
        self.domains = compared_domains(self.pair) if self.pair else ()
        self._drawn.setVisible(self.pair is not None)
        self.empty.setVisible(self.pair is None)
        for part in (self.switch, self.more, self._lower):
            part.setVisible(self.pair is not None)
        if self.pair is None:
            for part in (self.moved, self.fold, self.inside, self.table, self._under):
                part.hide()
            return
        self._fill_dates(self.pair)
        mixed = version_words(self.pair)
        self.mixed.show_sentence(mixed, "accent", "info-circle")
        self.mixed.setVisible(bool(mixed))
        self.radar.set_axes([_axis(each, self.pair) for each in self.domains])
        self.table.show_domains(self.domains, self.pair)
        self.lines.show_courses(courses(self._evaluations, self.view))
        self._say_course("")
        self._show_lines()
        self._show_drawing()
        self._show_moved()
        self._show_detail(self.radar.current_key())
        hidden = [each.domain.short_label for each in self.domains if each.domain.internal]
        self.inside.show_domains(hidden)

    def _fill_dates(self, pair: Pair) -> None:
        seen = of_view(self._evaluations, self.view)
        for choice, chosen in ((self.before, pair.before), (self.after, pair.after)):
            choice.clear()
            if choice is self.before:
                choice.add(NONE, "Aucune")
            for each in reversed(seen):
                choice.add(each.evaluation.id, self._labels[each.evaluation.id])
            choice.choose(chosen.evaluation.id if chosen else NONE)
            choice.updateGeometry()

    def _show_drawing(self) -> None:
        enough = len(self.domains) >= FEWEST_AXES
        as_table = self.switch.current_key() == TABLE or not enough
        self.too_few.setVisible(not enough)
        self._star.setVisible(not as_table)
        self.table.setVisible(as_table)

    def _show_moved(self) -> None:
        moved = what_moved(self.domains)
        compared = self.pair is not None and self.pair.before is not None
        shown = moved if self._unfolded else moved[:MOVED_SHOWN]
        self.moved.set_rows([_moved_row(each) for each in shown])
        self.moved.setVisible(bool(moved))
        more = len(moved) - MOVED_SHOWN
        self.fold.setVisible(more > 0)
        self.fold.setText("Replier" if self._unfolded else plural(more, "autre domaine", "autres domaines"))
        self.still.setVisible(not moved)
        self.still.setText(
            "Aucun domaine n’a changé de niveau entre ces deux dates."
            if compared
            else "Une deuxième évaluation montrera ce qui change."
        )

    def _switch_lines(self) -> None:
        self._over_time_shown = not self._over_time_shown
        self._show_lines()
        if self._over_time_shown:
            self.detail_shown.emit(self.lines)

    def _show_lines(self) -> None:
        """Show or hide the lines; one date alone has none."""
        dates = len(of_view(self._evaluations, self.view))
        self.over_time.setVisible(dates > 1)
        told = "Replier l’évolution" if self._over_time_shown else f"Évolution sur {dates} dates, par domaine"
        self.over_time.setText(told)
        self.lines.setVisible(self._over_time_shown and dates > 1)
        self.course.setVisible(self._over_time_shown and dates > 1)

    def _say_course(self, code: str) -> None:
        """Tell the course of a domain in words, dates included, for whoever does not read lines."""
        found = self.lines.current() if code else None
        hint = "Flèches haut et bas, ou un clic\u00a0: chaque domaine se lit en mots, date par date."
        self.course.setText(found.spoken if found else hint)

    def _switch_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_moved()

    def _stood(self, code: str) -> None:
        if code and code != self.radar.current_key():
            self.radar.stand_on(code)
        self._show_detail(code)
        if code:
            self.detail_shown.emit(self.detail)

    def _show_detail(self, code: str) -> None:
        found = next((each for each in self.domains if each.domain.code == code), None)
        self._under.setVisible(found is not None and self.pair is not None)
        if found is not None and self.pair is not None:
            self.detail.show_domain(found, self.pair)

    def menu(self) -> Menu:
        """Build what can be done with the evaluations shown."""
        menu = Menu(parent=self)
        shown = [self.pair.after, self.pair.before] if self.pair else []
        for each in shown:
            if each is not None:
                self._add_actions(menu, each)
        return menu

    def _add_actions(self, menu: Menu, evaluation: EvaluationWithLevels) -> None:
        key = evaluation.evaluation.id
        words = self._labels[key]
        menu.addAction(f"Corriger l’évaluation du {words}").triggered.connect(
            lambda: self.correction_asked.emit(key)
        )
        menu.addAction(f"Retirer l’évaluation du {words}").triggered.connect(
            lambda: self.removal_asked.emit(key)
        )

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class _InsideLine(QWidget):
    """« Santé et Enfants : internes, absents de tout envoi. »"""

    def __init__(self) -> None:
        super().__init__()
        self.words = Label("", 12, tone="note", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        line = QHBoxLayout()
        line.setContentsMargins(INSET - 1, px(8), INSET - 1, px(8))
        line.setSpacing(px(8))
        line.addWidget(Mark("lock", 16, "note"))
        line.addWidget(self.words, 1)
        column.addLayout(line)

    def show_domains(self, labels: list[str]) -> None:
        """Name the domains that never leave; hidden without any."""
        words = "internes, absents" if len(labels) > 1 else "interne, absent"
        self.words.setText(f"{join_words(labels)}\u00a0: {words} de tout envoi.")
        self.setVisible(bool(labels))


def _axis(each: ComparedDomain, pair: Pair) -> RadarAxis:
    place = rung(each.after)
    return RadarAxis(
        each.domain.code,
        each.domain.short_label,
        rung(each.before) if each.before is not None else None,
        place,
        spoken_domain(each, pair),
        "" if place else LEVEL_LABELS[each.after],
        each.applies,
        each.domain.internal,
    )


def _moved_row(each: ComparedDomain) -> Row:
    icon, tone = TREND_DRESS[each.trend]
    return Row(
        each.domain.code,
        each.domain.label,
        icon=icon,
        icon_tone=tone,
        trailing=each.sentence,
        chevron=False,
    )
