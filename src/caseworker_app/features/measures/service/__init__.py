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
from caseworker_app.features.measures.service.indicators import (
    FiguresSources,
    export_figures,
    figures_of,
    figures_of_landlord,
    print_figures,
)
from caseworker_app.features.measures.service.measures import (
    change_intensity,
    end_measure,
    open_measure,
    open_measures,
    renew_measure,
)
from caseworker_app.features.measures.service.meetings import (
    add_meeting,
    add_task,
    change_meeting,
    change_task,
)
from caseworker_app.features.measures.service.parts import add_part, bodies_like, change_part, parts_of
from caseworker_app.features.measures.service.reading import (
    measures_ending,
    measures_of,
    measures_of_households,
    open_tab,
)
from caseworker_app.features.measures.service.relays import (
    call_off_relay,
    change_lead_worker,
    change_lead_workers,
    take_relays,
)
from caseworker_app.features.measures.service.rules import (
    AgreementRules,
    add_rule,
    change_rule,
    choose_indicators,
    dwellings_to_reserve,
    give_back_dwelling,
    remove_rule,
    reserve_dwelling,
    reserved_under,
    rules_of,
)
from caseworker_app.features.measures.service.suspensions import resume_measure, suspend_measure
from caseworker_app.features.measures.service.tables import (
    exit_reasons,
    list_kinds,
    usual_visits,
)

__all__ = [
    "AgreementRules",
    "FiguresSources",
    "add_agreement",
    "add_agreements",
    "add_grant_action",
    "add_meeting",
    "add_part",
    "add_rule",
    "add_task",
    "agreement_in",
    "bodies_like",
    "call_off_relay",
    "change_agreement",
    "change_grant_action",
    "change_intensity",
    "change_lead_worker",
    "change_lead_workers",
    "change_meeting",
    "change_part",
    "change_rule",
    "change_task",
    "choose_indicators",
    "dwellings_to_reserve",
    "end_measure",
    "exit_reasons",
    "export_figures",
    "figures_of",
    "figures_of_landlord",
    "give_back_dwelling",
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
    "print_figures",
    "record_grant_spending",
    "remove_grant_action",
    "remove_grant_spending",
    "remove_rule",
    "renew_measure",
    "reserve_dwelling",
    "reserved_under",
    "resume_measure",
    "rules_of",
    "shown_agreements",
    "suspend_measure",
    "take_relays",
    "usual_visits",
]
