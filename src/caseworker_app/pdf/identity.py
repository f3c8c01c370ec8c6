"""Who sends a document: the association as its letterhead shows it; free of ReportLab."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """The association that writes: `short_name` for footers, `lines` under the name, logo as PNG bytes."""

    name: str
    short_name: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    logo_png: bytes | None = None

    @property
    def footer_name(self) -> str:
        """Return the name used where room is short."""
        return self.short_name or self.name
