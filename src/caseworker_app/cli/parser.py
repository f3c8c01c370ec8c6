"""What may be written after `caseworker-app`, and its help, in French."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from caseworker_app import __version__
from caseworker_app.cli.usage import Usage

EPILOGUE = """\
Chaque commande accepte --data DOSSIER (le dossier du fichier chiffré) et prend la phrase secrète de
--passphrase-file, de la variable CASEWORKER_PASSPHRASE, ou la demande. Codes de sortie : 0 fait, 1 refusé
(la phrase dit que faire), 2 commande mal écrite, 3 phrase secrète fausse. « caseworker-app COMMANDE --help »
explique chaque commande ; docs/command-line.md décrit toutes les réponses --json.
"""


# What argparse says by itself. It looks words up through gettext, of which a French catalogue rarely is installed.
_FRENCH = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "montrer cette aide",
    "show program's version number and exit": "montrer la version",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l’un de : %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "not allowed with argument %s": "incompatible avec %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n’est pas possible (au choix : %(choices)s)",
    "invalid %(type)s value: %(value)r": "« %(value)s » ne convient pas",
    "ambiguous option: %(option)s could match %(matches)s": "« %(option)s » est ambigu : %(matches)s",
}


class Parser(argparse.ArgumentParser):
    """A parser that speaks French, and leaves saying and exiting to `main`."""

    def error(self, message: str) -> NoReturn:
        """Turn argparse's complaint into a Usage with the short usage line."""
        raise Usage(f"{self.format_usage()}{self.prog} : {message}")


def build_parser() -> Parser:
    """Return the parser of every command."""
    # WORKAROUND: argparse takes no words of ours; its module-level `_` is where it asks for a translation.
    argparse._ = lambda words: _FRENCH.get(words, words)  # type: ignore[attr-defined]
    parser = Parser(
        prog="caseworker-app",
        description="Passerelle en ligne de commande : de la liste d’un bailleur au document remis au bailleur.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Passerelle {__version__}")
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True, parser_class=Parser)
    for add in (_create, _demo, _import, _undo_import, _search, _show, _print, _documents, _verify, _self_test, _main_job):
        add(commands)
    return parser


def _command(commands: Any, name: str, text: str, handler: str, *, file: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=_later(handler))
    if file:
        parser.add_argument("--data", type=Path, metavar="DOSSIER", help="dossier du fichier chiffré (par défaut, celui de ce poste)")
        parser.add_argument("--passphrase-file", type=Path, metavar="FICHIER", help="fichier dont la première ligne est la phrase secrète")
    return parser


def _later(handler: str) -> Callable[[argparse.Namespace], int]:
    """Return a runner that imports its command when called: `--help` must not load a database engine."""

    def run(options: argparse.Namespace) -> int:
        from caseworker_app.cli import commands

        done: int = getattr(commands, handler)(options)
        return done

    return run


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="répondre en JSON (UTF-8) sur la sortie standard")


def _create(commands: Any) -> None:
    parser = _command(commands, "create", "Crée un fichier chiffré et écrit une seule fois sa clé de secours.", "create")
    parser.add_argument("--association", required=True, metavar="NOM", help="nom de l’association, en tête des courriers")
    parser.add_argument("--worker", required=True, metavar="NOM", help="nom de l’intervenant·e à qui est le fichier")
    _json(parser)


def _demo(commands: Any) -> None:
    text = "Crée un fichier de démonstration aux ménages inventés ; une même graine donne un même contenu."
    parser = _command(commands, "demo", text, "demo")
    parser.add_argument("--households", type=_count, default=24, metavar="N", help="nombre de ménages (24 par défaut)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="graine du tirage (1 par défaut)")
    _json(parser)


def _import(commands: Any) -> None:
    text = "Importe une liste de locataires, de personnes ou de logements (CSV, XLSX, XLS, ODS)."
    parser = _command(commands, "import", text, "import_list")
    parser.add_argument("list", type=Path, metavar="FICHIER", help="la liste reçue, telle quelle")
    parser.add_argument("--duplicates", choices=("skip", "merge", "create"), default="skip",
                        help="que faire d’un doublon probable : l’écarter (par défaut), compléter le dossier, ou créer quand même")  # fmt: skip
    parser.add_argument("--landlord", metavar="NOM", help="bailleur des logements de la liste")
    parser.add_argument("--dry-run", action="store_true", help="tout vérifier sans rien écrire dans le fichier")
    parser.add_argument("--report", type=Path, metavar="SORTIE.json", help="écrire le rapport complet dans ce fichier")
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--continue", dest="go_on", action="store_true", help="terminer un import interrompu de ce même fichier")
    again.add_argument("--undo-interrupted", action="store_true", help="annuler d’abord l’import interrompu")
    _json(parser)


def _undo_import(commands: Any) -> None:
    text = "Annule un import entier, sauf les ménages sur lesquels on a travaillé depuis."
    parser = _command(commands, "undo-import", text, "undo_import")
    parser.add_argument("run_id", nargs="?", metavar="IMPORT", help="identifiant de l’import (par défaut, le dernier)")
    _json(parser)


def _search(commands: Any) -> None:
    text = "Cherche un ménage par nom, téléphone, adresse, référence ou mots du journal."
    parser = _command(commands, "search", text, "search")
    parser.add_argument("words", nargs="+", metavar="MOTS", help="sans souci d’accents ni de majuscules")
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="nombre de réponses au plus (50)")
    _json(parser)


def _show(commands: Any) -> None:
    parser = _command(commands, "show", "Montre le dossier d’un ménage.", "show")
    parser.add_argument("reference", metavar="REF", help="référence du ménage, par exemple 2026-B7K4-0001")
    _json(parser)


def _print(commands: Any) -> None:
    parser = _command(commands, "print", "Écrit un document en PDF ; « documents » donne les sortes.", "print_document")
    parser.add_argument("kind", metavar="SORTE", help="sorte de document, par exemple bilan-bailleur")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--household", metavar="REF", help="référence du ménage")
    whom.add_argument("--team", metavar="NOM", help="tous les ménages suivis par cette personne ou équipe")
    parser.add_argument("--out", type=Path, required=True, metavar="FICHIER", help="fichier PDF, ou dossier avec --team")
    parser.add_argument("--from", dest="from_date", type=_date, metavar="AAAA-MM-JJ", help="début de la période")
    parser.add_argument("--to", dest="to_date", type=_date, metavar="AAAA-MM-JJ", help="fin de la période")
    parser.add_argument("--entry", metavar="N°", help="numéro de la visite pour un compte rendu (la dernière par défaut)")
    _json(parser)


def _documents(commands: Any) -> None:
    parser = _command(commands, "documents", "Liste les sortes de documents.", "documents", file=False)
    _json(parser)


def _verify(commands: Any) -> None:
    text = "Vérifie le fichier : pages, chaîne des modifications, index de recherche."
    _json(_command(commands, "verify", text, "verify"))


def _self_test(commands: Any) -> None:
    text = "Essaie le programme installé de bout en bout, dans un dossier jetable."
    _json(_command(commands, "self-test", text, "self_test", file=False))


def _main_job(commands: Any) -> None:
    text = "Joue le travail principal sans écran, sur la démonstration, et dit où sont les documents."
    parser = _command(commands, "main-job", text, "main_job", file=False)
    parser.add_argument("--out", type=Path, metavar="DOSSIER", help="où écrire les documents")
    _json(parser)


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("un nombre de 1 à 1000000 est attendu")
    return value


def _date(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date de la forme 2026-11-24") from error
