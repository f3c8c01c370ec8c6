"""Intentions and reads of the agenda room, one door for the other rooms."""

from caseworker_app.features.agenda.service.changing import WRITTEN, change, move, plan, remove, settle
from caseworker_app.features.agenda.service.reading import home_named, now_of, read_form, read_span

__all__ = [
    "WRITTEN",
    "change",
    "home_named",
    "move",
    "now_of",
    "plan",
    "read_form",
    "read_span",
    "remove",
    "settle",
]
