"""Opening a file for one command: its folder, its passphrase, its answer."""

from __future__ import annotations

import argparse
import codecs
import os
import sys
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.office import Office, has_office, open_office
from caseworker_app.cli.usage import Usage
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.paths import default_data_folder
from caseworker_app.security.errors import VaultMissing

VARIABLE = "CASEWORKER_PASSPHRASE"
NEW_VARIABLE = "CASEWORKER_NEW_PASSPHRASE"
# A passphrase is a line; a whole book handed by mistake is not read.
MAX_PASSPHRASE_BYTES = 8192


class PassphraseFileRefused(CaseworkerError):
    """The file told to hold the passphrase does not."""

    def __init__(self, path: Path) -> None:
        """Name it, and say what is expected."""
        super().__init__(
            f"La phrase secrète n’a pas pu être lue dans «\u00a0{path}\u00a0»\u00a0:"
            " donnez un fichier de texte (UTF-8) dont la première ligne est la phrase secrète."
        )


class AnswerNotWritten(CaseworkerError):
    """The answer could not go where the command's output was sent."""

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__(
            "La réponse n’a pas pu être écrite\u00a0: vérifiez la place sur le disque où va la sortie."
        )


def open_for(options: argparse.Namespace, secret: str | None = None) -> Office:
    """Open the file a command names, saying on standard error what must be told of it.

    `secret`: its passphrase, where it was asked for already.

    Raises what `open_office` raises, and Usage when no passphrase can be had.
    """
    folder = data_folder(options)
    if not has_office(folder):
        raise VaultMissing  # before anybody is asked for a passphrase
    office = open_office(folder, passphrase(options) if secret is None else secret)
    for notice in office.notices:
        print(notice, file=sys.stderr)
    return office


def asked(options: argparse.Namespace) -> str:
    """Return the passphrase of the file a command names, once a file is there. Raises VaultMissing, Usage."""
    if not has_office(data_folder(options)):
        raise VaultMissing
    return passphrase(options)


def data_folder(options: argparse.Namespace) -> Path:
    """Return the data folder a command names, or this person's own."""
    return Path(options.data).expanduser().absolute() if options.data else default_data_folder()


def is_told(options: argparse.Namespace) -> bool:
    """Say whether a passphrase was given, by file or by environment."""
    return options.passphrase_file is not None or VARIABLE in os.environ


def passphrase(options: argparse.Namespace, *, new: bool = False) -> str:
    """Return the passphrase from the file named, the environment, or a prompt (twice for a `new` one).

    Raises PassphraseFileRefused, and Usage when there is nobody to ask.
    """
    if options.passphrase_file is not None:
        return _from_file(options.passphrase_file)
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise Usage(f"Donnez la phrase secrète par --passphrase-file ou par la variable {VARIABLE}.")
    return _asked(new=new)


def new_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase to come, from `--new-passphrase-file`, the environment, or a prompt (twice).

    Raises PassphraseFileRefused, and Usage when there is nobody to ask.
    """
    if options.new_passphrase_file is not None:
        return _from_file(options.new_passphrase_file)
    if NEW_VARIABLE in os.environ:
        return os.environ[NEW_VARIABLE]
    if not sys.stdin.isatty():
        raise Usage(f"Donnez la nouvelle phrase par --new-passphrase-file ou par la variable {NEW_VARIABLE}.")
    return _asked(new=True, words="Nouvelle phrase secrète\u00a0: ")


def answer(options: argparse.Namespace, value: Any, text: str) -> None:
    """Print the answer of a command: JSON when asked for, else the text for a person.

    Raises AnswerNotWritten, and BrokenPipeError when nobody reads it.
    """
    if options.json:
        import json

        text = json.dumps(value, ensure_ascii=False, indent=2)
    if text:
        _say(text)


def progress(done: int, total: int) -> None:
    """Show how far a long command is, only where somebody looks."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r{done} / {total}", end=end, file=sys.stderr, flush=True)


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AnswerNotWritten from error


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_PASSPHRASE_BYTES)
        line = _first_line(content)
    except (OSError, ValueError) as error:
        raise PassphraseFileRefused(path) from error
    return line


def _first_line(content: bytes) -> str:
    """Return the first line of a text in UTF-8, or in UTF-16 as some Windows editors write it.

    Raises ValueError when it is neither, or when the line does not end where reading stopped.
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide:
        text = content[: len(content) // 2 * 2].decode("utf-16")
        line, end, _ = text.partition("\n")
    else:
        raw, newline, _ = content.partition(b"\n")
        line, end = raw.decode("utf-8-sig"), newline.decode()
    if not end and len(content) >= MAX_PASSPHRASE_BYTES:
        raise ValueError("the first line goes on")
    return line.removesuffix("\r")


def _asked(*, new: bool, words: str = "Phrase secrète\u00a0: ") -> str:
    from getpass import getpass

    typed = getpass(words)
    if new and getpass("Encore une fois\u00a0: ") != typed:
        raise CaseworkerError("Les deux saisies diffèrent\u00a0: recommencez.")
    return typed
