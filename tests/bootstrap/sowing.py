"""A rich household with a review handed over, a word of its own in each of its fields."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.bootstrap.office import Office
from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.proposing import propose
from caseworker_app.features.handover.domain.second_check import hits_of
from caseworker_app.features.handover.domain.transmission import ReviewRequest
from caseworker_app.features.handover.service.proposals import read_material
from caseworker_app.features.handover.service.reviews import transmit_review
from tests.bootstrap.canary import Gardener, Planted
from tests.features.handover import rich_household


def sow(office: Office, gardener: Gardener, review: Path, *, protected: bool) -> Planted:
    """Build it in an open file, print its review at `review`, and plant the words."""
    rich = rich_household.build(office.file, office.who, protected=protected)
    request = ReviewRequest(rich.household_id, rich_household.PERIOD)
    with office.file.reading() as connection:
        material = read_material(connection, office.who, request, rich_household.DAY)
    kept = frozenset(hit.key for hit in hits_of(propose(material), ReviewChoices()))
    transmit_review(
        office.file, office.who, request, ReviewChoices(kept_hits=kept), review, renderers().review
    )
    return gardener.plant(office.file, office.who, rich.household_id)
