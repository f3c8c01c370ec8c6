"""What may be written after `caseworker-app`, and its help, in French."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from caseworker_app import __version__
from caseworker_app.cli.french import Parser, speak_french

DESCRIPTION = "Passerelle en ligne de commande : de la liste d’un bailleur au document remis au bailleur."
EPILOGUE = """\
Chaque commande qui ouvre un fichier accepte --data DOSSIER (le dossier du fichier chiffré) et prend la
phrase secrète de --passphrase-file, sinon de la variable CASEWORKER_PASSPHRASE, sinon la demande.

Codes de sortie : 0 fait, 1 refusé (la phrase dit que faire), 2 commande mal écrite, 3 phrase secrète fausse.
Les réponses vont sur la sortie standard, les refus et l’avancement sur la sortie d’erreur.

« caseworker-app COMMANDE --help » explique chaque commande ; docs/command-line.md décrit toutes les réponses.
"""
MOST = 1_000_000
_KINDS = ("tenants", "people", "tracker", "referrals", "dwellings", "partners", "landlords", "goals")


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
    for add in _COMMANDS:
        add(commands)
    return parser


def _create(commands: Any) -> None:
    text = "Crée un fichier chiffré et écrit, une seule fois, sa clé de secours."
    parser = _command(commands, "create", text, "create")
    _option(parser, "--association", "NOM", "nom de l’association, en tête des courriers", required=True)
    _option(parser, "--worker", "NOM", "nom de l’intervenant·e à qui est le fichier", required=True)
    _json(parser)


def _demo(commands: Any) -> None:
    text = "Crée un fichier de démonstration aux ménages inventés ; une même graine donne un même contenu."
    parser = _command(commands, "demo", text, "demo")
    _option(parser, "--households", "N", "nombre de ménages (24 par défaut)", type=_count, default=24)
    _option(parser, "--seed", "S", "graine du tirage (1 par défaut)", type=_number, default=1)
    _json(parser)


def _import(commands: Any) -> None:
    text = (
        "Importe une liste de locataires, de personnes ou de logements (CSV, XLSX, XLS, ODS) ; avec --kind, aussi"
        " un tableau de suivi, un annuaire de partenaires (JSON compris) ou des bailleurs."
    )
    parser = _command(commands, "import", text, "import_list")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("list", type=Path, nargs="?", metavar="FICHIER", help="la liste reçue, telle quelle")
    _flag(what, "--list-profiles", "donner les profils prêts et ceux du fichier, sans rien importer")
    kinds = (
        "tenants, people, tracker (tableau de suivi), referrals (demandes d’un bailleur), dwellings, partners,"
        " landlords (reconnu par défaut) ou goals (objectifs d’un autre logiciel, JSON)"
    )
    parser.add_argument("--kind", choices=_KINDS, help=f"sorte de liste : {kinds}")
    _option(parser, "--profile", "PROFIL", "profil de lecture des colonnes, par son identifiant ou son nom")
    on_duplicate = "d’un doublon probable : l’écarter (par défaut), compléter le dossier, ou créer quand même"
    parser.add_argument(
        "--duplicates", choices=("skip", "merge", "create"), default="skip", help=f"que faire {on_duplicate}"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--household", metavar="REF", help="avec --kind goals : le dossier où entrent les objectifs"
    )
    _flag(
        where, "--library", "avec --kind goals : garder leurs mots dans la bibliothèque, sans dates ni noms"
    )
    which = "avec --kind goals : la personne du fichier, par son rang (1 pour la première)"
    _option(parser, "--notebook", "N", which, type=_count)
    _option(parser, "--landlord", "NOM", "bailleur des logements, où la liste ne le dit pas")
    _flag(parser, "--dry-run", "tout vérifier sans rien écrire dans le fichier")
    _option(parser, "--report", "SORTIE.json", "écrire le rapport complet dans ce fichier", type=Path)
    again = parser.add_mutually_exclusive_group()
    _flag(again, "--continue", "terminer l’import interrompu de ce même fichier", dest="go_on")
    _flag(again, "--undo-interrupted", "annuler d’abord l’import interrompu, s’il y en a un")
    _json(parser)


def _undo_import(commands: Any) -> None:
    text = "Annule un import entier, sauf les ménages sur lesquels on a travaillé depuis."
    parser = _command(commands, "undo-import", text, "undo_import")
    which = "identifiant de l’import, donné par son rapport (par défaut, le dernier)"
    parser.add_argument("run_id", nargs="?", metavar="IMPORT", help=which)
    _json(parser)


def _search(commands: Any) -> None:
    text = "Cherche des ménages par nom, téléphone, adresse, référence ou mots du journal."
    parser = _command(commands, "search", text, "search")
    words = "sans souci d’accents, de majuscules ni de la forme d’un numéro"
    parser.add_argument("words", nargs="+", metavar="MOTS", help=words)
    _option(parser, "--limit", "N", "nombre de réponses au plus (50 par défaut)", type=_count, default=50)
    _json(parser)


def _show(commands: Any) -> None:
    text = "Montre le dossier d’un ménage ; l’adresse et les numéros d’un ménage protégé sont masqués."
    parser = _command(commands, "show", text, "show")
    parser.add_argument("reference", metavar="REF", help="référence du ménage, comme 2026-B7K4-0001")
    _json(parser)


def _merge(commands: Any) -> None:
    text = "Réunit deux dossiers d’un même ménage ; le second rejoint le premier, et rien n’est perdu."
    parser = _command(commands, "merge", text, "dossier_commands.merge")
    parser.add_argument("kept", metavar="REF_GARDÉE", help="référence du dossier qui reste")
    parser.add_argument("absorbed", metavar="REF_REPRISE", help="référence du dossier qui le rejoint")
    _json(parser)


def _split(commands: Any) -> None:
    text = (
        "Sépare un dossier : les personnes nommées ont le leur, avec ce qui est à elles ; rien n’est copié."
    )
    parser = _command(commands, "split", text, "dossier_commands.split")
    parser.add_argument("reference", metavar="REF", help="référence du dossier à séparer")
    leaving = (
        "qui part, par son prénom ou son nom entier (à répéter) ; la première est la personne de référence"
    )
    _option(parser, "--member", "NOM", leaving, action="append", required=True)
    _option(parser, "--remaining", "NOM", "personne de référence de ceux qui restent, si la leur part")
    for name, metavar, what in (
        ("--street", "RUE", "rue"), ("--complement", "TEXTE", "complément"),
        ("--postal-code", "CODE", "code postal"), ("--city", "COMMUNE", "commune"),
    ):  # fmt: skip
        _option(parser, name, metavar, f"{what} de la nouvelle adresse")
    _option(parser, "--since", "AAAA-MM-JJ", "depuis quand elles y vivent", type=_date)
    _flag(parser, "--protect", "protéger le nouveau dossier (violences) : aucun lien visible ne reste")
    _json(parser)


def _undo(commands: Any) -> None:
    text = "Annule la dernière modification de cette personne, ou celle qui est nommée."
    parser = _command(commands, "undo", text, "dossier_commands.undo")
    which = "identifiant donné par --list (par défaut, la dernière) ; annuler une annulation la refait"
    parser.add_argument("change", nargs="?", metavar="MODIFICATION", help=which)
    _flag(parser, "--list", "donner les dernières modifications, et ce qui empêche d’en annuler une")
    _option(parser, "--household", "REF", "avec --list, celles d’un ménage, par qui que ce soit")
    _json(parser)


def _referrals(commands: Any) -> None:
    text = "Donne les demandes reçues et où elles en sont, les retards d’abord."
    parser = _command(commands, "referrals", text, "referral_commands.referrals")
    _flag(parser, "--all", "donner aussi celles qui sont terminées")
    _json(parser)


def _veille(commands: Any) -> None:
    text = "Donne les appels et visites de veille à faire, ou écrit la feuille d’appels d’un jour."
    parser = _command(commands, "veille", text, "veille_commands.veille")
    actions = "list (par défaut), sheet (la feuille d’appels, en PDF)"
    parser.add_argument("action", nargs="?", choices=("list", "sheet"), default="list", help=actions)
    parser.add_argument("path", nargs="?", type=Path, metavar="FICHIER", help="le PDF à écrire")
    _option(parser, "--date", "JOUR", "jour regardé, comme 2026-11-24 (par défaut, aujourd’hui)", type=_date)
    _option(parser, "--worker", "NOM", "ce que tient cette personne (list : toute l’équipe, sheet : soi)")
    _flag(parser, "--all", "donner toutes les veilles, terminées comprises")
    _json(parser)


def _agreements(commands: Any) -> None:
    text = "Donne les conventions, leurs places libres, leurs logements réservés et leur subvention."
    parser = _command(commands, "agreements", text, "agreement_commands.agreements")
    _flag(parser, "--all", "donner aussi celles qui sont finies")
    _json(parser)


def _indicators(commands: Any) -> None:
    text = "Compte ce qu’une convention, ou toutes celles d’un bailleur, rapportent sur une période."
    parser = _command(commands, "indicators", text, "agreement_commands.indicators")
    _option(parser, "--agreement", "NOM", "la convention, par son nom ou un mot de son nom")
    _option(parser, "--landlord", "NOM", "le bailleur : toutes ses conventions ensemble")
    _option(
        parser,
        "--from",
        "JOUR",
        "premier jour, comme 2026-01-01 (par défaut, le 1er janvier)",
        type=_date,
        dest="start",
    )
    _option(parser, "--to", "JOUR", "dernier jour (par défaut, aujourd’hui)", type=_date, dest="end")
    _json(parser)


def _retention(commands: Any) -> None:
    text = "Donne les dossiers dont la conservation arrive à échéance, et ce qui en est décidé."
    parser = _command(commands, "retention", text, "retention_commands.retention")
    _json(parser)


def _erase(commands: Any) -> None:
    text = "Efface un dossier, ou une personne d’un dossier, à sa demande ; cela ne se reprend pas."
    parser = _command(commands, "erase", text, "retention_commands.erase")
    parser.add_argument("reference", metavar="REF", help="référence du dossier")
    _option(parser, "--member", "NOM", "n’effacer que cette personne, par son prénom ou son nom entier")
    _flag(parser, "--confirm", "effacer ; sans cela, dire seulement ce qui partirait")
    _flag(parser, "--redact", "retirer aussi le nom des écrits d’autres dossiers qui le citent")
    _json(parser)


def _anonymise(commands: Any) -> None:
    text = "Ne laisse d’un dossier que ce qui compte, sans nom ; cela ne se reprend pas."
    parser = _command(commands, "anonymise", text, "retention_commands.anonymise")
    parser.add_argument("reference", metavar="REF", help="référence du dossier")
    _flag(parser, "--confirm", "anonymiser ; sans cela, dire seulement ce qui partirait et ce qui resterait")
    _flag(parser, "--redact", "retirer aussi le nom des écrits d’autres dossiers qui le citent")
    _json(parser)


def _print(commands: Any) -> None:
    text = "Écrit un document en PDF ; « documents » en donne les sortes."
    parser = _command(commands, "print", text, "print_document")
    parser.add_argument("kind", metavar="SORTE", help="sorte de document, comme bilan-bailleur")
    whom = parser.add_mutually_exclusive_group(required=True)
    _option(whom, "--household", "REF", "référence du ménage")
    _option(whom, "--team", "NOM", "tous les ménages suivis par cette personne, ou par l’association")
    place = "fichier PDF à écrire ; avec --team un dossier, ou un seul PDF pour des dossiers de suivi"
    _option(parser, "--out", "FICHIER", place, type=Path, required=True)
    _option(parser, "--from", "AAAA-MM-JJ", "début de la période", type=_date, dest="from_date")
    _option(parser, "--to", "AAAA-MM-JJ", "fin de la période (aujourd’hui)", type=_date, dest="to_date")
    _option(parser, "--entry", "N°", "numéro de la visite d’un compte rendu (la dernière par défaut)")
    parts = "complet (par défaut), synthese, journal, budget-logement ou sans-ecrits-internes"
    _option(parser, "--preset", "PARTIES", f"parties d’un dossier de suivi : {parts}")
    _json(parser)


def _documents(commands: Any) -> None:
    _json(_command(commands, "documents", "Donne les sortes de documents.", "documents", file=False))


def _verify(commands: Any) -> None:
    text = "Vérifie le fichier : pages, chaîne des modifications, liens, index de recherche."
    parser = _command(commands, "verify", text, "verify")
    _flag(parser, "--backups", "vérifier aussi chaque sauvegarde, page par page")
    _json(parser)


def _backup(commands: Any) -> None:
    text = "Fait une sauvegarde chiffrée, la relit, puis retire celles qui ne se gardent plus."
    parser = _command(commands, "backup", text, "backup_commands.backup")
    _option(parser, "--to", "DOSSIER", "où l’écrire (par défaut, à côté du dossier du fichier)", type=Path)
    _json(parser)


def _backups(commands: Any) -> None:
    text = "Donne les sauvegardes, la dernière d’abord ; aucune phrase secrète n’est demandée."
    parser = _command(commands, "backups", text, "backup_commands.backups")
    _option(parser, "--in", "DOSSIER", "où les chercher : une clé USB, par exemple", type=Path, dest="place")
    _json(parser)


def _backup_place(commands: Any) -> None:
    text = "Dit où sont les sauvegardes ; avec un dossier, les y fait désormais et y apporte celles qui existent."
    parser = _command(commands, "backup-place", text, "backup_commands.backup_place")
    which = "dossier d’un disque de ce PC où faire les sauvegardes désormais"
    where = parser.add_mutually_exclusive_group()
    where.add_argument("place", metavar="DOSSIER", nargs="?", type=Path, help=which)
    _flag(where, "--beside", "les faire de nouveau à côté du dossier du fichier")
    _json(parser)


def _restore(commands: Any) -> None:
    text = (
        "Remet une sauvegarde en place, avec la phrase secrète de ce jour-là ; le fichier présent est mis de"
        " côté, jamais effacé."
    )
    parser = _command(commands, "restore", text, "backup_commands.restore")
    which = "nom donné par « backups », ou dossier d’une sauvegarde"
    parser.add_argument("backup", metavar="SAUVEGARDE", help=which)
    _flag(parser, "--recovery-key", "le secret donné est la clé de secours, non la phrase secrète")
    _json(parser)


def _ways_in(commands: Any) -> None:
    text = "Donne les façons d’ouvrir le fichier, ou en retire une (jamais la dernière)."
    parser = _command(commands, "ways-in", text, "vault_commands.ways_in")
    _option(parser, "--remove", "FAÇON", "identifiant de la façon à retirer, donné par la liste")
    _json(parser)


def _change_passphrase(commands: Any) -> None:
    text = "Change la phrase secrète ; le fichier n’est pas chiffré de nouveau."
    parser = _command(commands, "change-passphrase", text, "vault_commands.change_passphrase")
    _new_passphrase(parser)
    _json(parser)


def _new_recovery_key(commands: Any) -> None:
    text = "Refait la clé de secours et l’écrit, une seule fois ; l’ancienne n’ouvre plus rien."
    _json(_command(commands, "new-recovery-key", text, "vault_commands.new_recovery_key"))


def _change_data_key(commands: Any) -> None:
    text = (
        "Après un vol : chiffre tout de nouveau, avec une autre phrase secrète et une autre clé de secours."
    )
    parser = _command(commands, "change-data-key", text, "vault_commands.change_data_key")
    _new_passphrase(parser)
    _json(parser)


def _new_passphrase(parser: Parser) -> None:
    what = "fichier dont la première ligne est la nouvelle phrase secrète"
    _option(parser, "--new-passphrase-file", "FICHIER", what, type=Path)


def _agenda(commands: Any) -> None:
    text = "Donne l’agenda d’un jour ou d’une semaine, importe ou exporte un agenda (.ics), écrit la feuille du jour."
    parser = _command(commands, "agenda", text, "agenda_commands.agenda")
    actions = "list (par défaut), import (un .ics), export (vers un .ics), sheet (la feuille du jour, en PDF)"
    parser.add_argument(
        "action", nargs="?", choices=("list", "import", "export", "sheet"), default="list", help=actions
    )
    parser.add_argument("path", nargs="?", type=Path, metavar="FICHIER", help="le fichier lu ou écrit")
    _option(parser, "--date", "JOUR", "jour à donner, comme 2026-11-24 (par défaut, aujourd’hui)", type=_date)
    _flag(parser, "--week", "toute la semaine de ce jour")
    _flag(parser, "--team", "les rendez-vous de toute l’équipe")
    _flag(parser, "--dry-run", "compter ce que l’import ajouterait, sans rien écrire")
    _option(
        parser,
        "--from",
        "JOUR",
        "premier jour exporté (par défaut, un mois en arrière)",
        type=_date,
        dest="date_from",
    )
    _option(parser, "--to", "JOUR", "dernier jour exporté (par défaut, trois mois en avant)", type=_date)
    _flag(parser, "--addresses", "exporter aussi les adresses, jamais celle d’un ménage protégé")
    _json(parser)


def _self_test(commands: Any) -> None:
    text = "Essaie le programme installé de bout en bout, dans un dossier jetable."
    _json(_command(commands, "self-test", text, "self_test", file=False))


def _main_job(commands: Any) -> None:
    text = "Joue le travail principal sans écran, sur la démonstration, et dit où sont les documents."
    parser = _command(commands, "main-job", text, "main_job", file=False)
    _option(parser, "--out", "DOSSIER", "où écrire les documents", type=Path)
    _json(parser)


_COMMANDS: tuple[Callable[[Any], None], ...] = (
    _create, _demo, _import, _undo_import, _search, _show, _agenda, _merge, _split, _undo, _referrals, _veille,
    _agreements, _indicators, _retention, _erase, _anonymise, _print, _documents, _verify,
    _backup, _backups, _backup_place, _restore, _ways_in, _change_passphrase, _new_recovery_key, _change_data_key,
    _self_test, _main_job,
)  # fmt: skip


def _command(commands: Any, name: str, text: str, handler: str, *, file: bool = True) -> Parser:
    parser: Parser = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    parser.set_defaults(run=_later(handler))
    if file:
        folder = "dossier du fichier chiffré (par défaut, celui de cette personne sur ce poste)"
        _option(parser, "--data", "DOSSIER", folder, type=Path)
        secret = "fichier dont la première ligne est la phrase secrète"  # noqa: S105 - a sentence of help
        _option(parser, "--passphrase-file", "FICHIER", secret, type=Path)
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


def _option(parser: Any, name: str, metavar: str, help_text: str, **more: Any) -> None:
    parser.add_argument(name, metavar=metavar, help=help_text, **more)


def _flag(parser: Any, name: str, help_text: str, **more: Any) -> None:
    parser.add_argument(name, action="store_true", help=help_text, **more)


def _json(parser: Parser) -> None:
    _flag(parser, "--json", "répondre en JSON (UTF-8) sur la sortie standard")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier") from error


def _count(text: str) -> int:
    value = _number(text)
    if not 1 <= value <= MOST:
        raise argparse.ArgumentTypeError("un nombre de 1 à 1 000 000 est attendu")
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date comme 2026-11-24") from error
