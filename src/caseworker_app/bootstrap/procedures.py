"""Joins the procedures room to what draws its pages: the tab of a household, and the lists in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.features.procedures.screens.desk import ProceduresDesk, TakeBack
    from caseworker_app.features.procedures.screens.lists_section import ChecklistsSection
    from caseworker_app.features.procedures.screens.tab import ProceduresTab
    from caseworker_app.ui_kit.changes import ChangeBroadcast
    from caseworker_app.ui_kit.page import Navigator
    from caseworker_app.ui_kit.tasks import Tasks


def procedures_tab(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> ProceduresTab:
    """Return the tab « Démarches »."""
    from caseworker_app.features.procedures.screens.tab import ProceduresTab

    return ProceduresTab(_desk(office, tasks, changes, navigator, take_back))


def checklists_section(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> ChecklistsSection:
    """Return the section of the settings « Pièces par démarche »."""
    from caseworker_app.features.procedures.screens.lists_section import ChecklistsSection

    return ChecklistsSection(_desk(office, tasks, changes, navigator, take_back))


def _desk(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> ProceduresDesk:
    from caseworker_app.bootstrap.renderers import put_pieces_together
    from caseworker_app.features.procedures.screens.desk import ProceduresDesk

    given = (office.file, office.who, office.drafts, tasks, changes, navigator, take_back)
    return ProceduresDesk(*given, put_pieces_together)
