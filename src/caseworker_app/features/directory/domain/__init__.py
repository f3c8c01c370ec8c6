"""What the list and the search show of a household; one door for the other rooms."""

from caseworker_app.features.directory.domain.found import FoundField, FoundHousehold, in_context
from caseworker_app.features.directory.domain.listed import (
    ALERT_LABELS,
    Alert,
    FoundList,
    ListedHousehold,
    alert_of,
    listed_name,
    people_words,
)
from caseworker_app.features.directory.domain.preview import Preview, PreviewFact
from caseworker_app.features.directory.domain.short_form import HouseholdForm, household_from

__all__ = [
    "ALERT_LABELS",
    "Alert",
    "FoundField",
    "FoundHousehold",
    "FoundList",
    "HouseholdForm",
    "ListedHousehold",
    "Preview",
    "PreviewFact",
    "alert_of",
    "household_from",
    "in_context",
    "listed_name",
    "people_words",
]
