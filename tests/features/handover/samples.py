"""Invented reviews: the one of the design's pictures, the shortest possible, and an extreme one."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.handover.domain.review_content import (
    Deadline,
    Duty,
    FrameLine,
    GoalProgress,
    KeyFact,
    LandlordReview,
    Meeting,
    Option,
    Presence,
    RentMonth,
    RentRecord,
    RoomCondition,
    Signatory,
)
from caseworker_app.kernel.dates import Period, add_months
from caseworker_app.pdf.identity import Identity

IDENTITY = Identity(
    name="Association Les Amarres",
    short_name="Les Amarres",
    lines=(
        "Accompagnement et logement",
        "14, quai des Tilleuls – 35990 Valmère",
        "02 61 91 04 12 · contact@lesamarres.example",
    ),
)


def _months() -> tuple[RentMonth, ...]:
    days = (5, 4, 5, 5, 5, 3, 5, 4, 3, 12, 4, 5)
    paid = (49620, 49620, 40400, 40400, *[50340] * 8)
    found = []
    for index, day in enumerate(days):
        month = add_months(date(2025, 11, 1), index)
        due = 49620 if index < 2 else 50340
        plan = 2485 if index >= 6 else 0
        found.append(RentMonth(month, due, paid[index], plan, month.replace(day=day), late=day == 12))
    return tuple(found)


def _meetings() -> tuple[Meeting, ...]:
    visits = [
        (date(2026, 5, 12), "Bilan précédent", "Logement"),
        (date(2026, 6, 8), "Visite", "Logement"),
        (date(2026, 7, 1), "Visite", "Logement"),
        (date(2026, 7, 23), "Visite", "Logement"),
        (date(2026, 8, 18), "Visite", "Logement"),
        (date(2026, 9, 7), "Visite, avec le gardien", "Logement"),
        (date(2026, 10, 2), "Visite", "Logement"),
        (date(2026, 10, 27), "Préparation de ce bilan", "Association"),
    ]
    met = [Meeting(day, what, place, Presence.PRESENT) for day, what, place in visits]
    put_off = Meeting(date(2026, 9, 25), "Visite", "Logement", Presence.POSTPONED, "au 2 octobre")
    return (*met, put_off)


def usual_review() -> LandlordReview:
    """Return the review of the design's pictures."""
    return LandlordReview(
        title="Bilan intermédiaire du bail glissant",
        reference="BIL-2026-A7-0147",
        day=date(2026, 11, 20),
        period=Period(date(2026, 5, 1), date(2026, 10, 31)),
        household="Mme Élodie Marchal",
        household_short="Mme Marchal",
        recipient=(
            "Valmère Habitat",
            "Mme Sophie Vannier, chargée de clientèle",
            "Agence Rives de Loire",
            "3, place du Marché-aux-Grains",
            "35990 VALMÈRE",
        ),
        worker="Mme Hélène Pradier",
        worker_phone="02 61 91 04 18",
        template="Modèle « Bilan pour le bailleur », rédaction n° 4 du 2 novembre 2026",
        key_facts=(
            KeyFact("Loyer courant", "6 mois sur 6", "dont un payé le 12", good=True),
            KeyFact("Plan d'apurement", "6 sur 8 réglées", "reste dû : 49,70 €", good=True),
            KeyFact("Assurance", "à jour", "jusqu'au 31/10/2027", good=True),
            KeyFact("Proposition", "bail à son nom", "à effet du 1er mai 2027"),
        ),
        frame=(
            FrameLine(
                "Logement", "T3 de 62 m² – 8, allée des Glycines, porte 23, 35990 Valmère (réf. 04-118-023)"
            ),
            FrameLine("Occupante", "Mme Élodie Marchal, sous-locataire depuis le 1er novembre 2025"),
            FrameLine(
                "Convention",
                "Tripartite, signée le 30 octobre 2025 ; 12 mois, puis 6 mois, jusqu'au 30 avril 2027"
                " (art. L. 442-8-3 du code de la construction et de l'habitation)",
            ),
            FrameLine(
                "Échéance à venir",
                " : le bailleur indique au préfet s'il propose un bail, et ses motifs dans le cas contraire",
                emphasis="28 février 2027",
            ),
        ),
        meetings=_meetings(),
        meetings_comment="Mme Marchal a prévenu de la seule absence et proposé une autre date.",
        rent=RentRecord(
            payee="l'association",
            months=_months(),
            comment="Depuis mars 2026, le loyer et les charges sont réglés en entier chaque mois. Août"
            " a été payé le 12 au"
            " lieu du 5, après un appel de Mme Marchal pour prévenir. La dette née en janvier et"
            " février (198,80 €) est"
            " remboursée selon le plan signé le 20 avril 2026 : 8 mensualités de 24,85 €.",
            remaining=4970,
            remaining_on=date(2026, 10, 31),
            remark="L'aide au logement versée à l'association est comprise dans « Payé ».",
        ),
        duties=(
            Duty(
                "Assurance habitation",
                "Attestation reçue le 28/10/2026",
                "À jour",
                "jusqu'au 31 octobre 2027",
            ),
            Duty(
                "Entretien de la chaudière",
                "Certificat du 22/09/2026",
                "Fait",
                ", à refaire en septembre 2027",
            ),
            Duty("Détecteur de fumée", "Essai du 02/10/2026", "En place", "et en état de marche"),
        ),
        rooms=(
            RoomCondition("Séjour et cuisine", "Bon état, aéré et rangé"),
            RoomCondition(
                "Chambres 1 et 2",
                "Bon état ; un volet difficile à lever",
                "Bailleur : demande n° 26-4471 du 5 octobre",
            ),
            RoomCondition(
                "Salle d'eau",
                "Propre, joint de douche refait par Mme Marchal ; tache d'humidité au plafond",
                "Bailleur : recherche de fuite demandée le 14 septembre, passage le 3 décembre",
            ),
            RoomCondition("Parties communes", "Usage paisible, aucune réclamation connue"),
        ),
        rooms_seen_on=date(2026, 10, 2),
        goals=(
            GoalProgress("Payer le loyer courant", 2, 3, "prévient en cas d'imprévu"),
            GoalProgress("Tenir le plan d'apurement", 2, 3, "6 échéances tenues sur 6"),
            GoalProgress("Entretenir le logement", 3, 3, "stable, sans rappel"),
            GoalProgress("Signaler les travaux", 1, 3, "deux demandes faites par écrit"),
            GoalProgress("Relations de voisinage", 3, 4, "bonnes relations, entraide"),
            GoalProgress("Préparer le bail à son nom", 0, 2, "dossier à compléter"),
        ),
        goals_before_on=date(2026, 5, 12),
        goals_now_on=date(2026, 10, 27),
        options=(
            Option("Renouveler", "la période d'accompagnement pour 6 mois"),
            Option(
                "Préparer le glissement du bail",
                "au nom de Mme Marchal, à effet du 1er mai 2027",
                chosen=True,
            ),
            Option("Mettre fin", "à la sous-location (motif et solution de relogement à préciser)"),
        ),
        reasons="Les critères de la convention sont remplis ou en voie de l'être : paiement régulier"
        " depuis huit mois, plan"
        " soldé en décembre, assurance et entretien à jour, usage paisible. L'association poursuit une"
        " visite par mois"
        " jusqu'au glissement.",
        calendar=(
            Deadline(date(2026, 11, 20), "bilan transmis", reached=True),
            Deadline(date(2027, 1, 15), "réunion tripartite"),
            Deadline(date(2027, 2, 28), "réponse au préfet"),
            Deadline(date(2027, 4, 30), "terme de la convention"),
        ),
        opinion="Je me sens bien dans ce logement et j'aimerais que le bail soit à mon nom. J'ai repris"
        " mes paiements et"
        " je tiens mon plan. Je voudrais que la fuite de la salle d'eau soit vue avant l'hiver.",
        consent="Mme Marchal a relu ce bilan le 17 novembre 2026 et accepte qu'il soit transmis à"
        " Valmère Habitat pour"
        " l'examen de son bail. Elle peut retirer cet accord à tout moment.",
        signatories=(
            Signatory("La sous-locataire", "Mme Élodie Marchal", "Relu, un exemplaire reçu"),
            Signatory("Pour l'association", "Mme Hélène Pradier", "Conseillère, Les Amarres"),
            Signatory("Pour le bailleur", "Mme Sophie Vannier", "Vu, pour Valmère Habitat"),
        ),
    )
