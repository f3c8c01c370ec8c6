"""Commands that take lists and calendars in, and give them out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from caseworker_app.cli.french import Parser
from caseworker_app.cli.syntax.shapes import answer_in_json, command, count, day, flag, option

_KINDS = ("tenants", "people", "tracker", "referrals", "dwellings", "partners", "landlords", "goals")


def import_command(commands: Any) -> None:
    """Add the command « import »."""
    text = (
        "Importe une liste de locataires, de personnes ou de logements (CSV, XLSX, XLS, ODS) ; avec --kind, aussi"
        " un tableau de suivi, un annuaire de partenaires (JSON compris) ou des bailleurs."
    )
    parser = command(commands, "import", text, "import_list")
    _what_is_read(parser)
    _where_goals_go(parser)
    option(parser, "--landlord", "NOM", "bailleur des logements, où la liste ne le dit pas")
    flag(parser, "--dry-run", "tout vérifier sans rien écrire dans le fichier")
    option(parser, "--report", "SORTIE.json", "écrire le rapport complet dans ce fichier", type=Path)
    again = parser.add_mutually_exclusive_group()
    flag(again, "--continue", "terminer l’import interrompu de ce même fichier", dest="go_on")
    flag(again, "--undo-interrupted", "annuler d’abord l’import interrompu, s’il y en a un")
    answer_in_json(parser)


def _what_is_read(parser: Parser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("list", type=Path, nargs="?", metavar="FICHIER", help="la liste reçue, telle quelle")
    flag(what, "--list-profiles", "donner les profils prêts et ceux du fichier, sans rien importer")
    kinds = (
        "tenants, people, tracker (tableau de suivi), referrals (demandes d’un bailleur), dwellings, partners,"
        " landlords (reconnu par défaut) ou goals (objectifs d’un autre logiciel, JSON)"
    )
    parser.add_argument("--kind", choices=_KINDS, help=f"sorte de liste : {kinds}")
    option(parser, "--profile", "PROFIL", "profil de lecture des colonnes, par son identifiant ou son nom")
    on_duplicate = "d’un doublon probable : l’écarter (par défaut), compléter le dossier, ou créer quand même"
    parser.add_argument(
        "--duplicates", choices=("skip", "merge", "create"), default="skip", help=f"que faire {on_duplicate}"
    )


def _where_goals_go(parser: Parser) -> None:
    where = parser.add_mutually_exclusive_group()
    option(where, "--household", "REF", "avec --kind goals : le dossier où entrent les objectifs")
    flag(where, "--library", "avec --kind goals : garder leurs mots dans la bibliothèque, sans dates ni noms")
    which = "avec --kind goals : la personne du fichier, par son rang (1 pour la première)"
    option(parser, "--notebook", "N", which, type=count)


def undo_import(commands: Any) -> None:
    """Add the command « undo-import »."""
    text = "Annule un import entier, sauf les ménages sur lesquels on a travaillé depuis."
    parser = command(commands, "undo-import", text, "undo_import")
    which = "identifiant de l’import, donné par son rapport (par défaut, le dernier)"
    parser.add_argument("run_id", nargs="?", metavar="IMPORT", help=which)
    answer_in_json(parser)


def agenda(commands: Any) -> None:
    """Add the command « agenda »."""
    text = "Donne l’agenda d’un jour ou d’une semaine, importe ou exporte un agenda (.ics), écrit la feuille du jour."
    parser = command(commands, "agenda", text, "agenda_commands.agenda")
    actions = "list (par défaut), import (un .ics), export (vers un .ics), sheet (la feuille du jour, en PDF)"
    parser.add_argument(
        "action", nargs="?", choices=("list", "import", "export", "sheet"), default="list", help=actions
    )
    parser.add_argument("path", nargs="?", type=Path, metavar="FICHIER", help="le fichier lu ou écrit")
    option(parser, "--date", "JOUR", "jour à donner, comme 2026-11-24 (par défaut, aujourd’hui)", type=day)
    flag(parser, "--week", "toute la semaine de ce jour")
    flag(parser, "--team", "les rendez-vous de toute l’équipe")
    flag(parser, "--dry-run", "compter ce que l’import ajouterait, sans rien écrire")
    option(
        parser,
        "--from",
        "JOUR",
        "premier jour exporté (par défaut, un mois en arrière)",
        type=day,
        dest="date_from",
    )
    option(parser, "--to", "JOUR", "dernier jour exporté (par défaut, trois mois en avant)", type=day)
    flag(parser, "--addresses", "exporter aussi les adresses, jamais celle d’un ménage protégé")
    answer_in_json(parser)
