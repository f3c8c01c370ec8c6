"""What may be written after `caseworker-app`, and its help, in French."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from caseworker_app import __version__
from caseworker_app.cli.french import Parser, speak_french
from caseworker_app.cli.syntax import agreements, endings, files, households, lists, safety

DESCRIPTION = "Passerelle en ligne de commande : de la liste d’un bailleur au document remis au bailleur."
EPILOGUE = """\
Chaque commande qui ouvre un fichier accepte --data DOSSIER (le dossier du fichier chiffré) et prend la
phrase secrète de --passphrase-file, sinon de la variable CASEWORKER_PASSPHRASE, sinon la demande.

Codes de sortie : 0 fait, 1 refusé (la phrase dit que faire), 2 commande mal écrite, 3 phrase secrète fausse.
Les réponses vont sur la sortie standard, les refus et l’avancement sur la sortie d’erreur.

« caseworker-app COMMANDE --help » explique chaque commande ; docs/command-line.md décrit toutes les réponses.
"""
# In the order the help gives them.
COMMANDS: tuple[Callable[[Any], None], ...] = (
    files.create, files.demo, lists.import_command, lists.undo_import, households.search, households.show,
    lists.agenda, households.merge, households.split, households.undo, households.referrals, households.veille,
    agreements.agreements, agreements.indicators, endings.retention, endings.erase, endings.anonymise,
    households.print_command, files.documents, files.verify, safety.backup, safety.backups, safety.backup_place,
    safety.restore, safety.ways_in, safety.change_passphrase, safety.new_recovery_key, safety.change_data_key,
    files.self_test, files.main_job,
)  # fmt: skip


def build_parser() -> Parser:
    """Return the parser of every command."""
    speak_french()
    parser = Parser(
        prog="caseworker-app",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    version = f"Passerelle {__version__}"
    parser.add_argument("--version", action="version", version=version, help="montrer la version")
    commands = parser.add_subparsers(
        title="commandes", metavar="COMMANDE", required=True, parser_class=Parser
    )
    for add in COMMANDS:
        add(commands)
    return parser
