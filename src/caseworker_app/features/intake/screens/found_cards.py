"""What the reading of a list found: columns understood, rows to look at, people probably known already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.columns import SURE, ColumnMatch, LeftOut
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.proposal import ERROR, Problem
from caseworker_app.features.intake.domain.wording import match_words
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.card import Card, Surface
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.tabs import Tabs
from caseworker_app.ui_kit.text import Label

# Rows shown of each list: whoever has more to correct corrects the file itself.
SHOWN = 500


class ColumnsCard(Card):
    """Which of their columns became what, and which were left out and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__("Colonnes reconnues", parent=parent)
        self.rows = RowList("Colonnes de la liste", height=46)
        self.add_rows(self.rows, 1)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what was understood of a list."""
        matching = plan.matching
        self.remark.setText(f"{len(matching.matches)} sur {len(matching.matches) + len(matching.left_out)}")
        ordered = sorted(matching.matches, key=lambda match: match.confidence == SURE)
        self.rows.set_rows([*map(_match_row, ordered), *map(_left_row, matching.left_out)])


class FoundCard(Surface):
    """Problems row by row, and probable duplicates with their reasons, each in its tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent=parent)
        self.tabs = Tabs("Ce que la lecture a trouvé")
        self.tabs.add("problems", "Lignes à regarder")
        self.tabs.add("duplicates", "Doublons probables")
        self.problems = RowList("Lignes à regarder")
        self.duplicates = RowList("Doublons probables")
        self._pages = QStackedWidget()
        no_problem = EmptyState("circle-check", "Rien à corriger", "Chaque cellule a pu être lue.")
        nobody = EmptyState("users", "Aucun doublon", "Personne de cette liste n’est déjà suivi.")
        for page in (self.problems, self.duplicates, no_problem, nobody):
            self._pages.addWidget(page)
        self.tabs.chosen.connect(lambda _key: self._show_page())
        # Large text cuts sentences in rows: the one stood on is told whole.
        self.whole = Label("", 13, tone="muted", wrap=True)
        self.whole.setContentsMargins(16, 8, 16, 10)
        for rows in (self.problems, self.duplicates):
            rows.stood_on.connect(lambda _key, r=rows: self._tell_whole(r))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 1)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(15, 0, 15, 0)
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self.whole)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what a list raises."""
        self.tabs.set_count("problems", len(plan.problems))
        self.tabs.set_count("duplicates", len(plan.duplicates))
        self.problems.set_rows(
            _capped([_problem_row(*each) for each in enumerate(plan.problems[:SHOWN])], plan.problems)
        )
        shown = [_duplicate_row(*each) for each in enumerate(plan.duplicates[:SHOWN])]
        self.duplicates.set_rows(_capped(shown, plan.duplicates))
        self.tabs.choose("problems" if plan.problems or not plan.duplicates else "duplicates")
        self._show_page()

    def _show_page(self) -> None:
        number = 0 if self.tabs.current_key() == "problems" else 1
        empty = not (self.problems, self.duplicates)[number].rows.rowCount()
        self._pages.setCurrentIndex(number + 2 if empty else number)
        self._tell_whole((self.problems, self.duplicates)[number])

    def _tell_whole(self, rows: RowList) -> None:
        row = rows.rows.row_at(rows.currentIndex().row()) if rows.currentIndex().isValid() else None
        self.whole.setVisible(row is not None)
        self.whole.setText(f"{row.title}. {row.detail}" if row is not None else "")


def _match_row(match: ColumnMatch) -> Row:
    sure = match.confidence == SURE
    state = State("Sûre", "ok") if sure else State("Probable", "warn", "help")
    words = match_words(match)
    return Row(f"m{match.index}{match.ours}", match.theirs, f"→ {words}", pill=state, chevron=False)


def _left_row(left: LeftOut) -> Row:
    state = State("Non reprise", "note" if left.withheld else "muted", "lock" if left.withheld else "ban")
    return Row(f"l{left.theirs}", left.theirs, left.why, pill=state, chevron=False, done=True)


def _problem_row(number: int, problem: Problem) -> Row:
    wrong = problem.severity == ERROR
    state = (
        State("Ligne non importée", "danger")
        if wrong
        else State("Importée, à regarder", "warn", "alert-triangle")
    )
    value = f"\u00a0: «\u00a0{problem.value}\u00a0»" if problem.value else ""
    return Row(
        f"p{number}", f"Ligne {problem.row}, {problem.column}{value}", problem.message,
        icon="alert-circle" if wrong else "alert-triangle", icon_tone=state.tone, pill=state, chevron=False,
    )  # fmt: skip


def _duplicate_row(number: int, duplicate: Duplicate) -> Row:
    known = (
        f"dossier n°\u00a0{duplicate.reference}" if duplicate.reference else f"ligne {duplicate.other_row}"
    )
    likely = State(f"{duplicate.likelihood}\u00a0%", "warn", "git-merge")
    why = ", ".join(duplicate.why)
    return Row(
        f"d{number}", f"Ligne {duplicate.row}, déjà {known}", why, icon="users", pill=likely, chevron=False
    )


def _capped(rows: list[Row], all_of_them: Sequence[object]) -> list[Row]:
    left = len(all_of_them) - len(rows)
    if left > 0:
        words = plural(left, "autre", "autres")
        rows.append(
            Row("rest", f"… et {words}", "Corrigez la liste elle-même, puis relisez-la.", chevron=False)
        )
    return rows
