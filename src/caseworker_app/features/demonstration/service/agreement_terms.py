"""Writing what agreements of the demonstration set of their own: rules, and a dwelling reserved."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.features.demonstration.domain.setting import Setting
from caseworker_app.features.demonstration.domain.vocabulary import words
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.terms import NewRule
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.encrypted_file import EncryptedFile


def write_rules(file: EncryptedFile, setting: Setting, starts_on: date) -> None:
    """Write the rules of agreements from a day on, before any measure opens under them."""
    for each in words("agreements")["rules"]:
        told: dict[str, Any] = {**each, "exit_reasons": "\n".join(each.get("exit_reasons", ())) or None}
        agreement_id = setting.agreements[told.pop("agreement")]
        measures.add_rule(file, setting.who, agreement_id, NewRule(starts_on, **told))


def reserve(
    file: EncryptedFile, setting: Setting, agreement_id: str, dwelling_id: str, starts_on: date
) -> Changes:
    """Reserve the dwelling of a household written by hand under an agreement, from a day on."""
    return measures.reserve_dwelling(file, setting.who, agreement_id, dwelling_id, starts_on)[1]
