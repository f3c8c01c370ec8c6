"""Which body of a directory is one the file already knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.features.intake.domain.body_rows import ProposedBody
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.partners.domain.partner import NewPartner, Partner
from caseworker_app.kernel.folding import fold

SAME_NUMBER = "même numéro dans le même annuaire"
SAME_SIRET = "même SIRET"
SAME_NAME_AND_TOWN = "même nom, même commune"
SAME_NAME = "même nom"


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body of the file (partner or landlord) as it is compared."""

    id: str
    name: str
    siret: str | None = None
    postal_code: str | None = None
    city: str | None = None
    source: str | None = None
    source_id: str | None = None


def known_body(partner: Partner) -> KnownBody:
    """Return a partner as it is compared."""
    where = (partner.postal_code, partner.city, partner.source, partner.source_id)
    return KnownBody(partner.id, partner.name, partner.siret, *where)


def bodies_among(bodies: Iterable[ProposedBody], known: Iterable[KnownBody]) -> tuple[Duplicate, ...]:
    """Return, of the bodies of a list, those the file already knows; the likeliest reason is told."""
    by_key: dict[tuple[str, ...], tuple[KnownBody, str, int]] = {}
    for body in known:
        for key, why, likelihood in _keys(body):
            by_key.setdefault(key, (body, why, likelihood))
    found = []
    for proposed in bodies:
        told = _told(proposed.partner)
        hit = next((by_key[key] for key, _, _ in _keys(told) if key in by_key), None)
        if hit is not None:
            body, why, likelihood = hit
            found.append(Duplicate(proposed.row, (why,), likelihood, reference=body.name, partner_id=body.id))
    return tuple(found)


def _told(new: NewPartner) -> KnownBody:
    return KnownBody("", new.name, new.siret, new.postal_code, new.city, new.source, new.source_id)


def _keys(body: KnownBody) -> list[tuple[tuple[str, ...], str, int]]:
    """Return the keys two descriptions of one body share, the surest first."""
    name = fold(body.name)
    keys: list[tuple[tuple[str, ...], str, int]] = []
    if body.source and body.source_id:
        keys.append((("id", fold(body.source), body.source_id), SAME_NUMBER, 98))
    if body.siret:
        keys.append((("siret", body.siret, name), SAME_SIRET, 97))
    if body.postal_code:
        keys.append((("code", name, body.postal_code), SAME_NAME_AND_TOWN, 92))
    if body.city:
        keys.append((("city", name, fold(body.city)), SAME_NAME_AND_TOWN, 90))
    if not body.postal_code and not body.city:
        keys.append((("name", name), SAME_NAME, 80))
    return keys
