"""What the import of a calendar of others would do, counted and told before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.agenda.domain.ics_reading import FoundTime
from caseworker_app.kernel.french import join_words, plural


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """What an import would do: `new` are written; the rest says what is left out, and why."""

    new: tuple[FoundTime, ...]
    known: int = 0
    outside: int = 0
    cancelled: int = 0
    unreadable: int = 0
    unknown_zones: tuple[str, ...] = ()
    in_unknown_zone: int = 0

    def sentences(self) -> tuple[str, ...]:
        """Return the counts in words, what is written first."""
        lines = [
            f"{plural(len(self.new), 'rendez-vous', 'rendez-vous')} à ajouter, d’un mois en arrière à un an."
        ]
        counts = (
            (self.known, "déjà dans l’agenda."),
            (self.outside, "plus anciens ou plus lointains, laissés de côté."),
            (self.cancelled, "annulés dans l’autre agenda, laissés de côté."),
            (self.unreadable, "illisibles, laissés de côté\u00a0: vérifiez-les dans l’autre agenda."),
        )
        lines += [
            f"{plural(count, 'rendez-vous', 'rendez-vous')} {words}" for count, words in counts if count
        ]
        if self.in_unknown_zone:
            zones = join_words([f"«\u00a0{zone}\u00a0»" for zone in self.unknown_zones[:3]])
            told = plural(self.in_unknown_zone, "rendez-vous", "rendez-vous")
            lines.append(
                f"{told} d’un fuseau horaire inconnu ({zones}), laissés de côté\u00a0: "
                "réglez l’autre agenda sur Europe/Paris, puis exportez-le de nouveau."
            )
        return tuple(lines)
