"""The command line, for scripts and administrators: parses, calls services, prints; no rule of its own."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from caseworker_app.cli.parser import build_parser
from caseworker_app.cli.usage import Usage
from caseworker_app.kernel.errors import CaseworkerError

# Set it to see the whole trace of a fault (it may hold personal data: never send it).
DEBUG_VARIABLE = "CASEWORKER_DEBUG"
DONE, REFUSED, WRONG_USAGE, WRONG_PASSPHRASE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage, 3 wrong passphrase."""
    _speak_utf8()
    code = DONE
    try:
        code = _run(arguments)
        # What is still in the buffer goes out here, where a closed pipe is no surprise.
        _flush(sys.stdout)
    except OSError:
        _forget_pipe()
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = build_parser().parse_args(arguments)
        code: int = options.run(options)
    except SystemExit as asked:  # --help and --version, which have answered
        return DONE if asked.code is None else int(asked.code)
    except Usage as error:
        return _complain(error.sentence, WRONG_USAGE)
    except CaseworkerError as error:
        return _complain(error.sentence, _code_of(error))
    except KeyboardInterrupt:
        return _complain("Interrompu.", REFUSED)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever happens, a sentence and an exit code, never a trace
        return _complain(_sentence_of(error), REFUSED)
    return code


def _speak_utf8() -> None:
    """Print French whatever the terminal's code page; on Windows it is rarely UTF-8 by itself."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _flush(stream: Any) -> None:
    if stream is not None:
        stream.flush()


def _forget_pipe() -> None:
    """Nobody can read our answer any more: nothing more is said there, nor when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _code_of(error: CaseworkerError) -> int:
    from caseworker_app.security.errors import WrongSecret

    return WRONG_PASSPHRASE if isinstance(error, WrongSecret) else REFUSED


def _sentence_of(error: Exception) -> str:
    """Return what to say of a failing disk or file, else of a fault of the program."""
    from caseworker_app.storage.failures import refusal_of

    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    refusal = refusal_of(error)
    return _fault(error) if refusal is None else refusal.sentence


def _fault(error: Exception) -> str:
    """Return what is said of a fault of the program: where it happened, never the values it held."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(last.filename).name}, ligne\u00a0{last.lineno}"
    return f"Une erreur du programme l’a arrêté ({place})\u00a0: signalez-la. Rien n’a été perdu."


def _complain(sentence: str, code: int) -> int:
    with suppress(BrokenPipeError):  # nobody reads what is said: the code still tells
        print(sentence, file=sys.stderr)
    return code
