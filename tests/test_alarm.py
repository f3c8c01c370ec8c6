"""What would never end fails where it stands."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from tests.alarm import Alarm

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no alarms")


def a_silent_program() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as silent:
        assert silent.stdout is not None
        silent.stdout.readline()


def a_loop() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    "endless", [a_silent_program, a_loop, threading.Event().wait, threading.Semaphore(0).acquire]
)
def test_what_never_ends_fails(endless: Callable[[], object]) -> None:
    alarm = Alarm(0.3, 0.3)
    alarm.begin()
    with pytest.raises(pytest.fail.Exception, match="not ended"), alarm.set():
        endless()


def test_what_ends_is_left_alone() -> None:
    alarm = Alarm(0.2, 0.2)
    alarm.begin()
    with alarm.set():
        pass
    threading.Event().wait(0.5)
