"""Where a form stands beside the cards of a dossier's tab: in a column at the right, or alone for want of room."""

from __future__ import annotations

from typing import Any, Protocol

from caseworker_app.ui_kit.form_place import DraftStore, FormPlace
from caseworker_app.ui_kit.side_form import WIDEST, WIDTH, SideForm
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px

_RIGHT = 24
# Qt’s own « no limit ».
_ANY_WIDTH = 16_777_215


class FormDesk(Protocol):
    """What the panel works with: a room's own desk. `done(answer, words)` tells what a service wrote."""

    @property
    def tasks(self) -> Tasks:
        """Where work runs."""
        ...

    @property
    def drafts(self) -> DraftStore:
        """Where drafts are kept."""
        ...

    def done(self, answer: Any, words: str) -> None:
        """Tell what was written."""
        ...


class SidePanel(FormPlace):
    """A place of forms, hidden while none is open. `room` begins the keys of its drafts: « housing »."""

    def __init__(self, desk: FormDesk, room: str) -> None:
        """Make it closed."""
        super().__init__(desk.tasks, desk.drafts, desk.done, room)
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

    def open_for(self, form: SideForm, household: str) -> None:
        """Open a form about a household; one that holds something typed stays, and says so."""
        if self.form is None or not self.form.touched:
            self.household = household
        form.setMaximumWidth(px(WIDEST))
        self.open(form)

    def keeps(self, form: SideForm) -> bool:
        """Keep drafts of long texts alone: a date is soon typed again."""
        return form.keeps_draft

    def make_room(self) -> None:
        """Show itself once the tab has made room: at large text it would else widen the whole window."""
        super().make_room()
        self.show()

    def leave(self) -> None:
        """Keep what is typed, then close: another tab, household or page is shown."""
        super().leave()
        self.close_form(return_focus=False)

    def close_form(self, *, return_focus: bool = True) -> None:
        """Close the form, go away, and go back to where one was."""
        if self.form is not None:
            self.hide()
        super().close_form(return_focus=return_focus)

    def tell(self, form: SideForm, answer: Any) -> None:
        """Leave to the desk what is told."""
        self._tell(answer, form.done_words)

    def _draft_key(self, form: SideForm) -> str:
        return f"{self._prefix}:{form.key}:{self.household}"
