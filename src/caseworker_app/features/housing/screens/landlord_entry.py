"""The landlord as one types it: known ones are proposed, another name makes a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from caseworker_app.features.housing.domain.landlord import Landlord, matching_landlords
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.entries import Entry

KNOWN = "Bailleur déjà dans le fichier."
NEW = "Nouveau bailleur\u00a0: il sera ajouté."
_PROPOSED = 12


class LandlordEntry(Entry):
    """An entry that proposes the landlords whose name holds what is typed, accents and capitals aside."""

    def __init__(self, landlords: Sequence[Landlord], parent: QWidget | None = None) -> None:
        """Propose among `landlords`."""
        super().__init__("Rechercher ou écrire un nom", icon="search", parent=parent)
        self._landlords = landlords
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        popup = completer.popup()
        if popup is not None:
            popup.setFont(fonts.font(13))
            popup.setAccessibleName("Bailleurs proposés")
        self.textEdited.connect(self._propose)

    def hint(self) -> str:
        """Say whether the name typed is known."""
        name = self.text().strip()
        if not name:
            return ""
        return KNOWN if self.known() is not None else NEW

    def known(self) -> Landlord | None:
        """Return the landlord of this very name, None when it is a new one."""
        found = matching_landlords(self._landlords, self.text(), whole=True)
        return found[0] if found else None

    def _propose(self, typed: str) -> None:
        found = matching_landlords(self._landlords, typed)[:_PROPOSED]
        self._names.setStringList([landlord.name for landlord in found])
