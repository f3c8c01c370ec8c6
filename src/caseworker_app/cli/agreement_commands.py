"""The `agreements` and `indicators` commands: what agreements hold, and what they report over a period."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from caseworker_app.bootstrap.figures import figures_sources
from caseworker_app.cli.session import answer, open_for
from caseworker_app.cli.usage import Usage
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.grant import GrantFollowed
from caseworker_app.features.measures.domain.indicators import (
    FIGURES_CODE,
    AgreementFigures,
    Figure,
    LandlordFigures,
    checked_period,
)
from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.domain.places import AgreementPlaces, agreement_detail, places_words
from caseworker_app.features.measures.domain.reserved import ShownDwelling, reserved_words
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period, format_date
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import format_euros
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection

NB = "\u00a0"


def agreements(options: argparse.Namespace) -> int:
    """List the agreements with the places they have left, the dwellings they reserve and their grant."""
    with open_for(options) as office, office.file.reading() as connection:
        day, who = today(office.file.clock), office.who
        shown = service.shown_agreements(connection, who)
        found = [
            (
                each,
                shown.taken[each.id],
                shown.landlords.get(each.landlord_id or "", ""),
                service.reserved_under(connection, who, each.id, day),
                service.grant_of(connection, who, each.id),
            )
            for each in shown.agreements
            if options.all or each.ends_on is None or each.ends_on >= day
        ]
    text = "\n".join(_agreement_text(*each, day) for each in found)
    answer(options, [_agreement_json(*each, day) for each in found], text or "Aucune convention en cours.")
    return 0


def indicators(options: argparse.Namespace) -> int:
    """Give what an agreement, or all those with a landlord, report over a period."""
    if (options.agreement is None) == (options.landlord is None):
        raise Usage("Donnez « --agreement » ou « --landlord », l’un des deux.")
    with open_for(options) as office, office.file.reading() as connection:
        day = today(office.file.clock)
        period = _period(options, day)
        shown = _figures(connection, office.who, options, day, period)
        note_access(connection, office.who.worker_id, AccessKind.EXPORTED, None, FIGURES_CODE)
    title = _title(shown)
    answer(options, _figures_json(shown), "\n".join((title, *_table(shown.figures))))
    return 0


def _figures(
    connection: Connection, who: Who, options: argparse.Namespace, day: date, period: Period | None
) -> AgreementFigures | LandlordFigures:
    sources = figures_sources()
    if options.agreement is not None:
        listed = [(each.id, each.name) for each in service.list_agreements(connection, who)]
        key = _named(listed, options.agreement, "Aucune convention")
        return service.figures_of(connection, who, key, sources, day=day, period=period)
    known = [(each.id, each.name) for each in landlords.list_landlords(connection, who)]
    key = _named(known, options.landlord, "Aucun bailleur")
    return service.figures_of_landlord(connection, who, key, sources, day=day, period=period)


def _named(listed: Iterable[tuple[str, str]], name: str, nothing: str) -> str:
    """Return the id of what bears a name, or of the only one that holds its words. Raises NotFound."""
    near = [(key, words) for key, words in listed if fold(name) in fold(words)]
    exact = [key for key, words in near if fold(words) == fold(name)]
    if len(exact) == 1 or len(near) == 1:
        return exact[0] if exact else near[0][0]
    if near:
        told = ", ".join(words for _key, words in near)
        raise NotFound(f"«{NB}{name}{NB}» en désigne plusieurs{NB}: choisissez parmi {told}.")
    raise NotFound(f"{nothing} ne porte ce nom{NB}: vérifiez «{NB}{name}{NB}».")


def _period(options: argparse.Namespace, day: date) -> Period | None:
    if options.start is None and options.end is None:
        return None
    end = options.end or day
    return checked_period(options.start or date(end.year, 1, 1), end)


def _title(shown: AgreementFigures | LandlordFigures) -> str:
    name = shown.agreement.name if isinstance(shown, AgreementFigures) else shown.landlord
    end = shown.period.end or shown.period.start
    return f"{name}, du {format_date(shown.period.start)} au {format_date(end)}"


def _table(lines: Sequence[Figure]) -> list[str]:
    wide = max((len(each.label) for each in lines), default=0)
    values = max((len(each.words()) for each in lines), default=0)
    return [f"{each.label:<{wide}}  {each.words():>{values}}  {each.how}" for each in lines]


def _figures_json(shown: AgreementFigures | LandlordFigures) -> dict[str, Any]:
    if isinstance(shown, AgreementFigures):
        of: dict[str, Any] = {"agreements": [shown.agreement.name], "landlord": None}
    else:
        of = {"agreements": list(shown.agreements), "landlord": shown.landlord}
    return {
        **of,
        "from": shown.period.start.isoformat(),
        "to": (shown.period.end or shown.period.start).isoformat(),
        "figures": [
            {
                "code": str(each.indicator),
                "label": each.label,
                "value": None if each.value is None else float(each.value),
                "unit": each.unit,
                "how": each.how,
            }
            for each in shown.figures
        ],
    }


def _agreement_json(
    of: Agreement, taken: AgreementPlaces, landlord: str, reserved: list[ShownDwelling],
    grant: GrantFollowed, day: date,
) -> dict[str, Any]:  # fmt: skip
    held = [each for each in reserved if each.reserved.holds(day)]
    return {
        "name": of.name,
        "funder": of.funder,
        "landlord": landlord or None,
        "starts_on": of.starts_on.isoformat(),
        "ends_on": of.ends_on.isoformat() if of.ends_on else None,
        "new": _places(of.quota_new, taken.new),
        "existing": _places(of.quota_existing, taken.existing),
        "reserved": len(held),
        "reserved_free": sum(each.found.household_id is None for each in held),
        "granted_cents": grant.granted_cents,
        "planned_cents": grant.planned_cents,
        "spent_cents": grant.spent_cents,
        "left_cents": grant.left_cents,
    }


def _places(quota: int | None, taken: int) -> dict[str, int | None]:
    return {"quota": quota, "taken": taken, "left": None if quota is None else quota - taken}


def _agreement_text(
    of: Agreement, taken: AgreementPlaces, landlord: str, reserved: list[ShownDwelling],
    grant: GrantFollowed, day: date,
) -> str:  # fmt: skip
    money = ""
    if grant.granted_cents is not None or grant.accounts:
        told = (
            (grant.planned_cents, "prévus"),
            (grant.spent_cents, "dépensés"),
            (grant.left_cents, "restants"),
        )
        money = ", ".join(f"{format_euros(cents)} {words}" for cents, words in told)
    parts = (
        agreement_detail(of, landlord), places_words(of, taken) or "sans quota", reserved_words(reserved, day), money,
    )  # fmt: skip
    return f"{of.name}  ({f'{NB}· '.join(part for part in parts if part)})"
