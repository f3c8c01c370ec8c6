"""Intentions and reads of the agenda room, one door for the other rooms."""

from caseworker_app.features.agenda.service.calendars import (
    export_times,
    import_times,
    outgoing,
    preview_import,
)
from caseworker_app.features.agenda.service.changing import WRITTEN, change, move, plan, remove, settle
from caseworker_app.features.agenda.service.day_sheets import print_day_sheet
from caseworker_app.features.agenda.service.publishing import change_settings, publish, read_settings
from caseworker_app.features.agenda.service.reading import home_named, now_of, read_form, read_span

__all__ = [
    "WRITTEN",
    "change",
    "change_settings",
    "export_times",
    "home_named",
    "import_times",
    "move",
    "now_of",
    "outgoing",
    "plan",
    "preview_import",
    "print_day_sheet",
    "publish",
    "read_form",
    "read_settings",
    "read_span",
    "remove",
    "settle",
]
