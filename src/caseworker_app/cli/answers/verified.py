"""What `verify` answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseworker_app.features.attachments.domain.condition import DamagedAttachment
from caseworker_app.kernel.french import plural
from caseworker_app.storage.integrity import Verification
from caseworker_app.storage.witness import Missing

TAMPERED = (
    "Le journal des accès a été modifié ou tronqué hors de Passerelle\u00a0: les dossiers sont intacts, "
    "prévenez votre chef·fe de service et comparez avec une sauvegarde."
)


def verification_json(found: Verification, damaged: Sequence[DamagedAttachment] = ()) -> dict[str, Any]:
    """Return what `verify` found; `damaged`: attachments whose content cannot be read."""
    return {
        "sound": found.sound and not damaged,
        "pages": list(found.pages),
        "broken_changesets": list(found.broken_changesets),
        "orphans": list(found.orphans),
        "households_not_searchable": found.households_not_searchable,
        "changesets": found.changesets,
        "broken_accesses": list(found.broken_accesses),
        "accesses": found.accesses,
        "attachments": [
            {"reference": each.reference, "id": each.attachment_id, "missing": each.missing}
            for each in damaged
        ],
    }


def missing_json(missing: Missing | None) -> dict[str, Any]:
    """Return what lacks at the end of a file."""
    return {
        "missing": missing.changesets if missing else 0,
        "missing_accesses": missing.accesses if missing else 0,
    }


def verification_text(found: Verification, damaged: Sequence[DamagedAttachment] = ()) -> str:
    """Return what `verify` found, in one sentence, and a line for each attachment that cannot be read."""
    if found.sound and damaged:
        several = plural(len(damaged), "pièce abîmée ou absente", "pièces abîmées ou absentes")
        lines = "\n".join(each.sentence for each in damaged)
        return (
            f"Les dossiers sont sains, mais {several}\u00a0: "
            f"ajoutez de nouveau les originaux, ou restaurez une sauvegarde.\n{lines}"
        )
    if found.sound:
        changes = plural(found.changesets, "modification vérifiée", "modifications vérifiées")
        accesses = plural(found.accesses, "accès vérifié", "accès vérifiés")
        return f"Le fichier est sain\u00a0: {changes}, {accesses}."
    if found.whole:
        return TAMPERED
    return f"Le fichier est abîmé ({', '.join(_faults(found))})\u00a0: restaurez la dernière sauvegarde."


def _faults(found: Verification) -> list[str]:
    counts = (
        (len(found.pages), "page illisible", "pages illisibles"),
        (len(found.broken_changesets), "modification altérée", "modifications altérées"),
        (len(found.orphans), "lien rompu", "liens rompus"),
        (found.households_not_searchable, "ménage introuvable par la recherche", "ménages introuvables"),
    )
    return [plural(number, one, many) for number, one, many in counts if number]
