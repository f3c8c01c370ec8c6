"""Which intention each form of the tab asks for, and what is said once it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from caseworker_app.features.consents import service as consents
from caseworker_app.features.rights import service
from caseworker_app.features.rights.domain.requests import (
    Answer,
    IdentityCheck,
    NewRequest,
    Outcome,
    RequestKind,
)
from caseworker_app.features.rights.domain.restriction import NewRestriction, RestrictionReason
from caseworker_app.features.rights.screens.desk import RightsDesk
from caseworker_app.features.rights.screens.forms import (
    ANSWER,
    EXTEND,
    LIFT,
    LINK,
    REQUEST,
    RESTRICT,
    SOMEBODY_ELSE,
    STATEMENT,
    WITHDRAW,
    RightsForm,
)
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day

Asked = tuple[Callable[[], Changes], str]


def intention_of(desk: RightsDesk, household: str, form: RightsForm) -> Asked:
    """Return what a form asks for, and the words that confirm it. Raises InvalidEntry."""
    make = {
        REQUEST: _request, ANSWER: _answer, EXTEND: _extension, LINK: _link, STATEMENT: _statement,
        RESTRICT: _restriction, LIFT: _lifting, WITHDRAW: _withdrawal,
    }  # fmt: skip
    return make[form.kind](desk, household, form)


def _request(desk: RightsDesk, household: str, form: RightsForm) -> Asked:
    typed = form.typed()
    member = typed["member_id"]
    new = NewRequest(
        household,
        RequestKind(_chosen(typed, "kind", "Choisissez le droit exercé.")),
        _day(typed, "received_on", desk.today),
        None if member in ("", SOMEBODY_ELSE) else member,
        typed["asked_by"],
        _identity(typed),
        typed["details"],
    )
    return lambda: service.record_request(desk.file, desk.who, new)[1], "Demande enregistrée"


def _answer(desk: RightsDesk, _household: str, form: RightsForm) -> Asked:
    typed = form.typed()
    answer = Answer(
        Outcome(_chosen(typed, "outcome", "Choisissez la suite donnée à la demande.")),
        _day(typed, "answered_on", desk.today),
        typed["text"],
        typed["reason"],
        _identity(typed),
    )
    return lambda: service.answer_request(desk.file, desk.who, form.row_id, answer), "Réponse enregistrée"


def _extension(desk: RightsDesk, _household: str, form: RightsForm) -> Asked:
    reason = form.typed()["reason"]
    return lambda: service.extend_request(
        desk.file, desk.who, form.row_id, reason
    ), "Délai prolongé de deux mois"


def _link(desk: RightsDesk, _household: str, form: RightsForm) -> Asked:
    changeset = _chosen(form.typed(), "changeset_id", "Choisissez la modification faite à sa demande.")
    return lambda: service.link_correction(desk.file, desk.who, form.row_id, changeset)[1], "Correction notée"


def _statement(desk: RightsDesk, _household: str, form: RightsForm) -> Asked:
    typed = form.typed()

    def keep() -> Changes:
        return service.keep_statement(desk.file, desk.who, form.row_id, typed["about"], typed["statement"])[1]

    return keep, "Déclaration gardée"


def _restriction(desk: RightsDesk, household: str, form: RightsForm) -> Asked:
    typed = form.typed()
    new = NewRestriction(
        household,
        RestrictionReason(_chosen(typed, "reason", "Choisissez la raison de la limitation.")),
        _day(typed, "starts_on", desk.today),
        _day(typed, "until", desk.today) if typed["until"].strip() else None,
        typed["note"],
    )
    return lambda: service.set_restriction(desk.file, desk.who, new)[1], "Traitement limité"


def _lifting(desk: RightsDesk, _household: str, form: RightsForm) -> Asked:
    told_on = _day(form.typed(), "told_on", desk.today)
    return lambda: service.lift_restriction(desk.file, desk.who, form.row_id, told_on), "Limitation levée"


def _withdrawal(desk: RightsDesk, _household: str, form: RightsForm) -> Asked:
    day = _day(form.typed(), "withdrawn_on", desk.today)
    return lambda: consents.withdraw_consent(desk.file, desk.who, form.row_id, day), "Accord retiré"


def _chosen(typed: dict[str, str], name: str, sentence: str) -> str:
    if not typed[name]:
        raise InvalidEntry(sentence, name)
    return typed[name]


def _day(typed: dict[str, str], name: str, near: date) -> date:
    return parse_day(typed[name], near, name)


def _identity(typed: dict[str, str]) -> IdentityCheck | None:
    return IdentityCheck(typed["identity"]) if typed["identity"] else None
