"""To whom a review goes: somebody of its landlord or another landlord, and the agreement of the household to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from caseworker_app.features.consents import service as consents
from caseworker_app.features.handover.screens.consent_dialog import ConsentDialog, ask_agreement
from caseworker_app.features.handover.screens.review_work import DocumentDesk, ReviewWork
from caseworker_app.kernel.changes import Changes
from caseworker_app.ui_kit.menu import Menu

_MOST_LANDLORDS = 15
# Asks for the review again, for a landlord and somebody there.
AskFor = Callable[[str, str | None], None]


class ReviewRecipient:
    """The menu of who may receive the review shown, and the dialog that notes an agreement (`dialog`)."""

    def __init__(self, page: QWidget, desk: DocumentDesk, work: ReviewWork, ask_for: AskFor) -> None:
        """Nothing is open yet."""
        self._page, self._desk, self._work, self._ask_for = page, desk, work, ask_for
        self.dialog: ConsentDialog | None = None

    def choose_under(self, button: QWidget) -> None:
        """Open the menu under a button."""
        self.menu().popup(button.mapToGlobal(QPoint(0, button.height())))

    def menu(self) -> Menu:
        """Return the people of this landlord, and the other landlords while they fit a menu."""
        menu = Menu(parent=self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        materials = self._work.materials
        if materials is None:
            return menu
        for contact in materials.contacts:
            words = ", ".join(part for part in (contact.name, contact.job_title) if part)
            self._offer(menu, words, contact.landlord_id, contact.id)
        if not materials.contacts:
            menu.addAction("Aucun interlocuteur connu chez ce bailleur").setEnabled(False)
        others = [each for each in materials.landlords if each.id != materials.proposal.recipient.landlord_id]
        if 0 < len(others) <= _MOST_LANDLORDS:
            menu.addSeparator()
            for landlord in others:
                self._offer(menu, landlord.name, landlord.id, None)
        return menu

    def record_consent(self) -> None:
        """Open the dialog that notes the agreement of the household towards this landlord."""
        materials = self._work.materials
        if materials is None:
            return
        proposal = materials.proposal
        desk = self._desk

        def given(done: tuple[str, Changes]) -> None:
            desk.changes.announce(done[1])
            desk.navigator.confirm("Accord noté")
            self._work.ask()

        self.dialog = ask_agreement(
            self._page, desk.tasks, proposal.household_id, proposal.recipient.recipient, proposal.day,
            lambda new: consents.give_consent(desk.file, desk.who, new), given,
        )  # fmt: skip

    def _offer(self, menu: Menu, words: str, landlord_id: str, contact_id: str | None) -> None:
        menu.addAction(words).triggered.connect(lambda _on=False: self._ask_for(landlord_id, contact_id))
