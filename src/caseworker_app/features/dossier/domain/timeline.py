"""The thread of a dossier: everything that happened to a household, newest first, each thing in a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.features.budget.domain.indicators import residual_income, residual_per_day
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.diary.domain.report_review import latest_by_entry
from caseworker_app.features.dossier.domain.happening import Happening, Reach, Thread
from caseworker_app.features.dossier.domain.overview import Overview, SentDocument, Tone
from caseworker_app.features.dossier.domain.thread_diary import entry_happening
from caseworker_app.features.dossier.domain.thread_goals import evaluation_happening, goal_happenings
from caseworker_app.features.dossier.domain.thread_housing import lease_happenings, rent_happening
from caseworker_app.features.dossier.domain.thread_support import (
    measure_happenings,
    procedure_happenings,
    referral_happenings,
    watch_happenings,
)
from caseworker_app.features.dossier.domain.when import NB, of_month
from caseworker_app.kernel.dates import end_of_month
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros


def happenings(overview: Overview) -> tuple[Happening, ...]:
    """Return everything that happened until the day of the overview, newest first."""
    told = [*_support(overview), *_money_and_home(overview), *_papers(overview)]
    past = [each for each in told if each.day <= overview.day]
    return tuple(sorted(past, key=lambda each: (each.day, each.key), reverse=True))


def _support(overview: Overview) -> Iterator[Happening]:
    dossier = overview.dossier
    reviews = latest_by_entry(dossier.report_reviews)
    yield from (entry_happening(entry, reviews.get(entry.id)) for entry in dossier.entries)
    for goal in dossier.goals:
        yield from goal_happenings(goal)
    yield from map(evaluation_happening, dossier.evaluations)
    for file in dossier.measures:
        name = overview.measure_name(file.measure.kind_code, file.measure.kind_label)
        yield from measure_happenings(file, name)
    for referral, progress in overview.referrals:
        yield from referral_happenings(referral, progress)
    for procedure in overview.procedures:
        yield from procedure_happenings(procedure)
    for watch in overview.watches:
        yield from watch_happenings(watch)


def _money_and_home(overview: Overview) -> Iterator[Happening]:
    yield from (_budget(sheet, overview.day) for sheet in overview.dossier.budgets)
    for lease in overview.dossier.housing.leases:
        yield from lease_happenings(lease)
    months = overview.rent.months if overview.rent else ()
    yield from filter(None, map(rent_happening, months))


def _papers(overview: Overview) -> Iterator[Happening]:
    for consent in overview.dossier.consents:
        yield from _consent(consent)
    yield from map(_document, overview.documents)


def _budget(sheet: BudgetSheet, today: date) -> Happening:
    """Return a month's budget, at the end of that month, or today while it runs."""
    return Happening(
        f"budget:{sheet.month.id}",
        Thread.BUDGET,
        min(end_of_month(sheet.month.month), today),
        f"Budget {of_month(sheet.month.month)}",
        _left_to_live_on(sheet),
        "wallet",
        reach=Reach.INTERNAL,
        month=True,
    )


def _left_to_live_on(sheet: BudgetSheet) -> str:
    month, per_day = residual_income(sheet).value, residual_per_day(sheet).value
    if month is None or per_day is None:
        return ""
    return f"Reste à vivre {format_euros(per_day)} par jour et par personne, {format_euros(month)} par mois."


def _consent(consent: Consent) -> Iterator[Happening]:
    key, name = consent.id, consent.recipient.name
    title, topics = f"Accord de partage donné{NB}: {name}", plural(len(consent.topics), "sujet")
    yield Happening(
        f"consent:{key}", Thread.DOCUMENTS, consent.given_on, title, topics, "heart-handshake", Tone.DONE
    )
    if consent.withdrawn_on is not None:
        title = f"Accord de partage retiré{NB}: {name}"
        yield Happening(
            f"consent-end:{key}", Thread.DOCUMENTS, consent.withdrawn_on, title, icon="ban", tone=Tone.DUE
        )


def _document(document: SentDocument) -> Happening:
    return Happening(
        f"document:{document.id}",
        Thread.DOCUMENTS,
        document.made_on,
        f"{document.title} transmis",
        f"À {document.recipient}, {plural(document.pages, 'page')}, n°{NB}{document.number}",
        "file-export",
        Tone.NEWS,
        Reach.SENT,
    )
