"""The tab « Objectifs »: autonomy and goals side by side, and the grid where an evaluation is filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels, View
from caseworker_app.features.goals.domain.comparing import dated_labels, first_view, of_view
from caseworker_app.features.goals.domain.edition import version_words
from caseworker_app.features.goals.domain.evaluating import (
    EvaluationSheet,
    blank_sheet,
    correction,
    domains_asked,
    new_evaluations,
    on_grid,
    sheet_content,
    sheet_from_content,
    sheet_of,
)
from caseworker_app.features.goals.domain.proof import Proof, ProofReader, no_proofs
from caseworker_app.features.goals.screens.autonomy_card import AutonomyCard
from caseworker_app.features.goals.screens.capped import capped
from caseworker_app.features.goals.screens.course_card import CourseCard
from caseworker_app.features.goals.screens.evaluation_form import EvaluationForm
from caseworker_app.features.goals.screens.goal_nodes import NEW_GOAL, Editing
from caseworker_app.features.goals.screens.goal_saving import GoalSaving
from caseworker_app.features.goals.screens.goals_card import GoalsCard
from caseworker_app.features.goals.screens.head import TabHead
from caseworker_app.features.goals.screens.intentions import GoalDesk, Intentions, TakeBack
from caseworker_app.features.goals.screens.offer import DraftLine
from caseworker_app.features.goals.screens.reading import TabMaterial, draft_key, read_tab, read_with_draft
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Draft, Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.page import HouseholdTab, Navigator
from caseworker_app.ui_kit.remembered import Remembered
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.tasks import Latest, Tasks
from caseworker_app.ui_kit.theme import px

_WEIGHTS = (428, 706)
_WIDEST = 1480
# By then the page has its new height.
SETTLED_MS = 60


class GoalsTab(HouseholdTab):
    """« Objectifs » of a household; a subject is the id of a goal or a step to stand on."""

    def __init__(
        self, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, changes: ChangeBroadcast,
        navigator: Navigator, take_back: TakeBack, proofs: ProofReader = no_proofs,
    ) -> None:  # fmt: skip
        """Make it empty; `proofs` asks the diary, which lies above this room, which visits touched a goal."""
        super().__init__()
        self.desk = GoalDesk(file, who, drafts, tasks, changes, navigator, take_back, proofs)
        self.material: TabMaterial | None = None
        self._household, self._subject = "", ""
        self._view: View | None = None
        self._busy = False
        self.intentions = Intentions(self.desk, self)
        self.autonomy, self.goals = take_part(AutonomyCard), GoalsCard()
        self.form, self.offer, self.course = take_part(EvaluationForm), DraftLine(), CourseCard()
        self._remembered = Remembered()
        self.saving = GoalSaving(self.goals, self.intentions)
        self.head = TabHead()
        self.view, self.add_goal = self.head.view, self.head.add_goal
        self.add_evaluation = self.head.add_evaluation
        self._lay_out()
        self.keeper = DraftKeeper(self, tasks, self._content, self._keep)
        self._opening: Latest[tuple[TabMaterial, Draft | None]] = tasks.latest(
            lambda answer: self._opened(*answer), owner=self
        )
        self._reading = tasks.latest(self._show, owner=self)
        self._join()
        changes.listen(self, self._concerns, self.read_again)

    def remember_view(self, remembered: Remembered) -> None:
        """Show goals in a list or in columns as this person likes them, and keep what they choose."""
        self._remembered = remembered
        self.goals.choose_view(remembered.read())

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household; what is being typed of the same one stays."""
        self._subject = subject
        if household == self._household and self.material is not None:
            self.read_again()
            return
        self._household, self.material, self._view, self._busy = household, None, None, False
        self.keeper.rest()
        self._reading.forget()
        self.goals.forget()
        self.autonomy.forget()
        self.offer.show_draft(None)
        self._stack.setCurrentWidget(self._overview)
        self._body.hide()
        desk = self.desk
        self._opening.ask(lambda: read_with_draft(desk.file, desk.who, desk.proofs, desk.drafts, household))

    def read_again(self) -> None:
        """Read the household again."""
        if not self._household or self.material is None:
            return
        desk, household = self.desk, self._household
        self._reading.ask(lambda: read_tab(desk.file, desk.who, desk.proofs, household))

    def _concerns(self, changes: Changes) -> bool:
        """Say whether changes touch the household, the grid or the library."""
        shared = any(changes.concerns(table=table) for table in ("grid_edition", "goal_model"))
        return shared or changes.concerns(household=self._household)

    def leave(self) -> None:
        """Keep the draft."""
        self.keeper.keep_before_leaving()

    def focus_first(self) -> None:
        """Begin on the goals, or on the grid being filled."""
        if self.filling:
            self.form.focus_first()
        elif self.goals.on_board and self.goals.board.focus_first():
            return
        elif self.goals.tree.isVisible():
            self.goals.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add_goal.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def filling(self) -> bool:
        """Say whether the grid is being filled."""
        return self._stack.currentWidget() is self.form

    def evaluate(self) -> None:
        """Open the grid, empty; a draft that waits is gone on with, so that none is written over."""
        if self.material is None:
            return
        if self.offer.draft is not None:
            self._resume(self.offer.draft)
            return
        day, version = self.material.day, self.material.grids.on(self.material.day).version
        self._fill(blank_sheet(format_date(day), self._view or View.WORKER, version))

    def correct(self, evaluation_id: str) -> None:
        """Open the grid on an evaluation to correct."""
        found = self._evaluation(evaluation_id)
        if found is not None and self.offer.draft is None:
            self._fill(sheet_of(found, format_date(found.evaluation.evaluated_on)))
        elif self.offer.draft is not None:
            self.desk.tasks.refused.emit("Reprenez ou écartez d’abord le brouillon d’évaluation.")

    def save_evaluation(self) -> None:
        """Record what the grid says, or correct the evaluation it is of."""
        if self.material is None or self._busy or not self.filling:
            return
        sheet = self.form.sheet()
        try:
            day = self.form.read_day(self.material.day)
        except CaseworkerError as error:
            self.form.refuse(error)
            return
        self._hold(busy=True)
        then, failed = partial(self._evaluated), self._not_evaluated
        if sheet.evaluation_id:
            corrected = correction(sheet, day)
            self.intentions.correct(sheet.evaluation_id, sheet.version, corrected, then, failed)
            return
        made = new_evaluations(sheet, self._household, day, self.form.asked())
        self.intentions.record(
            made, then, failed, partial(self._take_evaluation_back, self._household, sheet)
        )

    def _lay_out(self) -> None:
        cards = QWidget()
        columns = Columns(cards, gap=16, weights=_WEIGHTS)
        columns.addWidget(self.autonomy)
        columns.addWidget(self.goals)
        self._body = capped((self.head, self.offer, cards, self.course), _WIDEST, 12)
        self._overview = ScrollBody(self._body)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview)
        self._stack.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _join(self) -> None:
        goals, work = self.goals, self.intentions
        self.view.chosen.connect(lambda key: self._choose_view(View(key)))
        self.add_goal.clicked.connect(lambda: goals.edit(Editing(NEW_GOAL)))
        self.add_evaluation.clicked.connect(self.evaluate)
        self.autonomy.evaluation_asked.connect(self.evaluate)
        self.autonomy.correction_asked.connect(self.correct)
        self.autonomy.removal_asked.connect(work.remove)
        self.autonomy.detail_shown.connect(self._bring_into_sight)
        goals.step_ticked.connect(work.tick)
        goals.step_dropped.connect(work.drop)
        goals.state_chosen.connect(work.change_state)
        goals.goal_moved.connect(work.move_goal)
        goals.step_moved.connect(work.move_step)
        goals.proof_opened.connect(self._open_proof)
        goals.model_kept.connect(work.keep_model)
        goals.view_chosen.connect(self._choose_goal_view)
        goals.saved.connect(lambda editing, read: self.saving.save(self._household, editing, read))
        goals.edited.connect(self.keeper.touch)
        goals.form_opened.connect(self._bring_into_sight)
        goals.closed.connect(self._forget_draft)
        self.saving.saved.connect(self._forget_draft)
        self.saving.added.connect(self._stand_on_added)
        self.form.edited.connect(self.keeper.touch)
        self.form.saved.connect(self.save_evaluation)
        self.form.cancelled.connect(self._give_up)
        self.keeper.kept.connect(self._kept)
        self.offer.resumed.connect(self._resume)
        self.offer.refused.connect(self._refuse_draft)

    def _opened(self, material: TabMaterial, draft: Draft | None) -> None:
        self._show(material)
        content = draft.content if draft is not None else {}
        self.offer.show_draft(draft if isinstance(content.get("evaluation"), dict) else None)
        goal = content.get("goal")
        if isinstance(goal, dict):
            place = Editing(*(str(goal.get(name) or "") for name in ("form", "goal_id", "step_id")))
            fields = goal.get("fields")
            self.goals.edit(place, fields if isinstance(fields, dict) else None, take_focus=False)
        if self.add_goal.hasFocus():
            # There was nothing else to begin on while the file was read.
            self.focus_first()

    def _show(self, material: TabMaterial) -> None:
        if material.household != self._household:
            return
        self.material = material
        self._view = self._view or first_view(material.evaluations)
        self.view.choose(self._view.value)
        self._show_view(material, self._view)
        grid = material.grids.on(material.day)
        self.goals.show_goals(material.goals, material.proofs, material.day, grid, material.library)
        self._share_width()
        self._body.show()
        self.counted.emit(sum(each.goal.open for each in material.goals) or None)
        if self._subject:
            self.goals.stand_on(self._subject)
            self._subject = ""

    def _stand_on_added(self, goal_id: str) -> None:
        """Stand on the new goal once it is read, ready for its steps."""
        self.goals.tree.unfold(goal_id)
        self._subject = goal_id

    def _choose_goal_view(self, view: str) -> None:
        self._remembered.keep(view)
        self._share_width()

    def _share_width(self) -> None:
        """Give the columns the whole width: the grid comes back with the list."""
        self.autonomy.setVisible(not self.goals.on_board)
        self.course.setVisible(self.course.filled and not self.goals.on_board)
        self.head.show_view(shown=not self.goals.on_board)

    def _choose_view(self, view: View) -> None:
        self._view = view
        if self.material is not None:
            self._show_view(self.material, view)
            self._share_width()

    def _show_view(self, material: TabMaterial, view: View) -> None:
        self.autonomy.show_evaluations(material.evaluations, view)
        self.course.show_courses(material.evaluations, view)

    def _open_proof(self, proof: Proof) -> None:
        self.desk.navigator.open("visit", self._household, proof.entry_id)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to what appeared, once the page has grown by it."""
        seen = QTimer(part, singleShot=True, interval=SETTLED_MS)
        seen.timeout.connect(lambda: self._overview.ensureWidgetVisible(part, 0, px(16)))
        seen.timeout.connect(seen.deleteLater)
        seen.start()

    def _fill(self, sheet: EvaluationSheet) -> None:
        material = self.material
        if material is None:
            return
        found = self._evaluation(sheet.evaluation_id)
        if found is None:
            # A draft that corrected an evaluation taken out since: what it says is a new one.
            sheet = replace(sheet, evaluation_id="", version="")
        now = material.grids.on(material.day)
        known = material.grids.knows(sheet.grid_version)
        if not known:
            sheet = on_grid(sheet, now)
        grid = found.grid if found else material.grids.of_version(sheet.grid_version)
        same_view = of_view(material.evaluations, sheet.view)
        asked, _others = domains_asked(grid, material.measure_kind, same_view)
        title = "Nouvelle évaluation"
        if found is not None:
            title = f"Corriger l’évaluation du {dated_labels(material.evaluations)[sheet.evaluation_id]}"
        self._hold(busy=False)
        self.form.show_sheet(sheet, title, grid, asked, material.evaluations)
        self.form.say_version(found is None and grid.version != now.version, version_words(grid))
        self._stack.setCurrentWidget(self.form)
        self.form.focus_first()

    def _evaluation(self, evaluation_id: str) -> EvaluationWithLevels | None:
        known = self.material.evaluations if self.material else ()
        return next((each for each in known if each.evaluation.id == evaluation_id), None)

    def _evaluated(self) -> None:
        self._view = self.form.sheet().view
        self._back_to_overview()

    def _not_evaluated(self, error: CaseworkerError) -> None:
        self._hold(busy=False)
        self.form.refuse(error)
        self.keeper.touch()

    def _back_to_overview(self) -> None:
        self._hold(busy=False)
        self._stack.setCurrentWidget(self._overview)
        self._forget_draft()
        if self.isVisible():
            self.add_evaluation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        self.form.set_busy(busy)

    def _give_up(self) -> None:
        """Leave the grid; what was filled can be had back."""
        sheet, household = self.form.sheet(), self._household
        self._back_to_overview()
        if sheet.said:
            self.desk.navigator.confirm(
                "Évaluation non enregistrée", lambda: self._fill_again(household, sheet)
            )

    def _take_evaluation_back(self, household: str, sheet: EvaluationSheet) -> None:
        """Undo an evaluation: what was filled is on the grid again."""
        self.intentions.take_back(lambda: self._fill_again(household, sheet))

    def _fill_again(self, household: str, sheet: EvaluationSheet) -> None:
        if household == self._household:
            self._fill(sheet)
            self.keeper.touch()
            self.keeper.keep_now()

    def _content(self) -> dict[str, Any]:
        """Return all that is being typed; an evaluation that still waits to be gone on with counts."""
        waiting = self.offer.draft.content.get("evaluation") if self.offer.draft else None
        evaluation = sheet_content(self.form.sheet()) if self.filling else waiting
        return {"household": self._household, "evaluation": evaluation, "goal": self.goals.form_content()}

    def _keep(self, content: dict[str, Any]) -> str:
        household = str(content["household"])
        return self.desk.drafts.keep(draft_key(household), content, household)

    def _kept(self, saved_at: str, content: dict[str, Any]) -> None:
        if content["household"] == self._household and content["evaluation"]:
            at = datetime.fromisoformat(saved_at).astimezone()
            self.form.draft.setText(f"Brouillon enregistré à {at.hour}\u00a0h\u00a0{at.minute:02d}")

    def _forget_draft(self) -> None:
        """Forget what was saved or given up; what is typed elsewhere on the tab is kept."""
        self.keeper.rest()
        content, drafts, key = self._content(), self.desk.drafts, draft_key(self._household)
        if content["evaluation"] or content["goal"]:
            self.desk.tasks.read(lambda: self._keep(content), words="Brouillon")
        else:
            self.desk.tasks.read(lambda: drafts.forget(key), words="Brouillon")

    def _resume(self, draft: Draft) -> None:
        self.offer.show_draft(None)
        evaluation = draft.content.get("evaluation")
        if isinstance(evaluation, dict):
            self._fill(sheet_from_content(evaluation))

    def _refuse_draft(self, draft: Draft) -> None:
        self.offer.show_draft(None)
        self._forget_draft()
        self.desk.navigator.confirm("Brouillon écarté", lambda: self._bring_back(draft))

    def _bring_back(self, draft: Draft) -> None:
        if draft.household_id == self._household:
            self._resume(draft)
            self.keeper.touch()
            self.keeper.keep_now()
