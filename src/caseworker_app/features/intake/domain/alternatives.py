"""What a column may also be, from what stands in it: offered first to whoever chooses."""

from __future__ import annotations

from caseworker_app.features.intake.domain.content import Profile
from caseworker_app.features.intake.domain.list_kind import OF_BODIES, OF_HOUSEHOLDS, ListKind

_OF_PEOPLE = {
    "email": ("email",),
    "date": ("birth_date", "entry_date", "exit_date"),
    "phone": ("phone", "mobile_phone", "home_phone"),
    "phone_without_zero": ("phone",),
    "postal_code": ("postal_code",),
    "typology": ("typology",),
    "civility": ("civility",),
    "named": ("full_name",),
    "two_words": ("full_name", "street", "city"),
    "integer": ("occupants", "external_reference"),
    "amount": ("rent", "service_charges", "housing_benefit", "balance"),
    "code": ("external_reference", "lease_reference", "dwelling_reference"),
    "words": ("last_name", "first_name", "city", "street"),
}
_OF_TRACKERS = {
    "date": ("measure_start_date", "measure_planned_end_date", "measure_end_date", "birth_date"),
    "amount": ("debt", "rent"),
    "words": ("measure_kind", "worker", "prescriber", "last_name", "first_name", "city"),
}
_OF_REFERRALS = {
    "date": ("asked_date", "asked_agreed_date", "asked_unpaid_date", "birth_date"),
    "words": (
        "asked_reason",
        "asked_product",
        "asked_contact",
        "asked_statement",
        "last_name",
        "first_name",
        "city",
    ),
}
_OF_BODIES = {
    "email": ("body_email", "contact_email"),
    "date": ("body_updated",),
    "phone": ("body_phone", "contact_phone"),
    "phone_without_zero": ("body_phone",),
    "postal_code": ("body_postal_code",),
    "siret": ("body_siret",),
    "code": ("body_source_id",),
    "words": ("body_name", "body_service", "body_city", "body_kind"),
}
_OF_DWELLINGS = {
    "postal_code": ("postal_code",),
    "typology": ("typology",),
    "integer": ("rooms", "floor", "dwelling_count", "dwelling_reference"),
    "amount": ("living_area",),
    "code": ("dwelling_reference", "door"),
    "words": ("residence", "street", "city", "landlord"),
}
_LIKE = 60  # percents of the cells
_MOST = 6


def alternatives_of(content: Profile, kind: ListKind, ours: str) -> tuple[str, ...]:
    """Return the fields a column may also be, the likeliest first; `ours`: what it is read as now."""
    if not content.filled:
        return ()
    found: list[str] = []
    for table in _tables(kind):
        for what, fields in table.items():
            if content.share(what) >= _LIKE:
                found += fields
    found.append("body_description" if kind in OF_BODIES else "remarks")
    if kind is ListKind.TRACKER:
        found.insert(max(len(found) - 1, 0), "diary")
    own = ours.rstrip("_0123456789")
    return tuple(field for field in dict.fromkeys(found) if field not in (ours, own))[:_MOST]


def _tables(kind: ListKind) -> tuple[dict[str, tuple[str, ...]], ...]:
    if kind in OF_BODIES:
        return (_OF_BODIES,)
    if kind is ListKind.TRACKER:
        return (_OF_TRACKERS, _OF_PEOPLE)
    if kind is ListKind.REFERRALS:
        return (_OF_REFERRALS, _OF_PEOPLE)
    return (_OF_PEOPLE,) if kind in OF_HOUSEHOLDS else (_OF_DWELLINGS,)
