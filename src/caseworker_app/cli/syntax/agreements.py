"""Commands on agreements: what they hold, and the figures reported of them."""

from __future__ import annotations

from typing import Any

from caseworker_app.cli.syntax.shapes import answer_in_json, command, day, flag, option


def agreements(commands: Any) -> None:
    """Add the command « agreements »."""
    text = "Donne les conventions, leurs places libres, leurs logements réservés et leur subvention."
    parser = command(commands, "agreements", text, "agreement_commands.agreements")
    flag(parser, "--all", "donner aussi celles qui sont finies")
    answer_in_json(parser)


def indicators(commands: Any) -> None:
    """Add the command « indicators »."""
    text = "Compte ce qu’une convention, ou toutes celles d’un bailleur, rapportent sur une période."
    parser = command(commands, "indicators", text, "agreement_commands.indicators")
    option(parser, "--agreement", "NOM", "la convention, par son nom ou un mot de son nom")
    option(parser, "--landlord", "NOM", "le bailleur : toutes ses conventions ensemble")
    option(
        parser,
        "--from",
        "JOUR",
        "premier jour, comme 2026-01-01 (par défaut, le 1er janvier)",
        type=day,
        dest="start",
    )
    option(parser, "--to", "JOUR", "dernier jour (par défaut, aujourd’hui)", type=day, dest="end")
    answer_in_json(parser)
