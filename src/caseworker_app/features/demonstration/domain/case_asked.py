"""Reading the referrals of a household written by hand: who asked, what followed, what the diagnosis concludes."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.demonstration.domain.asked import Asked
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.measures.domain.measure import Intensity
from caseworker_app.features.referrals.domain.following import (
    TEXTS,
    Conclusion,
    Means,
    NewAttempt,
    NewDiagnosis,
    Purpose,
)
from caseworker_app.features.referrals.domain.referral import Given, NewReferral, Product, Sender
from caseworker_app.kernel.french import typeset

Case = dict[str, Any]


def read_referrals(case: Case, calendar: Calendar, landlord: tuple[str, str] | None) -> list[Asked]:
    """Return the referrals of a case; one without a `body` comes from its landlord (id, name)."""
    return [_referral(each, calendar, landlord) for each in case.get("referrals", [])]


def opens_measure(case: Case) -> list[bool]:
    """Say of each referral of a case whether its first measure was opened from it."""
    return [bool(each.get("opened")) for each in case.get("referrals", [])]


def _referral(each: Case, calendar: Calendar, landlord: tuple[str, str] | None) -> Asked:
    known = landlord if "body" not in each else None
    new = NewReferral(
        calendar.day(each["received_on"]),
        Sender(each["sender"]),
        tuple(each["reasons"]),
        landlord_id=known[0] if known else None,
        body=known[1] if known else each.get("body"),
        product=Product(each.get("product", Product.MEASURE)),
        agreed=True,
        agreed_on=calendar.day(each["agreed_on"]),
        given=Given(statement=typeset(each["statement"])),
    )
    attempts = tuple(_attempt(one, calendar) for one in each.get("attempts", []))
    return Asked(new, attempts, _diagnosis(each["diagnosis"], calendar))


def _attempt(one: Case, calendar: Calendar) -> NewAttempt:
    return NewAttempt(
        calendar.day(one["on"]),
        Means(one.get("means", Means.CALL)),
        Purpose(one.get("purpose", Purpose.REACH)),
        reached=one.get("reached", False),
        note=one.get("note"),
    )


def _diagnosis(told: Case, calendar: Calendar) -> NewDiagnosis:
    texts = {name: typeset(told[name]) for name in TEXTS if name in told}
    return NewDiagnosis(
        calendar.day(told["prescribed_on"]),
        told.get("prescribed_by"),
        conclusion=Conclusion(told["conclusion"]),
        kind_code=told.get("kind_code"),
        intensity=Intensity(told["intensity"]) if "intensity" in told else None,
        months=told.get("months"),
        no_measure_code=told.get("no_measure_code"),
        concluded_on=calendar.day(told["concluded_on"]),
        **texts,
    )
