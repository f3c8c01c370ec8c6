"""The command line, for scripts and administrators: parses, calls services, prints; no rule of its own."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from caseworker_app.cli.parser import build_parser
from caseworker_app.cli.usage import Usage
from caseworker_app.kernel.errors import CaseworkerError

# Set it to see the whole trace of a fault (it may hold personal data: never send it).
DEBUG_VARIABLE = "CASEWORKER_DEBUG"
DONE, REFUSED, WRONG_USAGE, WRONG_PASSPHRASE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage, 3 wrong passphrase."""
    _speak_utf8()
    parser = build_parser()
    try:
        options = parser.parse_args(arguments)
        code: int = options.run(options)
    except Usage as error:
        return _complain(error.sentence, WRONG_USAGE)
    except CaseworkerError as error:
        return _complain(error.sentence, _code_of(error))
    except KeyboardInterrupt:
        return _complain("Interrompu.", REFUSED)
    except BrokenPipeError:
        # Whoever read our answer has closed the pipe: nothing more to say to them, nor at exit.
        sys.stdout = None
        return DONE
    except Exception as error:
        return _complain(_unexpected(error), REFUSED)
    return code


def _speak_utf8() -> None:
    """Print French whatever the terminal's code page; on Windows it is rarely UTF-8 by itself."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _code_of(error: CaseworkerError) -> int:
    from caseworker_app.security.errors import WrongSecret

    return WRONG_PASSPHRASE if isinstance(error, WrongSecret) else REFUSED


def _unexpected(error: Exception) -> str:
    """Return what is said of a fault of the program itself: where it happened, never the values it held."""
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, ligne {last.lineno}"
    return f"Une erreur du programme l’a arrêté ({type(error).__name__}, {place})\u00a0: signalez-la. Rien n’a été perdu."


def _complain(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
