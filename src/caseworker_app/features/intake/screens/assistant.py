"""What is read and chosen of a list before it is imported; nothing here waits in the window's thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.features.intake.domain.checked import Checked
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices, Correction
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.profile import Profile
from caseworker_app.features.intake.domain.recognition import (
    Understanding,
    understand_apart,
    with_column,
    with_kind,
    with_profile,
)
from caseworker_app.features.intake.domain.settled import Settled
from caseworker_app.features.intake.screens.foreground import Foreground, RunApart
from caseworker_app.features.intake.screens.whole_reading import WholeReading
from caseworker_app.features.intake.service import profiles
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks

# After a correction the whole list is compared again, once nothing more is typed for so long.
CHECK_AGAIN_MS = 700
# More rows than this are not read again one by one, but with the whole list.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Before:
    """What was chosen before something was changed, to go back to."""

    choices: Choices
    on_duplicate: OnDuplicate | None


class Assistant(QObject):
    """Holds what the person chose; each signal says what may be shown.

    `understood(begin)`: the columns changed, `begin` when the list was read anew; `checked(begin)`: the whole list
    was read, `begin` when somebody asked for it; `corrected(rows)`: these rows after a correction; `decided()`:
    what becomes of duplicates changed; `tallied(RowTally)`; `refused(CaseworkerError)`.
    """

    understood = Signal(bool)
    checked = Signal(bool)
    corrected = Signal(object)
    decided = Signal()
    tallied = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        file: EncryptedFile,
        who: Who,
        tasks: Tasks,
        apart: RunApart,
        foreground: Foreground,
        parent: QObject,
    ) -> None:
        """Begin with no list."""
        super().__init__(parent)
        self._file, self._who, self._tasks, self._foreground = file, who, tasks, foreground
        self.path: Path | None = None
        self.found: Understanding | None = None
        self.profiles: tuple[Profile, ...] = ()
        self.now: Checked | None = None
        # What was said for all duplicates; None: nothing was, those nobody decided of are left aside.
        self.on_duplicate: OnDuplicate | None = None
        self._whole = WholeReading(who, apart, foreground, self)
        self._whole.done.connect(self._read)
        self._whole.refused.connect(lambda error, _quiet: self.refused.emit(error))
        self._tallying = tasks.latest(self.tallied.emit, owner=self)
        self._again = QTimer(self, singleShot=True, interval=CHECK_AGAIN_MS)
        self._again.timeout.connect(lambda: self._read_whole(quiet=True))

    @property
    def choices(self) -> Choices:
        """Return everything chosen so far."""
        return self.found.choices if self.found is not None else NO_CHOICES

    @property
    def pending(self) -> bool:
        """Say whether counts wait for the list to be compared again."""
        return self._again.isActive() or self._whole.under_way

    @property
    def day(self) -> date:
        """Return the day the list is read on."""
        return today(self._file.clock)

    def forget(self) -> None:
        """Forget the list: it was imported, or given up."""
        self._stop_quiet()
        self.path, self.found, self.now, self.on_duplicate = None, None, None, None

    # Reading a list

    def read(self, path: Path, kept: Before | None = None) -> None:
        """Read the columns of a list; `kept`: what was chosen the last time it was prepared."""
        choices = kept.choices if kept is not None else NO_CHOICES
        sheet = choices.sheets[0] if len(choices.sheets) == 1 else None
        self._recognise(path, choices.kind, sheet, kept)

    def set_kind(self, kind: ListKind) -> None:
        """Read the list as another kind: a follow-up table may stand on several sheets."""
        if self.found is None or self.path is None:
            return
        if kind is ListKind.TRACKER and (self.found.other_sheets or len(self.found.sheets_read) > 1):
            self._recognise(self.path, kind, None)
        else:
            self._retell(with_kind(self.found, kind), begin=True)

    def set_sheet(self, name: str) -> None:
        """Read another sheet of the workbook; empty: all those alike."""
        if self.found is not None and self.path is not None:
            self._recognise(self.path, self.found.kind, name or None)

    def _recognise(
        self, path: Path, kind: ListKind | None, sheet: str | None, kept: Before | None = None
    ) -> None:
        self._stop_quiet()

        def known() -> tuple[Profile, ...]:
            with self._file.reading() as connection:
                return profiles.list_profiles(connection, self._who)

        def recognise(found: tuple[Profile, ...]) -> None:
            self.profiles = found
            self._foreground.go_on(
                self._tasks.compute(
                    understand_apart, path, self.day, found, kind, sheet,
                    then=lambda understood: self._understood(path, understood, kept),
                    failed=self.refused.emit, owner=self, words="Lecture de la liste",
                )
            )  # fmt: skip

        task = self._tasks.read(known, recognise, self.refused.emit, owner=self)
        self._foreground.begin(f"Lecture de «\u00a0{path.name}\u00a0»", task)

    def set_column(self, index: int, ours: str) -> None:
        """Read a column as another thing, or leave it out."""
        if self.found is not None:
            self._retell(with_column(self.found, index, ours), begin=False)

    def set_profile(self, profile_id: str) -> None:
        """Read the columns as a profile remembers them; empty: as the program recognises them."""
        chosen = next((profile for profile in self.profiles if profile.id == profile_id), None)
        if self.found is not None:
            self._retell(with_profile(self.found, chosen), begin=True)

    def set_measure(self, code: str) -> None:
        """Give a measure to the rows of a tracker that name none."""
        self._choose(replace(self.choices, measure_kind=code or None))

    def set_worker(self, name: str, worker_id: str) -> None:
        """Say who a name of a tracker is; empty: somebody new."""
        others = tuple(pair for pair in self.choices.workers if pair[0] != name)
        chosen = ((name, worker_id),) if worker_id else ()
        self._choose(replace(self.choices, workers=(*others, *chosen)))
        self.check_again()

    def _understood(self, path: Path, found: Understanding, kept: Before | None) -> None:
        self.path, self.now, self.on_duplicate = path, None, None
        if kept is not None:
            for index, ours in kept.choices.columns:
                found = with_column(found, index, ours)
            found = replace(found, choices=kept.choices)
            self.on_duplicate = kept.on_duplicate
        self._retell(found, begin=True)

    def _retell(self, found: Understanding, *, begin: bool) -> None:
        self.found = found
        self.understood.emit(begin)

    def _choose(self, choices: Choices) -> None:
        if self.found is not None:
            self.found = replace(self.found, choices=choices)

    # Reading it whole

    def check(self) -> None:
        """Read the whole list and compare it with the file."""
        self._read_whole(quiet=False)

    def check_again(self) -> None:
        """Do it again behind the page, soon."""
        self._whole.drop()
        self._again.start()

    def _read_whole(self, *, quiet: bool) -> None:
        if self.path is not None:
            self._again.stop()
            self._whole.begin(self.path, self.choices, self.on_duplicate, quiet=quiet)

    def _read(self, checked: Checked, quiet: bool) -> None:
        self.now = checked
        self.checked.emit(not quiet)
        self.recount()

    def _stop_quiet(self) -> None:
        self._again.stop()
        self._whole.drop()

    # Correcting rows

    def correct(self, cells: Sequence[tuple[int, int, str]]) -> Before:
        """Correct cells (row, column, text); return what was chosen before, for `put_back`."""
        before = self._before()
        changed = {(row, column): text for row, column, text in cells}
        kept = [c for c in before.choices.corrections if (c.row, c.column) not in changed]
        new = (Correction(*place, text) for place, text in changed.items())
        self._choose(replace(before.choices, corrections=tuple(sorted([*kept, *new]))))
        self._look_again({row for row, _ in changed})
        return before

    def set_aside(self, rows: Iterable[int], *, aside: bool) -> Before:
        """Set rows aside, or take them again; return what was chosen before."""
        before = self._before()
        skipped, those = set(before.choices.skipped_rows), set(rows)
        skipped = skipped | those if aside else skipped - those
        self._choose(replace(before.choices, skipped_rows=tuple(sorted(skipped))))
        self._look_again(those)
        return before

    def put_back(self, before: Before) -> None:
        """Take the last corrections, rows set aside or decisions back."""
        now, then = self.choices, before.choices
        rows = {c.row for c in set(now.corrections) ^ set(then.corrections)}
        rows |= set(now.skipped_rows) ^ set(then.skipped_rows)
        self._choose(
            replace(
                now, corrections=then.corrections, skipped_rows=then.skipped_rows, decisions=then.decisions
            )
        )
        self.on_duplicate = before.on_duplicate
        self._look_again(rows)
        self.decided.emit()
        self.recount()

    def _before(self) -> Before:
        return Before(self.choices, self.on_duplicate)

    def _look_again(self, rows: set[int]) -> None:
        checked, choices, day = self.now, self.choices, self.day
        if checked is None or not rows:
            return
        places = [i for i, number in enumerate(checked.rows.numbers) if number in rows]
        if len(places) <= AT_ONCE:
            self._tasks.read(
                lambda: [checked.recheck(place, choices, day) for place in places],
                self.corrected.emit,
                owner=self,
            )
        self.check_again()

    # Duplicates

    def decide(self, row: int, action: Action) -> Before:
        """Decide of a duplicate; return what was chosen before."""
        before = self._before()
        place = self.now.sides.numbers.index(row) if self.now is not None else -1
        if self.now is not None:
            chosen = replace(self.now.sides.sides[place].choice, action=action)
            self._choose(before.choices.with_decision(chosen))
            self.decided.emit()
            self.recount()
        return before

    def decide_all(self, action: Action) -> Before:
        """Decide the same of every duplicate that nobody decided of; return what was chosen before."""
        before = self._before()
        self.on_duplicate = OnDuplicate(action)
        self.decided.emit()
        self.recount()
        return before

    def settled(self) -> Settled:
        """Return what was decided of duplicates."""
        rows = {decision.row: decision.action for decision in self.choices.decisions}
        return Settled(rows, Action(self.on_duplicate) if self.on_duplicate is not None else None)

    def recount(self) -> None:
        """Count again what becomes of the rows, behind the page."""
        checked, choices, policy = self.now, self.choices, self.on_duplicate
        if checked is not None:
            self._tallying.ask(lambda: checked.tally(choices, policy))
