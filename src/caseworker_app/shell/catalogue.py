"""What the window offers, as explicit lists; nothing is listed here that does not work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the navigation: its key, title, icon, and the pages that belong to it (the first opens)."""

    key: str
    title: str
    icon: str
    pages: tuple[str, ...]


# The other entries of the plan (Accueil, Agenda, Appels…) come here with the issue that makes them work.
SCREENS: tuple[Screen, ...] = (
    Screen("households", "Ménages", "users", ("households", "dossier", "visit", "document", "import")),
)


def screen_of(page: str) -> Screen | None:
    """Return the entry a page belongs to, or None."""
    return next((screen for screen in SCREENS if page in screen.pages), None)


@dataclass(frozen=True, slots=True)
class Key:
    """A keyboard shortcut as shown to people, and as Qt writes it (empty: it belongs to a list or a
    field).
    """

    shown: str
    does: str
    sequence: str = ""


KEYS: tuple[Key, ...] = (
    Key("Ctrl + K", "Rechercher", "Ctrl+K"),
    Key("Ctrl + 1", "Aller à la liste des ménages", "Ctrl+1"),
    Key("Alt + ←", "Revenir à la page précédente", "Alt+Left"),
    Key("F5", "Relire la page", "F5"),
    Key("F6", "Passer de la navigation à la page", "F6"),
    Key("Ctrl + Z", "Annuler ce qui vient d’être fait", "Ctrl+Z"),
    Key("Ctrl + L", "Verrouiller", "Ctrl+L"),
    Key("F1", "Voir ces raccourcis", "F1"),
    Key("Ctrl + Q", "Quitter", "Ctrl+Q"),
    Key("↑  ↓", "Se déplacer dans une liste"),
    Key("Entrée", "Ouvrir la ligne"),
    Key("Espace", "Cocher la ligne"),
)
