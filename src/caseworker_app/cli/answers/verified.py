"""What `verify` answers."""

from __future__ import annotations

from typing import Any

from caseworker_app.kernel.french import plural
from caseworker_app.storage.integrity import Verification


def verification_json(found: Verification) -> dict[str, Any]:
    """Return what `verify` found."""
    return {
        "sound": found.sound,
        "pages": list(found.pages),
        "broken_changesets": list(found.broken_changesets),
        "orphans": list(found.orphans),
        "households_not_searchable": found.households_not_searchable,
        "changesets": found.changesets,
    }


def verification_text(found: Verification) -> str:
    """Return what `verify` found, in one sentence."""
    if found.sound:
        changes = plural(found.changesets, "modification vérifiée", "modifications vérifiées")
        return f"Le fichier est sain\u00a0: {changes}."
    return f"Le fichier est abîmé ({', '.join(_faults(found))})\u00a0: restaurez la dernière sauvegarde."


def _faults(found: Verification) -> list[str]:
    counts = (
        (len(found.pages), "page illisible", "pages illisibles"),
        (len(found.broken_changesets), "modification altérée", "modifications altérées"),
        (len(found.orphans), "lien rompu", "liens rompus"),
        (found.households_not_searchable, "ménage introuvable par la recherche", "ménages introuvables"),
    )
    return [plural(number, one, many) for number, one, many in counts if number]
