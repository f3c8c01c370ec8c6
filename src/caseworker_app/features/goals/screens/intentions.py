"""What the tab asks of the file: one short function an intention, each confirmed with its undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import EvaluationCorrection, NewEvaluation
from caseworker_app.features.goals.domain.goal import (
    GOAL_STATE_LABELS,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    GoalWording,
    NewGoal,
    NewStep,
    StepState,
)
from caseworker_app.features.goals.domain.proof import ProofReader
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]
Refused = Callable[[CaseworkerError], None]


@dataclass(frozen=True, slots=True)
class GoalDesk:
    """What the tab works with; `take_back` undoes the worker's last change, `proofs` asks the diary."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack
    proofs: ProofReader


class Intentions:
    """Runs intentions for one screen; answers go to `then` while that screen lives."""

    def __init__(self, desk: GoalDesk, screen: QObject) -> None:
        """Work for a screen."""
        self._desk, self._screen = desk, screen

    def tick(self, step: GoalStep) -> None:
        """Mark a step as done today, or put it back to do."""
        file, who = self._desk.file, self._desk.who
        if step.state is StepState.TO_DO:
            self._run(lambda: service.complete_step(file, who, step.id), f"Étape faite\u00a0: {step.title}")
        else:
            self._run(lambda: service.reopen_step(file, who, step.id), f"Étape à faire\u00a0: {step.title}")

    def drop(self, step: GoalStep) -> None:
        """Leave a step aside."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.drop_step(file, who, step.id), f"Étape sans suite\u00a0: {step.title}")

    def change_state(self, goal: Goal, state: GoalState) -> None:
        """Put a goal into a state, today."""
        file, who = self._desk.file, self._desk.who
        words = f"Objectif {GOAL_STATE_LABELS[state]}\u00a0: {goal.title}"
        self._run(lambda: service.change_goal_state(file, who, goal.id, state), words)

    def abandon(self, goal_id: str, reason: str, on: date, then: Callable[[], None], failed: Refused) -> None:
        """Give a goal up."""
        file, who = self._desk.file, self._desk.who
        self._run(
            lambda: service.change_goal_state(file, who, goal_id, GoalState.ABANDONED, on, reason=reason),
            "Objectif abandonné", then, failed,
        )  # fmt: skip

    def hold(
        self, goal_id: str, reason: str, until: date | None, then: Callable[[], None], failed: Refused
    ) -> None:
        """Put a goal on hold."""
        file, who = self._desk.file, self._desk.who
        self._run(
            lambda: service.change_goal_state(
                file, who, goal_id, GoalState.ON_HOLD, reason=reason, until=until
            ),
            "Objectif en pause", then, failed,
        )  # fmt: skip

    def keep_model(self, goal: GoalWithSteps) -> None:
        """Keep the words of a goal in the library."""
        file, who = self._desk.file, self._desk.who
        self._run(
            lambda: service.keep_as_model(file, who, goal.goal.id)[1],
            f"Gardé dans la bibliothèque\u00a0: {goal.goal.title}",
        )

    def move_goal(self, goal_id: str, before_id: str | None) -> None:
        """Put a goal elsewhere in the list."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.move_goal(file, who, goal_id, before_id), "Objectif déplacé")

    def move_step(self, step_id: str, before_id: str | None) -> None:
        """Put a step elsewhere in its goal."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.move_step(file, who, step_id, before_id), "Étape déplacée")

    def add_goal(
        self, household: str, wording: GoalWording, steps: tuple[NewStep, ...], then: Callable[[str], None],
        failed: Refused,
    ) -> None:  # fmt: skip
        """Add a goal with the steps that come with it; `then` is given its id."""
        desk = self._desk
        new = NewGoal(
            household, wording.title, wording.domain, steps, housing=wording.housing,
            opened_on=wording.opened_on, target_on=wording.target_on, note=wording.note,
            indicator=wording.indicator,
        )  # fmt: skip
        desk.tasks.run(
            lambda: service.add_goal(desk.file, desk.who, new),
            lambda done: self._made(done, "Objectif ajouté", then),
            failed,
            owner=self._screen,
        )

    def reword_goal(
        self, goal: Goal, wording: GoalWording, then: Callable[[], None], failed: Refused
    ) -> None:
        """Rewrite a goal."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.reword_goal(file, who, goal.id, wording), "Objectif modifié", then, failed)

    def add_step(self, goal_id: str, new: NewStep, then: Callable[[], None], failed: Refused) -> None:
        """Add a step to a goal."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.add_step(file, who, goal_id, new)[1], "Étape ajoutée", then, failed)

    def change_step(self, step_id: str, new: NewStep, then: Callable[[], None], failed: Refused) -> None:
        """Rewrite a step."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.change_step(file, who, step_id, new), "Étape modifiée", then, failed)

    def record(
        self,
        evaluations: list[NewEvaluation],
        then: Callable[[], None],
        failed: Refused,
        undo: Callable[[], None],
    ) -> None:
        """Record the evaluations of one meeting."""
        file, who = self._desk.file, self._desk.who
        self._run(
            lambda: service.record_evaluations(file, who, evaluations)[1],
            "Évaluation enregistrée", then, failed, undo,
        )  # fmt: skip

    def correct(
        self, evaluation_id: str, version: str, correction: EvaluationCorrection, then: Callable[[], None],
        failed: Refused,
    ) -> None:  # fmt: skip
        """Correct an evaluation."""
        file, who = self._desk.file, self._desk.who
        self._run(
            lambda: service.correct_evaluation(file, who, evaluation_id, correction, version or None),
            "Évaluation corrigée", then, failed,
        )  # fmt: skip

    def remove(self, evaluation_id: str) -> None:
        """Take an evaluation out of the file."""
        file, who = self._desk.file, self._desk.who
        self._run(lambda: service.remove_evaluation(file, who, evaluation_id), "Évaluation retirée")

    def take_back(self, then: Callable[[], None] | None = None) -> None:
        """Take back the last change."""
        desk = self._desk

        def undone(answer: tuple[str, Changes]) -> None:
            if then is not None:
                then()
            desk.changes.announce(answer[1])
            desk.navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        desk.tasks.run(lambda: desk.take_back(desk.file, desk.who), undone, owner=self._screen)

    def _run(
        self, work: Callable[[], Changes], words: str, then: Callable[[], None] | None = None,
        failed: Refused | None = None, undo: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        def done(changes: Changes) -> None:
            if then is not None:
                then()
            self._desk.changes.announce(changes)
            self._desk.navigator.confirm(words, undo or self.take_back)

        self._desk.tasks.run(work, done, failed, owner=self._screen)

    def _made(self, done: tuple[str, Changes], words: str, then: Callable[[str], None]) -> None:
        made, changes = done
        then(made)
        self._desk.changes.announce(changes)
        self._desk.navigator.confirm(words, self.take_back)
