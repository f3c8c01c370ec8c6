"""Intentions and readings of the measures room; those taking a unit of work are steps of other rooms' intentions."""

from __future__ import annotations

from caseworker_app.features.measures.service.agreements import (
    add_agreement,
    add_agreements,
    agreement_in,
    change_agreement,
    list_agreements,
    shown_agreements,
)
from caseworker_app.features.measures.service.grants import (
    add_grant_action,
    change_grant_action,
    grant_of,
    record_grant_spending,
    remove_grant_action,
    remove_grant_spending,
)
from caseworker_app.features.measures.service.measures import (
    change_intensity,
    change_lead_worker,
    change_lead_workers,
    end_measure,
    open_measure,
    open_measures,
    renew_measure,
)
from caseworker_app.features.measures.service.parts import add_part, bodies_like, change_part, parts_of
from caseworker_app.features.measures.service.reading import (
    measures_ending,
    measures_of,
    measures_of_households,
    open_tab,
)
from caseworker_app.features.measures.service.suspensions import resume_measure, suspend_measure
from caseworker_app.features.measures.service.tables import (
    exit_reasons,
    list_kinds,
    usual_visits,
)

__all__ = [
    "add_agreement",
    "add_agreements",
    "add_grant_action",
    "add_part",
    "agreement_in",
    "bodies_like",
    "change_agreement",
    "change_grant_action",
    "change_intensity",
    "change_lead_worker",
    "change_lead_workers",
    "change_part",
    "end_measure",
    "exit_reasons",
    "grant_of",
    "list_agreements",
    "list_kinds",
    "measures_ending",
    "measures_of",
    "measures_of_households",
    "open_measure",
    "open_measures",
    "open_tab",
    "parts_of",
    "record_grant_spending",
    "remove_grant_action",
    "remove_grant_spending",
    "renew_measure",
    "resume_measure",
    "shown_agreements",
    "suspend_measure",
    "usual_visits",
]
