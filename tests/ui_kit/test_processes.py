"""A process that the system ends leaves nobody waiting: its call is refused in words, others go on, the next works."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.kernel.french import typeset
from caseworker_app.ui_kit.crash import RemoteFault
from caseworker_app.ui_kit.processes import Processes, WorkLost
from caseworker_app.ui_kit.work import Cancelled, Progress
from tests.living import lives
from tests.ui_kit.works import (
    answer_what_cannot_travel,
    end_at_once,
    end_while_it_tells,
    own_number,
    step_for_ever,
    wait_for_a_file,
)

# Reached by a test that fails, and by no other.
PATIENCE_S = 60.0


def unheard() -> Progress:
    return Progress(lambda step: None, lambda: False)


@pytest.fixture
def processes() -> Iterator[Processes]:
    made = Processes()
    yield made
    made.close()


@pytest.fixture
def beside() -> Iterator[Callable[..., Future[Any]]]:
    """Make calls on threads of their own, as the window's tasks do."""
    with ThreadPoolExecutor(40) as threads:
        yield lambda processes, function, *arguments, progress=None: threads.submit(
            processes.call, function, arguments, progress or unheard()
        )


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not there():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_process_ended_at_its_work_is_told_in_words_and_the_next_call_works(processes: Processes) -> None:
    with pytest.raises(WorkLost) as lost:
        processes.call(end_at_once, (), unheard())
    assert typeset(lost.value.sentence) == lost.value.sentence
    assert "recommencez" in lost.value.sentence
    assert processes.call(own_number, (), unheard()) != os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for a process as Linux tells it")
def test_a_process_ended_at_rest_is_replaced_unseen(processes: Processes) -> None:
    number = processes.call(own_number, (), unheard())
    os.kill(number, signal.SIGKILL)
    until(lambda: not lives(number))
    assert processes.call(own_number, (), unheard()) not in (number, os.getpid())


@pytest.mark.parametrize("after", [0, 1, 7])
def test_one_that_ends_while_it_tells_its_steps_holds_up_no_other(
    processes: Processes, beside: Callable[..., Future[Any]], tmp_path: Path, after: int
) -> None:
    gate = tmp_path / "gate"
    other = beside(processes, wait_for_a_file, str(gate))
    with pytest.raises(WorkLost):
        processes.call(end_while_it_tells, (after,), unheard())
    gate.touch()
    assert other.result(PATIENCE_S) != os.getpid()


def test_more_calls_than_processes_are_all_answered(
    processes: Processes, beside: Callable[..., Future[Any]]
) -> None:
    calls = [beside(processes, own_number) for _ in range(40)]
    assert len({each.result(PATIENCE_S) for each in calls}) <= max(2, (os.cpu_count() or 2) - 1)


def test_an_answer_that_cannot_travel_is_a_fault_and_the_next_call_works(processes: Processes) -> None:
    with pytest.raises(RemoteFault):
        processes.call(answer_what_cannot_travel, (), unheard())
    assert processes.call(own_number, (), unheard()) != os.getpid()


def test_steps_come_before_the_answer(processes: Processes, tmp_path: Path) -> None:
    steps: list[int] = []
    gate = tmp_path / "gate"

    def heard(step: Any) -> None:
        steps.append(step.done)
        gate.touch()

    processes.call(wait_for_a_file, (str(gate),), Progress(heard, lambda: False))
    before = len(steps)
    processes.call(own_number, (), unheard())
    assert len(steps) == before > 0


def test_who_hears_the_steps_may_fail_and_the_next_call_works(processes: Processes, tmp_path: Path) -> None:
    def gone(_step: object) -> None:
        raise RuntimeError("the window is gone")

    with pytest.raises(RuntimeError):
        processes.call(step_for_ever, (str(tmp_path / "begun"),), Progress(gone, lambda: False))
    assert processes.call(own_number, (), unheard()) != os.getpid()


def test_a_call_that_is_cancelled_stops_and_its_process_works_on(
    processes: Processes, beside: Callable[..., Future[Any]], tmp_path: Path
) -> None:
    begun, stop = tmp_path / "begun", threading.Event()
    call = beside(processes, step_for_ever, str(begun), progress=Progress(lambda step: None, stop.is_set))
    until(begun.exists)
    stop.set()
    with pytest.raises(Cancelled):
        call.result(PATIENCE_S)
    assert processes.call(own_number, (), unheard()) == int(begun.read_text())


def test_closing_calls_off_what_runs_and_what_waits(
    processes: Processes, beside: Callable[..., Future[Any]], tmp_path: Path
) -> None:
    begun = [tmp_path / f"begun-{number}" for number in range(processes._most)]
    calls = [beside(processes, step_for_ever, str(each)) for each in begun]
    until(lambda: all(each.exists() for each in begun))
    calls.append(beside(processes, own_number))
    processes.close()
    for call in calls:
        with pytest.raises(Cancelled):
            call.result(PATIENCE_S)
    with pytest.raises(Cancelled):
        processes.call(own_number, (), unheard())
    if sys.platform == "linux":
        until(lambda: not any(lives(int(each.read_text())) for each in begun))
