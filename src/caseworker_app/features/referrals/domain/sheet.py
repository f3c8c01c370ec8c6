"""The sheet handed to those who refer households (« fiche d’orientation »): its questions and their answers."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.referrals.domain.tables import reasons
from caseworker_app.sheets.form import Question

TITLE = "Fiche d’orientation d’un ménage"
NOTE = (
    "Remplissez cette page pour un ménage, ou la seconde pour plusieurs, puis renvoyez le fichier. N’écrivez que ce "
    "qui est utile au logement\u00a0: ni santé, ni justice, ni origine. Le ménage est informé de cette demande."
)
# A list to choose from holds so many characters in a spreadsheet: the commonest reasons come first.
_MOST_LETTERS = 255
_YES_NO = ("Oui", "Non")


_BODY = [
    Question("Bailleur"),
    Question("Interlocuteur", help="La personne à qui répondre"),
    Question("Téléphone ou courriel de l’interlocuteur"),
    Question("Date de la demande", help="jj/mm/aaaa"),
    Question("N° de la demande", help="Votre référence, s’il y en a une"),
]
_HOUSEHOLD = [
    Question("Nom du locataire"),
    Question("Prénom du locataire"),
    Question("Date de naissance", help="jj/mm/aaaa"),
    Question("Téléphone du locataire"),
    Question("Adresse du logement"),
    Question("Code postal"),
    Question("Commune"),
    Question("Nombre d’occupants"),
]
_LEASE = [
    Question("N° de bail"),
    Question("Date d’entrée", help="jj/mm/aaaa"),
    Question("Type de logement", help="T3 par exemple"),
    Question("Loyer"),
    Question("Charges"),
    Question("APL"),
    Question("Solde du compte", help="Ce qui est dû"),
    Question("Date du premier impayé", help="jj/mm/aaaa"),
    Question("Stade de la procédure"),
]


def sheet_questions(day: date) -> list[tuple[str, list[Question]]]:
    """Return the parts of the sheet with their questions, as they stand on a day."""
    asked = [
        Question("Motif", _reasons(day), "Choisissez, ou écrivez en quelques mots"),
        Question("Accompagnement demandé", ("Accompagnement", "Diagnostic", "Veille")),
        Question("Urgence", _YES_NO),
        Question("Situation", tall=True),
        Question("Démarches déjà faites", tall=True),
        Question("Accord du ménage", _YES_NO),
        Question("Date de l’accord", help="jj/mm/aaaa"),
        Question("Réponse attendue"),
    ]
    return [("Votre organisme", _BODY), ("Le ménage", _HOUSEHOLD), ("Le bail", _LEASE), ("La demande", asked)]


def _reasons(day: date) -> tuple[str, ...]:
    chosen: list[str] = []
    for each in reasons(day):
        # A comma parts the answers of the list.
        label = each.label.replace(", ", " et ")
        if len(",".join([*chosen, label])) <= _MOST_LETTERS:
            chosen.append(label)
    return tuple(chosen)
