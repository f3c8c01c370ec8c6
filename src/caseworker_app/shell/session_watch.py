"""What the system tells of the session: it is being locked, the PC is going to sleep.

Linux by D-Bus (logind, and the screen savers of GNOME and KDE), Windows by the messages every window gets. Where
nothing tells, nothing happens: the lock after minutes without a key remains.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)

_LOGIND, _MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
_SAVERS = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
)
_WHY = "Verrouiller le fichier avant la veille"
# Windows: messages and their parameters.
_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK, _WTS_SESSION_LOGOFF = 0x02B1, 0x0007, 0x0006


class SessionWatch(QObject):
    """`left()` when the session is locked or about to sleep."""

    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Listen to nothing yet."""
        super().__init__(parent)
        self._system: Any = None
        self._brake: Any = None
        self._filter: _WindowsMessages | None = None

    def listen(self) -> None:
        """Listen to what this system has; absent services are no error."""
        if sys.platform == "win32":
            self._listen_to_windows()
        elif sys.platform.startswith("linux"):
            self._listen_to_logind()

    def watch_window(self, handle: int) -> None:
        """On Windows, ask that the window with this handle be told of the session; elsewhere nothing."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(handle, 0)

    def ready_to_sleep(self) -> None:
        """Let go of the brake: the file is closed, the PC may sleep."""
        self._brake = None

    @Slot(bool)
    def sleep_comes(self, coming: bool) -> None:
        """Lock before the sleep; put the brake on again after it."""
        if coming:
            self.left.emit()
        else:
            self._hold_sleep()

    @Slot()
    def session_locked(self) -> None:
        """Lock with the session."""
        self.left.emit()

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:
        """Lock with the screen."""
        if active:
            self.left.emit()

    def _listen_to_logind(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.sessionBus()
        for path, interface in _SAVERS:
            bus.connect("", path, interface, "ActiveChanged", self, _slot("saver_changed(bool)"))
        self._system = system = QDBusConnection.systemBus()
        if system.isConnected():
            manager = f"{_LOGIND}.Manager"
            system.connect(_LOGIND, _MANAGER, manager, "PrepareForSleep", self, _slot("sleep_comes(bool)"))
            self._ask("GetSession", [os.environ.get("XDG_SESSION_ID") or "auto"], self._listen_to_session)
            self._hold_sleep()

    def _listen_to_session(self, answer: list[Any]) -> None:
        """Listen to the lock of this session only: others have theirs."""
        path = answer[0].path() if hasattr(answer[0], "path") else str(answer[0])
        self._system.connect(_LOGIND, path, f"{_LOGIND}.Session", "Lock", self, _slot("session_locked()"))

    def _hold_sleep(self) -> None:
        """Ask for the few seconds that closing the file takes; the system gives five at most."""

        def held(answer: list[Any]) -> None:
            self._brake = answer[0]

        self._ask("Inhibit", ["sleep", "Passerelle", _WHY, "delay"], held)

    def _ask(self, method: str, arguments: list[str], then: Any) -> None:
        """Ask logind without waiting for it; no answer is no error."""
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        call = QDBusMessage.createMethodCall(_LOGIND, _MANAGER, f"{_LOGIND}.Manager", method)
        call.setArguments(arguments)
        pending = self._system.asyncCall(call)
        watcher = QDBusPendingCallWatcher(pending, self)

        def answered(_watcher: object) -> None:
            reply = pending.reply()
            if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                then(reply.arguments())
            watcher.deleteLater()

        watcher.finished.connect(answered)

    def _listen_to_windows(self) -> None:
        self._filter = _WindowsMessages(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)


class _WindowsMessages(QAbstractNativeEventFilter):
    """Reads the two messages that matter among those Windows sends."""

    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: Any, message: int) -> object:
        if sys.platform == "win32" and bytes(kind).startswith(b"windows"):
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if is_leaving(told.message, told.wParam):
                self._watch.left.emit()
        return False, 0


def _slot(signature: str) -> Any:
    """Return a slot as QtDBus takes it: its stubs ask for bytes, the function for the text."""
    return SLOT(signature)


def is_leaving(message: int, parameter: int) -> bool:
    """Say whether a message of Windows tells that the session is locked or left, or that the PC goes to sleep."""
    if message == _WM_WTSSESSION_CHANGE:
        return parameter in (_WTS_SESSION_LOCK, _WTS_SESSION_LOGOFF)
    return message == _WM_POWERBROADCAST and parameter == _PBT_APMSUSPEND
