"""Intentions on the rules of an agreement, and the dwellings it reserves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.housing.service.dwellings import find_dwellings, found_dwelling
from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.indicators import Indicator, usual_period
from caseworker_app.features.measures.domain.measure import ExitReason
from caseworker_app.features.measures.domain.reserved import ShownDwelling, check_given_back, check_reserved
from caseworker_app.features.measures.domain.terms import (
    AgreementRule,
    NewRule,
    checked_rule,
    gap_around,
    reasons_offered,
    rule_on,
    too_long,
)
from caseworker_app.features.measures.service.tables import exit_reasons
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

_FOUND_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """The rules of an agreement, the latest first; `too_long`: measures that run past what these allow."""

    agreement_id: str
    rules: tuple[AgreementRule, ...]
    too_long: int


def add_rule(file: EncryptedFile, who: Who, agreement_id: str, new: NewRule) -> tuple[str, Changes]:
    """Write rules of an agreement; return their id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_agreement_rule") as uow:
        agreement = store.agreements.one(uow.connection, agreement_id)
        checked = checked_rule(new, agreement, store.rules_of(uow.connection, agreement_id))
        return uow.insert(
            store.agreement_rule, {**asdict(checked), "agreement_id": agreement_id}
        ), uow.changes


def change_rule(
    file: EncryptedFile, who: Who, rule_id: str, changed: NewRule, expected_version: str | None = None
) -> Changes:
    """Rewrite rules, or say until when they hold; measures already open keep their dates.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_agreement_rule") as uow:
        before = store.rules.one(uow.connection, rule_id)
        agreement = store.agreements.one(uow.connection, before.agreement_id)
        others = [each for each in store.rules_of(uow.connection, agreement.id) if each.id != rule_id]
        checked = checked_rule(changed, agreement, others)
        uow.update(store.agreement_rule, rule_id, asdict(checked), expected_version=expected_version)
        return uow.changes


def choose_indicators(
    file: EncryptedFile, who: Who, agreement_id: str, chosen: Sequence[Indicator]
) -> Changes:
    """Say which figures an agreement reports from its rules of today on; all of them: none is told apart.

    Without rules today, some are written that say nothing else, until the next ones. Raises InvalidEntry when nothing
    is chosen, NotFound, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    if not chosen:
        raise InvalidEntry("Gardez un indicateur au moins.")
    codes = None if len(set(chosen)) == len(Indicator) else " ".join(each.value for each in chosen)
    with file.unit_of_work(who.worker_id, "choose_indicators") as uow:
        agreement = store.agreements.one(uow.connection, agreement_id)
        rules = store.rules_of(uow.connection, agreement_id)
        day = usual_period(agreement, uow.today).end or uow.today
        held = rule_on(rules, day)
        if held is not None:
            uow.update(store.agreement_rule, held.id, {"indicators": codes})
        elif codes is not None:
            gap = gap_around(agreement, rules, day)
            new = NewRule(gap.start, gap.end, indicators=codes)
            uow.insert(store.agreement_rule, {**asdict(new), "agreement_id": agreement_id})
        return uow.changes


def remove_rule(file: EncryptedFile, who: Who, rule_id: str) -> Changes:
    """Take rules out: those of the kinds apply again. Raises NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "remove_agreement_rule") as uow:
        uow.delete(store.agreement_rule, rule_id)
        return uow.changes


def rules_of(connection: Connection, who: Who, agreement_id: str, day: date) -> AgreementRules:
    """Return the rules of an agreement and how many of its measures of `day` go past them.

    For whoever reads files or manages the office. Raises NotAllowed.
    """
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.READ_FILES)
    rules = store.rules_of(connection, agreement_id)
    running = [each for each in store.measures_under(connection, agreement_id) if each.runs_on(day)]
    beyond = too_long(rules, ((each.starts_on, each.planned_end_on) for each in running))
    return AgreementRules(agreement_id, tuple(reversed(rules)), beyond)


def reasons_for(uow: UnitOfWork, agreement_id: str | None, day: date) -> list[ExitReason]:
    """Return the reasons for which a measure under an agreement may end on a day."""
    rules = [] if agreement_id is None else store.rules_of(uow.connection, agreement_id)
    return reasons_offered(rule_on(rules, day), exit_reasons(day))


def reserve_dwelling(
    file: EncryptedFile,
    who: Who,
    agreement_id: str,
    dwelling_id: str,
    starts_on: date,
    ends_on: date | None = None,
) -> tuple[str, Changes]:
    """Reserve a dwelling under an agreement; return the id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "reserve_dwelling") as uow:
        uow.get(declaration_of("dwelling").table, dwelling_id)
        _check(uow, agreement_id, dwelling_id, starts_on, ends_on)
        values = {
            "agreement_id": agreement_id,
            "dwelling_id": dwelling_id,
            "starts_on": starts_on,
            "ends_on": ends_on,
        }
        return uow.insert(store.reserved_dwelling, values), uow.changes


def give_back_dwelling(file: EncryptedFile, who: Who, reserved_id: str, ends_on: date) -> Changes:
    """Say until when a dwelling is reserved. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "give_back_dwelling") as uow:
        held = store.reserved.one(uow.connection, reserved_id)
        check_given_back(held.starts_on, ends_on)
        uow.update(store.reserved_dwelling, reserved_id, {"ends_on": ends_on})
        return uow.changes


def reserved_under(connection: Connection, who: Who, agreement_id: str, day: date) -> list[ShownDwelling]:
    """Return the dwellings an agreement reserves, those that are first, and whether somebody lives there.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    held = store.reserved_under(connection, agreement_id)
    ordered = sorted(held, key=lambda each: not each.holds(day))
    return [ShownDwelling(each, found_dwelling(connection, who, each.dwelling_id, day)) for each in ordered]


def dwellings_to_reserve(connection: Connection, who: Who, words: str, day: date) -> list[FoundDwelling]:
    """Return a few dwellings that hold the words typed. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return find_dwellings(connection, who, words, day, _FOUND_AT_ONCE)


def _check(
    uow: UnitOfWork, agreement_id: str, dwelling_id: str, starts_on: date, ends_on: date | None
) -> None:
    agreement = store.agreements.one(uow.connection, agreement_id)
    held = store.reserved_under(uow.connection, agreement_id)
    held += store.reserved_by_others(uow.connection, agreement_id, dwelling_id)
    check_reserved(agreement, dwelling_id, starts_on, ends_on, held)
