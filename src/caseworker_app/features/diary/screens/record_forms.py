"""Forms on an entry already written: corrected while it is not signed, completed by a dated addition at any time."""

from __future__ import annotations

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import ENTRY_ZONE_LABELS, DiaryEntry, EntryTexts, EntryZone
from caseworker_app.features.diary.domain.reused_sentences import check_filled
from caseworker_app.features.diary.domain.typed_moments import (
    parse_kilometres,
    parse_length,
    typed_kilometres,
)
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.side_form import SideForm, Work

_ADDED = "Ce qui est déjà écrit ne change pas\u00a0: le complément porte la date du jour et votre nom."
_CORRECTED = (
    "Cet écrit n’est pas signé\u00a0: il peut encore être corrigé. L’historique garde ce qui était écrit."
)


def addition_form(desk: VisitDesk, entry: DiaryEntry) -> SideForm:
    """Ask what completes an entry, and in which zone."""
    day = today(desk.file.clock)
    form = SideForm(f"addition:{entry.id}", "Ajouter un complément", day, _ADDED, "A&jouter le complément")
    form.choice("zone", "&Partie", ENTRY_ZONE_LABELS, EntryZone.OBSERVED)
    form.long("text", "Complément", "ce qui manquait")

    def read() -> Work:
        zone, text = form.needed("zone", EntryZone), form.text("text") or ""
        if not text:
            raise InvalidEntry("Écrivez le complément.", "text")
        check_filled(text, "text")
        return lambda: diary.add_addition(desk.file, desk.who, entry.id, text, zone)

    return form.intend(read, "Complément ajouté")


def correction_form(desk: VisitDesk, entry: DiaryEntry) -> SideForm:
    """Ask again what an entry that is not signed says."""
    form = SideForm(f"correct:{entry.id}", "Corriger l’écrit", today(desk.file.clock), _CORRECTED)
    form.line("purpose", "&Objet", entry.purpose)
    form.side_by_side()
    form.line("duration_minutes", "&Durée (min)", _typed(entry.duration_minutes))
    form.line("travel_minutes", "Tra&jet (min)", _typed(entry.travel_minutes))
    form.line("travel_metres", "Distance (&km)", typed_kilometres(entry.travel_metres))
    form.long("observed", "Constaté", "", entry.observed)
    form.long("said", "Dit par le ménage", "", entry.said)
    form.long("analysis", "Analyse", "", entry.analysis)

    def read() -> Work:
        texts = EntryTexts(
            entry.started_at,
            parse_length(form.text("duration_minutes") or "", "duration_minutes"),
            entry.place,
            entry.present,
            form.text("purpose"),
            form.text("observed") or "",
            form.text("said") or "",
            form.text("analysis") or "",
            parse_length(form.text("travel_minutes") or "", "travel_minutes"),
            parse_kilometres(form.text("travel_metres") or "", "travel_metres"),
        )
        return lambda: diary.correct_entry(desk.file, desk.who, entry.id, texts, entry.version)

    return form.intend(read, "Écrit corrigé")


def _typed(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)
