"""Printing the files of a selection: how many at once, under what title, and what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caseworker_app.features.directory.domain.export import left_out_words
from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset
from caseworker_app.features.handover.domain.kinds import Refusal
from caseworker_app.kernel.french import plural

# A whole file of so many households is some 3,000 pages: more fits no printer and no memory.
MAX_PRINTED = 500


@dataclass(frozen=True, slots=True)
class PrintedSelection:
    """What printing gave: where, how many files, protected households left out, those refused and why."""

    path: Path
    files: int
    left_out: int
    refused: tuple[Refusal, ...] = ()

    def words(self) -> str:
        """Say it in a sentence."""
        if not self.files:
            return (
                f"Rien n’a été imprimé\u00a0: {self.refused[0].sentence}"
                if self.refused
                else "Rien n’a été imprimé"
            )
        said = f"{plural(self.files, 'dossier écrit', 'dossiers écrits')} dans «\u00a0{self.path.name}\u00a0»"
        if self.refused:
            said += f", {len(self.refused)} refusés" if len(self.refused) > 1 else ", 1 refusé"
        return f"{said}{left_out_words(self.left_out)}"


def file_title(preset: FollowUpPreset, count: int) -> str:
    """Return the title of the whole: « Dossier complet, 12 ménages »."""
    return f"{preset.title}, {plural(count, 'ménage')}"
