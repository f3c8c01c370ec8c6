"""What the system tells of the session: it is being locked, the PC is going to sleep.

Linux by D-Bus (logind, and the screen savers of GNOME and KDE), Windows by the messages every window gets. Where
nothing tells, nothing happens: the lock after minutes without a key remains. D-Bus is listened to by jeepney in a
thread of its own: a bus that is slow to answer never makes the window wait.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject, Signal
from shiboken6 import isValid

_LOGIND, _MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
_SESSION, _OF_MANAGER = f"{_LOGIND}.Session", f"{_LOGIND}.Manager"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_WHY = "Verrouiller le fichier avant la veille"
# On its own thread, so that a busy start of the session may take its time: who gives up hears of no lock that day.
_ANSWER_SECONDS = 60.0
# Windows: messages and their parameters.
_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK, _WTS_SESSION_LOGOFF = 0x02B1, 0x0007, 0x0006


class SessionWatch(QObject):
    """`left()` when the session is locked or about to sleep."""

    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Listen to nothing yet."""
        super().__init__(parent)
        self._brake: Any = None
        self._filter: _WindowsMessages | None = None

    def listen(self) -> None:
        """Listen to what this system has; absent services are no error."""
        if sys.platform == "win32":
            self._listen_to_windows()
        elif sys.platform.startswith("linux"):
            for bus, listen in (("SYSTEM", self._follow_logind), ("SESSION", self._follow_savers)):
                threading.Thread(target=_on_bus, args=(bus, listen), name=f"bus-{bus}", daemon=True).start()

    def watch_window(self, handle: int) -> None:
        """On Windows, ask that the window with this handle be told of the session; elsewhere nothing."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(handle, 0)

    def ready_to_sleep(self) -> None:
        """Let go of the brake: the file is closed, the PC may sleep."""
        brake, self._brake = self._brake, None
        if brake is not None:
            with suppress(OSError, ValueError):
                brake.close()

    def _follow_logind(self, bus: Any) -> None:
        """Hear of sleep, and of the lock of this session only: others have theirs. Runs on its own thread."""
        session = _ask(bus, "GetSession", "s", (os.environ.get("XDG_SESSION_ID") or "auto",))
        rules = [{"interface": _OF_MANAGER, "member": "PrepareForSleep", "path": _MANAGER}]
        if session:
            rules.append({"interface": _SESSION, "member": "Lock", "path": session[0]})
        _match(bus, rules)
        self._hold_sleep(bus)
        while isValid(self):
            member, body = _next_signal(bus)
            if member == "Lock" or (member == "PrepareForSleep" and body[0]):
                self._tell()
            elif member == "PrepareForSleep":
                self._hold_sleep(bus)

    def _follow_savers(self, bus: Any) -> None:
        """Hear that the screen is locked. Runs on its own thread."""
        _match(bus, [{"interface": name, "member": "ActiveChanged"} for name in _SAVERS])
        while isValid(self):
            _member, body = _next_signal(bus)
            if body and body[0] is True:
                self._tell()

    def _hold_sleep(self, bus: Any) -> None:
        """Ask for the few seconds that closing the file takes; the system gives five at most."""
        held = _ask(bus, "Inhibit", "ssss", ("sleep", "Passerelle", _WHY, "delay"))
        self._brake = held[0] if held else None

    def _tell(self) -> None:
        if isValid(self):
            self.left.emit()

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


def is_leaving(message: int, parameter: int) -> bool:
    """Say whether a message of Windows tells that the session is locked or left, or that the PC goes to sleep."""
    if message == _WM_WTSSESSION_CHANGE:
        return parameter in (_WTS_SESSION_LOCK, _WTS_SESSION_LOGOFF)
    return message == _WM_POWERBROADCAST and parameter == _PBT_APMSUSPEND


def _on_bus(name: str, listen: Any) -> None:
    """Listen on a bus until it ends; a system without it, or one that closes it, has nothing to tell."""
    from jeepney.io.blocking import open_dbus_connection

    with suppress(Exception), open_dbus_connection(bus=name, enable_fds=name == "SYSTEM") as bus:
        listen(bus)


def _match(bus: Any, rules: Iterable[dict[str, str]]) -> None:
    from jeepney import MatchRule, message_bus

    for rule in rules:
        bus.send_and_get_reply(
            message_bus.AddMatch(MatchRule(type="signal", **rule)), timeout=_ANSWER_SECONDS
        )


def _next_signal(bus: Any) -> tuple[str, tuple[Any, ...]]:
    """Wait for the next signal; return its name and what it carries."""
    from jeepney import HeaderFields, MessageType

    while True:
        message = bus.receive()
        if message.header.message_type == MessageType.signal:
            return str(message.header.fields.get(HeaderFields.member, "")), message.body


def _ask(bus: Any, method: str, signature: str, arguments: tuple[str, ...]) -> tuple[Any, ...]:
    """Ask logind; nothing when it is not there or refuses."""
    from jeepney import DBusAddress, MessageType, new_method_call

    address = DBusAddress(_MANAGER, bus_name=_LOGIND, interface=_OF_MANAGER)
    with suppress(TimeoutError):
        reply = bus.send_and_get_reply(
            new_method_call(address, method, signature, arguments), timeout=_ANSWER_SECONDS
        )
        if reply.header.message_type == MessageType.method_return:
            return tuple(reply.body)
    return ()
