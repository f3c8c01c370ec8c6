"""What the window offers, as explicit lists; nothing is listed here that does not work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the navigation: its key, title, icon, and the pages that belong to it (the first opens).

    `foot`: it stands after a rule at the foot of the navigation. `other_words`: what people may also call it.
    """

    key: str
    title: str
    icon: str
    pages: tuple[str, ...]
    foot: bool = False
    other_words: str = ""


# The other entries of the plan (Appels, Résidences…) come here with the issue that makes them work.
SCREENS: tuple[Screen, ...] = (
    Screen(
        "week",
        "Accueil",
        "home",
        ("week",),
        other_words="ma semaine échéances à faire tâches alertes rappels retards brouillons",
    ),
    Screen(
        "households",
        "Ménages",
        "users",
        ("households", "dossier", "visit", "document", "follow-up", "paper", "letter", "import", "writings"),
        other_words="dossiers familles liste tri filtres exporter export Excel tableau",
    ),
    Screen(
        "agenda",
        "Agenda",
        "calendar",
        ("agenda",),
        other_words="rdv rendez-vous calendrier planning jour semaine tournée congés absence",
    ),
    Screen(
        "referrals",
        "Demandes",
        "mail",
        ("referrals",),
        other_words="orientations reçues prescriptions signalements bailleur SIAO diagnostic décision liste d’attente",
    ),
    Screen(
        "veille",
        "Veille",
        "phone-call",
        ("veille",),
        other_words="isolement appels campagne canicule visites convivialité bénévole isolées feuille tournée",
    ),
    Screen(
        "partners",
        "Partenaires",
        "heart-handshake",
        ("partners",),
        other_words="annuaire associations organismes CCAS services répertoire",
    ),
    Screen("settings", "Réglages", "settings", ("settings",), True, "paramètres options préférences"),
)


def screen_of(page: str) -> Screen | None:
    """Return the entry a page belongs to, or None."""
    return next((screen for screen in SCREENS if page in screen.pages), None)


@dataclass(frozen=True, slots=True)
class Command:
    """Something one may ask for from anywhere, found by `Ctrl+K`: its key, words, icon and shortcut as shown.

    `household`: it is about one household, the one stood on or one to be named. `other_words`: what people
    may also call it.
    """

    key: str
    title: str
    icon: str
    other_words: str = ""
    shown: str = ""
    household: bool = False


COMMANDS: tuple[Command, ...] = (
    Command(
        "visit",
        "Nouvelle visite",
        "plus",
        "écrire rencontre domicile VAD entretien compte rendu",
        household=True,
    ),
    Command(
        "note",
        "Note rapide",
        "notes",
        "nouvelle noter appel téléphoner téléphone sms courriel mail courrier passage journal",
        "Ctrl + N",
    ),
    Command(
        "appointment",
        "Nouveau rendez-vous",
        "calendar-plus",
        "rdv prendre fixer planifier agenda calendrier",
        household=True,
    ),
    Command(
        "writings",
        "Recherche dans mes écrits",
        "search",
        "chercher retrouver mot texte journal notes visites plein texte",
        "Ctrl + Maj + F",
    ),
    Command(
        "merge", "Fusionner avec un autre dossier", "git-merge", "réunir doublon même ménage", household=True
    ),
    Command("split", "Séparer le dossier", "users-group", "séparation départ quitte divorce", household=True),
    Command(
        "join-people",
        "Réunir deux fiches d’une même personne",
        "git-merge",
        "fusionner membre doublon personne",
        household=True,
    ),
    Command("watch", "Ouvrir une veille", "phone-call", "isolement appels visites bénévole", household=True),
    Command(
        "new-household",
        "Nouveau ménage",
        "user-plus",
        "créer ajouter inscrire dossier famille personne fiche",
    ),
    Command("import", "Importer une liste", "file-import", "excel csv tableau locataires bailleur reprendre"),
    Command("guide", "Guide de Passerelle", "help", "aide mode d’emploi", "F1"),
    Command("shortcuts", "Raccourcis clavier", "keyboard", "touches"),
    Command("light", "Apparence claire", "sun", "thème mode clair jour"),
    Command("dark", "Apparence sombre", "contrast", "thème mode sombre nuit noir"),
    Command("system", "Apparence comme le système", "contrast", "thème automatique"),
    Command("larger", "Agrandir le texte", "zoom-in", "taille plus gros grand grossir zoom police lettres"),
    Command("smaller", "Réduire le texte", "zoom-out", "taille plus petit diminuer zoom police lettres"),
    Command("back", "Revenir à la page précédente", "arrow-left", "retour", "Alt + ←"),
    Command("undo", "Annuler ce qui vient d’être fait", "arrow-back-up", "défaire erreur", "Ctrl + Z"),
    Command("read-again", "Relire la page", "refresh", "actualiser rafraîchir", "F5"),
    Command("lock", "Verrouiller", "lock", "fermer quitter poste masquer cacher écran", "Ctrl + L"),
    Command("quit", "Quitter", "logout", "fermer arrêter", "Ctrl + Q"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """A keyboard shortcut as shown to people, and as Qt writes it (empty: it belongs to a list or a
    field).
    """

    shown: str
    does: str
    sequence: str = ""


KEYS: tuple[Key, ...] = (
    Key("Ctrl + K", "Chercher un ménage, un document, une action", "Ctrl+K"),
    Key("Ctrl + N", "Écrire une note rapide", "Ctrl+N"),
    Key("Ctrl + Maj + F", "Chercher un mot dans ses écrits", "Ctrl+Shift+F"),
    Key("Ctrl + 1 à 9", "Aller à une entrée de la navigation", "Ctrl+1"),
    Key("Ctrl + ,", "Ouvrir les réglages", "Ctrl+,"),
    Key("Alt + ←", "Revenir à la page précédente", "Alt+Left"),
    Key("F5", "Relire la page", "F5"),
    Key("F6", "Passer de la navigation à la page", "F6"),
    Key("Ctrl + Z", "Annuler ce qui vient d’être fait", "Ctrl+Z"),
    Key("Ctrl + L", "Verrouiller", "Ctrl+L"),
    Key("F1", "Ouvrir le guide à la page où l’on est", "F1"),
    Key("Ctrl + Q", "Quitter", "Ctrl+Q"),
    Key("↑  ↓", "Se déplacer dans une liste"),
    Key("Entrée", "Ouvrir la ligne"),
    Key("Espace", "Cocher la ligne"),
    Key("Ctrl + Espace", "Insérer une phrase réutilisée"),
    Key("F7", "Aller au mot souligné suivant"),
    Key("Ctrl + A", "Cocher toute la liste"),
)


# The page of the guide that tells of a page of the window, or of one of its tabs (« dossier/budget »).
GUIDE_PAGES = {
    "week": "ma-semaine",
    "households": "la-liste-des-menages",
    "dossier": "un-dossier",
    "dossier/composition": "la-composition",
    "dossier/goals": "les-objectifs",
    "dossier/measure": "la-mesure",
    "dossier/housing": "le-logement",
    "dossier/budget": "le-budget",
    "dossier/attachments": "les-pieces",
    "dossier/procedures": "les-demarches",
    "dossier/orientations": "les-partenaires",
    "dossier/rights": "les-droits-des-personnes",
    "visit": "une-visite",
    "writings": "chercher-dans-ses-ecrits",
    "document": "le-bilan-du-bailleur",
    "follow-up": "un-dossier",
    "paper": "les-objectifs",
    "letter": "les-demandes",
    "import": "importer-une-liste",
    "agenda": "l-agenda",
    "partners": "les-partenaires",
    "referrals": "les-demandes",
    "veille": "la-veille",
    "settings": "regler-passerelle",
    "settings/retention": "conserver-et-effacer",
    "settings/agenda": "l-agenda",
    "settings/grid": "les-objectifs",
    "settings/library": "les-objectifs",
    "settings/papers": "les-demarches",
}
FIRST_GUIDE_PAGE = "prise-en-main"
# The guide is listed in the order somebody new would read it; what is not named here comes after.
GUIDE_ORDER = (
    "prise-en-main", "ma-semaine", "l-agenda", "importer-une-liste", "la-liste-des-menages", "un-dossier",
    "la-composition", "la-mesure", "le-logement", "les-objectifs", "le-budget", "les-pieces", "les-demarches",
    "une-visite", "une-note-rapide", "chercher-dans-ses-ecrits",
    "le-bilan-du-bailleur", "les-demandes", "la-veille", "les-partenaires", "les-droits-des-personnes",
    "mes-donnees-en-securite",
    "conserver-et-effacer",
    "regler-passerelle",
)  # fmt: skip


def guide_page(page: str, tab: str = "") -> str:
    """Return the page of the guide, without its ending, that tells of a page of the window."""
    return GUIDE_PAGES.get(f"{page}/{tab}") or GUIDE_PAGES.get(page, FIRST_GUIDE_PAGE)
