"""Opening a file for one command: its folder, its passphrase, its answer."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.cli.usage import Usage
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.paths import default_data_folder

PASSPHRASE_VARIABLE = "CASEWORKER_PASSPHRASE"
# A passphrase is a line; a whole book handed by mistake is not read.
MAX_PASSPHRASE_BYTES = 4096


def open_for(options: argparse.Namespace) -> Office:
    """Open the file a command names. Raises what `open_office` raises, and Usage when no passphrase can be had."""
    return open_office(data_folder(options), passphrase(options))


def data_folder(options: argparse.Namespace) -> Path:
    """Return the data folder a command names, or this person's own."""
    return Path(options.data).expanduser().absolute() if options.data else default_data_folder()


def passphrase(options: argparse.Namespace, *, new: bool = False) -> str:
    """Return the passphrase from the file named, the environment, or a prompt (asked twice for a `new` one)."""
    if options.passphrase_file is not None:
        return _from_file(options.passphrase_file)
    if PASSPHRASE_VARIABLE in os.environ:
        return os.environ[PASSPHRASE_VARIABLE]
    if not sys.stdin.isatty():
        raise Usage(f"Donnez la phrase secrète par --passphrase-file ou par la variable {PASSPHRASE_VARIABLE}.")
    return _asked(new=new)


def answer(options: argparse.Namespace, value: Any, text: str) -> None:
    """Print the answer of a command: JSON when asked for, else the text for a person."""
    if options.json:
        import json

        print(json.dumps(value, ensure_ascii=False, indent=2))
    elif text:
        print(text)


def progress(done: int, total: int) -> None:
    """Show how far a long command is, only where somebody looks."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r{done} / {total}", end=end, file=sys.stderr, flush=True)


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_PASSPHRASE_BYTES)
        lines = content.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CaseworkerError(f"Le fichier de la phrase secrète n’est pas lisible\u00a0: {path}") from error
    return lines[0] if lines else ""


def _asked(*, new: bool) -> str:
    from getpass import getpass

    typed = getpass("Phrase secrète : ")
    if new and getpass("Encore une fois : ") != typed:
        raise CaseworkerError("Les deux saisies diffèrent\u00a0: recommencez.")
    return typed
