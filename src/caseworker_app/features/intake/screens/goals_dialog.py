"""Goals of another program: which ones, and where they go: into the file of a household or into the library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.domain.found import FoundHousehold
from caseworker_app.features.goals.domain.goal import GOAL_STATE_LABELS
from caseworker_app.features.intake.domain.goal_export import ForeignGoal, Notebook
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.french import plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.choices import Check, Segment
from caseworker_app.ui_kit.entries import Choice, SearchField
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import slim
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

HOUSEHOLD, LIBRARY = "household", "library"
_FOUND, _GOALS_HEIGHT = 3, 160


class GoalsDialog(AskDialog):
    """`to_household(household id, goals)`, `to_library(notebooks, numbers chosen)` once it is confirmed."""

    to_household = Signal(str, object)
    to_library = Signal(object, object)

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, found: Sequence[Notebook], parent: QWidget
    ) -> None:
        """Show the goals of the first person of a file, all ticked."""
        super().__init__("Reprendre des objectifs", "&Reprendre ces objectifs", "flag", parent)
        self.setMinimumWidth(px(560))
        self._file, self._who, self._notebooks = file, who, tuple(found)
        self.checks: dict[int, Check] = {}
        self.household = ""
        self._asker = tasks.latest(self._show_found, owner=self)
        self._build()
        self._join()
        self.say(
            "De la personne dont parle ce fichier, rien n’est gardé\u00a0: ni nom, ni numéro, ni adresse."
            " Seuls ses objectifs entrent, dans le dossier que vous choisissez."
        )
        self._show_notebook()

    @property
    def notebook(self) -> Notebook:
        """The notebook shown."""
        return self._notebooks[int(self.whose.current_key())]

    @property
    def chosen(self) -> tuple[ForeignGoal, ...]:
        """The goals ticked."""
        return tuple(each for each in self.notebook.goals if self.checks[each.number].isChecked())

    def _build(self) -> None:
        self.whose = Choice(height=32)
        self.whose.setAccessibleName("Carnet du fichier")
        for number, each in enumerate(self._notebooks):
            self.whose.add(str(number), f"{each.whose}, {plural(len(each.goals), 'objectif')}")
        self.whose.choose("0")
        self.whose.setVisible(len(self._notebooks) > 1 or bool(self.notebook.names))
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        area = QScrollArea()
        slim(area)
        area.setWidgetResizable(True)
        area.setWidget(self._list)
        area.setFixedHeight(px(_GOALS_HEIGHT))
        # The dialog's own ground shows through.
        for part in (area.viewport(), self._list):
            part.setAutoFillBackground(False)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.where = Segment("Où les mettre")
        self.where.add(HOUSEHOLD, "Dans un dossier", "users")
        self.where.add(LIBRARY, "Dans la bibliothèque", "bookmark")
        self.search = SearchField("Nom du ménage, téléphone ou rue")
        self.search.setAccessibleName("Chercher le ménage")
        self.found = RowList("Ménages trouvés", height=44)
        self.found.setFixedHeight(px(44 * _FOUND))
        self.words = Label("", 12, tone="muted", wrap=True)
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, px(4), 0, px(4))
        line.addWidget(self.where)
        line.addStretch(1)
        for part in (self.whose, area, place, self.search, self.found, self.words):
            self.body.addWidget(part)

    def _join(self) -> None:
        self.whose.activated.connect(lambda _index: self._show_notebook())
        self.where.chosen.connect(lambda _key: self._weigh())
        self.search.textChanged.connect(self._look)
        self.found.stood_on.connect(self._take)
        self.found.opened.connect(self._take)
        self.confirm.clicked.connect(self.take)

    def _show_notebook(self) -> None:
        while self._column.count():
            before = self._column.takeAt(0)
            held = before.widget() if before is not None else None
            if held is not None:
                held.hide()
                held.deleteLater()
        self.checks = {each.number: Check(goal_words(each)) for each in self.notebook.goals}
        for each in self.checks.values():
            each.setChecked(True)
            each.clicked.connect(lambda _on: self._weigh())
            self._column.addWidget(each)
        self._column.addStretch(1)
        self._weigh()

    def take(self) -> None:
        """Tell what is brought in and where."""
        if not self.confirm.isEnabled():
            return
        self.accept()
        if self.where.current_key() == LIBRARY:
            self.to_library.emit((self.notebook,), {each.number for each in self.chosen})
        else:
            self.to_household.emit(self.household, self.chosen)

    def _look(self, words: str) -> None:
        self.household = ""
        self._weigh()
        if not words.strip():
            self._asker.forget()
            self.found.set_rows([])
            return
        file, who = self._file, self._who

        def read() -> list[FoundHousehold]:
            with file.reading() as connection:
                return directory.search(connection, who, words, _FOUND)

        self._asker.ask(read)

    def _show_found(self, found: list[FoundHousehold]) -> None:
        self.found.set_rows(
            [
                Row(each.household_id, each.name, each.reference, icon="lock" if each.protected else "users",
                    chevron=False)
                for each in found
            ]
        )  # fmt: skip
        if found:
            self.found.stand_on(found[0].household_id)
            self._take(found[0].household_id)

    def _take(self, household: str) -> None:
        self.household = household
        self._weigh()

    def _weigh(self) -> None:
        """Say what confirming does, and let it be done once there is something to do."""
        library = self.where.current_key() == LIBRARY
        for part in (self.search, self.found):
            part.setVisible(not library)
        count = len(self.chosen)
        self.confirm.setEnabled(bool(count) and (library or bool(self.household)))
        told = f"{plural(count, 'objectif choisi', 'objectifs choisis')}, "
        self.words.setText(
            f"{told}leurs mots seuls, sans dates."
            if library
            else f"{told}avec leurs étapes, leurs états et leurs dates\u202f; tout s’annule d’un geste."
        )


def goal_words(goal: ForeignGoal) -> str:
    """Return « Changer de logement (en cours, 2 étapes) »."""
    title = goal.title if len(goal.title) <= 60 else goal.title[:58].rsplit(" ", 1)[0] + "…"
    steps = plural(len(goal.steps), "étape") if goal.steps else "sans étape"
    return f"{title} ({GOAL_STATE_LABELS[goal.state]}, {steps})"
