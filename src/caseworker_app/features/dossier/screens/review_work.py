"""Does in the journal of a dossier what its strip of readings asks: opens the forms, writes the rest."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.report_review import Readers, ReviewAction
from caseworker_app.features.dossier.domain.shown import ShownDossier
from caseworker_app.features.dossier.screens.diary_tab import DiaryTab
from caseworker_app.features.dossier.screens.review_forms import ReviewDesk, answering_form, asking_form
from caseworker_app.kernel.changes import Changes
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.side_form import WIDTH
from caseworker_app.ui_kit.theme import px


class ReviewWork:
    """`place` holds the form that is open, in the room of the list."""

    def __init__(self, desk: ReviewDesk, tab: DiaryTab) -> None:
        """Join the tab."""
        self._desk, self._tab = desk, tab
        self._dossier: ShownDossier | None = None
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, "reading")
        self.place.setFixedWidth(px(WIDTH + 24))
        self.place.hide()
        tab.hold_form(self.place)
        tab.know(desk.who.worker_id, may_review=desk.may_review)
        tab.review_asked.connect(self._act)

    def show_dossier(self, dossier: ShownDossier) -> None:
        """Work on a dossier; a form left open on another one closes, its draft kept."""
        if self.place.household != dossier.household_id:
            self.place.give_up()
            self.place.household = dossier.household_id
        self._dossier = dossier

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def _act(self, action: ReviewAction, entry: DiaryEntry) -> None:
        desk, dossier = self._desk, self._dossier
        review = dossier.report_reviews.get(entry.id) if dossier is not None else None
        if action is ReviewAction.ASK:
            self._ask(entry)
        elif review is not None and action is ReviewAction.ANSWER:
            self.place.open(answering_form(desk, review))
        elif review is not None and action is ReviewAction.PUT_AWAY:
            self._write(
                lambda: diary.put_away_report_review(desk.file, desk.who, review.id), "Remarques rangées"
            )
        elif review is not None:
            self._write(
                lambda: diary.withdraw_report_review(desk.file, desk.who, review.id),
                "Demande de relecture retirée",
            )

    def _ask(self, entry: DiaryEntry) -> None:
        desk = self._desk

        def read() -> Readers:
            with desk.file.reading() as connection:
                return diary.report_readers(connection, desk.who)

        desk.tasks.read(
            read, lambda offered: self.place.open(asking_form(desk, entry, offered)), owner=self._tab
        )

    def _write(self, work: Callable[[], Changes], words: str) -> None:
        self._desk.tasks.run(work, lambda changes: self._desk.done(changes, words), owner=self._tab)
