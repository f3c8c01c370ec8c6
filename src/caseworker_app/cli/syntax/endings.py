"""Commands on files that end: due, erased, left to count without a name."""

from __future__ import annotations

from typing import Any

from caseworker_app.cli.syntax.shapes import answer_in_json, command, flag, option


def retention(commands: Any) -> None:
    """Add the command « retention »."""
    text = "Donne les dossiers dont la conservation arrive à échéance, et ce qui en est décidé."
    parser = command(commands, "retention", text, "retention_commands.retention")
    answer_in_json(parser)


def erase(commands: Any) -> None:
    """Add the command « erase »."""
    text = "Efface un dossier, ou une personne d’un dossier, à sa demande ; cela ne se reprend pas."
    parser = command(commands, "erase", text, "retention_commands.erase")
    parser.add_argument("reference", metavar="REF", help="référence du dossier")
    option(parser, "--member", "NOM", "n’effacer que cette personne, par son prénom ou son nom entier")
    flag(parser, "--confirm", "effacer ; sans cela, dire seulement ce qui partirait")
    flag(parser, "--redact", "retirer aussi le nom des écrits d’autres dossiers qui le citent")
    answer_in_json(parser)


def anonymise(commands: Any) -> None:
    """Add the command « anonymise »."""
    text = "Ne laisse d’un dossier que ce qui compte, sans nom ; cela ne se reprend pas."
    parser = command(commands, "anonymise", text, "retention_commands.anonymise")
    parser.add_argument("reference", metavar="REF", help="référence du dossier")
    flag(parser, "--confirm", "anonymiser ; sans cela, dire seulement ce qui partirait et ce qui resterait")
    flag(parser, "--redact", "retirer aussi le nom des écrits d’autres dossiers qui le citent")
    answer_in_json(parser)
