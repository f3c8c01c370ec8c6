"""Where a form of the page stands: one at a time, what is typed kept as a draft, never lost by a click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.features.partners.screens.desk import PartnersDesk
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.side_form import SideForm

UNFINISHED = "Enregistrez ou fermez d’abord ce formulaire."


class FormPlace(QWidget):
    """Holds the form that is open. `shown(bool)`: one opened or closed; `written(form, answer)` before it is told."""

    shown = Signal(bool)
    written = Signal(object, object)

    def __init__(self, desk: PartnersDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
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
            self._close()
        self._opener, self.form = QApplication.focusWidget(), form
        self._column.addWidget(form)
        form.closed.connect(self.give_up)
        form.asked.connect(self._write)
        desk, key = self._desk, _draft_key(form)
        keeper = self._keeper = DraftKeeper(
            form, desk.tasks, form.content, lambda content: desk.drafts.keep(key, content)
        )
        form.typed.connect(keeper.touch)
        desk.tasks.read(
            lambda: desk.drafts.find(key),
            lambda draft: self._offer(form, draft),
            owner=form,
            words="Brouillon",
        )
        self.shown.emit(True)
        form.focus_first()

    def leave(self) -> None:
        """Keep what is typed: another page is shown, the window is locked or closed."""
        if self._keeper is not None:
            self._keeper.keep_before_leaving()

    def give_up(self) -> None:
        """Close without writing; what was typed is offered when the form opens again."""
        if self._keeper is not None:
            self._keeper.keep_now()
        self._close()

    def _close(self) -> None:
        form, self.form, self._keeper = self.form, None, None
        if form is None:
            return
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.shown.emit(False)
        opener, self._opener = self._opener, None
        if opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, work: Callable[[], Any]) -> None:
        form, desk = self.form, self._desk
        if form is None:
            return
        key = _draft_key(form)
        if self._keeper is not None:
            self._keeper.rest()

        def write() -> Any:
            answer = work()
            # At once: killed here, the next opening must not offer a draft of what is already written.
            desk.drafts.forget(key)
            return answer

        desk.tasks.run(
            write,
            lambda answer: self._done(form, answer),
            lambda error: self._refuse(form, error),
            owner=form,
        )

    def _done(self, form: SideForm, answer: Any) -> None:
        desk, key = self._desk, _draft_key(form)
        if self.form is form:
            self._close()
        # A draft that was on its way when the form was confirmed comes before this one on the same thread.
        desk.tasks.read(lambda: desk.drafts.forget(key), words="Brouillon")
        self.written.emit(form, answer)
        parts = answer if isinstance(answer, tuple) else (answer,)
        cautions = [each.sentence for part in parts if isinstance(part, tuple) for each in part]
        desk.done(parts[-1], ". ".join((form.done_words, *cautions)))

    def _refuse(self, form: SideForm, error: CaseworkerError) -> None:
        form.refuse(error)
        if self._keeper is not None:
            self._keeper.touch()

    def _offer(self, form: SideForm, draft: Draft | None) -> None:
        # Something typed while the draft was read is newer than the draft.
        if draft is not None and not form.touched:
            form.show_content(draft.content)
            form.rest.say("Brouillon repris là où vous l’aviez laissé.")


def _draft_key(form: SideForm) -> str:
    return f"partners:{form.key}"
