"""Reading referrals: the list, one whole, those of a household, and what the forms offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.indicators_around import CountedReferral
from caseworker_app.features.measures.domain.measure import Agreement, MeasureKind
from caseworker_app.features.measures.domain.places import AgreementPlaces
from caseworker_app.features.partners import service as partners
from caseworker_app.features.referrals import store
from caseworker_app.features.referrals.domain.file import ReferralFile, progress_of
from caseworker_app.features.referrals.domain.listed import ReferralLine, ReferralListing, Wanted, listing
from caseworker_app.features.referrals.domain.referral import Referral
from caseworker_app.features.referrals.domain.stages import Progress
from caseworker_app.features.referrals.service.attaching import attached_to
from caseworker_app.features.team.domain import Right, Who, Worker
from caseworker_app.features.team.service import list_workers
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.unit_of_work import UnitOfWork

_MOST_PARTNERS = 8


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the form of a referral offers: landlords, agreements in force with their places, workers, kinds."""

    landlords: Mapping[str, str]
    agreements: tuple[Agreement, ...]
    taken: Mapping[str, AgreementPlaces]
    workers: tuple[Worker, ...]
    kinds: tuple[MeasureKind, ...]


def list_referrals(connection: Connection, who: Who, wanted: Wanted, day: date) -> ReferralListing:
    """Return the referrals wanted, what is late first, and how many stand at each stage. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return listing(list(store.lines(connection)), wanted, day)


def every_referral(connection: Connection, who: Who) -> list[ReferralLine]:
    """Return a line for every referral, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return list(store.lines(connection))


def counted_under(connection: Connection, who: Who, agreements: frozenset[str]) -> list[CountedReferral]:
    """Return the referrals under some agreements, as their figures count them. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return [
        CountedReferral(each.progress.received_on, each.progress.answered_on, each.progress.decision_due_on)
        for each in store.lines(connection)
        if each.agreement_id in agreements
    ]


def open_referral(connection: Connection, who: Who, referral_id: str, day: date) -> ReferralFile:
    """Return a referral whole, its household noted as opened. Raises NotFound, NotAllowed, Archived."""
    who.require(Right.READ_FILES)
    of = store.referrals.one(connection, referral_id)
    people = households.open_household(connection, who, of.household_id)
    note_access(connection, who.worker_id, AccessKind.OPENED, of.household_id)
    shown = measures.shown_agreements(connection, who) if of.agreement_id else None
    agreement = next((a for a in shown.agreements if a.id == of.agreement_id), None) if shown else None
    return ReferralFile(
        of,
        people,
        tuple(store.attempts_of(connection, referral_id)),
        store.diagnosis_of(connection, referral_id),
        agreement,
        shown.taken.get(agreement.id) if shown and agreement else None,
        {each.id: each.name for each in list_workers(connection, who)},
        {kind.code: kind.short_label for kind in measures.list_kinds(day)},
        tuple(attached_to(connection, who, referral_id)),
    )


def referrals_of(connection: Connection, who: Who, household_id: str) -> list[tuple[Referral, Progress]]:
    """Return the referrals of a household, newest first, with how far each went. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return [(each, _progress(connection, each)) for each in store.referrals_of(connection, household_id)]


def referrals_in(uow: UnitOfWork, household_id: str) -> list[Referral]:
    """Return the referrals of a household inside another room's intention, newest first."""
    return store.referrals_of(uow.connection, household_id)


def form_choices(connection: Connection, who: Who, day: date) -> FormChoices:
    """Return what the forms offer on a day. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    shown = measures.shown_agreements(connection, who)
    return FormChoices(
        {each.id: each.name for each in landlords.list_landlords(connection, who)},
        tuple(each for each in shown.agreements if each.ends_on is None or each.ends_on >= day),
        shown.taken,
        tuple(list_workers(connection, who)),
        tuple(measures.list_kinds(day)),
    )


def bodies_like(connection: Connection, who: Who, words: str) -> list[tuple[str, str]]:
    """Return the id and name of a few partners that hold the words typed. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    found = partners.search_partners(connection, who, words, most=_MOST_PARTNERS)
    return [(each.id, f"{each.name}, {each.city}" if each.city else each.name) for each in found]


def household_name(connection: Connection, who: Who, household_id: str) -> str:
    """Return the name of a household a referral is received for. Raises NotFound, NotAllowed, Archived."""
    who.require(Right.READ_FILES)
    return households.open_household(connection, who, household_id).household.name


def _progress(connection: Connection, of: Referral) -> Progress:
    return progress_of(of, store.attempts_of(connection, of.id), store.diagnosis_of(connection, of.id))
