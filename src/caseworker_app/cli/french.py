"""An argument parser that speaks French, whatever is installed on the PC."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from caseworker_app.cli.usage import Usage
from caseworker_app.kernel.french import typeset

# What argparse says by itself. It looks words up through gettext, whose French is rarely installed.
_FRENCH = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "montrer cette aide",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l’un de : %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "not allowed with argument %s": "incompatible avec %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "ignored explicit argument %r": "ne prend pas de valeur (%r)",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "« %(value)s » n’est pas possible (au choix : %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "« %(value)s » ne convient pas",
}

# Headings of the help (« options: »), and what Python quotes its own way.
_HEADING = re.compile(r"^(\w+):$", re.MULTILINE)
_QUOTED = re.compile(r"'([^']*)'")


class Parser(argparse.ArgumentParser):
    """A parser that leaves saying what is wrong, and exiting, to `main`."""

    def format_usage(self) -> str:
        """Return the short line of usage, typeset."""
        return typeset(super().format_usage())

    def format_help(self) -> str:
        """Return the whole help, typeset."""
        return typeset(_HEADING.sub(r"\1 :", super().format_help()))

    def error(self, message: str) -> NoReturn:
        """Turn argparse's complaint into a Usage with the short usage line."""
        bare = _QUOTED.sub(r"\1", message)
        raise Usage(f"{self.format_usage()}{self.prog}\u00a0: {typeset(bare)}")


def speak_french() -> None:
    """Have argparse say its own words in French."""
    # WORKAROUND: argparse takes no words of ours; its module-level `_` is where it asks for a translation.
    argparse._ = lambda words: _FRENCH.get(words, words)  # type: ignore[attr-defined]
