"""The doorbell: a second start of the program on a folder rings it, and the window already open comes to front.

A socket for this person alone (a named pipe on Windows), whose name is a hash of the folder's path: nobody's name. Who
rings says one short word and hears one: nothing of the file goes through it.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

_HELLO, _LEAVE, _HEARD = b"passerelle-1 show ", b"passerelle-1 leave", b"passerelle-1 heard"
_LONGEST_WORD = 512
_ANSWER_SECONDS, _REST_SECONDS = 3.0, 1.0
# What a Wayland desktop gives to a program it starts, to be handed to the window that is to come to front.
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable
_TOKEN_FORM = re.compile(r"[\w.:-]{1,256}")
_ANY_PROCESS = -1


def address(folder: Path) -> str | None:
    """Return where the doorbell of a folder hangs; None when this person has no place for it on this system."""
    name = f"passerelle-{_hash(os.path.normcase(folder.resolve()), 24)}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}-{_hash(os.environ.get('USERNAME', ''), 12)}"
    place = _own_place()
    return None if place is None else str(place / name)


def _hash(text: str, signs: int) -> str:
    """Return the first signs of the BLAKE2b of a text, in hexadecimal."""
    # Qt's, which is there already: Python's brings the whole of OpenSSL, and this comes before the first window.
    method = QCryptographicHash.Algorithm.Blake2b_160
    digest = QCryptographicHash.hash(text.encode("utf-8", "surrogateescape"), method)
    return bytes(digest.data()).hex()[:signs]


def ring(folder: Path) -> bool:
    """Ask the window open on a folder to come to front; say whether there is one, which heard."""
    where = address(folder)
    # The cheapest answer first: nearly every start is the only one.
    if where is None or (sys.platform != "win32" and not Path(where).exists()):
        return False
    _let_others_come_to_front()
    return _say(where, _HELLO + os.environ.get(_TOKEN, "").encode("ascii", "ignore"))


def bring_to_front(window: QWidget) -> None:
    """Show a window before the others, as far as the desktop lets a program do so."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    # Where a desktop keeps a window from coming forward, its button in the task bar calls.
    QApplication.alert(window)


class Doorbell(QObject):
    """`rung()` when another start of the program found this one on the folder it answers for."""

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Answer for no folder yet."""
        super().__init__(parent)
        self.folder: Path | None = None
        self._where = ""
        self._thread: threading.Thread | None = None

    def answer(self, folder: Path) -> bool:
        """Answer for this folder and no other; False when a window of another process does already."""
        if self.folder == folder:
            return True
        self.take_down()
        where = address(folder)
        if where is None:
            return True
        listener = _listen(where)
        if listener is None:
            return not _somebody_answers(where)
        self.folder, self._where = folder, where
        self._thread = threading.Thread(target=self._serve, args=(listener,), name="doorbell", daemon=True)
        self._thread.start()
        return True

    def take_down(self) -> None:
        """Answer no more; nothing is left of it."""
        where, self._where, self.folder = self._where, "", None
        if where and self._thread is not None:
            _say(where, _LEAVE)
            self._thread.join(_ANSWER_SECONDS)

    def _serve(self, listener: Listener) -> None:
        """Hear whoever rings until told to leave. Runs on its own thread."""
        with suppress(OSError), listener:
            word = b""
            while word != _LEAVE:
                try:
                    word = self._hear_one(listener)
                except EOFError:
                    continue
                except OSError:
                    # A caller gone too soon, or a system short of something: it is given a moment.
                    time.sleep(_REST_SECONDS)

    def _hear_one(self, listener: Listener) -> bytes:
        with listener.accept() as caller:
            word = caller.recv_bytes(_LONGEST_WORD) if caller.poll(_ANSWER_SECONDS) else b""
            if word.startswith(_HELLO):
                self._come(word.removeprefix(_HELLO).decode("ascii", "ignore"))
                caller.send_bytes(_HEARD)
            return word

    def _come(self, token: str) -> None:
        if _TOKEN_FORM.fullmatch(token):
            os.environ[_TOKEN] = token
        self.rung.emit()


def _say(where: str, word: bytes) -> bool:
    """Say one word at a doorbell; True when it was heard."""
    from multiprocessing.connection import Client

    try:
        with Client(where, _family()) as bell:
            bell.send_bytes(word)
            return bell.poll(_ANSWER_SECONDS) and bell.recv_bytes(_LONGEST_WORD) == _HEARD
    except (OSError, EOFError):
        return False


def _listen(where: str) -> Listener | None:
    """Hang the doorbell, over what a killed program left; None when another process has, or the system refuses."""
    from multiprocessing.connection import Listener

    for _try in range(2):
        try:
            return Listener(where, _family())
        except OSError:
            if sys.platform == "win32" or _somebody_answers(where):
                return None
            with suppress(OSError):
                Path(where).unlink()
    return None


def _somebody_answers(where: str) -> bool:
    from multiprocessing.connection import Client

    try:
        Client(where, _family()).close()
    except OSError:
        return False
    return True


def _family() -> str:
    return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


def _own_place() -> Path | None:
    """Return the folder of sockets that is this person's alone: the session's, or one made beside temporary files."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    if session and _is_ours(Path(session)):
        return Path(session)
    place = Path(tempfile.gettempdir(), f"passerelle-{os.getuid()}")
    with suppress(OSError):
        place.mkdir(mode=0o700, exist_ok=True)
    return place if _is_ours(place) else None


def _is_ours(place: Path) -> bool:
    """Say whether a folder is this person's, and closed to others: in /tmp anybody may have made it first."""
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _let_others_come_to_front() -> None:
    """On Windows, pass on the right to come to front that this start was given; elsewhere nothing."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
