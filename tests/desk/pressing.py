"""The program itself, as somebody starts it: its keys pressed from outside with xdotool, read as a screen reader does.

Run as `python -m tests.desk.pressing STORY FOLDER ANSWER.json` inside `dbus-run-session -- xvfb-run`; the data folder
of the program lies in FOLDER, and ANSWER tells how it ended.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.desk.tree import Reader, nodes

PATIENCE_S = 90.0
LOOK_S = 0.1
PASSPHRASE = "girafe tambour cerise lampadaire"
ASSOCIATION, WORKER = "Les Amarres", "Zoé Lenoir"
# Only letters that have a key of their own on a French keyboard: for others xdotool changes the keyboard while it
# types, and a busy program reads such a key after it was changed back.
LAST_NAME, FIRST_NAME = "Tavernoux", "Zélie"
NOTED = "Réglé à la mairie, ça va."
CRASH = "Le programme a rencontré une erreur"


class Presser:
    """Somebody before the screen: presses keys in the window in front, waits for what they show."""

    def __init__(self, folder: Path) -> None:
        """Start the program on a data folder of its own."""
        environment = os.environ | {
            "XDG_DATA_HOME": str(folder), "TMPDIR": str(folder), "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }  # fmt: skip
        subprocess.run(["setxkbmap", "fr"], check=True, timeout=PATIENCE_S)
        self.program = subprocess.Popen([sys.executable, "-m", "caseworker_app"], env=environment)
        self._reader = Reader()
        self.crashed = False

    def see(self, name: str, *, focused: bool = False, begins: bool = False) -> str:
        """Wait until a control of that name is shown, or has the focus; return its name, which only `begins` so."""
        found: list[str] = []

        def there() -> bool:
            found[:] = [
                node["name"]
                for node in self._seen()
                if (node["name"].startswith(name) if begins else node["name"] == name)
                and (not focused or "focused" in node["states"])
            ]
            return bool(found)

        self._until(there, f"« {name} » is shown{' with the focus' * focused}")
        return found[0]

    def read_in_the_thread(self, words: str) -> None:
        """Wait until a line of the thread holds some words."""
        self._until(lambda: any(words in node["name"] for node in self._seen()), "the note is in the thread")

    def come_to(self, name: str) -> None:
        """Wait for a window that holds a control, and bring it to the front: there is no window manager here."""
        self.see(name)
        found = _xdotool("search", "--sync", "--onlyvisible", "--name", "^Passerelle$").split()
        _xdotool("windowfocus", "--sync", found[-1])

    def press(self, *keys: str) -> None:
        """Press keys, as xdotool names them."""
        _xdotool("key", "--clearmodifiers", *keys)

    def write(self, words: str) -> None:
        """Type words, accents included."""
        _xdotool("type", "--delay", "40", "--", words)

    def end(self) -> int:
        """Quit, and return the exit code."""
        self.press("ctrl+q")
        return self.program.wait(PATIENCE_S)

    def _seen(self) -> list[dict[str, Any]]:
        try:
            found = list(nodes(self._reader.tree(*self._reader.application())))
        except (TypeError, ValueError, IndexError, TimeoutError):
            return []  # what was being read went away meanwhile: the answer is an error's
        self.crashed = self.crashed or any(CRASH in node["name"] for node in found)
        return found

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                shown = [node["name"] for node in self._seen() if node["name"]]
                raise TimeoutError(f"it never came: {what}; shown: {shown}")
            time.sleep(LOOK_S)


def create_a_file(hands: Presser) -> None:
    """Go through the first run, then write down a first household."""
    hands.come_to("Créer mon fichier")
    hands.press("alt+c")
    hands.see("Nom de l’association", focused=True)
    hands.write(ASSOCIATION)
    hands.press("Tab")
    hands.write(WORKER)
    hands.press("Return")
    hands.see("Phrase secrète", focused=True)
    hands.write(PASSPHRASE)
    hands.press("Return")
    hands.see("Encore une fois", focused=True)
    hands.write(PASSPHRASE)
    hands.press("Return")
    copy_the_key(hands)
    hands.come_to("Aucun ménage")
    hands.press("ctrl+k")
    hands.write("nouveau menage")
    hands.press("Return")
    hands.come_to("Nom")
    hands.see("Nom", focused=True)
    hands.write(LAST_NAME)
    hands.press("Tab")
    hands.write(FIRST_NAME)
    hands.press("Return")


def copy_the_key(hands: Presser) -> None:
    """Copy the recovery key, and give back the group that is asked."""
    groups = hands.see("Clé de secours\u00a0:", begins=True).split()[-8:]
    hands.press("alt+c")
    hands.see("Groupe recopié", focused=True)
    rank = re.search(r"\d", hands.see("Recopiez le ", begins=True))
    assert rank is not None
    hands.write(groups[int(rank.group()) - 1])
    hands.press("Return")


def try_the_demonstration(hands: Presser) -> None:
    """Open the demonstration, and in it a household by Ctrl+K."""
    hands.come_to("Essayer la démonstration")
    hands.press("alt+e")
    hands.come_to("Ma semaine")
    hands.press("ctrl+k")
    hands.write("nadia ferhaoui")
    hands.press("Return")


def note(hands: Presser) -> None:
    """Write a quick note about the household one stands on."""
    # « Nouvelle visite » stands on the first page too.
    hands.come_to("Vue d’ensemble")
    hands.press("ctrl+n")
    hands.see("Ce qui s’est dit ou fait", focused=True)
    hands.write(NOTED)
    hands.press("ctrl+Return")
    # What confirms it goes after a few seconds: the thread of the dossier keeps it.
    hands.read_in_the_thread(NOTED)


STORIES = {"file": create_a_file, "demonstration": try_the_demonstration}


def main(story: str, folder: Path) -> dict[str, Any]:
    """Live a story and say how it ended."""
    hands = Presser(folder)
    try:
        STORIES[story](hands)
        note(hands)
        return {"code": hands.end(), "crashed": hands.crashed}
    finally:
        if hands.program.poll() is None:
            hands.program.kill()
            hands.program.wait()


def _xdotool(*arguments: str) -> str:
    done = subprocess.run(
        ["xdotool", *arguments], capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    return done.stdout


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
