"""What the system tells: a real bus with a logind of the test's own; the messages of Windows read as numbers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from caseworker_app.shell.session_watch import is_leaving

# Reached by a test that fails, and by no other.
PATIENCE_S = 240
# Nothing is waited for by the clock: a listener that asks for its next signal has dealt with the one before.
PROGRAM = """
import os, sys, threading, time
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
os.environ["XDG_SESSION_ID"] = "7"
from jeepney import DBusAddress, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QCoreApplication
from caseworker_app.shell import session_watch

MANAGER, SESSION = "/org/freedesktop/login1", "/org/freedesktop/login1/session/"
LOGIND = "org.freedesktop.login1"
bus = open_dbus_connection(bus="SESSION", enable_fds=True)
bus.send_and_get_reply(message_bus.RequestName(LOGIND))
reading, writing = os.pipe()

def serve():
    while True:
        call = bus.receive()
        if call.header.message_type == MessageType.method_call:
            session = call.body == ("7",)
            bus.send(new_method_return(call, "o" if session else "h", (SESSION + "_37",) if session else (reading,)))

next_signal, listening = session_watch._next_signal, []

def listened(bus):
    listening.append(bus)
    return next_signal(bus)

def until(there):
    end = time.monotonic() + 100
    while not there():
        if time.monotonic() > end:
            sys.exit("it never came")
        app.processEvents()
        time.sleep(0.005)

session_watch._next_signal = listened
threading.Thread(target=serve, daemon=True).start()
app = QCoreApplication([])
watch, told, heard = session_watch.SessionWatch(), [], []
watch.left.connect(lambda: heard.append("left"))
watch.listen()
until(lambda: len(listening) == 2)  # both buses, the session known and the brake on

def send(path, interface, name, *arguments):
    place = DBusAddress(path, interface=interface)
    bus.send(new_signal(place, name, "b" if arguments else None, arguments))

OURS = (SESSION + "_37", LOGIND + ".Session", "Lock")
steps = [
    [(MANAGER, LOGIND + ".Manager", "PrepareForSleep", True)],
    [(MANAGER, LOGIND + ".Manager", "PrepareForSleep", False)],
    [OURS],
    [(SESSION + "_99", LOGIND + ".Session", "Lock"), OURS],  # heard too, the first would come before ours
    [("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)],
    [("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False)],
    [OURS],
]
for signals in steps:
    before, dealt_with = len(heard), len(listening)
    for signal in signals:
        send(*signal)
    until(lambda: len(listening) > dealt_with)
    app.processEvents()
    told.append(len(heard) - before)
watch.ready_to_sleep()
print(told, watch._brake)
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session (Debian: dbus)")
def test_sleep_and_the_lock_of_this_session_are_heard_and_nothing_else() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", PROGRAM],
        env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[1, 0, 1, 1, 1, 0, 1] None", done.stderr


def test_without_any_bus_nothing_happens() -> None:
    program = (
        "from PySide6.QtCore import QCoreApplication\n"
        "from caseworker_app.shell.session_watch import SessionWatch\n"
        "app = QCoreApplication([])\nSessionWatch().listen()\nprint('calm')"
    )
    nowhere = "unix:path=/nonexistent"
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join(sys.path),
        "DBUS_SESSION_BUS_ADDRESS": nowhere, "DBUS_SYSTEM_BUS_ADDRESS": nowhere,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert done.stdout.strip() == "calm"


@pytest.mark.parametrize(
    ("message", "parameter", "leaves"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x8, False),
        (0x0218, 0x4, True),
        (0x0218, 0x12, False),
        (0x0100, 0x7, False),
    ],
)
def test_the_messages_of_windows(message: int, parameter: int, leaves: bool) -> None:
    assert is_leaving(message, parameter) is leaves
