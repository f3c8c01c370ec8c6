"""Goals of another program brought in: into the file of one household, or, as words alone, into the library."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.library import names_somebody
from caseworker_app.features.intake.domain.goal_export import (
    ForeignGoal,
    Notebook,
    looks_like_goals,
    notebooks,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets import refusals
from caseworker_app.sheets.encoding import decode
from caseworker_app.sheets.records import holds_records
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile

LARGEST_BYTES = 20_000_000
_NO_GOALS = (
    "ne contient pas d'objectifs avec leurs actions : demandez à l'expéditeur un export des objectifs (JSON)."
)


@dataclass(frozen=True, slots=True)
class GoalsBrought:
    """What became of the goals chosen: brought in, already there under the same words, naming somebody (library)."""

    brought: int
    known: int
    naming: int = 0

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        told = [f"{self.brought}\u00a0repris"]
        if self.known:
            told.append(f"{self.known}\u00a0déjà là")
        if self.naming:
            told.append(f"{self.naming}\u00a0laissés de côté, qui nomment quelqu’un")
        return f"Objectifs\u00a0: {', '.join(told)}"


def is_goal_export(path: Path) -> bool:
    """Say whether a file holds goals of another program; one that cannot be read says no, its reader tells why."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_BYTES or not holds_records(path):
            return False
        return looks_like_goals(decode(path.name, path.read_bytes())[0])
    except (OSError, CaseworkerError):
        return False


def read_goal_export(file: EncryptedFile, who: Who, path: Path) -> tuple[Notebook, ...]:
    """Return the goals of a file, by the person it names. Raises UnreadableFile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    try:
        if path.is_dir():
            raise UnreadableFile(path.name, refusals.FOLDER)
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableFile(path.name, refusals.TOO_LARGE.format(limit=LARGEST_BYTES // 1_000_000))
        text = decode(path.name, path.read_bytes())[0]
        day = today(file.clock)
        with file.reading() as connection:
            grid = goals.grids(connection, who).on(day)
        found = notebooks(text, grid, day)
    except FileNotFoundError as error:
        raise UnreadableFile(path.name, refusals.ABSENT) from error
    except PermissionError as error:
        raise UnreadableFile(path.name, refusals.FORBIDDEN) from error
    except OSError as error:
        raise UnreadableFile(path.name, refusals.UNREACHABLE) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path.name, _NO_GOALS) from error
    if not found:
        raise UnreadableFile(path.name, _NO_GOALS)
    return found


def bring_goals(
    file: EncryptedFile, who: Who, household_id: str, chosen: Sequence[ForeignGoal]
) -> tuple[GoalsBrought, Changes]:
    """Add goals with their steps to a household, in one change that is undone at once.

    One whose title the household has already is passed over, so that a file brought in twice adds nothing.
    Raises NotFound, InvalidEntry, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "bring_goals") as uow:
        uow.get(declaration_of("household").table, household_id)
        known = {fold(each.goal.title) for each in goals.goals_of(uow.connection, who, household_id)}
        fresh = [each.new_goal(household_id) for each in chosen]
        kept = []
        for each in fresh:
            if fold(each.title) not in known:
                known.add(fold(each.title))
                kept.append(each)
        goals.add_goals(uow, kept)
        return GoalsBrought(len(kept), len(fresh) - len(kept)), uow.changes


def bring_models(
    file: EncryptedFile, who: Who, found: Sequence[Notebook], chosen: Collection[int] | None = None
) -> tuple[GoalsBrought, Changes]:
    """Keep the words of goals in the library, without any day, name or state; `chosen`: their numbers, None: all.

    One that names the person its notebook is of is left aside, one whose title the library has is passed over.
    Raises InvalidEntry, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "bring_goal_models") as uow:
        library = goals.goal_library(uow.connection, who, uow.today)
        known = {fold(each.title) for each in library}
        batch, passed, naming = [], 0, 0
        for notebook in found:
            for goal in notebook.goals:
                if chosen is not None and goal.number not in chosen:
                    continue
                model = goal.model()
                if names_somebody(model, notebook.names):
                    naming += 1
                elif fold(model.title) in known:
                    passed += 1
                else:
                    known.add(fold(model.title))
                    batch.append(model)
        goals.add_models(uow, batch)
        return GoalsBrought(len(batch), passed, naming), uow.changes
