"""How commands and their options are said: the words of each are in French, and so is what is refused of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from caseworker_app.cli.french import Parser

MOST = 1_000_000


def command(commands: Any, name: str, text: str, handler: str, *, file: bool = True) -> Parser:
    """Add a command whose `handler` is imported when it is called; `file`: it opens an encrypted file."""
    parser: Parser = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    parser.set_defaults(run=_later(handler))
    if file:
        folder = "dossier du fichier chiffré (par défaut, celui de cette personne sur ce poste)"
        option(parser, "--data", "DOSSIER", folder, type=Path)
        secret = "fichier dont la première ligne est la phrase secrète"  # noqa: S105 - a sentence of help
        option(parser, "--passphrase-file", "FICHIER", secret, type=Path)
    return parser


def _later(handler: str) -> Callable[[argparse.Namespace], int]:
    """Return a runner that imports its command when called: `--help` must not load a database engine.

    `handler`: a function of `commands`, or `module.function` of another module here.
    """

    def run(options: argparse.Namespace) -> int:
        module, _, function = handler.rpartition(".")
        done: int = getattr(import_module(f"caseworker_app.cli.{module or 'commands'}"), function)(options)
        return done

    return run


def option(parser: Any, name: str, metavar: str, help_text: str, **more: Any) -> None:
    """Add an option with a value, called `metavar` in the help."""
    parser.add_argument(name, metavar=metavar, help=help_text, **more)


def flag(parser: Any, name: str, help_text: str, **more: Any) -> None:
    """Add an option that is there or not."""
    parser.add_argument(name, action="store_true", help=help_text, **more)


def answer_in_json(parser: Parser) -> None:
    """Let the answer be asked for in JSON."""
    flag(parser, "--json", "répondre en JSON (UTF-8) sur la sortie standard")


def number(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier") from error


def count(text: str) -> int:
    """Read a count from 1 to a million."""
    value = number(text)
    if not 1 <= value <= MOST:
        raise argparse.ArgumentTypeError("un nombre de 1 à 1 000 000 est attendu")
    return value


def day(text: str) -> date:
    """Read a day written 2026-11-24."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date comme 2026-11-24") from error
