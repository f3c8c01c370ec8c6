"""The dwelling (« logement »): where it is, its type and size."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.records import quick_dataclass

# In tenths of m²; beyond 2,000 m² it is a whole building, or a decimal comma lost.
MAX_FLOOR_AREA = 20_000

_IMPOSSIBLE_AREA = "Cette surface n’est pas possible\u00a0: indiquez des mètres carrés."
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_FLOOR_AREA = re.compile(r"([0-9]{1,9}(?:[.,][0-9]*)?)(?:m[²2]?)?", re.IGNORECASE)
_TYPOLOGY = re.compile(r"(?:[TF]|TYPE)\s*(\d{1,2})\s*(BIS)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A dwelling; `reference`: the landlord's own; `floor_area` in tenths of m² (62 m² is 620)."""

    id: str
    version: str
    landlord_id: str | None
    reference: str | None
    street: str | None
    complement: str | None
    postal_code: str | None
    city: str | None
    typology: str | None
    floor_area: int | None
    floor: str | None
    building: str | None

    def one_line(self) -> str:
        """Return the address on one line: « 8, allée des Glycines, porte 23, 35990 Valmère »."""
        town = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (self.street, self.building, self.complement, town) if part)

    def description(self) -> str:
        """Return « T3 de 62 m² », with what is known; empty when nothing is."""
        area = format_floor_area(self.floor_area) if self.floor_area else ""
        return " de ".join(part for part in (self.typology, area) if part)


@quick_dataclass(frozen=True, slots=True)
class NewDwelling:
    """A dwelling about to be written; `floor_area` in tenths of m², `typology` as people type it."""

    landlord_id: str | None = None
    reference: str | None = None
    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    typology: str | None = None
    floor_area: int | None = None
    floor: str | None = None
    building: str | None = None


def checked_dwelling(new: NewDwelling) -> NewDwelling:
    """Return the dwelling as kept.

    Raises InvalidEntry when nothing tells where it is, or for an impossible area.
    """
    if not (new.street or new.reference or new.city):
        raise InvalidEntry("Indiquez l’adresse du logement, ou sa référence chez le bailleur.", "street")
    if new.floor_area is not None and not 0 < new.floor_area <= MAX_FLOOR_AREA:
        raise InvalidEntry(_IMPOSSIBLE_AREA, "floor_area")
    typology = plain_typology(new.typology)
    return new if typology == new.typology else replace(new, typology=typology)


def plain_typology(text: str | None) -> str | None:
    """Write « F3 », « t 3 » or « type 3 » as « T3 », « T1bis » as « T1 bis ».

    Anything else stays as typed.
    """
    bare = (text or "").strip()
    if match := _TYPOLOGY.fullmatch(bare):
        return f"T{int(match[1])}" + (" bis" if match[2] else "")
    return bare or None


def parse_floor_area(text: str) -> int:
    """Read « 72,1 m² » and return tenths of m², rounded half up. Raises InvalidEntry."""
    match = _FLOOR_AREA.fullmatch(_SPACES.sub("", text))
    if match is None:
        raise InvalidEntry("Cette surface n’est pas lisible\u00a0: écrivez-la comme 72,1.", "floor_area")
    metres = Decimal(match[1].replace(",", "."))
    if not Decimal("0.05") <= metres <= MAX_FLOOR_AREA // 10:
        raise InvalidEntry(_IMPOSSIBLE_AREA, "floor_area")
    return int((metres * 10).quantize(Decimal(1), ROUND_HALF_UP))


def format_floor_area(tenths: int) -> str:
    """Write tenths of m² as « 62 m² » or « 72,1 m² »."""
    whole, rest = divmod(tenths, 10)
    return f"{whole:,}".replace(",", "\u202f") + (f",{rest}" if rest else "") + "\u00a0m²"
