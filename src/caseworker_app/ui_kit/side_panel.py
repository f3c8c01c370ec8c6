"""Where a form stands beside the cards: one at a time, its long texts kept as a draft, never lost by a click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.side_form import WIDEST, WIDTH, SideForm
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px

_RIGHT = 24
# Qt’s own « no limit ».
_ANY_WIDTH = 16_777_215
UNFINISHED = "Enregistrez ou fermez d’abord ce formulaire."


class KeptDraft(Protocol):
    """A draft found again."""

    @property
    def content(self) -> Mapping[str, Any]:
        """What the fields held."""
        ...


class KeptDrafts(Protocol):
    """Where drafts are kept, by their key."""

    def keep(self, key: str, content: dict[str, Any], household_id: str | None = None) -> str:
        """Keep a content; return the instant."""
        ...

    def find(self, key: str) -> KeptDraft | None:
        """Return what was kept, None without."""
        ...

    def forget(self, key: str) -> object:
        """Keep it no more."""
        ...


class FormDesk(Protocol):
    """What the panel works with: a room's own desk. `done(answer, words)` tells what a service wrote."""

    @property
    def tasks(self) -> Tasks:
        """Where work runs."""
        ...

    @property
    def drafts(self) -> KeptDrafts:
        """Where drafts are kept."""
        ...

    def done(self, answer: object, words: str) -> None:
        """Tell what was written."""
        ...


class SidePanel(QWidget):
    """Holds the form that is open. `shown(bool)`: one opened, or the last one closed.

    `room` begins the keys of its drafts: « housing ».
    """

    shown = Signal(bool)

    def __init__(self, desk: FormDesk, room: str, parent: QWidget | None = None) -> None:
        """Make it closed."""
        super().__init__(parent)
        self._desk, self._room = desk, room
        self.form: SideForm | None = None
        self._household = ""
        self._opener: QWidget | None = None
        self._keeper: DraftKeeper | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 16, 24, 16)
        self.stand_beside()
        self.hide()

    def stand_beside(self) -> None:
        """Take a column at the right."""
        self.setFixedWidth(px(WIDTH) + _RIGHT)
        self._column.setContentsMargins(0, 16, _RIGHT, 16)

    def stand_alone(self) -> None:
        """Take the whole width, where there is no room beside the cards."""
        self.setMinimumWidth(0)
        self.setMaximumWidth(_ANY_WIDTH)
        self._column.setContentsMargins(_RIGHT, 16, _RIGHT, 16)

    @property
    def beside_width(self) -> int:
        """How wide it is beside the cards."""
        return px(WIDTH) + _RIGHT

    def open(self, form: SideForm, household: str) -> None:
        """Open a form; one that holds something typed stays, and says so."""
        if self.form is not None:
            if self.form.touched:
                self.form.rest.refuse(UNFINISHED)
                self.form.focus_first()
                form.deleteLater()
                return
            self.close_form(return_focus=False)
        self._opener = QApplication.focusWidget()
        self.form, self._household = form, household
        form.closed.connect(self.give_up)
        form.asked.connect(self._write)
        form.setMaximumWidth(px(WIDEST))
        self._column.addWidget(form)
        if form.keeps_draft:
            self._keep_drafts(form)
        # The tab makes room first: shown beside the cards at large text, it would widen the whole window.
        self.shown.emit(True)
        self.show()
        form.focus_first()

    def leave(self) -> None:
        """Keep what is typed, then close: another tab, household or page is shown."""
        if self._keeper is not None:
            self._keeper.keep_before_leaving()
        self.close_form(return_focus=False)

    def give_up(self) -> None:
        """Close without writing; a long text typed stays as a draft and is offered when the form opens again."""
        if self._keeper is not None:
            self._keeper.keep_now()
        self.close_form()

    def close_form(self, *, return_focus: bool = True) -> None:
        """Close the form, and go back to where one was."""
        form, self.form, self._keeper = self.form, None, None
        if form is None:
            return
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.hide()
        self.shown.emit(False)
        opener, self._opener = self._opener, None
        if return_focus and opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, work: Callable[[], Any]) -> None:
        form = self.form
        if form is None:
            return
        desk, words = self._desk, form.done_words
        draft_key = self._draft_key(form) if form.keeps_draft else ""
        if self._keeper is not None:
            self._keeper.rest()

        def write() -> Any:
            answer = work()
            # At once: killed here, the next opening must not offer a draft of what is already written.
            if draft_key:
                desk.drafts.forget(draft_key)
            return answer

        desk.tasks.run(
            write,
            lambda answer: self._written(form, draft_key, answer, words),
            lambda error: self._not_written(form, error),
            owner=form,
        )

    def _written(self, form: SideForm, draft_key: str, answer: object, words: str) -> None:
        desk = self._desk
        if self.form is form:
            if self._keeper is not None:
                self._keeper.rest()
            self.close_form()
        if draft_key:
            # A draft that was on its way when the form was confirmed comes before this one on the same thread.
            desk.tasks.read(lambda: desk.drafts.forget(draft_key), words="Brouillon")
        desk.done(answer, words)

    def _not_written(self, form: SideForm, error: CaseworkerError) -> None:
        form.refuse(error)
        if self._keeper is not None:
            self._keeper.touch()

    def _draft_key(self, form: SideForm) -> str:
        return f"{self._room}:{form.key}:{self._household}"

    def _keep_drafts(self, form: SideForm) -> None:
        desk, household, key = self._desk, self._household, self._draft_key(form)
        keeper = self._keeper = DraftKeeper(
            form, desk.tasks, form.content, lambda content: desk.drafts.keep(key, content, household)
        )
        form.typed.connect(keeper.touch)
        desk.tasks.read(
            lambda: desk.drafts.find(key),
            lambda draft: self._offer(form, draft),
            owner=form,
            words="Brouillon",
        )

    def _offer(self, form: SideForm, draft: KeptDraft | None) -> None:
        # Something typed while the draft was read is newer than the draft.
        if draft is not None and not form.touched:
            form.show_content(draft.content)
            form.rest.say("Brouillon repris là où vous l’aviez laissé.")
