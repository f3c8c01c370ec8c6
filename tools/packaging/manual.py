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
    for name, command in _subparsers(parser).items():
        yield from (".TP", f".B {_escaped(name)}", *_text(command.description or ""))
        yield from _options(command)


def _options(command: argparse.ArgumentParser) -> Iterator[str]:
    yield ".RS"
    for action in command._actions:
        if not isinstance(action, argparse._HelpAction):
            words = ", ".join(action.option_strings) or str(action.metavar)
            value = f" {action.metavar}" if action.option_strings and action.metavar else ""
            yield from (".TP", _escaped(words + value), *_text(action.help or ""))
    yield ".RE"


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def _text(words: str) -> list[str]:
    return [_escaped(line) for line in words.replace("%%", "%").splitlines()]


def _escaped(words: str) -> str:
    """Keep troff from reading a hyphen, a backslash or a leading full stop as its own."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
