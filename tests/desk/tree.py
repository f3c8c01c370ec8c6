"""Reads the accessibility tree of the real window as a screen reader does: over AT-SPI, on a bus of its own.

Run as `python -m tests.desk.tree PLACES.json TREES.json` inside `dbus-run-session -- xvfb-run`; writes the trees.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
# Bits of the states asked for (AT-SPI's own numbers).
STATES = {"editable": 7, "enabled": 8, "focusable": 11, "focused": 12, "showing": 25}
PATIENCE = 90.0


class Reader:
    """A screen reader that only looks."""

    def __init__(self) -> None:
        """Find the accessibility bus through the session's."""
        session = open_dbus_connection("SESSION")
        place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = session.send_and_get_reply(new_method_call(place, "GetAddress")).body[0]
        self._bus = open_dbus_connection(address)

    def application(self) -> tuple[str, str]:
        """Return the program under test once it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self._ask(REGISTRY, ROOT, "GetChildren")
            if found:
                return found[0]
            time.sleep(0.1)
        raise TimeoutError("no program on the accessibility bus")

    def tree(self, bus: str, path: str) -> dict[str, Any]:
        """Return a node and all below it."""
        states = self._states(bus, path)
        return {
            "role": self._ask(bus, path, "GetRoleName"),
            "name": self._property(bus, path, "Name"),
            "description": self._property(bus, path, "Description"),
            "states": states,
            "children": [self.tree(*child) for child in self._ask(bus, path, "GetChildren")],
        }

    def listen(self) -> None:
        """Hear announcements from now on."""
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        self._bus.send_and_get_reply(message_bus.AddMatch(rule))
        # A program tells only what somebody registered for.
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        call = new_method_call(registry, "RegisterEvent", "sass", ("object:announcement", [], ""))
        self._bus.send_and_get_reply(call)

    def heard(self) -> str:
        """Return the next announcement."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            message = self._bus.receive(timeout=end - time.monotonic())
            if message.header.fields.get(3) == "Announcement":
                return str(message.body[3][1])
        raise TimeoutError("nothing was announced")

    def _states(self, bus: str, path: str) -> list[str]:
        low, high = self._ask(bus, path, "GetState")
        bits = low | high << 32
        return [name for name, bit in STATES.items() if bits >> bit & 1]

    def _ask(self, bus: str, path: str, method: str) -> Any:
        call = new_method_call(DBusAddress(path, bus, ACCESSIBLE), method)
        return self._bus.send_and_get_reply(call).body[0]

    def _property(self, bus: str, path: str, name: str) -> str:
        asked = Properties(DBusAddress(path, bus, ACCESSIBLE)).get(name)
        return str(self._bus.send_and_get_reply(asked).body[0][1])


def nodes(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a node and all below it that are shown."""
    if "showing" in tree["states"] or tree["role"] == "application":
        yield tree
        for child in tree["children"]:
            yield from nodes(child)


def main(places: list[dict[str, str]]) -> dict[str, Any]:
    """Open the window, go to each place, and return what a screen reader finds and hears."""
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.desk.window"], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        return _read(window, places)
    finally:
        window.kill()
        window.wait()


def _read(window: subprocess.Popen[str], places: list[dict[str, str]]) -> dict[str, Any]:
    assert window.stdin is not None
    assert window.stdout is not None
    reader, answer = Reader(), {}
    application = reader.application()
    for asked in places:
        print(json.dumps(asked), file=window.stdin, flush=True)
        if "do" in asked:
            reader.listen()
            answer[asked["do"]] = reader.heard()
        elif window.stdout.readline().strip() == "shown":
            answer["/".join(filter(None, asked.values()))] = reader.tree(*application)
    return answer


if __name__ == "__main__":
    asked, found = Path(sys.argv[1]), Path(sys.argv[2])
    found.write_text(json.dumps(main(json.loads(asked.read_text()))))
