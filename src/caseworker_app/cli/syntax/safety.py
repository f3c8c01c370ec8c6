"""Commands that keep the file safe: backups, ways in, keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from caseworker_app.cli.french import Parser
from caseworker_app.cli.syntax.shapes import answer_in_json, command, flag, option


def backup(commands: Any) -> None:
    """Add the command « backup »."""
    text = "Fait une sauvegarde chiffrée, la relit, puis retire celles qui ne se gardent plus."
    parser = command(commands, "backup", text, "backup_commands.backup")
    option(parser, "--to", "DOSSIER", "où l’écrire (par défaut, à côté du dossier du fichier)", type=Path)
    answer_in_json(parser)


def backups(commands: Any) -> None:
    """Add the command « backups »."""
    text = "Donne les sauvegardes, la dernière d’abord ; aucune phrase secrète n’est demandée."
    parser = command(commands, "backups", text, "backup_commands.backups")
    option(parser, "--in", "DOSSIER", "où les chercher : une clé USB, par exemple", type=Path, dest="place")
    answer_in_json(parser)


def backup_place(commands: Any) -> None:
    """Add the command « backup-place »."""
    text = "Dit où sont les sauvegardes ; avec un dossier, les y fait désormais et y apporte celles qui existent."
    parser = command(commands, "backup-place", text, "backup_commands.backup_place")
    which = "dossier d’un disque de ce PC où faire les sauvegardes désormais"
    where = parser.add_mutually_exclusive_group()
    where.add_argument("place", metavar="DOSSIER", nargs="?", type=Path, help=which)
    flag(where, "--beside", "les faire de nouveau à côté du dossier du fichier")
    answer_in_json(parser)


def restore(commands: Any) -> None:
    """Add the command « restore »."""
    text = (
        "Remet une sauvegarde en place, avec la phrase secrète de ce jour-là ; le fichier présent est mis de"
        " côté, jamais effacé."
    )
    parser = command(commands, "restore", text, "backup_commands.restore")
    which = "nom donné par « backups », ou dossier d’une sauvegarde"
    parser.add_argument("backup", metavar="SAUVEGARDE", help=which)
    flag(parser, "--recovery-key", "le secret donné est la clé de secours, non la phrase secrète")
    answer_in_json(parser)


def ways_in(commands: Any) -> None:
    """Add the command « ways-in »."""
    text = "Donne les façons d’ouvrir le fichier, ou en retire une (jamais la dernière)."
    parser = command(commands, "ways-in", text, "vault_commands.ways_in")
    option(parser, "--remove", "FAÇON", "identifiant de la façon à retirer, donné par la liste")
    answer_in_json(parser)


def change_passphrase(commands: Any) -> None:
    """Add the command « change-passphrase »."""
    text = "Change la phrase secrète ; le fichier n’est pas chiffré de nouveau."
    parser = command(commands, "change-passphrase", text, "vault_commands.change_passphrase")
    _new_passphrase(parser)
    answer_in_json(parser)


def new_recovery_key(commands: Any) -> None:
    """Add the command « new-recovery-key »."""
    text = "Refait la clé de secours et l’écrit, une seule fois ; l’ancienne n’ouvre plus rien."
    answer_in_json(command(commands, "new-recovery-key", text, "vault_commands.new_recovery_key"))


def change_data_key(commands: Any) -> None:
    """Add the command « change-data-key »."""
    text = (
        "Après un vol : chiffre tout de nouveau, avec une autre phrase secrète et une autre clé de secours."
    )
    parser = command(commands, "change-data-key", text, "vault_commands.change_data_key")
    _new_passphrase(parser)
    answer_in_json(parser)


def _new_passphrase(parser: Parser) -> None:
    what = "fichier dont la première ligne est la nouvelle phrase secrète"
    option(parser, "--new-passphrase-file", "FICHIER", what, type=Path)
