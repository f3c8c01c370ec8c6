"""The body of the visit page: zones, rooms, and beside them goals, promises, budget, next appointment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.draft import draft_of_visit
from caseworker_app.features.diary.domain.entry import EntryZone
from caseworker_app.features.diary.domain.reused_sentences import FillingIn, check_filled
from caseworker_app.features.diary.domain.visit import NewVisit
from caseworker_app.features.diary.domain.visit_sheet import VisitMaterial, filling_of
from caseworker_app.features.diary.screens.dwelling import DwellingCard
from caseworker_app.features.diary.screens.goals_card import GoalsCard
from caseworker_app.features.diary.screens.head import Circumstances
from caseworker_app.features.diary.screens.promises_cards import NewPromisesCard, PromisesCard
from caseworker_app.features.diary.screens.reminder_cards import AppointmentCard, BudgetCard, HomeCard
from caseworker_app.features.diary.screens.sentence_picker import SentenceHelp, select_place
from caseworker_app.features.diary.screens.zones import ZONES, WritingZone
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.ui_kit.drops import dropped_paths
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.scroll import PAGE_INSETS
from caseworker_app.ui_kit.theme import px

_WEIGHTS = (752, 362)


class VisitBody(QWidget):
    """Everything one writes of a visit but its circumstances. `edited` at each change.

    `dropped_beside()`: files were dropped elsewhere than on the line of a room.
    """

    edited = Signal()
    dropped_beside = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.zones = {zone: WritingZone(zone, title, hint, icon) for zone, title, hint, icon in ZONES}
        self.dwelling = DwellingCard()
        self.goals = GoalsCard()
        self.promises = PromisesCard()
        self.new_promises = NewPromisesCard()
        self.home = HomeCard()
        self.budget = BudgetCard()
        self.appointment = AppointmentCard()
        main = (*self.zones.values(), self.dwelling)
        beside = (
            self.goals, self.promises, self.new_promises, self.home, self.budget, self.appointment,
        )  # fmt: skip
        columns = Columns(self, gap=16, weights=_WEIGHTS)
        columns.setContentsMargins(*PAGE_INSETS)
        columns.addWidget(_column(main, 8))
        columns.addWidget(_column(beside, 12))
        for zone in self.zones.values():
            zone.edited.connect(self.edited)
        for card in (self.dwelling, self.goals, self.promises, self.new_promises, self.appointment):
            card.edited.connect(self.edited)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that no room took, to say where they go."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Leave the files where they are."""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.dropped_beside.emit()


class VisitForm(QObject):
    """Joins head and body to the domain: shows a visit, reads it back, places what is refused."""

    edited = Signal()

    def __init__(self, circumstances: Circumstances, body: VisitBody) -> None:
        """Join them."""
        super().__init__(body)
        self.circumstances, self.body = circumstances, body
        self._shown: NewVisit | None = None
        self._material: VisitMaterial | None = None
        self.sentences = SentenceHelp(list(body.zones.values()), self._filling, body)
        circumstances.edited.connect(self.edited)
        body.edited.connect(self.edited)

    def show_visit(self, material: VisitMaterial, visit: NewVisit, typed: Mapping[str, Any]) -> None:
        """Show a visit; `typed` is what a draft kept beside it (fields that could not be read yet)."""
        self._shown, self._material = visit, material
        self.sentences.sentences = material.sentences
        body, day = self.body, material.day
        names = [member.full_name() for member in material.people.members]
        self.circumstances.show_entry(visit.entry, names, day)
        self.circumstances.show_typed(_part(typed, "head"))
        for zone, widget in body.zones.items():
            widget.set_text(getattr(visit.entry, zone.value))
            widget.set_facts(visit.facts)
            half = _part(typed, "facts").get(zone.value)
            if isinstance(half, str) and half:
                widget.composer.start(half)
            else:
                widget.composer.hide()
        body.dwelling.show_rooms(visit.rooms, material.last)
        body.dwelling.show_photos(visit.photos)
        body.goals.show_goals(material.open_goals, visit.goals)
        body.promises.show_promises(material, visit.reviews)
        body.new_promises.show_promises(visit.promises, _part(typed, "promises"))
        body.home.show_home(material.home, day)
        body.budget.show_sheet(material.budget, day)
        body.appointment.show_appointment(visit.next_appointment, day, _part(typed, "appointment"))

    def read(self, *, strict: bool) -> NewVisit:
        """Return the visit as typed; what cannot be read is left out, or refused when `strict`."""
        if self._shown is None:
            raise RuntimeError("nothing is shown yet")
        body = self.body
        entry = self.circumstances.read(self._shown.entry, strict=strict)
        for zone, widget in body.zones.items() if strict else ():
            check_filled(widget.text(), zone.value)
        entry = replace(
            entry,
            observed=body.zones[EntryZone.OBSERVED].text(),
            said=body.zones[EntryZone.SAID].text(),
            analysis=body.zones[EntryZone.ANALYSIS].text(),
        )
        return NewVisit(
            entry,
            tuple(fact for widget in body.zones.values() for fact in widget.new_facts()),
            body.goals.touched(),
            body.dwelling.rooms(),
            body.new_promises.read(entry.started_at.date(), strict=strict),
            body.promises.reviews(),
            body.appointment.read(strict=strict),
            self._shown.appointment_id,
            body.dwelling.photos(),
        )

    def _filling(self) -> FillingIn:
        if self._material is None:
            return FillingIn()
        return filling_of(self._material, self.read(strict=False))

    def content(self) -> dict[str, Any]:
        """Return what the draft keeps: the visit, and beside it every field as typed."""
        half = {
            z.value: w.composer.words.text() for z, w in self.body.zones.items() if not w.composer.isHidden()
        }
        typed = {
            "head": self.circumstances.typed(),
            "facts": half,
            "promises": self.body.new_promises.typed(),
            "appointment": self.body.appointment.typed(),
        }
        return {**draft_of_visit(self.read(strict=False)), "typed": typed}

    def half_made_fact(self) -> WritingZone | None:
        """Return the zone where a fact was begun and not added yet."""
        zones = self.body.zones.values()
        return next((z for z in zones if not z.composer.isHidden() and z.composer.words.text().strip()), None)

    def refuse(self, error: CaseworkerError) -> bool:
        """Put an error beside what it is about; False when it belongs to nothing here."""
        if not isinstance(error, InvalidEntry):
            return False
        body = self.body
        places = {
            "rooms": body.dwelling.refuse,
            "promises": body.new_promises.refuse,
            "reviews": body.new_promises.refuse,
            "starts_at": body.appointment.refuse,
            **{zone.value: body.zones[zone].refuse for zone in EntryZone},
            "facts": body.zones[EntryZone.OBSERVED].refuse,
        }
        if error.field in places:
            places[error.field](error.sentence)
            if error.field in tuple(EntryZone):
                select_place(body.zones[EntryZone(error.field)])
            return True
        return self.circumstances.refuse(error)


def _part(typed: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = typed.get(name)
    return part if isinstance(part, Mapping) else {}


def _column(parts: tuple[QWidget, ...], gap: int) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(gap))
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return column
