"""What `search` answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseworker_app.features.directory.domain import FoundHousehold


def found_json(found: FoundHousehold) -> dict[str, Any]:
    """Return one answer of a search."""
    matched = [{"field": m.field, "label": m.label, "context": m.context} for m in found.matched]
    return {
        "reference": found.reference,
        "name": found.name,
        "protected": found.protected,
        "matched": matched,
    }


def found_text(found: Sequence[FoundHousehold]) -> str:
    """Return a line a household, with what matched."""
    return "\n".join(map(_line, found)) if found else "Aucun ménage trouvé."


def _line(found: FoundHousehold) -> str:
    matched = "\u202f; ".join(f"{match.label}\u00a0: {match.context}" for match in found.matched)
    return f"{found.reference}  {found.name}  ({matched})"
