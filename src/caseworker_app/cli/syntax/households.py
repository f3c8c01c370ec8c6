"""Commands on households: found, shown, joined, parted, printed; what is received and due."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from caseworker_app.cli.syntax.shapes import answer_in_json, command, count, day, flag, option


def search(commands: Any) -> None:
    """Add the command « search »."""
    text = "Cherche des ménages par nom, téléphone, adresse, référence ou mots du journal."
    parser = command(commands, "search", text, "search")
    words = "sans souci d’accents, de majuscules ni de la forme d’un numéro"
    parser.add_argument("words", nargs="+", metavar="MOTS", help=words)
    option(parser, "--limit", "N", "nombre de réponses au plus (50 par défaut)", type=count, default=50)
    answer_in_json(parser)


def show(commands: Any) -> None:
    """Add the command « show »."""
    text = "Montre le dossier d’un ménage ; l’adresse et les numéros d’un ménage protégé sont masqués."
    parser = command(commands, "show", text, "show")
    parser.add_argument("reference", metavar="REF", help="référence du ménage, comme 2026-B7K4-0001")
    answer_in_json(parser)


def merge(commands: Any) -> None:
    """Add the command « merge »."""
    text = "Réunit deux dossiers d’un même ménage ; le second rejoint le premier, et rien n’est perdu."
    parser = command(commands, "merge", text, "dossier_commands.merge")
    parser.add_argument("kept", metavar="REF_GARDÉE", help="référence du dossier qui reste")
    parser.add_argument("absorbed", metavar="REF_REPRISE", help="référence du dossier qui le rejoint")
    answer_in_json(parser)


def split(commands: Any) -> None:
    """Add the command « split »."""
    text = (
        "Sépare un dossier : les personnes nommées ont le leur, avec ce qui est à elles ; rien n’est copié."
    )
    parser = command(commands, "split", text, "dossier_commands.split")
    parser.add_argument("reference", metavar="REF", help="référence du dossier à séparer")
    leaving = (
        "qui part, par son prénom ou son nom entier (à répéter) ; la première est la personne de référence"
    )
    option(parser, "--member", "NOM", leaving, action="append", required=True)
    option(parser, "--remaining", "NOM", "personne de référence de ceux qui restent, si la leur part")
    for name, metavar, what in (
        ("--street", "RUE", "rue"), ("--complement", "TEXTE", "complément"),
        ("--postal-code", "CODE", "code postal"), ("--city", "COMMUNE", "commune"),
    ):  # fmt: skip
        option(parser, name, metavar, f"{what} de la nouvelle adresse")
    option(parser, "--since", "AAAA-MM-JJ", "depuis quand elles y vivent", type=day)
    flag(parser, "--protect", "protéger le nouveau dossier (violences) : aucun lien visible ne reste")
    answer_in_json(parser)


def undo(commands: Any) -> None:
    """Add the command « undo »."""
    text = "Annule la dernière modification de cette personne, ou celle qui est nommée."
    parser = command(commands, "undo", text, "dossier_commands.undo")
    which = "identifiant donné par --list (par défaut, la dernière) ; annuler une annulation la refait"
    parser.add_argument("change", nargs="?", metavar="MODIFICATION", help=which)
    flag(parser, "--list", "donner les dernières modifications, et ce qui empêche d’en annuler une")
    option(parser, "--household", "REF", "avec --list, celles d’un ménage, par qui que ce soit")
    answer_in_json(parser)


def referrals(commands: Any) -> None:
    """Add the command « referrals »."""
    text = "Donne les demandes reçues et où elles en sont, les retards d’abord."
    parser = command(commands, "referrals", text, "referral_commands.referrals")
    flag(parser, "--all", "donner aussi celles qui sont terminées")
    answer_in_json(parser)


def veille(commands: Any) -> None:
    """Add the command « veille »."""
    text = "Donne les appels et visites de veille à faire, ou écrit la feuille d’appels d’un jour."
    parser = command(commands, "veille", text, "veille_commands.veille")
    actions = "list (par défaut), sheet (la feuille d’appels, en PDF)"
    parser.add_argument("action", nargs="?", choices=("list", "sheet"), default="list", help=actions)
    parser.add_argument("path", nargs="?", type=Path, metavar="FICHIER", help="le PDF à écrire")
    option(parser, "--date", "JOUR", "jour regardé, comme 2026-11-24 (par défaut, aujourd’hui)", type=day)
    option(parser, "--worker", "NOM", "ce que tient cette personne (list : toute l’équipe, sheet : soi)")
    flag(parser, "--all", "donner toutes les veilles, terminées comprises")
    answer_in_json(parser)


def print_command(commands: Any) -> None:
    """Add the command « print »."""
    text = "Écrit un document en PDF ; « documents » en donne les sortes."
    parser = command(commands, "print", text, "print_document")
    parser.add_argument("kind", metavar="SORTE", help="sorte de document, comme bilan-bailleur")
    whom = parser.add_mutually_exclusive_group(required=True)
    option(whom, "--household", "REF", "référence du ménage")
    option(whom, "--team", "NOM", "tous les ménages suivis par cette personne, ou par l’association")
    place = "fichier PDF à écrire ; avec --team un dossier, ou un seul PDF pour des dossiers de suivi"
    option(parser, "--out", "FICHIER", place, type=Path, required=True)
    option(parser, "--from", "AAAA-MM-JJ", "début de la période", type=day, dest="from_date")
    option(parser, "--to", "AAAA-MM-JJ", "fin de la période (aujourd’hui)", type=day, dest="to_date")
    option(parser, "--entry", "N°", "numéro de la visite d’un compte rendu (la dernière par défaut)")
    parts = "complet (par défaut), synthese, journal, budget-logement ou sans-ecrits-internes"
    option(parser, "--preset", "PARTIES", f"parties d’un dossier de suivi : {parts}")
    answer_in_json(parser)
