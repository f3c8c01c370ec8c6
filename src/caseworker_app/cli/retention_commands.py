"""The `retention`, `erase` and `anonymise` commands: who is due, and ending a file at the household's request."""

from __future__ import annotations

import argparse
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.cli.session import answer, open_for
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import member_called
from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.going import Ended, Going
from caseworker_app.features.retention.domain.shown import (
    backups_words,
    besides_words,
    citing_words,
    contact_words,
    deadline_words,
    done_words,
    kinds_words,
    state_detail,
    state_words,
)
from caseworker_app.features.retention.domain.standing import Standing
from caseworker_app.features.retention.service import RetentionQuery
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.french import plural


def retention(options: argparse.Namespace) -> int:
    """List the households whose time has come or comes soon, and those something is decided of."""
    with open_for(options) as office, office.file.reading() as connection:
        day = today(office.file.clock)
        page = service.households_due(connection, office.who, RetentionQuery(), day)
    lines = [_standing_text(each, *deadline_words(each, day)) for each in page.standings]
    if page.more:
        lines.append(f"et {plural(page.more, 'autre')}")
    text = "\n".join(lines) or "Aucun dossier n’arrive à échéance."
    answer(options, [_standing_json(each) for each in page.standings], text)
    return 0


def erase(options: argparse.Namespace) -> int:
    """Erase a household, or one person of it; without --confirm, say what would go."""
    with open_for(options) as office:
        household_id = _household(office, options.reference)
        if options.member is not None:
            return _erase_member(options, office, household_id)
        going = _going(office, household_id)
        done = None
        if options.confirm:
            done = service.erase_at_request(
                office.file, office.who, household_id, office.drafts, redact=options.redact
            )[0]
    answer(options, _going_json(going, done), _going_text(going, done, anonymised=False))
    return 0


def anonymise(options: argparse.Namespace) -> int:
    """Leave of a household only what counts; without --confirm, say what would go and what would stay."""
    with open_for(options) as office:
        household_id = _household(office, options.reference)
        going, done = _going(office, household_id), None
        if options.confirm:
            done = service.anonymise_at_request(
                office.file, office.who, household_id, office.drafts, redact=options.redact
            )[0]
    answer(options, _going_json(going, done), _going_text(going, done, anonymised=True))
    return 0


def _erase_member(options: argparse.Namespace, office: Office, household_id: str) -> int:
    with office.file.reading() as connection:
        whole = households.open_household(connection, office.who, household_id)
    member = member_called(whole.everyone, options.member)
    done = None
    if options.confirm:
        done = service.erase_member(office.file, office.who, member.id, office.drafts)[0]
    if done is None:
        text = "Partiraient\u00a0: cette personne, ses coordonnées et ses accords. Rien n’est fait sans --confirm."
    else:
        citing = plural(done.citing, "texte du dossier la cite", "textes du dossier la citent")
        text = f"Personne effacée. {citing} encore\u00a0: à relire." if done.citing else "Personne effacée."
    value = {"done": done is not None, "cleaned": bool(done and done.cleaned)}
    answer(options, {**value, "citing": done.citing if done else 0}, text)
    return 0


def _household(office: Office, reference: str) -> str:
    with office.file.reading() as connection:
        return households.find_by_reference(connection, office.who, reference).id


def _going(office: Office, household_id: str) -> Going:
    with office.file.reading() as connection:
        day = today(office.file.clock)
        return service.what_goes(connection, office.who, [household_id], day, office.drafts)


def _standing_json(standing: Standing) -> dict[str, Any]:
    clock = standing.clock
    return {
        "reference": clock.reference,
        "name": clock.name,
        "state": standing.state.value,
        "last_contact": clock.last_contact.isoformat(),
        "deadline": standing.deadline.isoformat(),
        "followed": clock.followed,
        "reason": standing.reason or None,
    }


def _standing_text(standing: Standing, deadline: str, far: str) -> str:
    contact, fact = contact_words(standing)
    said = " · ".join(part for part in (state_words(standing), state_detail(standing)) if part)
    clock = standing.clock
    return f"{clock.reference}  {clock.name}  échéance {deadline} ({far}), dernier contact {contact} ({fact})  {said}"


def _going_json(going: Going, done: Ended | None) -> dict[str, Any]:
    return {
        "done": done is not None,
        "cleaned": bool(done and done.cleaned),
        "going": [{"what": words, "count": count} for words, count in going.kinds],
        "staying": [{"what": words, "count": count} for words, count in going.staying],
        "drafts": going.drafts,
        "filters": list(going.filters),
        "backups_until": going.backups_until.isoformat(),
        "cited_in": [{"household": name, "text": excerpt} for name, excerpt in going.citing],
        "redacted": done.redacted if done else 0,
    }


def _going_text(going: Going, done: Ended | None, *, anonymised: bool) -> str:
    lines = [f"Partent\u00a0: {', '.join(kinds_words(going.kinds))}.", besides_words(going)]
    if anonymised:
        lines.append(f"Comptent encore, sans nom\u00a0: {', '.join(kinds_words(going.staying))}.")
    lines += [words for words in (backups_words(going), citing_words(going)) if words]
    said = "Rien n’est fait sans --confirm" if done is None else done_words(done, anonymised=anonymised)
    return "\n".join([*lines, f"{said}."])
