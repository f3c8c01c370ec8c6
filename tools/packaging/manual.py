"""Writes the manual page (« man passerelle ») from the command line's own help, in French."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tools.packaging import names


def page() -> str:
    """Return the page in troff."""
    from caseworker_app.cli.parser import build_parser

    parser = build_parser()
    lines = [
        f'.TH PASSERELLE 1 "{names.made_at():%Y-%m-%d}" "Passerelle {names.VERSION}" "Commandes"',
        ".SH NOM",
        f"passerelle, {names.COMMAND} \\- suivi des ménages logés par les bailleurs sociaux",
        ".SH SYNOPSIS",
        ".B passerelle",
        ".br",
        f".B {names.COMMAND}",
        ".I COMMANDE",
        "[\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION",
        "Sans argument, passerelle ouvre sa fenêtre. Avec une commande, il travaille sans écran.",
        ".SH COMMANDES",
        *_commands(parser),
        ".SH NOTES",
        *_text(parser.epilog or ""),
    ]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    (found,) = (one for one in _arguments(parser) if isinstance(one.choices, dict))
    for name, command in dict(found.choices or {}).items():
        yield from (".TP", f".B {_escaped(name)}", *_text(command.description or ""), ".RS")
        for argument in _arguments(command):
            yield from _argument(argument)
        yield ".RE"


def _argument(argument: argparse.Action) -> Iterator[str]:
    words = ", ".join(argument.option_strings) or str(argument.metavar)
    value = f" {argument.metavar}" if argument.option_strings and argument.metavar else ""
    yield from (".TP", _escaped(words + value), *_text(argument.help or ""))


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    # argparse tells its arguments by no public name.
    return [one for one in parser._actions if one.dest != "help"]


def _text(words: str) -> list[str]:
    return [_escaped(line) for line in words.replace("%%", "%").splitlines()]


def _escaped(words: str) -> str:
    """Keep troff from reading a hyphen, a backslash or a leading full stop as its own."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
