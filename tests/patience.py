"""Waiting for a window as long as a busy machine takes: a test waits for what it says, never for the clock."""

# ruff: noqa: N802  (pytest-qt's own names)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

# Reached by a test that fails, and by no other: each wait ends as soon as what it waits for is there. pytest-qt's own
# five seconds are less than starting a process takes with eight others at work.
LONGEST_WAIT_MS = 60_000


class PatientBot(QtBot):
    """pytest-qt's bot, which gives up a minute later, and never sooner whatever a test says."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONGEST_WAIT_MS) -> None:
        """Wait until something holds."""
        super().waitUntil(callback, timeout=_patient(timeout))

    def waitSignal(self, signal: Any, *, timeout: int = LONGEST_WAIT_MS, **options: Any) -> Any:
        """Wait for a signal; one that may well not come (`raising=False`) no longer than the test says."""
        may_not_come = options.get("raising") is False
        return super().waitSignal(signal, timeout=timeout if may_not_come else _patient(timeout), **options)

    def waitSignals(self, signals: Any, *, timeout: int = LONGEST_WAIT_MS, **options: Any) -> Any:
        """Wait for several signals."""
        return super().waitSignals(signals, timeout=_patient(timeout), **options)

    def waitExposed(self, widget: Any, *, timeout: int = LONGEST_WAIT_MS) -> Any:
        """Wait until a window is shown."""
        return super().waitExposed(widget, timeout=_patient(timeout))

    def waitActive(self, widget: Any, *, timeout: int = LONGEST_WAIT_MS) -> Any:
        """Wait until a window is the one in front."""
        return super().waitActive(widget, timeout=_patient(timeout))

    def waitCallback(self, *, timeout: int = LONGEST_WAIT_MS, raising: bool | None = None) -> Any:
        """Wait for a call."""
        return super().waitCallback(timeout=_patient(timeout), raising=raising)


def _patient(timeout: int) -> int:
    return max(timeout, LONGEST_WAIT_MS)
