"""Commands on the file itself: made, tried, looked through, printed from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from caseworker_app.cli.syntax.shapes import answer_in_json, command, count, flag, number, option


def create(commands: Any) -> None:
    """Add the command « create »."""
    text = "Crée un fichier chiffré et écrit, une seule fois, sa clé de secours."
    parser = command(commands, "create", text, "create")
    option(parser, "--association", "NOM", "nom de l’association, en tête des courriers", required=True)
    option(parser, "--worker", "NOM", "nom de l’intervenant·e à qui est le fichier", required=True)
    answer_in_json(parser)


def demo(commands: Any) -> None:
    """Add the command « demo »."""
    text = "Crée un fichier de démonstration aux ménages inventés ; une même graine donne un même contenu."
    parser = command(commands, "demo", text, "demo")
    option(parser, "--households", "N", "nombre de ménages (24 par défaut)", type=count, default=24)
    option(parser, "--seed", "S", "graine du tirage (1 par défaut)", type=number, default=1)
    answer_in_json(parser)


def documents(commands: Any) -> None:
    """Add the command « documents »."""
    answer_in_json(command(commands, "documents", "Donne les sortes de documents.", "documents", file=False))


def verify(commands: Any) -> None:
    """Add the command « verify »."""
    text = "Vérifie le fichier : pages, chaîne des modifications, liens, index de recherche."
    parser = command(commands, "verify", text, "verify")
    flag(parser, "--backups", "vérifier aussi chaque sauvegarde, page par page")
    answer_in_json(parser)


def self_test(commands: Any) -> None:
    """Add the command « self-test »."""
    text = "Essaie le programme installé de bout en bout, dans un dossier jetable."
    answer_in_json(command(commands, "self-test", text, "self_test", file=False))


def main_job(commands: Any) -> None:
    """Add the command « main-job »."""
    text = "Joue le travail principal sans écran, sur la démonstration, et dit où sont les documents."
    parser = command(commands, "main-job", text, "main_job", file=False)
    option(parser, "--out", "DOSSIER", "où écrire les documents", type=Path)
    answer_in_json(parser)
