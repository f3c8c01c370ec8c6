"""Intentions and readings of the isolation scheme; those taking a unit of work are steps of other rooms' intentions."""

from caseworker_app.features.veille.service.calling import add_contacts, note_contact
from caseworker_app.features.veille.service.opening import (
    Opened,
    add_watches,
    change_watch,
    end_watch,
    open_watch,
    open_watches,
)
from caseworker_app.features.veille.service.reading import (
    FormChoices,
    form_choices,
    list_watches,
    open_watch_file,
    watches_of,
    watches_running,
)
from caseworker_app.features.veille.service.sheet import print_call_sheet

__all__ = [
    "FormChoices",
    "Opened",
    "add_contacts",
    "add_watches",
    "change_watch",
    "end_watch",
    "form_choices",
    "list_watches",
    "note_contact",
    "open_watch",
    "open_watch_file",
    "open_watches",
    "print_call_sheet",
    "watches_of",
    "watches_running",
]
