"""Joins referrals and veilles to rooms apart: the search of duplicates above, the tab of measures below."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.intake.service.likely import likely_households
from caseworker_app.features.measures.screens.desk import AskedFor
from caseworker_app.features.referrals.domain.shown import short_words
from caseworker_app.features.referrals.screens.desk import Match
from caseworker_app.features.referrals.service import referrals_of
from caseworker_app.features.team.domain import Who
from caseworker_app.features.veille.domain.shown import short_words as watch_words
from caseworker_app.features.veille.service import watches_of
from caseworker_app.storage.connection import Connection


def matches(connection: Connection, who: Who, new: NewHousehold, day: date) -> list[Match]:
    """Return the households somebody new may already be, and why in words."""
    return [
        Match(each.household_id, f"{name} ({', '.join(each.why)})")
        for each, name in likely_households(connection, who, new, day)
        if each.household_id is not None
    ]


def asked_for(connection: Connection, who: Who, household_id: str, day: date) -> list[AskedFor]:
    """Return the referrals of a household as its tab « Mesure » shows them, newest first."""
    return [
        AskedFor(of.id, *short_words(of, progress, day))
        for of, progress in referrals_of(connection, who, household_id)
    ]


def watched(connection: Connection, who: Who, household_id: str, day: date) -> list[AskedFor]:
    """Return the veilles of a household as its tab « Mesure » shows them, the latest first."""
    return [
        AskedFor(each.watch.id, *watch_words(each, day))
        for each in watches_of(connection, who, household_id, day)
    ]
