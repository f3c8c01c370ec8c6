"""The visit page: a new visit or its draft, written, finished, printed; or a visit already in the file."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.attachments.domain.attachment import KeptContent
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.draft import visit_draft_key, visit_from_draft
from caseworker_app.features.diary.domain.entry import EntryZone
from caseworker_app.features.diary.domain.typed_moments import format_hour
from caseworker_app.features.diary.domain.visit import NewPhoto, NewVisit
from caseworker_app.features.diary.domain.visit_sheet import (
    VisitMaterial,
    blank_visit,
    protection_sentence,
    without_blanks,
)
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.form import VisitBody, VisitForm
from caseworker_app.features.diary.screens.head import VisitHead, large_text
from caseworker_app.features.diary.screens.offer import DraftOffer
from caseworker_app.features.diary.screens.photo_work import PhotoWork
from caseworker_app.features.diary.screens.reading import read_material, read_record
from caseworker_app.features.diary.screens.record import VisitRecord
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.spelling import Speller

# What the document page makes of a visit: « compte-rendu-visite:ENTRY », or of its draft without an entry.
REPORT_KIND = "compte-rendu-visite"

_DROPPED_BESIDE = (
    "Déposez les photos sur la ligne de leur pièce, sous «\u00a0État du logement\u00a0»\u202f; "
    "les autres fichiers vont dans l’onglet Pièces du dossier."
)


class VisitPage(Page):
    """Route « visit »: `household`, and as `subject` the entry to look at, empty for a new visit."""

    def __init__(self, desk: VisitDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.route = Route("visit")
        self.material: VisitMaterial | None = None
        self._confirming = False
        self.head = take_part(VisitHead)
        self.body = take_part(VisitBody)
        self.form = VisitForm(self.head.circumstances, self.body)
        self.offer = DraftOffer()
        self.record = VisitRecord(desk)
        self.keeper = DraftKeeper(self, desk.tasks, self._content, self._keep)
        self.photos = PhotoWork(desk.file, desk.who, desk.drafts, desk.tasks, self, self._photos_kept)
        self.speller = Speller(desk.tasks, self._add_word, self)
        self.speller.watch(list(self.body.zones.values()))
        self._stack = QStackedWidget()
        self._lay_out()
        self._join()

    def enter(self, route: Route) -> None:
        """Show a new visit (or the offer of its draft), or the visit that the route names."""
        same = route.household == self.route.household and not route.subject and not self.route.subject
        if same and self.material is not None:
            return  # what is being typed stays as it is, e.g. after F5 or a look at another page
        self._reset()
        self.route = route
        desk = self.desk
        if route.subject:
            desk.tasks.read(
                lambda: read_record(desk.file, desk.who, route.subject),
                partial(self._show_record, route),
                owner=self,
            )
            return
        desk.tasks.read(
            lambda: read_material(desk.file, desk.who, desk.drafts, route.household),
            lambda found: self._opened(route, *found),
            owner=self,
        )

    def leave(self) -> None:
        """Keep the draft, and that of a form open on a visit already written."""
        self.keeper.keep_before_leaving()
        self.record.leave()

    def focus_first(self) -> None:
        """Put the cursor where one writes first, or on the offer of a draft."""
        if self._stack.currentWidget() is self.offer:
            self.offer.resume.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.zones[EntryZone.OBSERVED].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, printing: bool = False) -> None:
        """Confirm the visit; go to its report when `printing`, else to the dossier."""
        if self._confirming or self.material is None or self._stack.currentWidget() is not self._scroll:
            return
        if self.photos.busy:
            self.desk.tasks.refused.emit(
                "Des photos arrivent encore\u00a0: attendez un instant, puis terminez."
            )
            return
        half = self.form.half_made_fact()
        if half is not None:
            half.composer.line.refuse("Ajoutez ce fait, ou annulez-le, avant de terminer.")
            half.composer.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            visit = without_blanks(self.form.read(strict=True))
        except InvalidEntry as error:
            self._refused(error)
            return
        self._confirm(visit, printing)

    def _confirm(self, visit: NewVisit, printing: bool) -> None:
        self._confirming = True
        self.head.set_busy(True)
        content = self.form.content()
        self.keeper.rest()
        desk, route = self.desk, self.route
        key = visit_draft_key(route.household)

        def work() -> tuple[str, Changes]:
            answer = diary.confirm_visit(desk.file, desk.who, visit)
            # At once: killed here, the next opening must not offer a draft of what is already written.
            desk.drafts.forget(key)
            return answer

        desk.tasks.run(
            work, lambda done: self._confirmed(done, printing, content, route),
            lambda error: self._not_confirmed(error, content, route), owner=self,
        )  # fmt: skip

    def _confirmed(
        self, done: tuple[str, Changes], printing: bool, content: dict[str, Any], route: Route
    ) -> None:
        entry_id, changed = done
        desk, household = self.desk, route.household
        # Another visit may be written by now, when the file was busy: it is left alone.
        stayed = self.route is route
        if stayed:
            self._reset()
        if self.route.household != household:
            # A draft that was on its way when the visit was confirmed comes before this one on the same thread.
            desk.tasks.read(lambda: desk.drafts.forget(visit_draft_key(household)), words="Brouillon")
        desk.changes.announce(changed)
        if stayed and printing:
            desk.navigator.open("document", household, f"{REPORT_KIND}:{entry_id}")
        elif stayed:
            desk.navigator.open("dossier", household)
        desk.navigator.confirm("Visite enregistrée", lambda: self._undo(household, content))

    def _undo(self, household: str, content: dict[str, Any]) -> None:
        desk = self.desk

        def work() -> Changes:
            _, changed = desk.take_back(desk.file, desk.who)
            # What was typed is a draft again: undoing a visit must not lose its text.
            desk.drafts.keep(visit_draft_key(household), content, household)
            return changed

        def undone(changed: Changes) -> None:
            desk.changes.announce(changed)
            self._reset()
            desk.navigator.open("visit", household)

        desk.tasks.run(work, undone, owner=self)

    def _not_confirmed(self, error: CaseworkerError, content: dict[str, Any], route: Route) -> None:
        if self.route is not route:
            drafts, household = self.desk.drafts, route.household
            self.desk.tasks.read(
                lambda: drafts.keep(visit_draft_key(household), content, household), words="Brouillon"
            )
            self.desk.tasks.refused.emit(error.sentence)
            return
        self._confirming = False
        self.head.set_busy(False)
        self.keeper.touch()
        self._refused(error)

    def _refused(self, error: CaseworkerError) -> None:
        if not self.form.refuse(error):
            self.desk.tasks.refused.emit(error.sentence)
        focused = self.focusWidget()
        if self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, 80)

    def _reset(self) -> None:
        self.material, self._confirming = None, False
        self.route = Route("visit")
        self.keeper.rest()
        self.head.set_busy(False)

    def _opened(self, route: Route, material: VisitMaterial, draft: Draft | None) -> None:
        if route != self.route:
            return
        self.material = material
        people = material.people
        self.head.show_household(
            f"{people.household.name} · dossier n°\u00a0{people.household.reference}",
            protection_sentence(people) if people.household.protected else "",
        )
        self.head.show_draft("")
        if draft is None:
            self._begin(blank_visit(material), {})
            return
        self.offer.show_draft(draft, visit_from_draft(draft.content, route.household, material.now))
        self._show(self.offer, writing=False)

    def _resume(self, draft: Draft) -> None:
        if self.material is None:
            return
        visit = visit_from_draft(draft.content, self.route.household, self.material.now)
        typed = draft.content.get("typed")
        self._begin(visit, typed if isinstance(typed, dict) else {})
        self._say_kept(draft.saved_at)

    def _start_again(self, draft: Draft) -> None:
        if self.material is None:
            return
        desk, household = self.desk, self.route.household
        desk.tasks.read(lambda: desk.drafts.forget(draft.key), owner=self, words="Brouillon")
        self._begin(blank_visit(self.material), {})
        desk.navigator.confirm("Brouillon écarté", lambda: self._bring_back(draft, household))

    def _bring_back(self, draft: Draft, household: str) -> None:
        if self.material is not None and household == self.route.household:
            self._resume(draft)
            self.keeper.touch()
            self.keeper.keep_now()

    def _begin(self, visit: NewVisit, typed: dict[str, Any]) -> None:
        if self.material is None:
            return
        self.speller.know(self.material.right_words)
        self.form.show_visit(self.material, visit, typed)
        self.speller.look()
        self._show(self._scroll, writing=True)
        self._scroll.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.focus_first()

    def _show_record(self, route: Route, found: Any) -> None:
        if route != self.route:
            return
        self.record.show_record(found, route.sought)
        self.head.hide()
        self._stack.setCurrentWidget(self.record)

    def _show(self, part: Any, *, writing: bool) -> None:
        self.head.show()
        self.head.circumstances.setVisible(writing)
        for button in (self.head.preview, self.head.finish, self.head.more):
            button.setVisible(writing)
        self._stack.setCurrentWidget(part)
        if not writing and self.isVisible():
            self.focus_first()

    def _preview(self) -> None:
        if self.material is None:
            return
        self.keeper.touch()
        self.leave()
        self.desk.navigator.open("document", self.route.household, f"{REPORT_KIND}:")

    def _take_photos(self, room: str, paths: list[Path]) -> None:
        self.photos.take(self.route.household, room, paths)

    def _photos_kept(self, household: str, room: str, photos: tuple[KeptContent, ...]) -> bool:
        """Show photos whose contents are kept; False when the visit they are of is no longer being written."""
        writing = self.material is not None and self._stack.currentWidget() is self._scroll
        if household != self.route.household or not writing:
            return False
        dwelling = self.body.dwelling
        dwelling.show_photos((*dwelling.photos(), *(NewPhoto(room, each) for each in photos)))
        self.keeper.touch()
        self.keeper.keep_now()
        return True

    def _content(self) -> dict[str, Any]:
        return {**self.form.content(), "household": self.route.household}

    def _keep(self, content: dict[str, Any]) -> str:
        household = str(content["household"])
        return self.desk.drafts.keep(visit_draft_key(household), content, household)

    def _kept(self, saved_at: str, content: dict[str, Any]) -> None:
        # The draft of the household one has just left arrives here too.
        if self.material is not None and content["household"] == self.route.household:
            self._say_kept(saved_at)

    def _say_kept(self, saved_at: str) -> None:
        at = datetime.fromisoformat(saved_at).astimezone()
        self.head.show_draft(f"Brouillon enregistré à {format_hour(at.time())}")

    def _lay_out(self) -> None:
        self._scroll = ScrollBody(self._large_body() if large_text() else self.body)
        for part in (self._scroll, self.offer, self.record):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)

    def _large_body(self) -> QWidget:
        card = Card()
        card.add(self.head.circumstances)
        inset = QHBoxLayout()
        inset.setContentsMargins(PAGE_INSETS[0], PAGE_INSETS[1], PAGE_INSETS[2], 0)
        inset.addWidget(card)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inset)
        column.addWidget(self.body)
        return whole

    def _join(self) -> None:
        self.head.finished.connect(lambda printing: self.finish(printing=printing))
        self.head.preview_asked.connect(self._preview)
        self.head.back_asked.connect(self.desk.navigator.back)
        self.record.back_asked.connect(self.desk.navigator.back)
        self.record.changed.connect(lambda: self.enter(self.route))
        self.form.edited.connect(self._typed)
        self.body.dwelling.photos_given.connect(self._take_photos)
        self.body.dropped_beside.connect(lambda: self.desk.tasks.refused.emit(_DROPPED_BESIDE))
        self.body.home.settle_asked.connect(
            lambda tab: self.desk.navigator.open("dossier", self.route.household, tab=tab)
        )
        self.keeper.kept.connect(self._kept)
        self.offer.resumed.connect(self._resume)
        self.offer.refused.connect(self._start_again)
        for keys, printing in (("Ctrl+Return", False), ("Ctrl+Enter", False), ("Ctrl+Shift+Return", True)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.finish, printing=printing))

    def _add_word(self, word: str) -> None:
        desk = self.desk
        desk.tasks.run(
            lambda: diary.add_spelling_word(desk.file, desk.who, word),
            lambda changes: desk.done(changes, "Mot ajouté au dictionnaire"),
        )

    def _typed(self) -> None:
        if self.material is not None and not self._confirming:
            self.keeper.touch()
