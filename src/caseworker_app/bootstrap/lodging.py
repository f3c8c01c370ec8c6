"""A dwelling where nobody lives, found by the palette: shown over the window, and somebody asked for to live there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.housing.screens.dwelling_card import DwellingCard
from caseworker_app.features.housing.screens.tab import LODGE
from caseworker_app.features.housing.service.dwellings import found_dwelling
from caseworker_app.kernel.clock import today
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.shell.palette_found import Found, Group
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.tasks import Tasks


def show_dwelling(window: MainWindow, office: Office, tasks: Tasks, dwelling_id: str) -> None:
    """Show a dwelling; « Loger un ménage ici » asks which, then opens the form of its lease."""
    route = Route("dossier", subject=f"{LODGE}{dwelling_id}", tab="housing")
    lodge = Found("lodge", Group.ACTIONS, "Loger un ménage ici", route=route, household=True)

    def read() -> FoundDwelling:
        with office.file.reading() as connection:
            return found_dwelling(connection, office.who, dwelling_id, today(office.file.clock))

    def show(found: FoundDwelling) -> None:
        card = DwellingCard(found, window)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card.lodging_asked.connect(lambda: window.finder.ask_household(lodge))
        card.open()

    tasks.read(read, show, owner=window)
