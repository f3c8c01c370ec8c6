"""Where a form of a page stands: one at a time, what is typed kept as a draft, never lost by a click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.tasks import Tasks

UNFINISHED = "Enregistrez ou fermez d’abord ce formulaire."


class KeptDraft(Protocol):
    """What was being typed, as it was kept."""

    @property
    def content(self) -> Mapping[str, Any]:
        """What every field held."""
        ...


class DraftStore(Protocol):
    """Where what is typed is kept until it is written, by its key."""

    def keep(self, key: str, content: dict[str, Any], household_id: str | None = None) -> str:
        """Keep a draft; return the instant."""
        ...

    def find(self, key: str) -> KeptDraft | None:
        """Return a draft, None when there is none."""
        ...

    def forget(self, key: str) -> object:
        """Forget a draft."""
        ...


class FormPlace(QWidget):
    """Holds the form that is open. `shown(bool)`: one opened or closed; `written(form, answer)` before it is told."""

    shown = Signal(bool)
    written = Signal(object, object)

    def __init__(
        self, tasks: Tasks, drafts: DraftStore, done: Callable[[Any, str], object], prefix: str
    ) -> None:
        """Make it empty; `done` tells what was written, `prefix` begins the keys of its drafts.

        `household`, set by whoever shows one, parts the drafts of several.
        """
        super().__init__()
        self._tasks, self._drafts, self._tell, self._prefix = tasks, drafts, done, prefix
        self.household = ""
        self.form: SideForm | None = None
        self._keeper: DraftKeeper | None = None
        self._opener: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 12)

    def open(self, form: SideForm) -> None:
        """Open a form, with what a draft of it holds; one that holds something typed stays, and says so."""
        if self.form is not None:
            if self.form.touched:
                self.form.rest.refuse(UNFINISHED)
                self.form.focus_first()
                form.deleteLater()
                return
            self.close_form(return_focus=False)
        self._opener, self.form = QApplication.focusWidget(), form
        self._column.addWidget(form)
        form.closed.connect(self.give_up)
        form.asked.connect(self._write)
        if self.keeps(form):
            self._keep_drafts(form)
        self.make_room()
        form.focus_first()

    def keeps(self, form: SideForm) -> bool:
        """Say whether what is typed in a form is kept as a draft: always, unless a kind of place says otherwise."""
        return True

    def make_room(self) -> None:
        """Say that a form is there, so that the page makes room."""
        self.shown.emit(True)

    def _keep_drafts(self, form: SideForm) -> None:
        drafts, key, household = self._drafts, self._draft_key(form), self.household or None
        keeper = self._keeper = DraftKeeper(
            form, self._tasks, form.content, lambda content: drafts.keep(key, content, household)
        )
        form.typed.connect(keeper.touch)
        self._tasks.read(
            lambda: drafts.find(key),
            lambda draft: self._offer(form, draft),
            owner=form,
            words="Brouillon",
        )

    def leave(self) -> None:
        """Keep what is typed: another page is shown, the window is locked or closed."""
        if self._keeper is not None:
            self._keeper.keep_before_leaving()

    def give_up(self) -> None:
        """Close without writing; what was typed is offered when the form opens again."""
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
        self.shown.emit(False)
        opener, self._opener = self._opener, None
        if return_focus and opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, work: Callable[[], Any]) -> None:
        form, drafts = self.form, self._drafts
        if form is None:
            return
        key = self._draft_key(form) if self.keeps(form) else ""
        if self._keeper is not None:
            self._keeper.rest()

        def write() -> Any:
            answer = work()
            # At once: killed here, the next opening must not offer a draft of what is already written.
            if key:
                drafts.forget(key)
            return answer

        self._tasks.run(
            write,
            lambda answer: self._done(form, key, answer),
            lambda error: self._refuse(form, error),
            owner=form,
        )

    def _done(self, form: SideForm, key: str, answer: Any) -> None:
        drafts = self._drafts
        if self.form is form:
            if self._keeper is not None:
                self._keeper.rest()
            self.close_form()
        if key:
            # A draft that was on its way when the form was confirmed comes before this one on the same thread.
            self._tasks.read(lambda: drafts.forget(key), words="Brouillon")
        self.written.emit(form, answer)
        self.tell(form, answer)

    def tell(self, form: SideForm, answer: Any) -> None:
        """Tell what was written, with what deserves a look."""
        parts = answer if isinstance(answer, tuple) else (answer,)
        cautions = [each.sentence for part in parts if isinstance(part, tuple) for each in part]
        self._tell(parts[-1], ". ".join((form.done_words, *cautions)))

    def _refuse(self, form: SideForm, error: CaseworkerError) -> None:
        form.refuse(error)
        if self._keeper is not None:
            self._keeper.touch()

    def _offer(self, form: SideForm, draft: KeptDraft | None) -> None:
        # Something typed while the draft was read is newer than the draft.
        if draft is not None and not form.touched:
            form.show_content(draft.content)
            form.rest.say("Brouillon repris là où vous l’aviez laissé.")

    def _draft_key(self, form: SideForm) -> str:
        return ":".join(filter(None, (self._prefix, self.household, form.key)))
