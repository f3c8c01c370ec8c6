"""Invented visit reports: the one of the design's pictures, and the shortest possible."""

from __future__ import annotations

from datetime import date, time

from caseworker_app.features.diary.domain.report_content import (
    GoalTouched,
    NextMeeting,
    PlannedAction,
    Promise,
    RoomState,
    Signatory,
    VisitReport,
    Zone,
    ZoneText,
)

_SHARED = Zone.SHAREABLE


def usual_report() -> VisitReport:
    """Return the report of the design's pictures."""
    return VisitReport(
        reference="VIS-2026-A7-0932",
        day=date(2026, 10, 2),
        household="Mme Élodie Marchal",
        household_short="Mme Marchal",
        printed_on=date(2026, 11, 20),
        printed_by="H. Pradier",
        template="Modèle « Compte rendu de visite », rédaction n° 7 du 14 septembre 2026",
        start=time(14, 5),
        end=time(15, 0),
        purpose="visite mensuelle, la 11e",
        place="8, allée des Glycines, porte 23, Valmère",
        measure="bail glissant",
        present=("Mme Marchal", "Mme Pradier"),
        appointment="prévu, tenu à l'heure",
        agreed_on=date(2026, 9, 7),
        promises=(
            Promise("Préparer la demande pour le volet", "Mme Marchal", "Fait", ", envoi le 5 octobre"),
            Promise(
                "Obtenir une date pour la recherche de fuite", "Mme Pradier", "En attente", "du bailleur"
            ),
            Promise(
                "Réunir les pièces de la demande de logement",
                "Mme Marchal",
                "En partie",
                ": avis d'impôt à joindre",
            ),
        ),
        observed=(
            ZoneText(
                "Logement aéré, rangé et chauffé (19,5 °C dans le séjour à 14 h 15). Joint de douche"
                " refait par Mme Marchal."
                " Détecteur de fumée essayé : il fonctionne.\n"
                "Tache d'humidité au plafond de la salle d'eau, environ 40 × 25 cm, plus étendue que le"
                " 7 septembre"
                " (30 × 20 cm). Deux photos prises avec l'accord de Mme Marchal (annexes 1 et 2).",
                _SHARED,
            ),
        ),
        said=(
            ZoneText(
                "Elle se plaît dans l'immeuble et souhaite un bail à son nom. Elle demande que la fuite"
                " soit vue avant"
                " l'hiver.",
                _SHARED,
            ),
            ZoneText(
                "Elle dit être plus fatiguée depuis le changement d'horaires de son travail en"
                " septembre. Elle en parlera"
                " à son médecin et ne souhaite pas que le bailleur en soit informé.\n"
                "Elle s'inquiète d'une lettre d'un organisme de crédit reçue le 29 septembre ; elle"
                " l'apportera au"
                " prochain rendez-vous.",
                reason="demande expresse de Mme Marchal",
            ),
        ),
        analysis=(
            ZoneText(
                "Les paiements restent réguliers malgré des horaires moins stables : une force sur"
                " laquelle s'appuyer. Le"
                " retard d'août vient de la date du salaire ; un prélèvement le 10 conviendrait mieux.\n"
                "Point de vigilance : le crédit n'est pas encore recensé dans les dettes. À regarder"
                " ensemble, sans"
                " conclure avant d'avoir lu la lettre."
            ),
        ),
        rooms=(
            RoomState("Séjour et cuisine", "Bon", "Rien à signaler", _SHARED),
            RoomState("Chambres 1 et 2", "Bon", "Volet de la chambre 2 difficile à lever", _SHARED),
            RoomState("Salle d'eau", "À surveiller", "Humidité au plafond (photos 1 et 2)", _SHARED),
            RoomState("Compteurs", "Relevés", "Eau 214 m³ ; électricité 8 452 kWh"),
        ),
        goals=(
            GoalTouched("Payer le loyer courant", 3, 3, "Demander le prélèvement au 10 du mois"),
            GoalTouched("Tenir le plan d'apurement", 2, 3, "Deux échéances : novembre et décembre"),
            GoalTouched("Préparer le bail à son nom", 1, 3, "Compléter la demande de logement"),
        ),
        actions=(
            PlannedAction(
                "Relancer le bailleur pour la fuite, avec photos", "Mme Pradier", date(2026, 10, 9), _SHARED
            ),
            PlannedAction(
                "Joindre l'avis d'impôt à la demande de logement", "Mme Marchal", date(2026, 10, 23), _SHARED
            ),
            PlannedAction(
                "Lire ensemble la lettre de l'organisme de crédit", "Toutes deux", date(2026, 10, 27)
            ),
        ),
        next_meeting=NextMeeting(date(2026, 10, 27), time(10, 0), "à l'accueil de l'association"),
        sharing="Accord donné le 2 octobre 2026 pour les zones vertes, vers Valmère Habitat. Rien n'a"
        " été transmis.",
        signatories=(
            Signatory("Rédigé par", "Mme Hélène Pradier", "Conseillère en économie sociale familiale"),
            Signatory("Lu et validé par", "M. Marc Oudin", "Chef de service"),
        ),
    )


def shortest_report() -> VisitReport:
    """Return a report of which nothing is known but its reference, its day and its household."""
    return VisitReport(
        reference="VIS-2026-A7-0001",
        day=date(2026, 10, 2),
        household="Ménage accompagné",
        household_short="le ménage",
        printed_on=date(2026, 11, 20),
        printed_by="H. Pradier",
    )
