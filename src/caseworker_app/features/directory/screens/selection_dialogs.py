"""What is asked before a selection is printed, assigned, exported: what leaves, in what form, to whom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from caseworker_app.features.directory.domain.columns import COLUMN_LABELS, ColumnKey
from caseworker_app.features.directory.domain.export import FORMAT_LABELS, ExportFormat
from caseworker_app.features.handover.domain.follow_up_sections import (
    FOLLOW_UP_PRESETS,
    SYNTHESIS,
    FollowUpPreset,
    preset_of,
)
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label


class PrintDialog(AskDialog):
    """Asks what is printed of each household."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden, the synthesis chosen."""
        super().__init__("Imprimer les dossiers", "C&hoisir où l’enregistrer…", "printer", parent)
        self.kind = Choice()
        for preset in FOLLOW_UP_PRESETS:
            self.kind.add(preset.code, preset.title)
        self.kind.choose(SYNTHESIS.code)
        self.body.addWidget(Field("&De chaque ménage", self.kind))

    def ask(self, count: int) -> None:
        """Show it for so many households."""
        self.line.clear()
        self.confirm.setEnabled(True)
        said = plural(count, "dossier interne", "dossiers internes")
        self.say(
            f"{said}, en un seul PDF avec un sommaire, chacun numéroté. "
            "Ils contiennent des écrits internes\u00a0: gardez-les dans l’association."
        )
        self.kind.setFocus()
        self.open()

    @property
    def preset(self) -> FollowUpPreset:
        """What is chosen."""
        return preset_of(self.kind.current_key())


class AssignDialog(AskDialog):
    """Asks who follows the households from now on."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Affecter les mesures en cours", "&Affecter", "user-plus", parent)
        self.worker = Choice()
        self.field = Field("&Référent·e", self.worker)
        self.body.addWidget(self.field)

    def ask(self, count: int, workers: Sequence[Worker]) -> None:
        """Show it for so many households, among the workers who are there."""
        self.worker.clear()
        for each in workers:
            if each.active:
                self.worker.add(each.id, each.name)
        self.worker.setCurrentIndex(-1)
        self.line.clear()
        self.field.accept()
        self.confirm.setEnabled(True)
        self.say(
            f"Les mesures en cours de {plural(count, 'ménage')} passent à cette personne. "
            "Un seul «\u00a0Annuler\u00a0» les rend toutes."
        )
        self.worker.setFocus()
        self.open()


class ExportDialog(AskDialog):
    """Asks the form of an export, and says what leaves."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden, a workbook chosen."""
        super().__init__("Exporter la liste", "C&hoisir où l’enregistrer…", "file-export", parent)
        self.kind = Choice()
        for kind, words in FORMAT_LABELS.items():
            self.kind.add(kind.value, words)
        self.kind.choose(ExportFormat.XLSX.value)
        self.leaves = Label("", 13, wrap=True)
        self.past = Label("", 12, tone="muted", wrap=True)
        self.body.addWidget(self.leaves)
        self.body.addWidget(Field("&Format", self.kind))
        self.body.addWidget(self.past)

    def ask(self, count: int, columns: Sequence[ColumnKey], past: Sequence[str] = ()) -> None:
        """Show it for so many households in these columns; `past`: what left before, in words."""
        self.past.setText("\n".join(["Au registre\u00a0:", *past]))
        self.past.setVisible(bool(past))
        self.line.clear()
        self.confirm.setEnabled(True)
        self.say(
            f"{plural(count, 'ménage')}, en clair\u00a0: le fichier ne sera plus chiffré. "
            "L’export est inscrit au registre. Les ménages protégés n’en font jamais partie."
        )
        names = [COLUMN_LABELS[key] for key in columns if key not in (ColumnKey.NAME, ColumnKey.REFERENCE)]
        self.leaves.setText(f"Ce qui part\u00a0: nom, référence, composition, {', '.join(names).lower()}.")
        self.kind.setFocus()
        self.open()

    @property
    def format(self) -> ExportFormat:
        """What is chosen."""
        return ExportFormat(self.kind.current_key())
