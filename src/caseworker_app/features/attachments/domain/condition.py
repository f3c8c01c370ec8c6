"""An attachment whose content cannot be shown: the row stays, and says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DamagedAttachment:
    """An attachment whose content is `missing`, or damaged; `reference` is its household's."""

    reference: str
    attachment_id: str
    missing: bool

    @property
    def sentence(self) -> str:
        """Say so without naming anybody."""
        what = "manque" if self.missing else "est abîmé"
        return f"dossier {self.reference}, pièce {self.attachment_id}\u00a0: le contenu {what}"
