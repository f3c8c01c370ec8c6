"""What the person does at the columns and at the verification, passed to the assistant and said with its undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from caseworker_app.features.intake.domain.decision import Action
from caseworker_app.features.intake.domain.fixes import RowToCheck
from caseworker_app.features.intake.domain.profile import Profile, ProfileInfo
from caseworker_app.features.intake.domain.rows import place_of
from caseworker_app.features.intake.screens.assistant import Assistant, Before
from caseworker_app.features.intake.screens.check_step import CheckStep
from caseworker_app.features.intake.screens.columns_step import ColumnsStep
from caseworker_app.features.intake.screens.name_dialog import NameDialog
from caseworker_app.features.intake.screens.preparation import Preparation
from caseworker_app.features.intake.service import profiles
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.french import plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

_DECIDED = {
    Action.MERGE: "complétera ce qui est déjà connu",
    Action.CREATE: "sera créée à part",
    Action.SKIP: "ne sera pas importée",
}
_DECIDED_MANY = {
    Action.MERGE: "compléteront ce qui est déjà connu",
    Action.CREATE: "seront créés à part",
    Action.SKIP: "ne seront pas importés",
}


class Dialogue(QObject):
    """Joins both steps to the assistant."""

    def __init__(
        self, page: QWidget, assistant: Assistant, columns: ColumnsStep, check: CheckStep,
        preparation: Preparation,
    ) -> None:  # fmt: skip
        """Join them."""
        super().__init__(page)
        self._assistant, self._columns, self._check = assistant, columns, check
        self._preparation = preparation
        self._done: list[tuple[str, Before]] = []
        assistant.checked.connect(self._begun)
        check.last.undo_asked.connect(self.undo)
        assistant.corrected.connect(self._corrected)
        assistant.decided.connect(self._show_decided)
        columns.column_chosen.connect(self._choose_column)
        columns.bar.kind_chosen.connect(assistant.set_kind)
        columns.bar.sheet_chosen.connect(assistant.set_sheet)
        columns.bar.measure_chosen.connect(assistant.set_measure)
        columns.bar.profile_chosen.connect(assistant.set_profile)
        check.rows.typed.connect(lambda row, column, text: self._correct([(row, column, text)]))
        check.rows.fixes_taken.connect(self._correct)
        check.rows.aside_asked.connect(self._set_aside)
        check.duplicates.decided.connect(self._decide)
        check.duplicates.decided_all.connect(self._decide_all)
        check.workers.chosen.connect(assistant.set_worker)

    def _choose_column(self, index: int, ours: str) -> None:
        self._assistant.set_column(index, ours)
        self._preparation.touch()

    def _correct(self, cells: Sequence[tuple[int, int, str]]) -> None:
        before = self._assistant.correct(cells)
        if len(cells) == 1:
            words = f"Ligne {place_of(cells[0][0])[1]} corrigée"
        else:
            words = f"{plural(len(cells), 'case corrigée', 'cases corrigées')}"
        self._say(words, before)

    def _set_aside(self, rows: Sequence[int], aside: bool) -> None:
        before = self._assistant.set_aside(rows, aside=aside)
        one, many = ("ligne écartée", "lignes écartées") if aside else ("ligne reprise", "lignes reprises")
        self._say(plural(len(rows), one, many), before)

    def _decide(self, row: int, action: Action) -> None:
        before = self._assistant.decide(row, action)
        self._say(f"La ligne {place_of(row)[1]} {_DECIDED[action]}", before)

    def _decide_all(self, action: Action) -> None:
        before = self._assistant.decide_all(action)
        self._say(f"Les autres doublons {_DECIDED_MANY[action]}", before)

    def undo(self) -> None:
        """Take back the last thing done at the verification."""
        if self._done:
            self._assistant.put_back(self._done.pop()[1])
            self._preparation.touch()
            self._check.last.say(self._done[-1][0] if self._done else "")

    def _say(self, words: str, before: Before) -> None:
        self._done.append((words, before))
        self._preparation.touch()
        self._check.last.say(words)

    def _begun(self, begin: bool) -> None:
        if begin:
            self._done.clear()
            self._check.last.say("")

    def _corrected(self, rows: Sequence[RowToCheck]) -> None:
        self._check.rows.put(rows)
        self._check.count(self._assistant)

    def _show_decided(self) -> None:
        self._check.duplicates.mark(self._assistant.settled())
        self._check.count(self._assistant)


class ProfileKeeping(QObject):
    """Remembers, renames and forgets profiles of columns. `changed()` when `assistant.profiles` did."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, assistant: Assistant, columns: ColumnsStep,
        navigator: Navigator,
    ) -> None:  # fmt: skip
        """Join the buttons of the bar."""
        super().__init__(columns)
        self._file, self._who, self._tasks = file, who, tasks
        self._assistant, self._columns, self._navigator = assistant, columns, navigator
        self.dialog = NameDialog(columns)
        self._named: Callable[[str], None] = self._remember
        self.dialog.entered.connect(self._name)
        columns.bar.remember_asked.connect(self._ask_name)
        columns.bar.rename_asked.connect(self._ask_new_name)
        columns.bar.forget_asked.connect(self._forget)

    def _name(self, name: str) -> None:
        self._named(name)

    def _ask_name(self) -> None:
        found = self._assistant.found
        if found is not None:
            self._named = self._remember
            known = found.profile.name if found.profile and not found.profile.ready else ""
            self.dialog.ask("Retenir ces colonnes", known)

    def _ask_new_name(self, profile_id: str) -> None:
        known = next((p.name for p in self._assistant.profiles if p.id == profile_id), "")
        self._named = lambda name: self._rename(profile_id, name)
        self.dialog.ask("Renommer ce profil", known)

    def _remember(self, name: str) -> None:
        found = self._assistant.found
        if found is None:
            return

        def written(answer: tuple[str, Changes]) -> None:
            self._done(answer[0], name, f"Colonnes retenues sous «\u00a0{name}\u00a0»")

        self._tasks.run(
            lambda: profiles.remember_profile(self._file, self._who, found, name), written, self.dialog.refuse,
            owner=self,
        )  # fmt: skip

    def _rename(self, profile_id: str, name: str) -> None:
        self._tasks.run(
            lambda: profiles.rename_profile(self._file, self._who, profile_id, name),
            lambda _changes: self._done(profile_id, name, f"Profil renommé «\u00a0{name}\u00a0»"),
            self.dialog.refuse,
            owner=self,
        )

    def _forget(self, profile_id: str) -> None:
        self._tasks.run(
            lambda: profiles.forget_profile(self._file, self._who, profile_id),
            lambda _changes: self._done("", "", "Profil oublié\u202f; les colonnes choisies restent"),
            owner=self,
        )

    def _done(self, profile_id: str, name: str, words: str) -> None:
        self.dialog.accept()
        self._navigator.confirm(words)
        found = self._assistant.found
        if found is not None:
            told = ProfileInfo(profile_id, name, False) if profile_id else None
            self._assistant.found = replace(found, profile=told)
        self._tasks.read(self._list, self._show, owner=self)

    def _list(self) -> tuple[Profile, ...]:
        with self._file.reading() as connection:
            return profiles.list_profiles(connection, self._who)

    def _show(self, found: tuple[Profile, ...]) -> None:
        self._assistant.profiles = found
        if self._assistant.found is not None:
            self._columns.bar.show_understanding(self._assistant.found, found)
