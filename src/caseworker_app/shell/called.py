"""What people call the pages of a dossier and the sections of the settings, so that the palette finds them by it."""

from __future__ import annotations

from dataclasses import dataclass

# By the key of a tab of the dossier: words it is looked for by, besides its own.
TAB_WORDS = {
    "overview": "résumé synthèse fil chronologie général étapes prochaines",
    "composition": (
        "membre personne famille enfant conjoint téléphone numéro coordonnées adresse contact sûr langue interprète "
        "consignes protégé protection violences curatelle tutelle naissance situation"
    ),
    "measure": (
        "fin clôturer clore terminer sortie renouveler renouvellement prolonger suspendre suspension avenant contrat "
        "accompagnement référent transférer intervenants réunions AVDL ASLL MASP intermédiation"
    ),
    "housing": (
        "loyer bail glissant glissement impayé dette locative quittance bailleur appartement plan apurement "
        "sous-location sous-locataire examen périodique expulsion commandement compte avance échéance relogement"
    ),
    "goals": "objectif étapes grille autonomie radar évaluation plan action",
    "budget": (
        "ressources revenus charges dépenses dettes crédits surendettement reste vivre taux effort salaire allocations "
        "argent factures"
    ),
    "orientations": "orienter partenaire adresser relais réponse",
    "procedures": (
        "demande dossier DALO FSL surendettement logement social HLM CAF pièces manquantes justificatifs liste"
    ),
    "attachments": "photo scan scanner scanné fichier pièce jointe document joint PDF déposer justificatif image",
    "rights": "RGPD consentement accord accès rectification limitation opposition copie données",
    "diary": "écrits entrées appels visites notes entretiens",
    "documents": "envoyés remis transmis registre transmissions courriers imprimés bilans",
    "history": "modifications changements annulation ancienne version qui modifié supprimé corbeille",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the settings as the palette names it: its key in routes, its title, its icon, other words."""

    key: str
    title: str
    icon: str
    other_words: str


SECTIONS = (
    Section("association", "Association", "building", "nom logo adresse en-tête coordonnées téléphone"),
    Section(
        "people", "Personnes et droits", "users-group",
        "équipe utilisateur collègue compte rôle intervenant salarié bénévole référent travailleur habilitation",
    ),
    Section(
        "agreements", "Conventions", "signature",
        "quota financeur financement subvention appel à projets bailleur places réservées indicateurs statistiques "
        "chiffres rapport activité annuel dispositif",
    ),
    Section("grid", "Grille d’autonomie", "target", "domaines niveaux évaluation"),
    Section("library", "Bibliothèque d’objectifs", "bookmark", "modèles étapes réutilisés"),
    Section("papers", "Pièces par démarche", "list-check", "liste justificatifs DALO FSL surendettement modèles"),
    Section("sentences", "Phrases réutilisées", "quote", "modèles textes types formules raccourcis insérer"),
    Section("dictionary", "Dictionnaire", "text-size", "orthographe correcteur fautes mots soulignés"),
    Section("check-words", "Mots relus avant un envoi", "eye", "sensibles confidentiel relecture contrôle"),
    Section(
        "security", "Sécurité", "shield-lock",
        "mot de passe phrase secrète code PIN clé de secours changer verrouillage automatique masquer cacher "
        "chiffrement",
    ),
    Section(
        "accesses", "Journal des accès", "history", "qui consulté consultations traçabilité traces refus imprimé"
    ),
    Section(
        "retention", "Conservation des données", "clock",
        "archiver archives supprimer effacer suppression effacement anonymiser dossier durée RGPD purge",
    ),
    Section("agenda", "Agenda", "calendar", "iCalendar ics publier téléphone jours fériés calendrier"),
    Section(
        "backups", "Sauvegardes", "device-floppy", "sauvegarder copie clé USB disque restaurer récupérer backup"
    ),
    Section("look", "Apparence", "contrast", "thème sombre clair mode couleurs taille texte police"),
    Section(
        "tables", "Barèmes", "calculator", "montants RSA APL délais plafonds paramètres quotité saisissable sources"
    ),
    Section("about", "À propos", "info-circle", "version licence emplacement mise à jour"),
)  # fmt: skip
