"""Work runs away from the window, one writer at a time, and its answers and errors land where they belong."""

from __future__ import annotations

import logging
import os
import sys
import threading

import pytest
from PySide6.QtCore import QObject

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotFound
from caseworker_app.ui_kit.crash import CrashReport
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.work import Progress


class Refused(CaseworkerError):
    """An error whose constructor takes nothing, as many do: pickle cannot rebuild it."""

    def __init__(self) -> None:
        super().__init__("Cette liste est vide\u00a0: choisissez-en une autre.")


def ended(qtbot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)


def test_the_answer_arrives_in_the_windows_thread(qtbot, tasks) -> None:
    got = []
    tasks.run(threading.get_ident, lambda worker: got.extend([worker, threading.get_ident()]))
    ended(qtbot, tasks)
    assert got[1] == threading.get_ident() != got[0]


def test_there_is_one_writer_and_another_thread_reads(qtbot, tasks) -> None:
    writers, readers = [], []
    for _ in range(5):
        tasks.run(threading.get_ident, writers.append)
        tasks.read(threading.get_ident, readers.append)
    ended(qtbot, tasks)
    assert len(set(writers)) == len(set(readers)) == 1
    assert set(writers) != set(readers)


def test_writes_keep_their_order(qtbot, tasks) -> None:
    done: list[int] = []
    for number in range(20):
        tasks.run(lambda n=number: done.append(n))
    ended(qtbot, tasks)
    assert done == list(range(20))


def test_a_read_does_not_wait_for_a_long_write(qtbot, tasks) -> None:
    gate, got = threading.Event(), []
    tasks.run(lambda: gate.wait(120))
    tasks.read(lambda: "lu", got.append)
    qtbot.waitUntil(lambda: got == ["lu"])
    assert tasks.busy
    gate.set()
    ended(qtbot, tasks)


def identity(_progress: Progress, value: int) -> int:
    return value


def raising(error: Exception):
    def work() -> None:
        raise error

    return work


def test_work_nobody_waits_for_is_never_told_as_slow(qtbot, tasks) -> None:
    told: list[str] = []
    tasks.slow_started.connect(lambda task: told.append(task.words))
    for task in (
        tasks.compute(identity, 1, words="Orthographe", unseen=True),
        tasks.compute(identity, 1, words="Pages"),
    ):
        # What the clock of 300 ms asks for: both still run.
        tasks._say_slow(task)
    ended(qtbot, tasks)
    assert "Orthographe" not in told
    assert "Pages" in told


def test_background_work_holds_up_neither_lane_and_can_be_stopped(qtbot, tasks) -> None:
    gate, got = threading.Event(), []

    def work(progress: Progress) -> None:
        gate.wait(120)
        progress.report(1, 2)
        got.append("fini")

    task = tasks.background(work, words="Export de la liste")
    tasks.run(lambda: got.append("écrit"))
    tasks.read(lambda: got.append("lu"))
    qtbot.waitUntil(lambda: sorted(got) == ["lu", "écrit"])
    assert task.matters
    task.cancel()
    gate.set()
    ended(qtbot, tasks)
    assert "fini" not in got


def test_a_refusal_goes_to_the_form(qtbot, tasks) -> None:
    errors: list[CaseworkerError] = []
    tasks.run(raising(InvalidEntry("Ce jour n’existe pas.", "birth")), failed=errors.append)
    ended(qtbot, tasks)
    assert (errors[0].sentence, errors[0].field) == ("Ce jour n’existe pas.", "birth")


def test_a_refusal_nobody_takes_goes_to_the_window(qtbot, tasks) -> None:
    with qtbot.waitSignal(tasks.refused) as signal:
        tasks.run(raising(NotFound("Ce dossier n’est plus là.")))
    assert signal.args == ["Ce dossier n’est plus là."]


def test_a_fault_is_told_and_logged_without_what_it_was_about(qtbot, tasks, caplog) -> None:
    errors: list[CaseworkerError] = []
    with caplog.at_level(logging.DEBUG), qtbot.waitSignal(tasks.crashed) as signal:
        tasks.run(raising(ValueError("Marchadier 06 39 98 12 47")), failed=errors.append)
    (report,) = signal.args
    assert errors == []
    assert report.kind == "ValueError"
    assert any("test_tasks.py" in place for place in report.places)
    for text in (caplog.text, report.words):
        assert report.code in text
        assert "Marchadier" not in text
        assert "06 39" not in text


def test_a_screen_that_fails_to_show_its_answer_does_not_take_the_window_down(qtbot, tasks) -> None:
    with qtbot.waitSignal(tasks.crashed) as signal:
        tasks.run(lambda: 1, lambda _answer: raising(KeyError("x"))())
    assert signal.args[0].kind == "KeyError"


def test_the_same_fault_has_the_same_code() -> None:
    def report() -> CrashReport:
        try:
            raising(KeyError("x"))()
        except KeyError as error:
            return CrashReport.of(error)
        raise AssertionError

    assert report().code == report().code


def test_a_report_holds_no_folder_of_the_person() -> None:
    with pytest.raises(OSError) as caught:
        raising(OSError("x"))()
    assert all(not place.startswith(("/", "C:")) for place in CrashReport.of(caught.value).places)


def test_an_answer_for_a_screen_that_is_gone_is_dropped(qtbot, tasks) -> None:
    from shiboken6 import delete

    owner, gate, got = QObject(), threading.Event(), []
    tasks.run(lambda: gate.wait(120), got.append, owner=owner)
    delete(owner)
    gate.set()
    ended(qtbot, tasks)
    assert got == []


def test_of_several_questions_only_the_last_is_answered(qtbot, tasks) -> None:
    gate, asked, shown = threading.Event(), [], []
    latest = tasks.latest(shown.append)

    def search(words: str) -> str:
        asked.append(words)
        gate.wait(120)
        return words

    for words in ("m", "ma", "mar", "marc"):
        latest.ask(lambda w=words: search(w))
    gate.set()
    qtbot.waitUntil(lambda: shown == ["marc"])
    ended(qtbot, tasks)
    assert asked == ["m", "marc"]
    assert shown == ["marc"]


def test_a_question_forgotten_gets_no_answer(qtbot, tasks) -> None:
    gate, shown = threading.Event(), []
    latest = tasks.latest(shown.append)
    latest.ask(lambda: gate.wait(120))
    latest.forget()
    gate.set()
    ended(qtbot, tasks)
    assert shown == []


def test_a_refused_question_is_told_and_the_next_is_still_answered(qtbot, tasks) -> None:
    shown, errors = [], []
    latest = tasks.latest(shown.append, errors.append)
    latest.ask(raising(NotFound("Rien.")))
    ended(qtbot, tasks)
    latest.ask(lambda: "trouvé")
    ended(qtbot, tasks)
    assert ([e.sentence for e in errors], shown) == (["Rien."], ["trouvé"])


def test_long_work_says_how_far_it_is_and_can_be_stopped(qtbot, tasks) -> None:
    steps, answers, at_two = [], [], threading.Event()

    def work(progress: Progress) -> str:
        for number in range(1000):
            progress.report(number, 1000, "Lignes lues")
            if number == 2:
                at_two.wait(120)
        return "fini"

    task = tasks.run_long(work, answers.append, words="Import")
    task.stepped.connect(lambda step: steps.append(step.done))
    qtbot.waitUntil(lambda: steps == [0, 1, 2])
    task.cancel()
    at_two.set()
    ended(qtbot, tasks)
    assert (answers, steps) == ([], [0, 1, 2])


def test_work_that_lasts_is_announced_and_short_work_is_not(qtbot, tasks) -> None:
    slow, gate = [], threading.Event()
    brief = tasks.run(lambda: 1, words="Bref")
    ended(qtbot, tasks)
    tasks.slow_started.connect(lambda task: slow.append(task.words))
    # What the clock of 300 ms asks for: on a busy machine it may have come while the task still ran.
    tasks._say_slow(brief)
    tasks.run(lambda: gate.wait(120), words="Long")
    qtbot.waitUntil(lambda: slow == ["Long"])
    gate.set()
    ended(qtbot, tasks)


def test_busy_is_told_once_for_all(qtbot, tasks) -> None:
    told = []
    tasks.busy_changed.connect(told.append)
    tasks.run(lambda: 1)
    tasks.read(lambda: 1)
    ended(qtbot, tasks)
    assert told == [True, False]


def test_closing_lets_the_writer_end(qapp) -> None:
    tasks, done = Tasks(), []
    gate = threading.Event()
    tasks.run(lambda: gate.wait(120))
    tasks.run(lambda: done.append("écrit"))
    threading.Timer(0.05, gate.set).start()
    tasks.close()
    assert done == ["écrit"]


# In another process.


def count_there(progress: Progress, up_to: int) -> tuple[int, int]:
    for number in range(up_to):
        progress.report(number + 1, up_to)
    return os.getpid(), up_to


def refuse_there(progress: Progress) -> None:
    raise Refused


def fail_there(progress: Progress) -> None:
    raise ValueError("Marchadier")


def never_end(progress: Progress) -> None:
    while True:
        progress.report(1, 0)


@pytest.mark.slow
def nice_there(progress: Progress) -> int:
    return os.nice(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells priorities otherwise")
def test_work_in_another_process_gives_way_to_the_window(qtbot, tasks) -> None:
    answers: list[int] = []
    tasks.compute(nice_there, then=answers.append, words="Lecture")
    qtbot.waitUntil(lambda: len(answers) == 1)
    # 19 is the last step: whoever runs the tests may stand there already.
    assert answers[0] >= min(19, os.nice(0) + 1)


def test_work_that_computes_runs_in_another_process(qtbot, tasks) -> None:
    answers, steps, errors, faults = [], [], [], []
    tasks.crashed.connect(faults.append)
    task = tasks.compute(count_there, 3, then=answers.append, words="Lecture")
    task.stepped.connect(lambda step: steps.append(step.done))
    ended(qtbot, tasks)
    assert answers[0][0] != os.getpid()
    assert answers[0][1] == 3
    assert steps == sorted(steps)
    tasks.compute(refuse_there, failed=errors.append, words="Lecture")
    ended(qtbot, tasks)
    assert [e.sentence for e in errors] == ["Cette liste est vide\u00a0: choisissez-en une autre."]
    tasks.compute(fail_there, words="Lecture")
    ended(qtbot, tasks)
    assert faults[0].kind == "ValueError"
    assert "Marchadier" not in faults[0].words
    endless = tasks.compute(never_end, then=answers.append, words="Lecture")
    endless.cancel()
    ended(qtbot, tasks)
    assert len(answers) == 1
