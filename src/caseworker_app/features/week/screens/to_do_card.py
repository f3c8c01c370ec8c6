"""The card of what is to do: groups by date, sources chosen, the rest folded, what was put off."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.domain.rules import RULES
from caseworker_app.features.week.domain.week import DueGroup, Span, Week
from caseworker_app.features.week.screens.due_row import DueRow
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, FoldRow, Surface
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

# As many as one person can look at: the rest of a group folds.
SHOWN = {Span.LATE: 6, Span.THIS_WEEK: 6, Span.NEXT: 4, Span.AFTER: 0}
_TONES = {Span.LATE: ("alert-circle", "danger"), Span.THIS_WEEK: ("clock", "warn")}


class GroupHead(Surface):
    """The title of a group: icon, words, how many."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("sunken", None, 0)
        self.mark = Mark("calendar-event", 16)
        self.words = Label("", 13, fonts.SEMI_BOLD)
        self.count = Label("", 12, fonts.SEMI_BOLD, "muted", tabular=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(17), px(7), px(15), px(7))
        line.setSpacing(px(8))
        for part in (self.mark, self.words, self.count):
            line.addWidget(part)
        line.addStretch(1)

    def show_group(self, span: Span, words: str, count: int) -> None:
        """Show a group."""
        icon, tone = _TONES.get(span, ("calendar-event", "muted"))
        self.mark.set_icon(icon, tone)
        self.words.setText(words)
        self.words.set_tone(tone)
        self.count.setText(str(count))


class Group(QWidget):
    """The rows of one span of dates, and what folds the rest of them. `asked(action, due)`."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.head, self.rows, self.fold = GroupHead(), list[DueRow](), FoldRow("")
        self._unfolded = False
        self._shown: tuple[DueGroup, Week] | None = None
        self.fold.clicked.connect(self._switch)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column.addLayout(self._rows)
        self._column.addWidget(self.fold)

    def show_group(self, group: DueGroup, week: Week) -> None:
        """Show a group, folded as the person left it."""
        self._shown = (group, week)
        most = len(group.dues) if self._unfolded else SHOWN[group.span]
        dues, rest = group.dues[:most], len(group.dues) - most
        self.head.setVisible(SHOWN[group.span] > 0)
        self.head.show_group(group.span, group.words, len(group.dues))
        while len(self.rows) < len(dues):
            self._add_row()
        for row, due in zip(self.rows, dues, strict=False):
            row.show_due(due, week.day)
            row.show()
        for row in self.rows[len(dues) :]:
            row.hide()
        self.fold.setText(self._fold_words(group, rest))
        self.fold.setVisible(rest > 0 or (self._unfolded and len(group.dues) > SHOWN[group.span]))

    def _fold_words(self, group: DueGroup, rest: int) -> str:
        if self._unfolded:
            return "Replier"
        return group.words if SHOWN[group.span] == 0 else f"Afficher {plural(rest, 'autre')}"

    def _switch(self) -> None:
        self._unfolded = not self._unfolded
        if self._shown is not None:
            self.show_group(*self._shown)

    def _add_row(self) -> None:
        row = DueRow()
        row.asked.connect(self.asked)
        self.rows.append(row)
        self._rows.addWidget(row)


class ToDoCard(Card):
    """Everything to do. `asked(action, due)`; `import_asked()` in a file without any household."""

    asked = Signal(str, object)
    import_asked = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("À faire", " ")
        self.first = EmptyState(
            "users", "Aucun ménage", "Importez la liste que vous tenez déjà\u00a0: le suivi commence là.",
            "&Importer une liste", "file-import",
        )  # fmt: skip
        if self.first.button is not None:
            self.first.button.clicked.connect(self.import_asked)
        self.sources = Button("&Toutes les sources", "secondary", "adjustments-horizontal", compact=True)
        self.sources.clicked.connect(self.show_sources)
        self.add_action(self.sources)
        self.hidden: set[Source] = set()
        self._week: Week | None = None
        self._begun = True
        self.groups = {span: Group() for span in Span}
        self.nothing = EmptyState(
            "circle-check", "Rien à faire", "Les échéances des ménages suivis se rangent ici."
        )
        self.put_off, self.put_off_rows = FoldRow(""), list[DueRow]()
        self.put_off.clicked.connect(self._switch_put_off)
        self._put_off_shown = False
        for group in self.groups.values():
            group.asked.connect(self.asked)
            self.add_rows(group, rule=False)
        self._later = QVBoxLayout()
        later = QWidget()
        later.setLayout(self._later)
        self._later.setContentsMargins(0, 0, 0, 0)
        self._later.setSpacing(0)
        self._later.addWidget(self.put_off)
        self.add_rows(self.nothing, rule=False)
        self.add_rows(self.first, rule=False)
        self.add_rows(later, rule=False)
        self.add_stretch()

    def show_week(self, week: Week, *, begun: bool = True) -> None:
        """Show what is to do, by date; not `begun`: the file holds no household yet."""
        self._begun = begun
        self._week = week
        groups = {group.span: group for group in week.groups(self.hidden)}
        urgent = sum(len(g.dues) for s, g in groups.items() if s in (Span.LATE, Span.THIS_WEEK))
        self.remark.setText(f"{urgent} à traiter en priorité" if urgent else "")
        for span, group in self.groups.items():
            if span in groups:
                group.show_group(groups[span], week)
            group.setVisible(span in groups)
        self.nothing.setVisible(not groups and begun)
        self.first.setVisible(not begun)
        self.sources.setVisible(begun)
        chosen = len(RULES) - len(self.hidden)
        self.sources.setText("&Toutes les sources" if not self.hidden else plural(chosen, "source"))
        self._show_put_off(week)

    def sources_menu(self) -> Menu:
        """Return the list of rules, each with what it finds; ticked ones are shown."""
        menu = Menu(parent=self)
        counts = Counter(due.source for due in self._week.dues) if self._week else Counter[Source]()
        for rule in RULES:
            action = menu.addAction(f"{rule.label}  ({counts[rule.source]})")
            action.setCheckable(True)
            action.setChecked(rule.source not in self.hidden)
            action.setToolTip(rule.why)
            action.toggled.connect(lambda on, s=rule.source: self._choose(s, shown=on))
        return menu

    def show_sources(self) -> None:
        """Show it under its button."""
        self.sources_menu().popup(self.sources.mapToGlobal(QPoint(0, self.sources.height())))

    def _choose(self, source: Source, *, shown: bool) -> None:
        if shown:
            self.hidden.discard(source)
        else:
            self.hidden.add(source)
        if self._week is not None:
            self.show_week(self._week, begun=self._begun)

    def _show_put_off(self, week: Week) -> None:
        shown = week.put_off if self._put_off_shown else ()
        while len(self.put_off_rows) < len(shown):
            row = DueRow()
            row.asked.connect(self.asked)
            self.put_off_rows.append(row)
            self._later.addWidget(row)
        for row, each in zip(self.put_off_rows, shown, strict=False):
            said = f"reporté au {format_date(each.snooze.until)}\u00a0: {each.snooze.reason}"
            row.show_due(each.due, week.day, said)
            row.show()
        for row in self.put_off_rows[len(shown) :]:
            row.hide()
        self.put_off.setText("Replier" if self._put_off_shown else plural(len(week.put_off), "reportée"))
        self.put_off.setVisible(bool(week.put_off))

    def _switch_put_off(self) -> None:
        self._put_off_shown = not self._put_off_shown
        if self._week is not None:
            self._show_put_off(self._week)
