"""How one row is called among its like: a goal by its title, a person by their name, an entry by its kind
and day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from caseworker_app.features.dossier.domain.value_words import value_words
from caseworker_app.features.dossier.domain.wording import TABLES
from caseworker_app.features.households.domain.household import address_line

Row = Mapping[str, Any]
# Characters.
LONGEST = 60
_BREAKS = re.compile(r"[ \t\r\n]+")


def thing_words(table_name: str, row: Row | None, day: date) -> str:
    """Return « objectif « Payer le loyer » », or « objectif » where nothing tells it from the others."""
    kind = TABLES.get(table_name, table_name)
    name = row_name(table_name, row, day) if row is not None else ""
    return f"{kind} «\u00a0{name}\u00a0»" if name else kind


def row_name(table_name: str, row: Row, day: date) -> str:
    """Return what a row is called among its like; empty where nothing tells it from the others."""
    maker = _NAMES.get(table_name)
    # Lines become one; no-break spaces stay.
    text = _BREAKS.sub(" ", maker(_Reader(table_name, row, day)) if maker else "").strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class _Reader:
    """A row read field by field, in words."""

    def __init__(self, table_name: str, row: Row, day: date) -> None:
        self._table, self._row, self._day = table_name, row, day

    def __call__(self, name: str) -> str:
        value = self._row.get(name)
        return "" if value in (None, "") else value_words(self._table, name, value, self._day)

    def day(self, name: str) -> str:
        """Return the date of a field, without its hour."""
        return self(name).split(" à ")[0]

    def joined(self, *names: str, between: str = " ") -> str:
        """Return the fields that are known, one after the other."""
        return between.join(text for name in names if (text := self(name)))


def _place(r: _Reader) -> str:
    parts = (r(name) or None for name in ("street", "complement", "postal_code", "city"))
    return address_line(*parts)


_NAMES: dict[str, Callable[[_Reader], str]] = {
    "address": _place,
    "agreement": lambda r: r("name"),
    "grant_action": lambda r: r("label"),
    "grant_spending": lambda r: r("what"),
    "appointment": lambda r: r("starts_at"),
    "association": lambda r: r("name"),
    "attachment": lambda r: r("caption") or r("name"),
    "week_snooze": lambda r: r("reason"),
    "attachment_copy": lambda r: r("name"),
    "autonomy_evaluation": lambda r: r.joined("evaluated_on", "view", between=", "),
    "autonomy_level": lambda r: r("domain"),
    "budget_line": lambda r: r("label") or r("category"),
    "budget_month": lambda r: r("month"),
    "consent": lambda r: r("recipient_name"),
    "contact": lambda r: r("value"),
    "debt": lambda r: r.joined("nature", "creditor", between=", "),
    "diary_entry": lambda r: f"{r('kind')} du {r.day('started_at')}" if r("started_at") else r("kind"),
    "dwelling": lambda r: _place(r) or r("reference"),
    "eviction_step": lambda r: r.joined("kind", "happened_on", between=", "),
    "examination_period": lambda r: r("starts_on"),
    "former_household": lambda r: r("reference"),
    "goal": lambda r: r("title"),
    "goal_model": lambda r: r("title"),
    "goal_step": lambda r: r("title"),
    "checklist_edition": lambda r: r.joined("checklist", "starts_on", between=", "),
    "grid_edition": lambda r: r("starts_on"),
    "head_lease": lambda r: r("reference") or r("signed_on"),
    "household": lambda r: r("name"),
    "household_member": lambda r: r.joined("first_name", "last_name"),
    "import_profile": lambda r: r("name"),
    "import_run": lambda r: r("file_name"),
    "joint_review": lambda r: r("held_on") or r("planned_on"),
    "landlord": lambda r: r("name"),
    "landlord_contact": lambda r: r("name"),
    "lease": lambda r: r.joined("kind", "starts_on", between=", "),
    "follow_part": lambda r: r("body"),
    "measure_renewal": lambda r: r("from_date"),
    "measure_suspension": lambda r: r("from_date"),
    "measure_relay": lambda r: r("from_date"),
    "follow_meeting": lambda r: r("held_on"),
    "meeting_task": lambda r: r("what"),
    "agreement_rule": lambda r: r("starts_on"),
    "reserved_dwelling": lambda r: r("starts_on"),
    "occupant_duty": lambda r: r("kind"),
    "orientation": lambda r: r("proposed_on"),
    "partner": lambda r: r("name"),
    "partner_contact": lambda r: r("name"),
    "procedure": lambda r: r.joined("label", "started_on", between=", "),
    "procedure_paper": lambda r: r("paper"),
    "promise": lambda r: r("text"),
    "referral": lambda r: r("number"),
    "referral_attempt": lambda r: r.joined("means", "held_on", between=", "),
    "referral_diagnosis": lambda r: r("prescribed_on"),
    "reused_sentence": lambda r: r("text"),
    "spelling_word": lambda r: r("word"),
    "check_word": lambda r: r("phrase"),
    "rent_entry": lambda r: r.joined("kind", "month", between=", "),
    "repayment_plan": lambda r: r("first_month"),
    "report_review": lambda r: r("asked_on"),
    "review_criterion": lambda r: r("criterion"),
    "room_condition": lambda r: r("room"),
    "shareable_fact": lambda r: r("text"),
    "sliding_lease": lambda r: r("agreement_signed_on"),
    "rights_correction": lambda r: r("about"),
    "rights_request": lambda r: r.joined("kind", "received_on", between=", "),
    "processing_restriction": lambda r: r("starts_on"),
    "data_disclosure": lambda r: r("made_on"),
    "space": lambda r: r("name"),
    "support_measure": lambda r: r("kind_label"),
    "transmission": lambda r: f"n°\u00a0{r('number')}",
    "watch": lambda r: r.joined("way", "starts_on", between=", "),
    "watch_contact": lambda r: r.joined("outcome", "held_on", between=", "),
    "worker": lambda r: r("name"),
}
